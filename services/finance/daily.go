package finance

import (
	"math/big"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
)

// Daily is a loan whose lender reckons interest by the day (daily simple interest): balance·rate/365 for each day since the
// last payment, rounded when the next one is made. A payment makes the interest first.
type Daily struct {
	Balance currency.Amount // principal owed
	Rate    Rate            // a year
	Since   civil.Date      // the day of the last payment; of the start before there is one
	Unpaid  currency.Amount // interest up to Since that no payment made; the zero Amount for none
	Paid    currency.Amount // of the next payment; the zero Amount for none. It is off the balance
}

// Interest is what is owed on a day, that unpaid before among it. It never falls. Fails with ErrTerms.
func (d Daily) Interest(on civil.Date) (currency.Amount, error) {
	v, code, err := all(d.Balance, d.Unpaid)
	if err != nil {
		return currency.Amount{}, err
	}
	return money(v[1].Add(v[1], d.Rate.byDay(v[0], on.DaysSince(d.Since))), code)
}

// Schedule lists level payments on given days, which ascend, until nothing is owed. Interest that a payment does not cover
// is carried on to the next one, and bears none. The first is less by what was paid of it. The last day's payment takes all
// that is left, a balloon among it; what is paid on top is part of the rows. Fails with ErrTerms.
func (d Daily) Schedule(payment currency.Amount, more Extra, days []civil.Date) ([]Row, error) {
	v, code, err := all(d.Balance, d.Unpaid, payment, more.Each, more.Once, d.Paid)
	if err != nil {
		return nil, err
	}
	balance, unpaid, level, since := v[0], v[1], v[2].Add(v[2], v[3]), d.Since
	rows := make([]Row, 0, len(days))
	for n := 1; n <= len(days) && (balance.Sign() > 0 || unpaid.Sign() > 0); n++ {
		on := days[n-1]
		interest := unpaid.Add(unpaid, d.Rate.byDay(balance, on.DaysSince(since)))
		principal := new(big.Int).Sub(level, interest)
		if n == 1 {
			principal.Sub(principal, v[5])
		}
		if n == more.At {
			principal.Add(principal, v[4])
		}
		unpaid, since = new(big.Int), on
		if n == len(days) || principal.Cmp(balance) > 0 {
			principal.Set(balance)
		}
		if principal.Sign() < 0 {
			unpaid.Neg(principal)
			interest = interest.Sub(interest, unpaid)
			principal.SetInt64(0)
		}
		balance = new(big.Int).Sub(balance, principal)
		row, err := newRow(n, code, principal, interest, balance)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// byDay is the simple interest on minor units over some days, rounded once; nothing over none.
func (r Rate) byDay(minor *big.Int, days int) *big.Int {
	interest := r.of(minor)
	return round(interest.Mul(interest, big.NewRat(int64(max(days, 0)), daysOfYear)))
}
