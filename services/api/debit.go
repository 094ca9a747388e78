package api

import (
	"time"

	"myaccount/services"
)

// PaymentOrder is what a customer wants to pay.
type PaymentOrder struct {
	Amount        *Money `json:"amount,omitempty"`
	On            string `json:"on,omitempty" doc:"YYYY-MM-DD, a day on which banks work" example:"2026-03-09" maxLength:"10"`
	BankAccountID string `json:"bank_account_id,omitempty"`
	Twice         bool   `json:"twice,omitempty" doc:"Even though the same payment is ordered for the same day"`
}

// PaymentOrderOf makes it from the domain's.
func PaymentOrderOf(o services.PaymentOrder) PaymentOrder {
	order := PaymentOrder{Amount: MoneyOf(o.Amount), BankAccountID: o.BankAccountID, Twice: o.Twice}
	if o.On.IsValid() {
		order.On = o.On.String()
	}
	return order
}

// Domain gives it back, for an agreement, with the key of the request. What is no date reads as the zero Date, which the
// rules refuse. Fails with CodeInvalid (amount: format).
func (o PaymentOrder) Domain(agreementID, key string, on services.Date) (services.PaymentOrder, error) {
	amount, err := o.Amount.Domain()
	if err != nil {
		return services.PaymentOrder{}, services.Invalid("amount", services.ReasonFormat)
	}
	return services.PaymentOrder{
		AgreementID: agreementID, Amount: amount, On: on, BankAccountID: o.BankAccountID, Twice: o.Twice, IdempotencyKey: key,
	}, nil
}

// DebitTerms are the bounds of a payment on one agreement.
type DebitTerms struct {
	First      Date              `json:"first" doc:"The earliest day"`
	Last       Date              `json:"last" doc:"The latest"`
	Closed     []Date            `json:"closed" nullable:"false" doc:"Days in between, other than weekends, on which banks do not work"`
	On         Date              `json:"on" doc:"The day that the amounts are of"`
	Most       *Money            `json:"most" doc:"The most that may be paid; null where it is not known"`
	Suggested  []SuggestedAmount `json:"suggested" nullable:"false"`
	CutoffDays int               `json:"cutoff_days" doc:"An order may be taken back until the end of the day that lies so many days before its own"`
}

// SuggestedAmount is an amount that people often want to pay.
type SuggestedAmount struct {
	Kind   services.SuggestedKind `json:"kind" doc:"next, past_due or balance"`
	Amount *Money                 `json:"amount"`
}

// DebitTermsOf makes them from the domain's.
func DebitTermsOf(t services.DebitTerms) DebitTerms {
	return DebitTerms{
		First: Date{t.First}, Last: Date{t.Last}, On: Date{t.On}, Most: MoneyOf(t.Most), CutoffDays: t.CutoffDays,
		Closed: convert(t.Closed, func(d services.Date) Date { return Date{d} }),
		Suggested: convert(t.Suggested, func(s services.SuggestedAmount) SuggestedAmount {
			return SuggestedAmount{s.Kind, MoneyOf(s.Amount)}
		}),
	}
}

// Domain gives them back. Fails when an amount is none.
func (t DebitTerms) Domain() (services.DebitTerms, error) {
	var err error
	terms := services.DebitTerms{
		First: t.First.Date, Last: t.Last.Date, On: t.On.Date, Most: t.Most.known(&err), CutoffDays: t.CutoffDays,
	}
	for _, d := range t.Closed {
		terms.Closed = append(terms.Closed, d.Date)
	}
	for _, s := range t.Suggested {
		terms.Suggested = append(terms.Suggested, services.SuggestedAmount{Kind: s.Kind, Amount: s.Amount.known(&err)})
	}
	return terms, err
}

// Debit is money taken from a bank account.
type Debit struct {
	ID          string               `json:"id"`
	Reference   string               `json:"reference" example:"P-7K3F-92QD" doc:"Confirmation number"`
	AgreementID string               `json:"agreement_id"`
	Kind        services.DebitKind   `json:"kind" doc:"once or autopay"`
	Amount      *Money               `json:"amount"`
	On          Date                 `json:"on" doc:"When the account is debited"`
	Due         Date                 `json:"due" doc:"Of an autopay: when the installment is due"`
	LastDigits  string               `json:"last_digits" doc:"Of the account"`
	Status      services.DebitStatus `json:"status" doc:"scheduled, cancelled, submitted, posted or returned"`
	Reason      string               `json:"reason,omitempty" doc:"The bank's code when returned" example:"901"`
	CancelUntil *Date                `json:"cancel_until" doc:"The last day on which it may be taken back; null when it may not"`
	Simulated   bool                 `json:"simulated" doc:"No bank was asked"`
	CreatedAt   time.Time            `json:"created_at"`
}

// DebitOf makes it from the domain's.
func DebitOf(d services.Debit) Debit {
	debit := Debit{
		ID: d.ID, Reference: d.Reference, AgreementID: d.AgreementID, Kind: d.Kind, Amount: MoneyOf(d.Amount), On: Date{d.On},
		Due: Date{d.Due}, LastDigits: d.LastDigits, Status: d.Status, Reason: d.Reason, Simulated: d.Simulated,
		CreatedAt: d.CreatedAt.UTC(),
	}
	if !d.CancelUntil.IsZero() {
		debit.CancelUntil = &Date{d.CancelUntil}
	}
	return debit
}

// Domain gives it back. Fails when the amount is none.
func (d Debit) Domain() (services.Debit, error) {
	var err error
	debit := services.Debit{
		ID: d.ID, Reference: d.Reference, AgreementID: d.AgreementID, Kind: d.Kind, Amount: d.Amount.known(&err), On: d.On.Date,
		Due: d.Due.Date, LastDigits: d.LastDigits, Status: d.Status, Reason: d.Reason, Simulated: d.Simulated,
		CreatedAt: d.CreatedAt.UTC(),
	}
	if d.CancelUntil != nil {
		debit.CancelUntil = d.CancelUntil.Date
	}
	return debit, err
}

// DebitsOf makes part of a list.
func DebitsOf(p services.DebitPage) List[Debit] { return listOf(p.Items, p.Next, DebitOf) }

// DebitsFrom gives the part back.
func DebitsFrom(l List[Debit]) (services.DebitPage, error) {
	items, err := collect(l.Items, Debit.Domain)
	return services.DebitPage{Items: items, Next: l.after()}, err
}
