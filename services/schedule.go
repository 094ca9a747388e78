package services

import "context"

// Schedules are the plans that agreements are paid by.
type Schedules interface {
	// Schedule lists every installment of an agreement, the first one first, those paid among them. It is empty where the
	// lender's figures do not add up, which is never shown as wrong sums. Fails with CodeNotFound.
	Schedule(ctx context.Context, agreementID string) ([]Installment, error)
}

// Installment is one payment of an agreement's schedule.
type Installment struct {
	Number    int // from 1
	Due       Date
	Principal Money // lease: depreciation
	Interest  Money // lease: rent
	Tax       Money
	Total     Money // Principal + Interest + Tax
	Balance   Money // once it is paid; lease: adjusted balance at the implicit rate
	Paid      bool
}
