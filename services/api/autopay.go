package api

import (
	"time"

	"myaccount/services"
)

// AutopayOrder is what a customer authorizes.
type AutopayOrder struct {
	BankAccountID string     `json:"bank_account_id,omitempty"`
	Day           int        `json:"day,omitempty" doc:"Of the month, 1 to 31, for the debit of monthly payments; left out for the day each is due"`
	Extra         *Money     `json:"extra,omitempty" doc:"On top of each installment of a loan"`
	Version       string     `json:"accepted_terms_version,omitempty" doc:"'version' of the debit agreement that was shown"`
	Language      string     `json:"language,omitempty" doc:"In which it was accepted, en or fr"`
	ShownFR       *time.Time `json:"shown_fr,omitempty" doc:"When the French text was shown"`
	ShownEN       *time.Time `json:"shown_en,omitempty" doc:"When the English text was shown"`
}

// AutopayOrderOf makes it from the domain's.
func AutopayOrderOf(o services.AutopayOrder) AutopayOrder {
	return AutopayOrder{
		BankAccountID: o.BankAccountID, Day: o.Day, Extra: MoneyOf(o.Extra), Version: o.Version, Language: o.Language,
		ShownFR: moment(o.ShownFR), ShownEN: moment(o.ShownEN),
	}
}

// Domain gives it back, for an agreement. Fails with CodeInvalid (extra: format).
func (o AutopayOrder) Domain(agreementID string) (services.AutopayOrder, error) {
	extra, err := o.Extra.Domain()
	if err != nil {
		return services.AutopayOrder{}, services.Invalid("extra", services.ReasonFormat)
	}
	return services.AutopayOrder{
		AgreementID: agreementID, BankAccountID: o.BankAccountID, Day: o.Day, Extra: extra, Version: o.Version,
		Language: o.Language, ShownFR: instant(o.ShownFR), ShownEN: instant(o.ShownEN),
	}, nil
}

// Autopay is one in force.
type Autopay struct {
	AgreementID string      `json:"agreement_id"`
	Account     BankAccount `json:"account"`
	Day         int         `json:"day" doc:"Of the month; 0 for the day each payment is due"`
	Extra       *Money      `json:"extra"`
	Since       Date        `json:"since"`
	Next        *NextDebit  `json:"next" doc:"null when nothing more is due"`
	DocumentID  string      `json:"document_id" doc:"Of the debit agreement"`
}

// NextDebit is exactly what will be taken next.
type NextDebit struct {
	On          Date          `json:"on" doc:"When the account is debited"`
	Due         Date          `json:"due" doc:"When the payment is due"`
	Amount      *Money        `json:"amount" doc:"null where the lender's figures do not tell it yet"`
	Parts       []PaymentPart `json:"parts" doc:"Sum to the amount; empty when the lender's figures do not tell them"`
	Last        bool          `json:"last" doc:"It is the last one of the agreement"`
	CancelUntil *Date         `json:"cancel_until" doc:"The last day to change or cancel it; null when that is over"`
}

// AutopayOf makes it from the domain's.
func AutopayOf(a services.Autopay) Autopay {
	autopay := Autopay{
		AgreementID: a.AgreementID, Account: BankAccountOf(a.Account), Day: a.Day, Extra: MoneyOf(a.Extra), Since: Date{a.Since},
		DocumentID: a.DocumentID,
	}
	if a.Next != nil {
		next := nextDebitOf(*a.Next)
		autopay.Next = &next
	}
	return autopay
}

// Domain gives it back. Fails when an amount is none.
func (a Autopay) Domain() (services.Autopay, error) {
	var err error
	autopay := services.Autopay{
		AgreementID: a.AgreementID, Account: a.Account.Domain(), Day: a.Day, Extra: a.Extra.known(&err), Since: a.Since.Date,
		DocumentID: a.DocumentID,
	}
	if a.Next != nil {
		next := a.Next.domain(&err)
		autopay.Next = &next
	}
	return autopay, err
}

func nextDebitOf(n services.NextDebit) NextDebit {
	next := NextDebit{On: Date{n.On}, Due: Date{n.Due}, Amount: MoneyOf(n.Amount), Parts: convert(n.Parts, partOf), Last: n.Last}
	if !n.CancelUntil.IsZero() {
		next.CancelUntil = &Date{n.CancelUntil}
	}
	return next
}

func (n NextDebit) domain(err *error) services.NextDebit {
	next := services.NextDebit{On: n.On.Date, Due: n.Due.Date, Amount: n.Amount.known(err), Last: n.Last}
	for _, p := range n.Parts {
		part := services.PaymentPart{Kind: p.Kind, Name: p.Name, Rate: p.Rate, Amount: p.Amount.known(err)}
		next.Parts = append(next.Parts, part)
	}
	if n.CancelUntil != nil {
		next.CancelUntil = n.CancelUntil.Date
	}
	return next
}

// DebitAgreement is the text of a pre-authorized debit agreement, ready to be accepted.
type DebitAgreement struct {
	Version     string            `json:"version" doc:"Names the wording and what it is filled in with"`
	FrenchFirst bool              `json:"french_first" doc:"The French text has to be shown before English can be chosen"`
	Text        map[string]string `json:"text" doc:"Language to Markdown"`
	First       NextDebit         `json:"first"`
}

// DebitAgreementOf makes it from the domain's.
func DebitAgreementOf(a services.DebitAgreement) DebitAgreement {
	return DebitAgreement{Version: a.Version, FrenchFirst: a.FrenchFirst, Text: a.Text, First: nextDebitOf(a.First)}
}

// Domain gives it back. Fails when an amount is none.
func (a DebitAgreement) Domain() (services.DebitAgreement, error) {
	var err error
	return services.DebitAgreement{
		Version: a.Version, FrenchFirst: a.FrenchFirst, Text: a.Text, First: a.First.domain(&err),
	}, err
}
