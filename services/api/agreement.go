package api

import "myaccount/services"

// Agreement is a lease or a loan with where it stands today.
type Agreement struct {
	ID            string                 `json:"id"`
	Number        string                 `json:"number"`
	Kind          services.AgreementKind `json:"kind"`
	VIN           string                 `json:"vin"`
	Vehicle       Vehicle                `json:"vehicle"`
	Province      string                 `json:"province"`
	StartDate     Date                   `json:"start_date"`
	EndDate       Date                   `json:"end_date"`
	Frequency     services.Frequency     `json:"frequency"`
	AnnualRate    string                 `json:"annual_rate" doc:"Percent per year"`
	Balance       *Money                 `json:"balance" doc:"null when the lender's figures do not tell it"`
	PaymentsMade  int                    `json:"payments_made"`
	PaymentsTotal int                    `json:"payments_total"`
	Next          *NextPayment           `json:"next" doc:"null when nothing more is due"`
	PastDue       *PastDue               `json:"past_due" doc:"null when nothing is"`
	ClosedOn      *Date                  `json:"closed_on" doc:"null while open"`
	Distance      *Distance              `json:"distance" doc:"null without a kilometre allowance"`
}

// Vehicle is the car of an agreement.
type Vehicle struct {
	Year  int    `json:"year"`
	Make  string `json:"make"`
	Model string `json:"model"`
}

// NextPayment is exactly what will be due next.
type NextPayment struct {
	Due   Date          `json:"due"`
	Total *Money        `json:"total"`
	Parts []PaymentPart `json:"parts" doc:"Sum to the total; empty when the lender's figures do not tell them"`
}

// PaymentPart is one line of a payment.
type PaymentPart struct {
	Kind   services.PartKind `json:"kind"`
	Name   string            `json:"name,omitempty" doc:"Of a tax"`
	Rate   string            `json:"rate,omitempty" doc:"Of a tax, percent"`
	Amount *Money            `json:"amount"`
}

// PastDue is what should have been paid by now.
type PastDue struct {
	Amount   *Money `json:"amount"`
	Since    Date   `json:"since"`
	Payments int    `json:"payments"`
}

// Distance is the kilometre allowance of a lease.
type Distance struct {
	Allowance  int64  `json:"allowance" doc:"Kilometres over the whole term"`
	Odometer   int64  `json:"odometer"`
	ReadOn     Date   `json:"read_on"`
	ExcessRate *Money `json:"excess_rate" doc:"For each kilometre over"`
}

// AgreementOf makes it from the domain's.
func AgreementOf(a services.Agreement) Agreement {
	out := Agreement{
		ID: a.ID, Number: a.Number, Kind: a.Kind, VIN: a.VIN, Vehicle: Vehicle(a.Vehicle), Province: a.Province,
		StartDate: Date{a.Start}, EndDate: Date{a.End}, Frequency: a.Frequency, AnnualRate: a.AnnualRate,
		Balance: MoneyOf(a.Balance), PaymentsMade: a.PaymentsMade, PaymentsTotal: a.PaymentsTotal, ClosedOn: DateOf(a.ClosedOn),
	}
	if n := a.Next; n != nil {
		out.Next = &NextPayment{Due: Date{n.Due}, Total: MoneyOf(n.Total), Parts: convert(n.Parts, partOf)}
	}
	if p := a.PastDue; p != nil {
		out.PastDue = &PastDue{Amount: MoneyOf(p.Amount), Since: Date{p.Since}, Payments: p.Payments}
	}
	if d := a.Distance; d != nil {
		out.Distance = &Distance{d.Allowance, d.Odometer, Date{d.ReadOn}, MoneyOf(d.ExcessRate)}
	}
	return out
}

func partOf(p services.PaymentPart) PaymentPart {
	return PaymentPart{Kind: p.Kind, Name: p.Name, Rate: p.Rate, Amount: MoneyOf(p.Amount)}
}

// Domain gives it back. Fails when an amount is none.
func (a Agreement) Domain() (services.Agreement, error) {
	var err error
	out := services.Agreement{
		ID: a.ID, Number: a.Number, Kind: a.Kind, VIN: a.VIN, Vehicle: services.Vehicle(a.Vehicle), Province: a.Province,
		Start: a.StartDate.Date, End: a.EndDate.Date, Frequency: a.Frequency, AnnualRate: a.AnnualRate,
		Balance: a.Balance.known(&err), PaymentsMade: a.PaymentsMade, PaymentsTotal: a.PaymentsTotal, ClosedOn: a.ClosedOn.Domain(),
	}
	if n := a.Next; n != nil {
		out.Next = &services.NextPayment{Due: n.Due.Date, Total: n.Total.known(&err)}
		for _, p := range n.Parts {
			part := services.PaymentPart{Kind: p.Kind, Name: p.Name, Rate: p.Rate, Amount: p.Amount.known(&err)}
			out.Next.Parts = append(out.Next.Parts, part)
		}
	}
	if p := a.PastDue; p != nil {
		out.PastDue = &services.PastDue{Amount: p.Amount.known(&err), Since: p.Since.Date, Payments: p.Payments}
	}
	if d := a.Distance; d != nil {
		out.Distance = &services.Distance{
			Allowance: d.Allowance, Odometer: d.Odometer, ReadOn: d.ReadOn.Date, ExcessRate: d.ExcessRate.known(&err),
		}
	}
	return out, err
}

// AgreementsOf makes a list.
func AgreementsOf(agreements []services.Agreement) List[Agreement] {
	return listOf(agreements, "", AgreementOf)
}

// AgreementsFrom gives the list back.
func AgreementsFrom(l List[Agreement]) ([]services.Agreement, error) {
	return collect(l.Items, Agreement.Domain)
}
