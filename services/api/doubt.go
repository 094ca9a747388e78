package api

import "myaccount/services"

// Doubt is one thing that does not add up in the lender's figures.
type Doubt struct {
	Kind          services.DoubtKind `json:"kind"`
	Found         *Money             `json:"found" doc:"What the lender's figures say; null where no amounts are compared"`
	Expected      *Money             `json:"expected" doc:"What follows from the others; null likewise"`
	FoundCount    int                `json:"found_count" doc:"Of payments; with amounts, those that they are the sums of"`
	ExpectedCount int                `json:"expected_count"`
}

func doubtOf(d services.Doubt) Doubt {
	return Doubt{d.Kind, MoneyOf(d.Found), MoneyOf(d.Expected), d.FoundCount, d.ExpectedCount}
}

// Domain gives it back. Fails when an amount is none.
func (d Doubt) Domain() (services.Doubt, error) {
	var err error
	return services.Doubt{
		Kind: d.Kind, Found: d.Found.known(&err), Expected: d.Expected.known(&err), FoundCount: d.FoundCount, ExpectedCount: d.ExpectedCount,
	}, err
}
