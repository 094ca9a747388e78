package services

import (
	"context"
	"time"
)

// Autopays take what is due from a bank account, by a pre-authorized debit agreement (PAD; Payments Canada rule H1).
type Autopays interface {
	// Autopay gives that of an agreement. Fails with CodeNotFound when there is none, the agreement is closed, or there is no
	// such agreement.
	Autopay(ctx context.Context, agreementID string) (Autopay, error)
	// DebitAgreement gives the text that SetAutopay would accept, filled in, in both languages. Fails with CodeInvalid (day,
	// extra, bank_account_id), CodeNotFound and CodeGone, as SetAutopay does.
	DebitAgreement(ctx context.Context, o AutopayOrder) (DebitAgreement, error)
	// SetAutopay begins or changes an autopay, and puts the agreement into the documents; what is accepted already is
	// answered again. A wording that is new since then leaves it in force as it was accepted, and is read and accepted with
	// the next change. Fails with CodeInvalid (day: format; extra: format, or too_much where it is more than is owed, or not on
	// a loan; bank_account_id: required or unknown; accepted_terms_version: required or outdated; language: required or
	// unknown; shown_fr: required where French has to be given first and was not), CodeNotFound, and CodeGone when the
	// agreement is closed or nothing is left that could be debited.
	SetAutopay(ctx context.Context, o AutopayOrder) (Autopay, error)
	// StopAutopay ends it; debits past their last day to cancel still happen. Stopping one that is not there is no error.
	// Fails with CodeNotFound.
	StopAutopay(ctx context.Context, agreementID string) error
}

// AutopayOrder is what a customer authorizes.
type AutopayOrder struct {
	AgreementID   string
	BankAccountID string
	Day           int   // of the month, 1 to 31, for the debit of monthly payments, the last one that is not after the due date; 0 for that
	Extra         Money // on top of each installment of a loan; the zero Money for none

	// How the debit agreement was accepted.
	Version  string    // of the DebitAgreement
	Language string    // chosen, "en" or "fr"
	ShownFR  time.Time // when the French text was shown
	ShownEN  time.Time // when the English one was; the zero Time when it was not
}

// Autopay is one in force.
type Autopay struct {
	AgreementID string
	Account     BankAccount
	Day         int // 0 for the day each payment is due
	Extra       Money
	Since       Date
	Next        *NextDebit // nil when nothing more is due
	DocumentID  string     // of the debit agreement
}

// NextDebit is exactly what will be taken next.
type NextDebit struct {
	On          Date          // when the account is debited, a day on which banks work
	Due         Date          // when the installment is due
	Amount      Money         // the zero Money where the lender's figures do not tell it yet
	Parts       []PaymentPart // sum to Amount, Extra among them; nil where the lender's figures do not tell them
	Last        bool          // it is the last one of the agreement
	CancelUntil Date          // the last day to change or cancel it; the zero Date when that is over
}

// DebitAgreement is the text of a pre-authorized debit agreement, ready to be accepted.
type DebitAgreement struct {
	Version     string            // names the wording and what it is filled in with
	FrenchFirst bool              // the French text has to be shown before English can be chosen (Québec, contract of adhesion)
	Text        map[string]string // language to Markdown
	First       NextDebit
}
