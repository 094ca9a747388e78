package nav_test

import (
	"testing"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

func TestReadAmount(t *testing.T) {
	for typed, want := range map[string]string{
		"": services.ReasonRequired, "  ": services.ReasonRequired, "$": services.ReasonFormat, "abc": services.ReasonFormat,
		"12 34": services.ReasonFormat, "1e3": services.ReasonFormat, "1,23,456.00": services.ReasonFormat,
		"0": nav.ReasonZero, "0,00 $": nav.ReasonZero,
		"-5": nav.ReasonNegative, "−5": nav.ReasonNegative, "5-": nav.ReasonNegative, "(5.00)": nav.ReasonNegative,
		"12.345": nav.ReasonDecimals, "12,3456 $": nav.ReasonDecimals, "1.234": nav.ReasonDecimals, "0.001": nav.ReasonDecimals,
		"99999999999999999999": services.ReasonTooMuch,
	} {
		if _, reason := nav.ReadAmount(typed, "CAD"); reason != want {
			t.Errorf("%q: %q, want %q", typed, reason, want)
		}
	}
	for _, typed := range []string{"1 234,56", "$1,234.56", "1.234,56", "1\u202f234,56\u00a0$", "1,234.56", " CAD 1234.56 "} {
		if amount, reason := nav.ReadAmount(typed, "CAD"); reason != "" || !amount.Equal(uitest.Money("1234.56")) {
			t.Errorf("%q: %v, %q", typed, amount, reason)
		}
	}
}

func TestReadExtra(t *testing.T) {
	for typed, want := range map[string]string{"": "", " ": "", "0.00": "", "25,50": "", "-5": nav.ReasonNegative, "x": services.ReasonFormat} {
		amount, reason := nav.ReadExtra(typed, "CAD")
		if reason != want || (typed == "25,50") != (reason == "" && amount.IsPositive()) {
			t.Errorf("%q: %v, %q", typed, amount, reason)
		}
	}
}

func TestAmount(t *testing.T) {
	french := uitest.Printer(t, text.French)
	for typed, want := range map[string]string{"$1,234.5": "1\u00a0234,50\u00a0$", "many": "many", "": ""} {
		if got := nav.Amount(french, typed, "CAD"); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
