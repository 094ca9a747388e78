// Package pay holds the screens on which somebody makes a payment, in two steps and once, and keeps the bank accounts that
// payments are taken from.
//
// The presenters load, read what was typed and ask; the pages draw them. What may be paid, and when, comes from the
// services; what was typed stays through errors, a change of language and a visit elsewhere.
package pay

import "myaccount/services"

// Deps is what the pages work with.
type Deps struct {
	Agreements services.Agreements
	Accounts   services.BankAccounts
	Debits     services.Debits
	Autopays   services.Autopays
	Holder     func() string // the person's name
	NewKey     func() string // makes idempotency keys
}
