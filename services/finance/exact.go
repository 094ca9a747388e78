package finance

import (
	"fmt"
	"math/big"

	"github.com/bojanz/currency"
)

var (
	one     = big.NewRat(1, 1)
	hundred = big.NewRat(100, 1)
)

// cents gives an amount in whole minor units. Negative amounts and fractions of
// a cent are refused: no figure of an agreement has them. The zero Amount, which
// has no currency, is nothing.
func cents(a currency.Amount) (*big.Int, error) {
	if a.CurrencyCode() == "" && a.IsZero() {
		return new(big.Int), nil
	}
	if a.IsNegative() || !a.Equal(a.Round()) {
		return nil, fmt.Errorf("%w: amount is negative or has fractions of a cent", ErrTerms)
	}
	return a.BigInt(), nil
}

// all gives several amounts in whole minor units, with their one currency.
func all(amounts ...currency.Amount) ([]*big.Int, string, error) {
	var code string
	values := make([]*big.Int, len(amounts))
	for i, a := range amounts {
		v, err := cents(a)
		if err != nil {
			return nil, "", err
		}
		values[i] = v
		switch c := a.CurrencyCode(); {
		case c == "" || c == code:
		case code == "":
			code = c
		default:
			return nil, "", fmt.Errorf("%w: two currencies", ErrTerms)
		}
	}
	return values, code, nil
}

// money turns minor units back into an amount.
func money(minor *big.Int, code string) (currency.Amount, error) {
	a, err := currency.NewAmountFromBigInt(minor, code)
	if err != nil {
		return currency.Amount{}, fmt.Errorf("finance: %w", err)
	}
	return a, nil
}

// amounts turns several minor units back into amounts of one currency.
func amounts(code string, minor ...*big.Int) ([]currency.Amount, error) {
	list := make([]currency.Amount, len(minor))
	for i, m := range minor {
		var err error
		if list[i], err = money(m, code); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// round gives the nearest whole number of a fraction that is not negative,
// halves up.
func round(r *big.Rat) *big.Int { return divide(r.Num(), r.Denom()) }

// divide gives n/d to the nearest whole number, halves up; neither is negative.
func divide(n, d *big.Int) *big.Int {
	twice := new(big.Int).Lsh(n, 1)
	twice.Add(twice, d)
	return twice.Quo(twice, new(big.Int).Lsh(d, 1))
}

// discount is (1+i)^-n.
func discount(i *big.Rat, n int) *big.Rat {
	exponent := big.NewInt(int64(n))
	grown := new(big.Int).Add(i.Denom(), i.Num())
	return new(big.Rat).SetFrac(
		new(big.Int).Exp(i.Denom(), exponent, nil),
		grown.Exp(grown, exponent, nil),
	)
}

// annuity is what n payments of 1, each at the end of its period, are worth at
// the start: (1−(1+i)^−n)/i, or n when there is no interest.
func annuity(i *big.Rat, n int) *big.Rat {
	if i.Sign() == 0 {
		return big.NewRat(int64(n), 1)
	}
	worth := new(big.Rat).Sub(one, discount(i, n))
	return worth.Quo(worth, i)
}

func fraction(n *big.Int) *big.Rat { return new(big.Rat).SetInt(n) }
