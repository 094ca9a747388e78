// Package autopay holds the page on which somebody has the payments of an agreement taken from a bank account: what is in
// force, the choice of account and day, the pre-authorized debit agreement in both languages, and how to end it.
//
// The presenter loads, keeps what was chosen and shown, and asks; the page draws it. No figure is computed here: what is
// taken, and when, comes from the services.
package autopay

import (
	"context"

	"myaccount/services"
)

// Deps is what the page works with.
type Deps struct {
	Agreements services.Agreements
	Accounts   services.BankAccounts
	Autopays   services.Autopays
	Payoffs    Savings // what an extra saves; nil where that is not known

	RateDiscount string // percent a year that the lender takes off for autopay; "" for none
	DisputeDays  int    // within which a personal debit can be disputed
}

// Savings reckons what paying more saves; services.Payoffs does.
type Savings interface {
	WhatIf(ctx context.Context, q services.WhatIfQuery) (services.WhatIf, error)
}
