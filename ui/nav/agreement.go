package nav

import (
	"slices"

	"myaccount/services"
	"myaccount/services/text"
)

// VehicleName is how people call their car, "2024 BMW i4 eDrive40".
func VehicleName(p *text.Printer, a services.Agreement) string {
	return p.Vehicle(a.Vehicle.Year, a.Vehicle.Make, a.Vehicle.Model)
}

// AgreementEnding tells agreements apart, "Lease ending 4471"; a closed one is marked.
func AgreementEnding(p *text.Printer, a services.Agreement) string {
	ending := p.T("nav.ending."+string(a.Kind), text.Vars{"Digits": a.LastDigits()})
	if a.ClosedOn != nil {
		return p.T("nav.ending.closed", text.Vars{"Ending": ending})
	}
	return ending
}

// AgreementName is both.
func AgreementName(p *text.Printer, a services.Agreement) string {
	return VehicleName(p, a) + " · " + AgreementEnding(p, a)
}

// PartName says what a part of a payment is for: a tax by its name and rate.
func PartName(p *text.Printer, part services.PaymentPart) string {
	return p.Part(string(part.Kind), part.Name, part.Rate)
}

// Pick is the agreement of a list that was chosen, else the first, which is open if any is. The list is not empty.
func Pick(list []services.Agreement, chosen string) services.Agreement {
	i := slices.IndexFunc(list, func(a services.Agreement) bool { return a.ID == chosen })
	return list[max(i, 0)]
}
