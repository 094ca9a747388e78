package finance_test

import (
	"testing"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
	"pgregory.net/rapid"

	"myaccount/services/finance"
)

func cad(t require, s string) currency.Amount {
	t.Helper()
	a, err := currency.NewAmount(s, "CAD")
	noError(t, err)
	return a
}

func fromCents(t require, n int64) currency.Amount {
	t.Helper()
	a, err := currency.NewAmountFromInt64(n, "CAD")
	noError(t, err)
	return a
}

func toCents(t require, a currency.Amount) int64 {
	t.Helper()
	n, err := a.Int64()
	noError(t, err)
	return n
}

func percent(t require, s string) finance.Rate {
	t.Helper()
	r, err := finance.ParseRate(s)
	noError(t, err)
	return r
}

func day(t require, s string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(s)
	noError(t, err)
	return d
}

// require is what testing.T and rapid.T share.
type require interface {
	Helper()
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

func noError(t require, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

func same(t require, what string, got currency.Amount, want string) {
	t.Helper()
	if got.Number() != want {
		t.Errorf("%s = %s, want %s", what, got.Number(), want)
	}
}

// checkSchedule is what holds for every schedule: each row adds up, balances
// never grow, and principal sums to the financed amount less what is left.
func checkSchedule(t require, rows []finance.Row, financed, left int64) {
	t.Helper()
	before, principal := financed, int64(0)
	for i, r := range rows {
		if r.Number != i+1 {
			t.Fatalf("row %d is numbered %d", i+1, r.Number)
		}
		balance, interest := toCents(t, r.Balance), toCents(t, r.Interest)
		if toCents(t, r.Payment) != toCents(t, r.Principal)+interest {
			t.Fatalf("row %d: payment is not principal plus interest: %+v", r.Number, r)
		}
		if before-toCents(t, r.Principal) != balance || balance > before || interest < 0 {
			t.Fatalf("row %d: balance %d after %d, interest %d", r.Number, balance, before, interest)
		}
		before, principal = balance, principal+toCents(t, r.Principal)
	}
	if before != left || principal != financed-left {
		t.Fatalf("ends at %d with principal %d; want %d of %d", before, principal, left, financed)
	}
}

func drawRate(t *rapid.T) finance.Rate {
	return percent(t, fromCents(t, rapid.Int64Range(0, 2999).Draw(t, "rate")).Number())
}

func drawFrequency(t *rapid.T) finance.Frequency {
	return rapid.SampledFrom([]finance.Frequency{finance.Monthly, finance.Biweekly}).Draw(t, "frequency")
}

func TestParseRate(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "4.99": "4.99", "4.990": "4.99", "9.975": "9.975", "100": "100", "0.00245": "0.00245",
	} {
		if got := percent(t, text).String(); got != want {
			t.Errorf("ParseRate(%q) = %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{
		"", ".", "5.", ".5", "-1", "+1", "1e9", "1/3", "100.01", "4,99", "4.9.9", " 4", "0x1", "½", "1_0",
		"0.0000000000000000001",
	} {
		if _, err := finance.ParseRate(text); err == nil {
			t.Errorf("ParseRate(%q) accepted", text)
		}
	}
}

func FuzzParseRate(f *testing.F) {
	for _, s := range []string{"4.99", "1e999999999", "1/3", "-0", "00.10"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := finance.ParseRate(s)
		if err != nil {
			return
		}
		again, err := finance.ParseRate(r.String())
		if err != nil || again.String() != r.String() {
			t.Errorf("%q reads as %s, which reads as %s (%v)", s, r, again, err)
		}
	})
}

func TestRate_Zero(t *testing.T) {
	var none finance.Rate
	if !none.IsZero() || none.String() != "0" || percent(t, "1").IsZero() {
		t.Error("the zero Rate is not 0 %")
	}
	if !finance.Monthly.Valid() || finance.Frequency("weekly").Valid() {
		t.Error("frequencies")
	}
}

func TestProjectDistance(t *testing.T) {
	for _, c := range []struct {
		driven, allowance int64
		gone, months      int
		projected, excess int64
	}{
		{46_500, 24_000 * 3, 20, 36, 83_700, 11_700}, // facts.md
		{10_000, 72_000, 20, 36, 18_000, 0},
		{500, 72_000, 0, 36, 500, 0},
		{1, 10, 2, 3, 2, 0}, // 1.5 rounds up
		{80_000, 72_000, 36, 36, 80_000, 8_000},
	} {
		p, e := finance.ProjectDistance(c.driven, c.allowance, c.gone, c.months)
		if p != c.projected || e != c.excess {
			t.Errorf("%+v: got %d, %d", c, p, e)
		}
	}
}

func TestTaxes(t *testing.T) {
	for _, c := range []struct {
		base  string
		rates []string
		each  []string
		sum   string
	}{
		{"736.96", []string{"5", "9.975"}, []string{"36.85", "73.51"}, "110.36"}, // Québec: 847.32 in all
		{"0.10", []string{"5", "9.975"}, []string{"0.01", "0.01"}, "0.02"},       // one sum of 14.975 % would be 0.01
		{"500.00", []string{"13"}, []string{"65.00"}, "65.00"},                   // Ontario
		{"500.00", nil, []string{}, "0.00"},
	} {
		rates := make([]finance.Rate, len(c.rates))
		for i, r := range c.rates {
			rates[i] = percent(t, r)
		}
		each, sum, err := finance.Taxes(cad(t, c.base), rates...)
		noError(t, err)
		same(t, "sum", sum, c.sum)
		for i := range c.each {
			same(t, c.rates[i], each[i], c.each[i])
		}
	}
	if _, _, err := finance.Taxes(cad(t, "-1")); err == nil {
		t.Error("a negative base was taxed")
	}
}
