package finance

import (
	"fmt"
	"math/big"

	"github.com/bojanz/currency"
)

// maxPayments bounds the work that one agreement can ask for: fifty years of
// payments every two weeks.
const maxPayments = 50 * 26

// Credit is what a level payment pays for.
type Credit struct {
	Financed  currency.Amount // at the start
	Residual  currency.Amount // balloon or residual left at the end; the zero Amount for none
	Rate      Rate            // a year
	Frequency Frequency
	Payments  int  // how many
	InAdvance bool // each payment falls due at the start of its period, as leases do
}

// Payment is the level payment, rounded to the cent:
//
//	(PV − FV(1+i)^−n)·i / (1−(1+i)^−n), divided by (1+i) when paid in advance
//
// with i the yearly rate divided by the periods of a year. It is the standard
// annuity formula; without interest the amount is spread evenly. For
// AcceleratedBiweekly see AcceleratedPayment. Fails with ErrTerms.
func (c Credit) Payment() (currency.Amount, error) {
	v, code, err := all(c.Financed, c.Residual)
	if err != nil {
		return currency.Amount{}, err
	}
	if c.Payments < 1 || c.Payments > maxPayments || v[0].Cmp(v[1]) < 0 {
		return currency.Amount{}, fmt.Errorf("%w: number of payments or residual", ErrTerms)
	}
	i := c.Rate.perPeriod(c.Frequency)
	later := fraction(v[1])
	later.Mul(later, discount(i, c.Payments))
	pay := fraction(v[0])
	pay.Sub(pay, later)
	pay.Quo(pay, annuity(i, c.Payments))
	if c.InAdvance {
		pay.Quo(pay, new(big.Rat).Add(one, i))
	}
	return money(round(pay), code)
}

// AcceleratedPayment is half of the monthly payment, paid every two weeks: 26
// halves are thirteen monthly payments a year, so the loan ends sooner (the
// definition Canadian lenders use). months is the length of the monthly loan.
// Fails with ErrTerms.
func AcceleratedPayment(financed currency.Amount, rate Rate, months int) (currency.Amount, error) {
	monthly, err := Credit{Financed: financed, Rate: rate, Frequency: Monthly, Payments: months}.Payment()
	if err != nil {
		return currency.Amount{}, err
	}
	return money(divide(monthly.BigInt(), big.NewInt(2)), monthly.CurrencyCode())
}

// Row is one payment of a schedule, before tax. Payment = Principal + Interest;
// for a lease Principal is the depreciation and Interest the rent.
type Row struct {
	Number    int // from 1
	Payment   currency.Amount
	Principal currency.Amount
	Interest  currency.Amount
	Balance   currency.Amount // after this payment
}

// Extra is what is paid on a loan beyond its payments; it is principal.
type Extra struct {
	Each currency.Amount // with each payment; the zero Amount for none
	Once currency.Amount // with one payment; the zero Amount for none
	At   int             // number of that payment, from 1
}

// LoanSchedule is the amortization of a loan with level payments at the end of
// each period. Interest is rounded to the cent each period; the last payment
// takes the difference and the balloon, so the principal sums to the financed
// amount and the last balance is zero. It ends early when the payment is more
// than the loan needs (accelerated payments), and c.Payments is the most there
// can be. Fails with ErrTerms, also when payment does not cover the interest.
func LoanSchedule(c Credit, payment currency.Amount) ([]Row, error) {
	return LoanScheduleWith(c, payment, Extra{})
}

// LoanScheduleWith is LoanSchedule with something paid on top, which is part of
// its rows. Paying more never makes a loan dearer nor longer. Fails as
// LoanSchedule does.
func LoanScheduleWith(c Credit, payment currency.Amount, more Extra) ([]Row, error) {
	v, code, err := all(c.Financed, payment, c.Residual, more.Each, more.Once)
	if err != nil {
		return nil, err
	}
	balance, pay, balloon, once := v[0], new(big.Int).Add(v[1], v[3]), v[2], v[4]
	if c.Payments < 1 || c.Payments > maxPayments || balance.Cmp(balloon) < 0 {
		return nil, fmt.Errorf("%w: number of payments or balloon", ErrTerms)
	}
	i := c.Rate.perPeriod(c.Frequency)
	rows := make([]Row, 0, c.Payments)
	for n := 1; balance.Sign() > 0; n++ {
		interest := divide(new(big.Int).Mul(balance, i.Num()), i.Denom()) // whole numbers: no fraction to reduce at every step
		principal := new(big.Int).Sub(pay, interest)
		if n == more.At {
			principal.Add(principal, once)
		}
		if n == c.Payments || principal.Cmp(balance) > 0 {
			principal = balance
		}
		if principal.Sign() <= 0 {
			return nil, fmt.Errorf("%w: payment does not cover the interest", ErrTerms)
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

func newRow(n int, code string, principal, interest, balance *big.Int) (Row, error) {
	each, err := amounts(code, new(big.Int).Add(principal, interest), principal, interest, balance)
	if err != nil {
		return Row{}, err
	}
	return Row{Number: n, Payment: each[0], Principal: each[1], Interest: each[2], Balance: each[3]}, nil
}
