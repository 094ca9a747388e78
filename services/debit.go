package services

import (
	"context"
	"time"
)

// Debits are the payments that a customer makes here: each takes money from a bank account on a day.
type Debits interface {
	// Debits lists those of an agreement, the latest day first, cancelled ones among them. Fails with CodeInvalid (after)
	// and CodeNotFound.
	Debits(ctx context.Context, agreementID string, p Page) (DebitPage, error)
	// DebitTerms says what may be paid on an agreement, and when: on a day or, where that is none to pay on, such as the zero
	// Date, on the day that most people want. Fails with CodeNotFound, and with CodeGone when the agreement is closed.
	DebitTerms(ctx context.Context, agreementID string, on Date) (DebitTerms, error)
	// MakePayment orders a debit once. The same key with the same content answers the same debit and orders nothing. Fails
	// with CodeInvalid (amount: required, format or too_much; on: past, late, or closed when no bank works that day;
	// bank_account_id: required or unknown; idempotency_key), CodeConflict when the same amount is already taken on the same
	// day, other than by an autopay that the payment replaces, and Twice does not say that this is meant, CodeNotFound (agreement) and CodeGone when it is closed.
	MakePayment(ctx context.Context, o PaymentOrder) (Debit, error)
	// CancelPayment takes an order back. Cancelling twice is no error. Fails with CodeNotFound, and with CodeGone once it is
	// too late or the debit belongs to an autopay, which is changed as a whole.
	CancelPayment(ctx context.Context, id string) error
}

// PaymentOrder is what a customer wants to pay.
type PaymentOrder struct {
	AgreementID    string
	Amount         Money
	On             Date
	BankAccountID  string
	Twice          bool // even though the same payment is ordered for the same day
	IdempotencyKey string
}

// DebitTerms are the bounds of a payment on one agreement.
type DebitTerms struct {
	First      Date   // the earliest day
	Last       Date   // the latest
	Closed     []Date // days from First to Last, other than Saturdays and Sundays, on which banks do not work
	On         Date   // the day that Most and Suggested are of
	Most       Money  // the most that may be paid; the zero Money where it is not known
	Suggested  []SuggestedAmount
	CutoffDays int // an order may be taken back until the end of the day that lies so many days before its own
}

// SuggestedAmount is an amount that people often want to pay.
type SuggestedAmount struct {
	Kind   SuggestedKind
	Amount Money
}

// SuggestedKind says what an amount is.
type SuggestedKind string

// The kinds there are.
const (
	SuggestNext    SuggestedKind = "next"     // what is due next
	SuggestPastDue SuggestedKind = "past_due" // what should have been paid by now
	SuggestBalance SuggestedKind = "balance"  // all of it
)

// DebitKind says why money is taken.
type DebitKind string

// The kinds there are.
const (
	DebitOnce    DebitKind = "once"    // a customer ordered it
	DebitAutopay DebitKind = "autopay" // of an autopay
)

// DebitStatus says what became of a debit.
type DebitStatus string

// The statuses there are, in the order in which a debit may pass through them.
const (
	DebitScheduled DebitStatus = "scheduled"
	DebitCancelled DebitStatus = "cancelled"
	DebitSubmitted DebitStatus = "submitted" // given to the bank
	DebitPosted    DebitStatus = "posted"
	DebitReturned  DebitStatus = "returned" // the bank gave it back: Reason says why
)

// DebitPage is part of the list of debits.
type DebitPage struct {
	Items []Debit
	Next  string // "" at the end
}

// Debit is money taken from a bank account.
type Debit struct {
	ID          string
	Reference   string // confirmation number, "P-7K3F-92QD"
	AgreementID string
	Kind        DebitKind
	Amount      Money
	On          Date // when the account is debited, a day on which banks work
	Due         Date // of an autopay: when the installment is due; otherwise On
	LastDigits  string
	Status      DebitStatus
	Reason      string // the bank's code when returned, "901"; the catalogue has the words
	CancelUntil Date   // the last day on which it may be taken back; the zero Date when it may not
	Simulated   bool   // local-only mode: no bank was asked
	CreatedAt   time.Time
}
