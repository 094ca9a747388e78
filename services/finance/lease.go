package finance

import (
	"fmt"
	"math"
	"math/big"
	"strconv"

	"github.com/bojanz/currency"
)

// Lease is a lease with level payments, each due at the start of its period.
type Lease struct {
	Financed  currency.Amount // adjusted capitalized cost
	Residual  currency.Amount // what the vehicle is to be worth at the end
	Payment   currency.Amount // base payment of each period, before tax
	Frequency Frequency
	Payments  int
}

// MoneyFactorPayment splits the base payment of a lease quoted with a money
// factor (a decimal such as "0.00245"): depreciation (cost − residual)/n plus
// rent (cost + residual)·MF, each rounded to the cent. Fails with ErrTerms.
func MoneyFactorPayment(cost, residual currency.Amount, payments int, moneyFactor string) (depreciation, rent currency.Amount, err error) {
	v, code, err := all(cost, residual)
	if err != nil {
		return depreciation, rent, err
	}
	factor, err := ParseRate(moneyFactor)
	if err != nil || payments < 1 || payments > maxPayments || v[0].Cmp(v[1]) < 0 {
		return depreciation, rent, fmt.Errorf("%w: money factor, residual or number of payments", ErrTerms)
	}
	loss := fraction(new(big.Int).Sub(v[0], v[1]))
	loss.Quo(loss, big.NewRat(int64(payments), 1))
	if depreciation, err = money(round(loss), code); err != nil {
		return depreciation, rent, err
	}
	charge := fraction(new(big.Int).Add(v[0], v[1]))
	rent, err = money(round(charge.Mul(charge, factor.value())), code)
	return depreciation, rent, err
}

// ImplicitRate is the yearly rate at which the payments and the residual are
// worth exactly the financed amount: the rate of the constant-yield method (US
// Federal Reserve, Regulation M, consumer leasing). It is found by halving, in
// floating point, and returned as a decimal of fifteen places a period, more
// than any amount of money can tell apart. Fails with ErrTerms when there is no
// such rate: the payments and the residual are less than the financed amount, or
// the first payment alone pays it.
func (l Lease) ImplicitRate() (Rate, error) {
	i, err := l.implicit()
	if err != nil {
		return Rate{}, err
	}
	return Rate{percent: i.Mul(i, big.NewRat(100*l.Frequency.PerYear(), 1))}, nil
}

// Schedule splits every payment into depreciation and rent by the constant-yield
// method, rent = (balance − payment)·i. Each balance is the exact one rounded
// once, so roundings do not add up: depreciation sums to the financed amount
// less the residual, and the last balance is the residual to the cent. Where
// there is no interest, the last payment takes what the rounding of the payments
// left. Fails with ErrTerms.
func (l Lease) Schedule() ([]Row, error) {
	v, code, err := all(l.Financed, l.Residual, l.Payment)
	if err != nil {
		return nil, err
	}
	i, err := l.implicit()
	if err != nil {
		return nil, err
	}
	before := v[0]
	rows := make([]Row, l.Payments)
	for k := range rows {
		balance := l.after(k+1, v, i)
		principal := new(big.Int).Sub(before, balance)
		interest := new(big.Int).Sub(v[2], principal)
		if interest.Sign() < 0 {
			interest.SetInt64(0) // the last payment of a lease without interest
		}
		if rows[k], err = newRow(k+1, code, principal, interest, balance); err != nil {
			return nil, err
		}
		before = balance
	}
	return rows, nil
}

// StraightLine splits every payment alike, as a lease quoted with a money factor does (see MoneyFactorPayment): the same
// depreciation each time and the rest rent. The last payment takes what the rounding left; the last balance is the
// residual. Fails with ErrTerms.
func (l Lease) StraightLine() ([]Row, error) {
	v, code, err := all(l.Financed, l.Residual, l.Payment)
	if err != nil {
		return nil, err
	}
	if l.Payments < 1 || l.Payments > maxPayments || v[0].Cmp(v[1]) < 0 {
		return nil, fmt.Errorf("%w: residual or number of payments", ErrTerms)
	}
	balance, count := v[0], big.NewInt(int64(l.Payments))
	each := divide(new(big.Int).Sub(v[0], v[1]), count)
	rows := make([]Row, l.Payments)
	for k := range rows {
		principal := each
		if k == len(rows)-1 {
			principal = new(big.Int).Sub(balance, v[1])
		}
		interest := new(big.Int).Sub(v[2], principal)
		if interest.Sign() < 0 || principal.Sign() < 0 {
			return nil, fmt.Errorf("%w: payment is less than the depreciation", ErrTerms)
		}
		balance = new(big.Int).Sub(balance, principal)
		if rows[k], err = newRow(k+1, code, principal, interest, balance); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// Balance is the adjusted lease balance when the given number of payments has
// been made: what the remaining payments and the residual are worth, at the
// implicit rate, on the day the next payment is due. It is the financed amount
// before the first payment and the residual after the last, and equals the
// financed amount less the depreciation posted by Schedule. Fails with ErrTerms.
func (l Lease) Balance(made int) (currency.Amount, error) {
	v, code, err := all(l.Financed, l.Residual, l.Payment)
	if err != nil {
		return currency.Amount{}, err
	}
	i, err := l.implicit()
	if err != nil {
		return currency.Amount{}, err
	}
	return money(l.after(min(max(made, 0), l.Payments), v, i), code)
}

// after is the balance after a number of payments, given the financed amount,
// the residual and the payment in cents, and the rate of a period.
func (l Lease) after(made int, v []*big.Int, i *big.Rat) *big.Int {
	cost, residual, payment := v[0], v[1], v[2]
	switch {
	case made == 0:
		return cost
	case made == l.Payments:
		return residual
	case i.Sign() == 0:
		paid := new(big.Int).Mul(payment, big.NewInt(int64(made)))
		return paid.Sub(cost, paid)
	}
	return worth(payment, residual, i, l.Payments-made)
}

// worth is the present value of n payments in advance and of the residual at the
// end of the last period, rounded to the cent. With i = p/q and g = p+q it is
//
//	(payment·g·(gⁿ−qⁿ) + residual·p·qⁿ) / (p·gⁿ)
//
// which is the annuity formula with its fractions cleared: whole numbers without
// a common divisor to look for at every step. i is not 0.
func worth(payment, residual *big.Int, i *big.Rat, n int) *big.Int {
	p, q, exponent := i.Num(), i.Denom(), big.NewInt(int64(n))
	g := new(big.Int).Add(p, q)
	gn, qn := new(big.Int).Exp(g, exponent, nil), new(big.Int).Exp(q, exponent, nil)

	sum := new(big.Int).Sub(gn, qn)
	sum.Mul(sum, g).Mul(sum, payment)
	end := qn.Mul(qn, p)
	sum.Add(sum, end.Mul(end, residual))
	return divide(sum, gn.Mul(gn, p))
}

// implicit solves the rate of one period.
func (l Lease) implicit() (*big.Rat, error) {
	v, _, err := all(l.Financed, l.Residual, l.Payment)
	if err != nil {
		return nil, err
	}
	cost, residual, payment := v[0], v[1], v[2]
	if l.Payments < 1 || l.Payments > maxPayments || cost.Cmp(payment) <= 0 || residual.Cmp(cost) > 0 {
		return nil, fmt.Errorf("%w: payment, residual or number of payments", ErrTerms)
	}
	interest := new(big.Int).Mul(payment, big.NewInt(int64(l.Payments)))
	interest.Add(interest, residual).Sub(interest, cost)
	switch {
	case interest.Cmp(big.NewInt(int64(-l.Payments))) <= 0:
		return nil, fmt.Errorf("%w: the payments are less than the financed amount", ErrTerms)
	case interest.Sign() <= 0: // a lease without interest, whose payments were rounded down
		return new(big.Rat), nil
	}
	text := strconv.FormatFloat(l.halve(toFloat(cost), toFloat(residual), toFloat(payment)), 'f', periodDecimal, 64)
	i, _ := new(big.Rat).SetString(text) // FormatFloat writes nothing else than a decimal
	return i, nil
}

// halve searches the rate of a period in (0, 1]: the worth of the payments falls
// steadily as the rate grows. 60 halvings reach the precision of a float64. A
// rate over 100 % a period ends at 1 and is no lease, but does no harm.
func (l Lease) halve(cost, residual, payment float64) float64 {
	low, high, n := 0.0, 1.0, float64(l.Payments)
	for range 60 {
		i := (low + high) / 2
		log := math.Log1p(i)
		annuity := -math.Expm1(-n*log) / i
		if payment*annuity*(1+i)+residual*math.Exp(-n*log) > cost {
			low = i
		} else {
			high = i
		}
	}
	return high
}

func toFloat(n *big.Int) float64 {
	f, _ := new(big.Float).SetInt(n).Float64()
	return f
}
