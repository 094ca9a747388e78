package finance

import (
	"fmt"
	"math/big"
	"strings"
)

// Frequency says how often a payment is due. The values are those of the
// portfolio file.
type Frequency string

// The frequencies there are.
const (
	Monthly             Frequency = "monthly"
	Biweekly            Frequency = "biweekly"
	AcceleratedBiweekly Frequency = "accelerated_biweekly"
)

// PerYear is the number of periods that divide a yearly rate: 12 for monthly
// payments, 26 for payments every two weeks.
func (f Frequency) PerYear() int64 {
	if f == Monthly {
		return 12
	}
	return 26
}

// Valid tells whether f is one of the frequencies there are.
func (f Frequency) Valid() bool {
	return f == Monthly || f == Biweekly || f == AcceleratedBiweekly
}

const (
	maxRateText   = 20 // characters; no rate needs more, and none may cost time
	periodDecimal = 15 // decimal places of a solved rate for one period
)

// Rate is an exact yearly rate in percent: "4.99" is 4.99 % a year. The zero
// value is 0 %.
type Rate struct {
	percent *big.Rat
}

// ParseRate reads a rate in percent, as the portfolio file and the brand file
// write it: decimal digits with at most one point, no sign, no more than 100.
// Anything else is an error that wraps ErrTerms.
func ParseRate(s string) (Rate, error) {
	whole, fraction, point := strings.Cut(s, ".")
	if len(s) > maxRateText || !digits(whole) || (point && !digits(fraction)) {
		return Rate{}, fmt.Errorf("%w: rate is not a decimal number", ErrTerms)
	}
	percent, ok := new(big.Rat).SetString(s)
	if !ok || percent.Cmp(big.NewRat(100, 1)) > 0 {
		return Rate{}, fmt.Errorf("%w: rate is over 100 %%", ErrTerms)
	}
	return Rate{percent: percent}, nil
}

// String writes the rate as an exact decimal in percent, without trailing
// zeros: "4.99".
func (r Rate) String() string {
	return r.Round(periodDecimal + 3)
}

// Round writes the rate in percent with at most the given number of decimal
// places, rounded half up and without trailing zeros.
func (r Rate) Round(places int) string {
	s := r.value().FloatString(places)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// IsZero tells whether the rate is 0 %.
func (r Rate) IsZero() bool { return r.value().Sign() == 0 }

// of gives the rate's share of an amount in minor units, not rounded.
func (r Rate) of(minor *big.Int) *big.Rat {
	share := new(big.Rat).SetInt(minor)
	share.Mul(share, r.value())
	return share.Quo(share, hundred)
}

// perPeriod is the fraction of one period: 6 % a year is 1/200 a month.
func (r Rate) perPeriod(f Frequency) *big.Rat {
	return new(big.Rat).Quo(r.value(), big.NewRat(100*f.PerYear(), 1))
}

func (r Rate) value() *big.Rat {
	if r.percent == nil {
		return new(big.Rat)
	}
	return r.percent
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
