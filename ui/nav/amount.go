package nav

import (
	"errors"
	"strings"

	"github.com/bojanz/currency"

	"myaccount/services"
	"myaccount/services/text"
)

// What is wrong with an amount that was typed, where there is more to say than that it is not one.
const (
	ReasonZero     = "zero"
	ReasonNegative = "negative"
	ReasonDecimals = "decimals" // more than the currency has
)

// ReadAmount reads an amount of a currency as a person typed it, and says why it cannot be paid, "" when it can.
func ReadAmount(typed, code string) (services.Money, string) {
	typed = strings.TrimSpace(typed)
	amount, err := text.ParseMoney(typed, code)
	switch {
	case errors.Is(err, text.ErrMoneyEmpty):
		return amount, services.ReasonRequired
	case errors.Is(err, text.ErrMoneyTooLarge):
		return amount, services.ReasonTooMuch
	case err != nil && strings.ContainsAny(typed, "-−("):
		return amount, ReasonNegative
	case err != nil && hasMoreDecimals(typed, code):
		return amount, ReasonDecimals
	case err != nil:
		return amount, services.ReasonFormat
	case amount.IsZero():
		return amount, ReasonZero
	}
	return amount, ""
}

// ReadExtra is ReadAmount where nothing has to be paid: nothing typed, or zero, is the zero Money.
func ReadExtra(typed, code string) (services.Money, string) {
	amount, reason := ReadAmount(typed, code)
	if reason == services.ReasonRequired || reason == ReasonZero {
		return services.Money{}, ""
	}
	return amount, reason
}

// hasMoreDecimals tells whether more digits follow the last comma or point than a currency has.
func hasMoreDecimals(typed, code string) bool {
	digits, _ := currency.GetDigits(code)
	i := strings.LastIndexAny(typed, ".,")
	if i < 0 {
		return false
	}
	after := strings.TrimRight(typed[i+1:], " $\u00a0\u202f"+code)
	return len(after) > int(digits) && strings.Trim(after, "0123456789") == ""
}

// Amount writes what was typed as an amount of the language, once it is one; else as it was typed.
func Amount(p *text.Printer, typed, code string) string {
	if amount, err := text.ParseMoney(typed, code); err == nil {
		return p.Money(amount)
	}
	return typed
}
