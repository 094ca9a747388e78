package uitest

import (
	"context"
	"slices"
	"sync"
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services"
)

// Money reads an amount of Canadian dollars, "1234.56" or "-1234.56". It panics where a test is written wrong.
func Money(s string) services.Money {
	amount, err := currency.NewAmount(s, "CAD")
	if err != nil {
		panic(err)
	}
	return amount
}

// Cents is an amount of so many cents.
func Cents(n int64) services.Money {
	amount, err := currency.NewAmountFromInt64(n, "CAD")
	if err != nil {
		panic(err)
	}
	return amount
}

// Date is a day.
func Date(y int, m time.Month, d int) services.Date { return civil.Date{Year: y, Month: m, Day: d} }

// Lease is the agreement of the pictures.
func Lease() services.Agreement {
	return services.Agreement{
		ID: "a1", Number: "L-2025-004471", Kind: services.Lease, VIN: "WBY43AW01RF000006",
		Vehicle: services.Vehicle{Year: 2024, Make: "BMW", Model: "i4 eDrive40"}, Province: "QC",
		Start: Date(2025, 5, 1), End: Date(2029, 5, 1), Frequency: services.Monthly, AnnualRate: "4.99",
		Balance: Money("41208.55"), PaymentsMade: 18, PaymentsTotal: 48,
		Next: &services.NextPayment{Due: Date(2026, 12, 1), Total: Money("847.32"), Parts: []services.PaymentPart{
			{Kind: services.PartDepreciation, Amount: Money("588.10")},
			{Kind: services.PartRent, Amount: Money("148.86")},
			{Kind: services.PartTax, Name: "GST", Rate: "5", Amount: Money("36.85")},
			{Kind: services.PartTax, Name: "QST", Rate: "9.975", Amount: Money("73.51")},
		}},
		Distance: &services.Distance{Allowance: 80_000, Odometer: 31_480, ReadOn: Date(2026, 11, 3), ExcessRate: Money("0.20")},
	}
}

// Loan is another one, past due.
func Loan() services.Agreement {
	a := Lease()
	a.ID, a.Number, a.Kind, a.VIN, a.Distance = "a2", "P-2024-008820", services.Loan, "5UX23EM09S9000003", nil
	a.Vehicle, a.Frequency = services.Vehicle{Year: 2025, Make: "BMW", Model: "X5 xDrive40i"}, services.Biweekly
	a.Next = &services.NextPayment{Due: Date(2026, 11, 22), Total: Money("412.06"), Parts: []services.PaymentPart{
		{Kind: services.PartPrincipal, Amount: Money("311.50")}, {Kind: services.PartInterest, Amount: Money("100.56")},
	}}
	a.PastDue = &services.PastDue{Amount: Money("412.06"), Since: Date(2026, 11, 8), Payments: 1}
	return a
}

// Closed is a loan that was paid off.
func Closed() services.Agreement {
	a, on := Loan(), Date(2026, 6, 12)
	a.ID, a.Number, a.ClosedOn, a.PastDue, a.Next, a.Balance = "a3", "P-2020-001177", &on, nil, nil, Cents(0)
	a.Start, a.End, a.PaymentsMade, a.PaymentsTotal = Date(2020, 6, 1), Date(2026, 6, 1), 72, 72
	return a
}

// Lender answers for services.Agreements what a test sets. The fake of an area embeds it, and keeps what it answers
// besides under the same lock.
type Lender struct {
	sync.Mutex
	List []services.Agreement
	Err  error         // of the list
	Hold chan struct{} // the list is not answered before it is closed
}

// Set changes what is answered from now on.
func (l *Lender) Set(change func()) {
	l.Lock()
	defer l.Unlock()
	change()
}

// Agreements is part of services.Agreements.
func (l *Lender) Agreements(context.Context) ([]services.Agreement, error) {
	if l.Hold != nil {
		<-l.Hold
	}
	l.Lock()
	defer l.Unlock()
	return slices.Clone(l.List), l.Err
}

// Agreement is part of services.Agreements.
func (l *Lender) Agreement(_ context.Context, id string) (services.Agreement, error) {
	l.Lock()
	defer l.Unlock()
	for _, a := range l.List {
		if a.ID == id {
			return a, nil
		}
	}
	return services.Agreement{}, services.Fail(services.CodeNotFound)
}
