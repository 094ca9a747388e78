package finance

import (
	"math/big"

	"github.com/bojanz/currency"
)

// Taxes gives the tax of each rate on a base amount, each rounded to the cent by
// itself (facts: GST 5 % and QST 9.975 % in Québec, HST 13 % in Ontario, on the
// base alone, never on one another), and their sum. Fails with ErrTerms.
func Taxes(base currency.Amount, rates ...Rate) (each []currency.Amount, sum currency.Amount, err error) {
	v, code, err := all(base)
	if err != nil {
		return nil, currency.Amount{}, err
	}
	total := new(big.Int)
	each = make([]currency.Amount, len(rates))
	for i, r := range rates {
		tax := round(r.of(v[0]))
		total.Add(total, tax)
		if each[i], err = money(tax, code); err != nil {
			return nil, currency.Amount{}, err
		}
	}
	sum, err = money(total, code)
	return each, sum, err
}
