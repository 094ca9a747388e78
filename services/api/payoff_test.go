package api_test

import (
	"testing"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/api"
)

// payoffLines are up to three lines; nil for none, as the domain has it.
func payoffLines(t *rapid.T) (list []services.PayoffLine) {
	for range rapid.IntRange(0, 3).Draw(t, "lines") {
		list = append(list, services.PayoffLine{
			Kind: services.PayoffKind(texts.Draw(t, "kind")), Name: texts.Draw(t, "name"), Rate: texts.Draw(t, "rate"),
			Count: rapid.Int().Draw(t, "count"), Each: money.Draw(t, "each"), Amount: money.Draw(t, "amount"),
		})
	}
	return list
}

func installments(t *rapid.T) (list []services.Installment) {
	for n := range rapid.IntRange(0, 3).Draw(t, "installments") {
		list = append(list, services.Installment{Number: n, Due: dates.Draw(t, "due"), Total: money.Draw(t, "total"), Balance: money.Draw(t, "balance")})
	}
	return list
}

func TestPayoff_ComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := services.Payoff{
			On: dates.Draw(t, "on"), Choice: services.PayoffChoice(texts.Draw(t, "choice")), Rate: texts.Draw(t, "rate"), Lines: payoffLines(t),
			Total: money.Draw(t, "total"), PerDiem: money.Draw(t, "per diem"), GoodUntil: dates.Draw(t, "good"), Waiting: money.Draw(t, "waiting"),
			Assumed: rapid.Int().Draw(t, "assumed"),
		}
		got, err := through(t, api.PayoffOf(want)).Domain()
		same(t, got, want, err)
	})
}

func TestWhatIf_ComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := services.WhatIf{
			PaymentsSaved: rapid.Int().Draw(t, "payments"), InterestSaved: money.Draw(t, "interest"), End: dates.Draw(t, "end"),
			EndBefore: dates.Draw(t, "before"), Schedule: installments(t), Before: installments(t),
		}
		got, err := through(t, api.WhatIfOf(want)).Domain()
		same(t, got, want, err)
	})
}

func TestLeaseEnd_ComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := services.LeaseEnd{End: dates.Draw(t, "end")}
		for range rapid.IntRange(0, 3).Draw(t, "steps") {
			want.Steps = append(want.Steps, services.LeaseStep{
				Kind: services.LeaseStepKind(texts.Draw(t, "step")), From: dates.Draw(t, "from"), To: dates.Draw(t, "to"), Days: rapid.Int().Draw(t, "days"),
			})
			want.Options = append(want.Options, services.LeaseOption{
				Kind: services.LeaseOptionKind(texts.Draw(t, "option")), Lines: payoffLines(t), Total: money.Draw(t, "total"),
			})
		}
		if rapid.Bool().Draw(t, "distance") {
			want.Distance = &services.Forecast{Projected: rapid.Int64().Draw(t, "km"), Excess: rapid.Int64().Draw(t, "over"), Cost: money.Draw(t, "cost")}
		}
		got, err := through(t, api.LeaseEndOf(want)).Domain()
		same(t, got, want, err)
	})
}
