package payoff_test

import (
	"context"
	"sync"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/payoff"
)

func money(s string) services.Money {
	negative := s[0] == '-'
	if negative {
		s = s[1:]
	}
	amount, err := text.ParseMoney(s, "CAD")
	if err != nil {
		panic(err)
	}
	if negative {
		amount, err = amount.Mul("-1")
		if err != nil {
			panic(err)
		}
	}
	return amount
}

func date(y int, m time.Month, d int) services.Date { return civil.Date{Year: y, Month: m, Day: d} }

// lease is that of the pictures.
func lease() services.Agreement {
	return services.Agreement{
		ID: "a1", Number: "7001144471", Kind: services.Lease, VIN: "WBY43AW01RF000006",
		Vehicle: services.Vehicle{Year: 2024, Make: "BMW", Model: "i4 eDrive40"}, Province: "QC",
		Start: date(2025, 5, 1), End: date(2029, 5, 1), Frequency: services.Monthly, Balance: money("47512.20"),
		Distance: &services.Distance{Allowance: 80000, Odometer: 31480, ReadOn: date(2026, 11, 3), ExcessRate: money("0.20")},
	}
}

func loan() services.Agreement {
	a := lease()
	a.ID, a.Number, a.Kind, a.Distance = "a2", "7001190268", services.Loan, nil
	a.Vehicle, a.End, a.Balance = services.Vehicle{Year: 2025, Make: "BMW", Model: "X1 xDrive28i"}, date(2027, 9, 1), money("8374.63")
	return a
}

func closed() services.Agreement {
	a := loan()
	on := date(2026, 6, 12)
	a.ID, a.Number, a.ClosedOn, a.Balance = "a3", "7001026613", &on, money("0")
	return a
}

// ofLease is the arithmetic of the design, with each tax by itself.
func ofLease(q services.PayoffQuery) services.Payoff {
	p := services.Payoff{
		On: q.On, Choice: q.Choice, Rate: "5.88", Total: money("51542.22"), PerDiem: money("7.13"), GoodUntil: q.On.AddDays(9),
		Waiting: money("5116.51"), Assumed: 4,
		Lines: []services.PayoffLine{
			{Kind: services.PayoffPayments, Count: 26, Each: money("749.83"), Amount: money("19495.58")},
			{Kind: services.PayoffUnearned, Rate: "5.88", Amount: money("-5116.51")},
			{Kind: services.PayoffResidual, Amount: money("30000.00")},
			{Kind: services.PayoffFee, Name: "purchase_option", Amount: money("450.00")},
			{Kind: services.PayoffTax, Name: "GST", Rate: "5", Amount: money("2241.45")},
			{Kind: services.PayoffTax, Name: "QST", Rate: "9.975", Amount: money("4471.70")},
			{Kind: services.PayoffUnpaid, Amount: money("0")},
		},
	}
	if q.Choice == services.PayoffReturn {
		p.Total = money("17200.44")
		p.Lines[2] = services.PayoffLine{Kind: services.PayoffKilometre, Count: 2905, Each: money("0.20"), Amount: money("581.00")}
		p.Lines[3] = services.PayoffLine{Kind: services.PayoffFee, Name: "Détailing", Amount: money("0.00")}
		p.Lines[4].Amount, p.Lines[5].Amount = money("748.00"), money("1492.37")
	}
	return p
}

func ofLoan(q services.PayoffQuery) services.Payoff {
	return services.Payoff{
		On: q.On, Choice: services.PayoffBuy, Rate: "6", Total: money("8404.91"), PerDiem: money("1.38"), GoodUntil: q.On.AddDays(9),
		Waiting: money("224.12"), Lines: []services.PayoffLine{
			{Kind: services.PayoffBalance, Amount: money("8374.63")},
			{Kind: services.PayoffInterest, Rate: "6", Count: 22, Amount: money("30.28")},
		},
	}
}

// saving is what paying more on the loan would do.
func saving() services.WhatIf {
	w := services.WhatIf{PaymentsSaved: 4, InterestSaved: money("139.18"), End: date(2027, 5, 1), EndBefore: date(2027, 9, 1)}
	row := func(n int, balance string) services.Installment {
		return services.Installment{Number: n, Due: date(2026, 12, 1).AddDays(30 * (n - 3)), Balance: money(balance)}
	}
	for n, balance := range []string{"7555.84", "6732.96", "5905.96", "5074.83", "4239.54", "3400.08", "2556.42", "1708.54", "856.42", "0"} {
		w.Before = append(w.Before, row(n+3, balance))
	}
	for n, balance := range []string{"7555.84", "4732.96", "3905.96", "2074.83", "1239.54", "0"} {
		w.Schedule = append(w.Schedule, row(n+3, balance))
	}
	return w
}

func leaseEnd() services.LeaseEnd {
	end := date(2029, 5, 1)
	return services.LeaseEnd{
		End: end,
		Steps: []services.LeaseStep{
			{Kind: services.StepDecide, From: end.AddDays(-90), To: end.AddDays(-30)},
			{Kind: services.StepOffer, From: end.AddDays(-90), To: end.AddDays(-90)},
			{Kind: services.StepInspection, From: end.AddDays(-60), To: end.AddDays(-30)},
			{Kind: services.StepRepair, From: end.AddDays(-60), To: end.AddDays(-20), Days: 10},
			{Kind: services.StepEnd, From: end, To: end},
		},
		Options: []services.LeaseOption{
			{Kind: services.OptionReturn, Total: money("1224.48"), Lines: []services.PayoffLine{
				{Kind: services.PayoffKilometre, Count: 5325, Each: money("0.20"), Amount: money("1065.00")},
				{Kind: services.PayoffTax, Name: "GST", Rate: "5", Amount: money("53.25")},
				{Kind: services.PayoffTax, Name: "QST", Rate: "9.975", Amount: money("106.23")},
			}},
			{Kind: services.OptionBuy, Total: money("34492.50"), Lines: []services.PayoffLine{
				{Kind: services.PayoffResidual, Amount: money("30000.00")},
				{Kind: services.PayoffTax, Name: "GST", Rate: "5", Amount: money("1500.00")},
				{Kind: services.PayoffTax, Name: "QST", Rate: "9.975", Amount: money("2992.50")},
			}},
			{Kind: services.OptionExtend, Total: money("862.12"), Lines: []services.PayoffLine{
				{Kind: services.PayoffPayments, Count: 1, Each: money("749.83"), Amount: money("749.83")},
				{Kind: services.PayoffTax, Name: "GST", Rate: "5", Amount: money("37.49")},
				{Kind: services.PayoffTax, Name: "QST", Rate: "9.975", Amount: money("74.80")},
			}},
		},
		Distance: &services.Forecast{Projected: 85325, Excess: 5325, Cost: money("1065.00")},
	}
}

// fake answers what a test sets.
type fake struct {
	mu         sync.Mutex
	agreements []services.Agreement
	err        error // of the agreements
	payoffErr  error
	moreErr    error
	endErr     error
	end        services.LeaseEnd
	over       services.Date // a day that is over where the agreement is at home
	asked      []services.PayoffQuery
	what       []services.WhatIfQuery
	hold       chan struct{} // agreements wait for it
}

func with(agreements ...services.Agreement) *fake {
	return &fake{agreements: agreements, end: leaseEnd()}
}

func (f *fake) deps() payoff.Deps { return payoff.Deps{Agreements: f, Payoffs: f} }

func (f *fake) Agreements(context.Context) ([]services.Agreement, error) {
	if f.hold != nil {
		<-f.hold
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]services.Agreement(nil), f.agreements...), f.err
}

func (f *fake) Agreement(context.Context, string) (services.Agreement, error) {
	return services.Agreement{}, services.Fail(services.CodeNotFound)
}

func (f *fake) Payoff(_ context.Context, q services.PayoffQuery) (services.Payoff, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, q)
	switch {
	case f.payoffErr != nil:
		return services.Payoff{}, f.payoffErr
	case !q.On.After(f.over):
		return services.Payoff{}, services.Invalid("on", services.ReasonPast)
	case q.AgreementID == "a1":
		return ofLease(q), nil
	}
	return ofLoan(q), nil
}

func (f *fake) WhatIf(_ context.Context, q services.WhatIfQuery) (services.WhatIf, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.what = append(f.what, q)
	return saving(), f.moreErr
}

func (f *fake) LeaseEnd(context.Context, string) (services.LeaseEnd, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.end, f.endErr
}

// set changes what is answered from now on.
func (f *fake) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}
