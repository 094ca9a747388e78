package payoff_test

import (
	"context"

	"myaccount/services"
	"myaccount/ui/payoff"
	"myaccount/ui/uitest"
)

// lease is that of the pictures.
func lease() services.Agreement {
	a := uitest.Lease()
	a.Number, a.Balance = "7001144471", uitest.Money("47512.20")
	return a
}

func loan() services.Agreement {
	a := uitest.Loan()
	a.Number, a.Vehicle.Model, a.End, a.Balance, a.PastDue = "7001190268", "X1 xDrive28i", uitest.Date(2027, 9, 1), uitest.Money("8374.63"), nil
	return a
}

// ofLease is the arithmetic of the design, with each tax by itself.
func ofLease(q services.PayoffQuery) services.Payoff {
	p := services.Payoff{
		On: q.On, Choice: q.Choice, Rate: "5.88", Total: uitest.Money("51542.22"), PerDiem: uitest.Money("7.13"), GoodUntil: q.On.AddDays(9),
		Waiting: uitest.Money("5116.51"), Assumed: 4,
		Lines: []services.PayoffLine{
			{Kind: services.PayoffPayments, Count: 26, Each: uitest.Money("749.83"), Amount: uitest.Money("19495.58")},
			{Kind: services.PayoffUnearned, Rate: "5.88", Amount: uitest.Money("-5116.51")},
			{Kind: services.PayoffResidual, Amount: uitest.Money("30000.00")},
			{Kind: services.PayoffFee, Name: "purchase_option", Amount: uitest.Money("450.00")},
			{Kind: services.PayoffTax, Name: "GST", Rate: "5", Amount: uitest.Money("2241.45")},
			{Kind: services.PayoffTax, Name: "QST", Rate: "9.975", Amount: uitest.Money("4471.70")},
			{Kind: services.PayoffUnpaid, Amount: uitest.Money("0")},
		},
	}
	if q.Choice == services.PayoffReturn {
		p.Total = uitest.Money("17200.44")
		p.Lines[2] = services.PayoffLine{Kind: services.PayoffKilometre, Count: 2905, Each: uitest.Money("0.20"), Amount: uitest.Money("581.00")}
		p.Lines[3] = services.PayoffLine{Kind: services.PayoffFee, Name: "Détailing", Amount: uitest.Money("0.00")}
		p.Lines[4].Amount, p.Lines[5].Amount = uitest.Money("748.00"), uitest.Money("1492.37")
	}
	return p
}

func ofLoan(q services.PayoffQuery) services.Payoff {
	return services.Payoff{
		On: q.On, Choice: services.PayoffBuy, Rate: "6", Total: uitest.Money("8404.91"), PerDiem: uitest.Money("1.38"), GoodUntil: q.On.AddDays(9),
		Waiting: uitest.Money("224.12"), Lines: []services.PayoffLine{
			{Kind: services.PayoffBalance, Amount: uitest.Money("8374.63")},
			{Kind: services.PayoffInterest, Rate: "6", Count: 22, Amount: uitest.Money("30.28")},
		},
	}
}

// saving is what paying more on the loan would do.
func saving() services.WhatIf {
	w := services.WhatIf{PaymentsSaved: 4, InterestSaved: uitest.Money("139.18"), End: uitest.Date(2027, 5, 1), EndBefore: uitest.Date(2027, 9, 1)}
	row := func(n int, balance string) services.Installment {
		return services.Installment{Number: n, Due: uitest.Date(2026, 12, 1).AddDays(30 * (n - 3)), Balance: uitest.Money(balance)}
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
	end := uitest.Date(2029, 5, 1)
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
			{Kind: services.OptionReturn, Total: uitest.Money("1224.48"), Lines: []services.PayoffLine{
				{Kind: services.PayoffKilometre, Count: 5325, Each: uitest.Money("0.20"), Amount: uitest.Money("1065.00")},
				{Kind: services.PayoffTax, Name: "GST", Rate: "5", Amount: uitest.Money("53.25")},
				{Kind: services.PayoffTax, Name: "QST", Rate: "9.975", Amount: uitest.Money("106.23")},
			}},
			{Kind: services.OptionBuy, Total: uitest.Money("34492.50"), Lines: []services.PayoffLine{
				{Kind: services.PayoffResidual, Amount: uitest.Money("30000.00")},
				{Kind: services.PayoffTax, Name: "GST", Rate: "5", Amount: uitest.Money("1500.00")},
				{Kind: services.PayoffTax, Name: "QST", Rate: "9.975", Amount: uitest.Money("2992.50")},
			}},
			{Kind: services.OptionExtend, Total: uitest.Money("862.12"), Lines: []services.PayoffLine{
				{Kind: services.PayoffPayments, Count: 1, Each: uitest.Money("749.83"), Amount: uitest.Money("749.83")},
				{Kind: services.PayoffTax, Name: "GST", Rate: "5", Amount: uitest.Money("37.49")},
				{Kind: services.PayoffTax, Name: "QST", Rate: "9.975", Amount: uitest.Money("74.80")},
			}},
		},
		Distance: &services.Forecast{Projected: 85325, Excess: 5325, Cost: uitest.Money("1065.00")},
	}
}

// fake answers what a test sets.
type fake struct {
	uitest.Lender
	payoffErr error
	moreErr   error
	endErr    error
	end       services.LeaseEnd
	over      services.Date // a day that is over where the agreement is at home
	asked     []services.PayoffQuery
	what      []services.WhatIfQuery
}

func with(agreements ...services.Agreement) *fake {
	return &fake{Lender: uitest.Lender{List: agreements}, end: leaseEnd()}
}

func (f *fake) deps() payoff.Deps { return payoff.Deps{Agreements: f, Payoffs: f} }

func (f *fake) Payoff(_ context.Context, q services.PayoffQuery) (services.Payoff, error) {
	f.Lock()
	defer f.Unlock()
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
	f.Lock()
	defer f.Unlock()
	f.what = append(f.what, q)
	return saving(), f.moreErr
}

func (f *fake) LeaseEnd(context.Context, string) (services.LeaseEnd, error) {
	f.Lock()
	defer f.Unlock()
	return f.end, f.endErr
}
