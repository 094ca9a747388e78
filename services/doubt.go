package services

// Doubt is one thing that does not add up in the lender's figures of an agreement. What follows from it is never shown to
// the customer; an advisor is told what differs.
type Doubt struct {
	Kind          DoubtKind
	Found         Money // what the lender's figures say; the zero Money where none are compared
	Expected      Money // what follows from the others
	FoundCount    int   // likewise, of payments; with amounts, those that they are the sums of
	ExpectedCount int
}

// DoubtKind says what does not add up.
type DoubtKind string

// The kinds there are.
const (
	DoubtTerms     DoubtKind = "terms"     // amount financed, rate, payment and term make no schedule
	DoubtTerm      DoubtKind = "term"      // by the payments, the agreement would be through long before its term
	DoubtCount     DoubtKind = "count"     // more payments were posted than the schedule has
	DoubtPayments  DoubtKind = "payments"  // the payments posted are, in sum, not those of the schedule
	DoubtPrincipal DoubtKind = "principal" // they are, but are split otherwise
	DoubtTax       DoubtKind = "tax"       // the tax of a payment is not what its rates make
)
