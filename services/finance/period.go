package finance

import (
	"math/big"

	"github.com/bojanz/currency"
)

// Interest is that of one period on a balance, rounded to the cent as LoanSchedule
// does. Fails with ErrTerms.
func Interest(balance currency.Amount, r Rate, f Frequency) (currency.Amount, error) {
	v, code, err := all(balance)
	if err != nil {
		return currency.Amount{}, err
	}
	return money(round(new(big.Rat).Mul(fraction(v[0]), r.perPeriod(f))), code)
}
