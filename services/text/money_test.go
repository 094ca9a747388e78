package text_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/bojanz/currency"
	"pgregory.net/rapid"

	"myaccount/services/text"
)

// cad makes an amount of Canadian dollars.
func cad(t testing.TB, number string) currency.Amount {
	t.Helper()
	amount, err := currency.NewAmount(number, "CAD")
	if err != nil {
		t.Fatal(err)
	}
	return amount
}

func TestPrinter_Money(t *testing.T) {
	t.Parallel()
	english, french := printers(t)
	tests := map[string]want{
		"1234.56":       {"$1,234.56", "1\u00a0234,56\u00a0$"},
		"0":             {"$0.00", "0,00\u00a0$"},
		"847.3":         {"$847.30", "847,30\u00a0$"},
		"999.99":        {"$999.99", "999,99\u00a0$"},
		"1234567.89":    {"$1,234,567.89", "1\u00a0234\u00a0567,89\u00a0$"},
		"-5":            {"\u2212\u00a0$5.00", "\u2212\u00a05,00\u00a0$"},
		"-1234.565":     {"\u2212\u00a0$1,234.57", "\u2212\u00a01\u00a0234,57\u00a0$"},
		"-0.001":        {"$0.00", "0,00\u00a0$"},
		"0.125":         {"$0.13", "0,13\u00a0$"},
		"999999999.999": {"$1,000,000,000.00", "1\u00a0000\u00a0000\u00a0000,00\u00a0$"},
	}
	for number, want := range tests {
		amount := cad(t, number)
		if got := english.Money(amount); got != want.english {
			t.Errorf("en %s: %q, want %q", number, got, want.english)
		}
		if got := french.Money(amount); got != want.french {
			t.Errorf("fr %s: %q, want %q", number, got, want.french)
		}
	}
}

func TestPrinter_MoneyShort(t *testing.T) {
	t.Parallel()
	english, french := printers(t)
	for number, wanted := range map[string]want{
		"0": {"$0", "0 $"}, "40000": {"$40,000", "40 000 $"}, "-2500.00": {"− $2,500", "− 2 500 $"}, "2.5": {"$2.50", "2,50 $"},
	} {
		if got := (want{english.MoneyShort(cad(t, number)), french.MoneyShort(cad(t, number))}); got != wanted {
			t.Errorf("%s: %q, want %q", number, got, wanted)
		}
	}
}

func TestParseMoney_Accepted(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{
		"847.32": {
			"847.32", "847,32", "$847.32", "$ 847.32", "847,32 $", "847,32\u00a0$", "847,32$", "CAD 847.32",
			"847.32 cad", "CA$847.32", "ca$ 847.32", "  847.32\t", "0847.32", "\u202f847,32\u202f$\u202f",
		},
		"1234.56": {
			"1,234.56", "1 234,56 $", "1\u00a0234,56\u00a0$", "1\u202f234,56 $", "$1,234.56", "1.234,56",
			"1'234.56", "1’234,56", "1234.56", "1234,56", "1 234.56", "$1 234.56",
		},
		"1234.50":         {"1,234.5", "1 234,5", "1234.5", "1234,5"},
		"1234.00":         {"1234", "1,234", "1 234", "1'234", "$1,234", "1 234 $", "1234.00"},
		"1234567.00":      {"1,234,567", "1 234 567", "1.234.567,00"},
		"0.00":            {"0", "0.0", "0,00", "000"},
		"0.50":            {".50", ",5", "$.50"},
		"12.30":           {"12.3", "12,30"},
		"999999999999.99": {"999,999,999,999.99", "999999999999,99", "0000999999999999.99"},
	}
	for number, inputs := range tests {
		for _, input := range inputs {
			got, err := text.ParseMoney(input, "CAD")
			if err != nil || got.Number() != number || got.CurrencyCode() != "CAD" {
				t.Errorf("ParseMoney(%q) = %v, %v; want %s", input, got, err, number)
			}
		}
	}
}

func TestParseMoney_Refused(t *testing.T) {
	t.Parallel()
	tests := map[error][]string{
		text.ErrMoneyEmpty: {"", "   ", "\u00a0", "\t"},
		text.ErrMoneyFormat: {
			"$", "CAD", "abc", "12a", "1e3", "0x10", "NaN", "Inf", "½", "١٢", "１２", "1_000",
			"-5", "−5", "(5)", "+5", "5-", "- 5", "$-5",
			"$$5", "$5$", "$5 CAD", "5 $ $", "US$5", "USD 5", "€5", "5 €",
			"12.345", "1.234", "1 234.567", "1,234.567", "0,1234", "12,3456",
			"12,34,567", "1,,234", "1, 234", "1,2345", "12 34", "1 2", "1234 567", "1,234 567", "1'234,567",
			"1,234,56", "1.234.56", "1.234.567", "1.234,567", "1,234,", "5.", "5,", ".", ",", "1..2", "1.2.3", ",123", " ,5,",
			"5\n6", "5\x00", "5\u200e", "\xff", strings.Repeat("x", 10000),
		},
		text.ErrMoneyTooLarge: {"1234567890123", "1,000,000,000,000.00", strings.Repeat("9", 10000)},
	}
	for want, inputs := range tests {
		for _, input := range inputs {
			if got, err := text.ParseMoney(input, "CAD"); !errors.Is(err, want) {
				t.Errorf("ParseMoney(%.40q) = %v, %v; want %v", input, got, err, want)
			}
		}
	}
}

func TestParseMoney_OtherCurrencies(t *testing.T) {
	t.Parallel()
	for input, code := range map[string]string{"US$5.00": "USD", "5,00 $ US": "USD", "$5": "USD", "€5": "EUR", "5 EUR": "EUR", "¥5": "JPY"} {
		if got, err := text.ParseMoney(input, code); err != nil || got.CurrencyCode() != code {
			t.Errorf("ParseMoney(%q, %s) = %v, %v", input, code, got, err)
		}
	}
	if _, err := text.ParseMoney("5.00", "JPY"); !errors.Is(err, text.ErrMoneyFormat) {
		t.Errorf("yen with decimals: %v", err)
	}
	for _, code := range []string{"", "XX", "cad", "ABCDEF"} {
		_, err := text.ParseMoney("5", code)
		if _, ok := errors.AsType[currency.InvalidCurrencyCodeError](err); !ok {
			t.Errorf("currency %q: %v", code, err)
		}
	}
}

func TestParseMoney_ReadsMoney(t *testing.T) {
	t.Parallel()
	english, french := printers(t)
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.SampledFrom([]string{"CAD", "USD", "EUR", "JPY"}).Draw(t, "code")
		minor := rapid.Int64Range(0, 99_999_999_999_999).Draw(t, "minor units")
		if code == "JPY" {
			minor /= 100
		}
		amount, err := currency.NewAmountFromInt64(minor, code)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []*text.Printer{english, french} {
			written := p.Money(amount)
			if got, err := text.ParseMoney(written, code); err != nil || !got.Equal(amount) {
				t.Fatalf("%s reads back as %v, %v", written, got, err)
			}
		}
	})
}

func FuzzParseMoney(f *testing.F) {
	for _, seed := range []string{"", "$1,234.56", "1 234,56 $", "847,32", "CA$ 5", "1.234,56", "-5", "\xff$", "$", "1’000"} {
		f.Add(seed)
	}
	english, french := printers(f)
	f.Fuzz(func(t *testing.T, s string) {
		amount, err := text.ParseMoney(s, "CAD")
		if err != nil {
			if !errors.Is(err, text.ErrMoneyEmpty) && !errors.Is(err, text.ErrMoneyFormat) && !errors.Is(err, text.ErrMoneyTooLarge) {
				t.Errorf("ParseMoney(%q): untyped error %v", s, err)
			}
			return
		}
		if amount.IsNegative() {
			t.Errorf("ParseMoney(%q) = %v", s, amount)
		}
		// The digits that were typed are the digits of the amount.
		typed := strings.TrimLeft(keepDigits(s), "0")
		read := strings.TrimLeft(keepDigits(amount.Number()), "0")
		if strings.TrimRight(typed, "0") != strings.TrimRight(read, "0") {
			t.Errorf("ParseMoney(%q) = %v", s, amount)
		}
		for _, p := range []*text.Printer{english, french} {
			if again, err := text.ParseMoney(p.Money(amount), "CAD"); err != nil || !again.Equal(amount) {
				t.Errorf("%q: %v reads back as %v, %v", s, amount, again, err)
			}
		}
	})
}

// keepDigits drops everything but ASCII digits.
func keepDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
