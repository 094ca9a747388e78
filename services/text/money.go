package text

import (
	"errors"
	"fmt"
	"strings"

	"github.com/bojanz/currency"
)

// What is wrong with an amount that a person typed. Each is a reason that a
// screen turns into a sentence.
var (
	// ErrMoneyEmpty: nothing was typed (reason "required").
	ErrMoneyEmpty = errors.New("text: no amount")
	// ErrMoneyFormat: not an amount, or a negative one (reason "format").
	ErrMoneyFormat = errors.New("text: not an amount")
	// ErrMoneyTooLarge: more than 12 digits before the decimals (reason
	// "too_long").
	ErrMoneyTooLarge = errors.New("text: amount too large")
)

// maxIntegerDigits bounds an amount well above any car and well below what
// minor units in an int64 can hold.
const maxIntegerDigits = 12

// Money writes an amount rounded to its currency's decimals: "$1,234.56",
// "1 234,56 $" (both spaces U+00A0). A negative amount has a true minus
// (U+2212) and a space in front, where CLDR has a hyphen: "− $5.00", "− 5,00 $".
func (p *Printer) Money(amount currency.Amount) string {
	formatter := currency.NewFormatter(p.format.money)
	formatter.MaxDigits = currency.DefaultDigits
	return signed(formatter, amount)
}

// MoneyShort is Money without decimals where they are nought: "$40,000", "40 000 $".
func (p *Printer) MoneyShort(amount currency.Amount) string {
	formatter := currency.NewFormatter(p.format.money)
	formatter.MaxDigits = currency.DefaultDigits
	if amount.Round().Equal(amount.RoundTo(0, currency.RoundDown)) {
		formatter.MinDigits, formatter.MaxDigits = 0, 0
	}
	return signed(formatter, amount)
}

// signed writes an amount with the sign of the program in place of the
// formatter's; what rounds to nothing has none.
func signed(formatter *currency.Formatter, amount currency.Amount) string {
	written := strings.Replace(formatter.Format(amount), "-", "", 1)
	if amount.IsNegative() && !amount.Round().IsZero() {
		return minus + nbsp + written
	}
	return written
}

// ParseMoney reads an amount in either notation, whatever the language:
// "$1,234.56", "1 234,56 $", "CA$ 847.32", "1.234,56", "1'234.50 CAD".
//
//   - One currency sign or code of currencyCode may stand before or after.
//   - Groups of exactly three digits may be separated by one kind of: space
//     (also U+00A0 and U+202F), comma, point or apostrophe.
//   - The last comma or point is the decimal separator when one or two digits
//     follow it; "1,234" is one thousand two hundred thirty-four. A point
//     groups only when a decimal comma follows: "1.234" is refused, because
//     in Canada it would be an amount with three decimals.
//
// The error is ErrMoneyEmpty, ErrMoneyFormat or ErrMoneyTooLarge; an unknown
// currency code is an error of the currency package.
func ParseMoney(s, currencyCode string) (currency.Amount, error) {
	digits, ok := currency.GetDigits(currencyCode)
	if !ok {
		return currency.Amount{}, fmt.Errorf("text: parse money: %w",
			currency.InvalidCurrencyCodeError{CurrencyCode: currencyCode})
	}
	s = strings.TrimSpace(spaces.Replace(s))
	if s == "" {
		return currency.Amount{}, ErrMoneyEmpty
	}
	integer, fraction, ok := splitAmount(cutSign(s, currencyCode))
	if !ok || len(fraction) > int(digits) {
		return currency.Amount{}, ErrMoneyFormat
	}
	integer = strings.TrimLeft(integer, "0")
	if len(integer) > maxIntegerDigits {
		return currency.Amount{}, ErrMoneyTooLarge
	}
	number := "0" + integer
	if digits > 0 {
		number += "." + fraction + strings.Repeat("0", int(digits)-len(fraction))
	}
	amount, err := currency.NewAmount(number, currencyCode)
	if err != nil {
		return currency.Amount{}, fmt.Errorf("text: parse money: %w", err)
	}
	return amount, nil
}

// spaces makes every space and apostrophe that separates groups the plain one.
var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\t", " ", "’", "'")

// cutSign removes one sign of the currency from either end.
func cutSign(s, currencyCode string) string {
	for _, sign := range moneySigns(currencyCode) {
		n := len(sign)
		if len(s) < n {
			continue
		}
		if strings.EqualFold(s[:n], sign) {
			return strings.TrimLeft(s[n:], " ")
		}
		if strings.EqualFold(s[len(s)-n:], sign) {
			return strings.TrimRight(s[:len(s)-n], " ")
		}
	}
	return s
}

// moneySigns returns how a currency may be written, longest first: its code,
// the symbols of both languages, and for a dollar also "CA$" and "$".
func moneySigns(currencyCode string) []string {
	signs := []string{currencyCode}
	dollar := false
	for _, lang := range Langs() {
		symbol, _ := currency.GetSymbol(currencyCode, formats[lang].money)
		symbol = spaces.Replace(symbol)
		dollar = dollar || strings.Contains(symbol, "$")
		if symbol != "$" {
			signs = append(signs, symbol)
		}
	}
	if dollar {
		signs = append(signs, currencyCode[:2]+"$", "$")
	}
	return signs
}

// splitAmount splits an amount without its sign into the digits before and
// after the decimal separator.
func splitAmount(s string) (integer, fraction string, ok bool) {
	integer = s
	decimal := byte(0)
	if i := strings.LastIndexAny(s, ".,"); i >= 0 && len(s)-i <= 3 && i+1 < len(s) {
		integer, decimal, fraction = s[:i], s[i], s[i+1:]
	}
	if !allDigits(fraction) {
		return "", "", false
	}
	integer, ok = ungroup(integer, decimal)
	return integer, fraction, ok && integer+fraction != ""
}

// ungroup removes the group separators: one kind, another than the decimal
// separator, each before exactly three digits.
func ungroup(s string, decimal byte) (string, bool) {
	i := strings.IndexAny(s, " ,.'")
	if i < 0 {
		return s, allDigits(s)
	}
	separator := s[i]
	if separator == decimal || separator == '.' && decimal != ',' {
		return "", false
	}
	groups := strings.Split(s, string(separator))
	for n, group := range groups {
		if !allDigits(group) || n > 0 && len(group) != 3 || n == 0 && (group == "" || len(group) > 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// allDigits reports whether s holds nothing but ASCII digits.
func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}
