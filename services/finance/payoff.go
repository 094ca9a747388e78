package finance

import (
	"fmt"
	"math/big"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
)

// daysOfYear divides a yearly rate into days, in leap years too.
const daysOfYear = 365

// Accrued is the simple interest on a balance over some days, balance·rate/365·days, rounded once. No days, or fewer,
// accrue nothing. What one more day adds is a cent more or less from day to day, as the fractions fall. Fails with
// ErrTerms.
func Accrued(balance currency.Amount, rate Rate, days int) (currency.Amount, error) {
	v, code, err := all(balance)
	if err != nil {
		return currency.Amount{}, err
	}
	return money(rate.byDay(v[0], days), code)
}

// LeasePayoff is what ending a lease costs, before taxes and fees. Adjusted = Sum + residual − Unearned.
type LeasePayoff struct {
	Payments int             // still to come
	Sum      currency.Amount // of them
	Unearned currency.Amount // rent in them that is not earned yet; below zero by cents where payments were rounded down
	Adjusted currency.Amount // the adjusted lease balance
	Rent     currency.Amount // of the period that is running
}

// Payoff is what ending the lease costs when a number of payments has been made and some days of the period of the last
// of them have gone.
//
// Right after a payment it is the balance before it less the payment; from there the rent of the period is earned evenly
// by the day, up to the balance when the next payment is due (Balance). So it is the financed amount before the first
// payment and the residual at the end. Days beyond the period earn nothing more: what is due then is a payment. Fails
// with ErrTerms.
func (l Lease) Payoff(made, gone, days int) (LeasePayoff, error) {
	v, code, err := all(l.Financed, l.Residual, l.Payment)
	if err != nil {
		return LeasePayoff{}, err
	}
	i, err := l.implicit()
	if err != nil {
		return LeasePayoff{}, err
	}
	if made < 0 || made > l.Payments || days < 1 {
		return LeasePayoff{}, fmt.Errorf("%w: number of payments or days", ErrTerms)
	}
	adjusted, rent := v[0], new(big.Int)
	if made > 0 {
		after := new(big.Int).Sub(l.after(made-1, v, i), v[2])
		rent.Sub(l.after(made, v, i), after)
		if rent.Sign() < 0 { // a lease without interest, whose payments were rounded
			after.Add(after, rent)
			rent.SetInt64(0)
		}
		earned := new(big.Int).Mul(rent, big.NewInt(int64(min(max(gone, 0), days))))
		adjusted = after.Add(after, divide(earned, big.NewInt(int64(days))))
	}
	sum := new(big.Int).Mul(v[2], big.NewInt(int64(l.Payments-made)))
	unearned := new(big.Int).Add(sum, v[1])
	unearned.Sub(unearned, adjusted)
	each, err := amounts(code, sum, unearned, adjusted, rent)
	if err != nil {
		return LeasePayoff{}, err
	}
	return LeasePayoff{
		Payments: l.Payments - made, Sum: each[0], Unearned: each[1], Adjusted: each[2], Rent: each[3],
	}, nil
}

// LeasePayoff is Lease.Payoff on a day, with the payments made that are due before it. Fails with ErrTerms, also for a
// loan.
func (t Terms) LeasePayoff(made int, on civil.Date) (LeasePayoff, error) {
	if t.Kind != KindLease {
		return LeasePayoff{}, fmt.Errorf("%w: not a lease", ErrTerms)
	}
	if made == 0 {
		return t.lease().Payoff(0, 0, 1)
	}
	last := t.Due(made)
	return t.lease().Payoff(made, on.DaysSince(last), max(t.Due(made+1).DaysSince(last), 1))
}

// LeaseRate is the implicit rate of a lease; see Lease.ImplicitRate. Fails with ErrTerms, also for a loan.
func (t Terms) LeaseRate() (Rate, error) {
	if t.Kind != KindLease {
		return Rate{}, fmt.Errorf("%w: not a lease", ErrTerms)
	}
	return t.lease().ImplicitRate()
}
