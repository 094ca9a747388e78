package api_test

import (
	"testing"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/api"
)

func TestBankAccounts_ComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := []services.BankAccount{{
			ID: texts.Draw(t, "id"), Institution: texts.Draw(t, "institution"), LastDigits: texts.Draw(t, "digits"),
			Holder: texts.Draw(t, "holder"), Business: rapid.Bool().Draw(t, "business"), InUse: rapid.Bool().Draw(t, "used"),
		}}
		got, err := api.BankAccountsFrom(through(t, api.BankAccountsOf(want)))
		same(t, got, want, err)
		added := services.NewBankAccount{
			Institution: texts.Draw(t, "institution"), Transit: texts.Draw(t, "transit"), Number: services.Secret(texts.Draw(t, "number")),
			Holder: texts.Draw(t, "holder"), Business: rapid.Bool().Draw(t, "business"), IdempotencyKey: "a key",
		}
		same(t, through(t, api.NewBankAccountOf(added)).Domain("a key"), added, nil)
	})
}

func TestDebits_ComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := services.DebitPage{Next: texts.Draw(t, "next")}
		for range rapid.IntRange(0, 3).Draw(t, "debits") {
			d := services.Debit{
				ID: texts.Draw(t, "id"), Reference: texts.Draw(t, "reference"), AgreementID: texts.Draw(t, "agreement"),
				Kind: services.DebitAutopay, Amount: money.Draw(t, "amount"), On: dates.Draw(t, "on"), Due: dates.Draw(t, "due"),
				LastDigits: texts.Draw(t, "digits"), Status: services.DebitReturned, Reason: texts.Draw(t, "reason"),
				Simulated: rapid.Bool().Draw(t, "simulated"), CreatedAt: times.Draw(t, "created"),
			}
			if rapid.Bool().Draw(t, "cancellable") {
				d.CancelUntil = dates.Draw(t, "cancel")
			}
			page.Items = append(page.Items, d)
		}
		got, err := api.DebitsFrom(through(t, api.DebitsOf(page)))
		same(t, got, page, err)
	})
}

func TestDebitTerms_ComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := services.DebitTerms{
			First: dates.Draw(t, "first"), Last: dates.Draw(t, "last"), Closed: rapid.SliceOfN(dates, 0, 3).Draw(t, "closed"),
			On: dates.Draw(t, "on"), Most: money.Draw(t, "most"), CutoffDays: rapid.IntRange(0, 9).Draw(t, "cutoff"),
		}
		if len(want.Closed) == 0 {
			want.Closed = nil
		}
		for range rapid.IntRange(0, 2).Draw(t, "suggested") {
			want.Suggested = append(want.Suggested, services.SuggestedAmount{Kind: services.SuggestNext, Amount: money.Draw(t, "amount")})
		}
		got, err := through(t, api.DebitTermsOf(want)).Domain()
		same(t, got, want, err)
	})
}

func TestPaymentOrder_ComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := services.PaymentOrder{
			AgreementID: "agreement", Amount: money.Draw(t, "amount"), On: dates.Draw(t, "on"), BankAccountID: texts.Draw(t, "account"),
			Twice: rapid.Bool().Draw(t, "twice"), IdempotencyKey: "a key",
		}
		sent := through(t, api.PaymentOrderOf(want))
		if sent.On != want.On.String() {
			t.Fatalf("on %q", sent.On)
		}
		got, err := sent.Domain("agreement", "a key", want.On)
		same(t, got, want, err)
	})
	if _, err := (api.PaymentOrder{Amount: &api.Money{Amount: "1e9", Currency: "CAD"}}).Domain("", "", services.Date{}); services.FieldsOf(err)["amount"] != services.ReasonFormat {
		t.Errorf("an amount that is none: %v", err)
	}
}
