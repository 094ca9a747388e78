package services

import "context"

// Payments are what was paid on an agreement.
type Payments interface {
	// Payments lists posted and returned payments, newest first. Fails with CodeInvalid (after) and CodeNotFound.
	Payments(ctx context.Context, agreementID string, p Page) (PaymentPage, error)
}

// PaymentPage is part of the list of payments.
type PaymentPage struct {
	Items []Payment
	Next  string // "" at the end
}

// PaymentStatus says what became of a payment.
type PaymentStatus string

// The statuses there are.
const (
	PaymentPosted    PaymentStatus = "posted"
	PaymentReturned  PaymentStatus = "returned"
	PaymentScheduled PaymentStatus = "scheduled"
)

// Payment is one payment on an agreement.
type Payment struct {
	ID        string // the lender's reference, or that of the debit it came by
	Date      Date
	Amount    Money // Principal + Interest + Tax
	Principal Money // lease: depreciation
	Interest  Money // lease: rent
	Tax       Money
	Method    string // "pad", "cheque", "card", "online", "branch"
	Status    PaymentStatus
}
