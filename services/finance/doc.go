// Package finance is the arithmetic of car finance: payments, schedules and
// balances of loans and leases, due dates, sales taxes and kilometres.
//
// Every amount is exact. A computation runs in whole cents or in exact
// fractions (math/big) and is rounded once, half up, to the smallest unit of its
// currency. The one place with floating point is the search for the implicit
// rate of a lease; it ends in a decimal rate of fifteen places, and the amounts
// that follow from that rate are exact again.
//
// The functions are pure: no clock, no storage, no language.
package finance

import "errors"

// ErrTerms says that an agreement's figures do not make sense together: a
// negative amount, a payment that does not cover the interest, two currencies.
var ErrTerms = errors.New("finance: terms do not add up")
