package finance_test

import (
	"errors"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
	"pgregory.net/rapid"

	"myaccount/services/finance"
)

func TestDues(t *testing.T) {
	for name, c := range map[string]struct {
		start     string
		frequency finance.Frequency
		dueDay    int
		want      []string
	}{
		"month ends": {"2025-12-31", finance.Monthly, 0, []string{"2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"}},
		"leap year":  {"2028-01-30", finance.Monthly, 0, []string{"2028-01-30", "2028-02-29", "2028-03-30"}},
		"leap day":   {"2028-02-29", finance.Monthly, 0, []string{"2028-02-29", "2028-03-29"}},
		"31 in February": {
			"2027-02-28", finance.Monthly, 31,
			[]string{"2027-02-28", "2027-03-31", "2027-04-30"},
		},
		"due day later":  {"2026-05-10", finance.Monthly, 15, []string{"2026-05-15", "2026-06-15"}},
		"due day before": {"2026-12-20", finance.Monthly, 1, []string{"2027-01-01", "2027-02-01"}},
		"biweekly":       {"2028-02-20", finance.Biweekly, 1, []string{"2028-02-20", "2028-03-05", "2028-03-19"}},
		"accelerated":    {"2026-12-25", finance.AcceleratedBiweekly, 0, []string{"2026-12-25", "2027-01-08"}},
		"none":           {"2026-12-25", finance.Monthly, 0, nil},
	} {
		got := finance.Dues(day(t, c.start), c.frequency, len(c.want), c.dueDay)
		for i, want := range c.want {
			if got[i].String() != want {
				t.Errorf("%s: %d is %s, want %s", name, i, got[i], want)
			}
		}
	}
	if got := finance.Dues(civil.Date{}, finance.Monthly, -3, 0); len(got) != 0 {
		t.Errorf("a negative number gives %v", got)
	}
}

func TestDues_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := day(t, "2020-01-01").AddDays(rapid.IntRange(0, 8000).Draw(t, "start"))
		dueDay := rapid.IntRange(0, 31).Draw(t, "due day")
		dues := finance.Dues(start, finance.Monthly, 60, dueDay)
		if dues[0].Before(start) || dues[0].DaysSince(start) > 31 {
			t.Fatalf("first due %s for %s", dues[0], start)
		}
		for i := 1; i < len(dues); i++ {
			gap := dues[i].DaysSince(dues[i-1])
			if gap < 28 || gap > 31 || dues[i].Month != dues[i-1].Month%12+1 {
				t.Fatalf("%s after %s", dues[i], dues[i-1])
			}
		}
		after := start.AddDays(rapid.IntRange(-40, 2000).Draw(t, "after"))
		next, ok := finance.NextDue(dues, after)
		for _, d := range dues {
			if d.After(after) {
				if !ok || next != d {
					t.Fatalf("next after %s is %s, not %s", after, d, next)
				}
				return
			}
		}
		if ok {
			t.Fatalf("nothing is due after %s, but got %s", after, next)
		}
	})
}

func TestTerms_Lease(t *testing.T) {
	terms := finance.Terms{
		Kind: finance.KindLease, Start: day(t, "2026-01-15"), Months: 48, Frequency: finance.Monthly,
		Financed: cad(t, "18800"), Residual: cad(t, "12350"), Payment: cad(t, "244.69"),
	}
	list, err := terms.Schedule()
	noError(t, err)
	if len(list) != 48 || list[0].Due != terms.Start || terms.Due(49).String() != "2030-01-15" {
		t.Errorf("%d payments from %s, end %s", len(list), list[0].Due, terms.Due(49))
	}
	balance, err := terms.Balance(2, currency.Amount{})
	noError(t, err)
	same(t, "balance", balance, list[1].Balance.Number())
}

func TestTerms_Loan(t *testing.T) {
	terms := finance.Terms{
		Kind: finance.KindLoan, Start: day(t, "2026-01-31"), Months: 60, Frequency: finance.Monthly,
		Financed: cad(t, "20000"), Payment: cad(t, "377.42"), Rate: percent(t, "5"),
	}
	list, err := terms.Schedule()
	noError(t, err)
	if len(list) != 60 || list[0].Due.String() != "2026-02-28" || list[59].Due.String() != "2031-01-31" {
		t.Errorf("%d payments, first %s", len(list), list[0].Due)
	}
	balance, err := terms.Balance(1, list[0].Principal)
	noError(t, err)
	same(t, "balance", balance, "19705.91")
	if _, err := terms.Balance(60, cad(t, "20000.01")); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("too much principal: %v", err)
	}
	if _, err := terms.Balance(1, cad(t, "-5")); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("negative principal: %v", err)
	}
}

// A due day before the day of the start begins where the term's end says, so that nothing is due after it.
func TestTerms_DueDayBeforeTheStart(t *testing.T) {
	for name, c := range map[string]struct {
		kind                finance.Kind
		start, end          string
		first, second, last string
	}{
		"loan":              {finance.KindLoan, "2026-01-20", "2027-01-20", "2026-02-15", "2026-03-15", "2027-01-15"},
		"loan, end on it":   {finance.KindLoan, "2026-01-20", "2027-01-15", "2026-02-15", "2026-03-15", "2027-01-15"},
		"loan, later end":   {finance.KindLoan, "2026-01-20", "2027-02-15", "2026-03-15", "2026-04-15", "2027-02-15"},
		"loan, day after":   {finance.KindLoan, "2026-01-10", "2027-01-10", "2026-02-15", "2026-03-15", "2027-01-15"},
		"loan, same day":    {finance.KindLoan, "2026-01-15", "2027-01-15", "2026-02-15", "2026-03-15", "2027-01-15"},
		"lease":             {finance.KindLease, "2026-01-20", "2027-01-20", "2026-01-20", "2026-02-15", "2026-12-15"},
		"lease, later end":  {finance.KindLease, "2026-01-20", "2027-02-15", "2026-02-15", "2026-03-15", "2027-01-15"},
		"end far too early": {finance.KindLoan, "2026-01-20", "2026-06-30", "2026-03-15", "2026-04-15", "2027-02-15"},
	} {
		terms := finance.Terms{
			Kind: c.kind, Start: day(t, c.start), End: day(t, c.end), Months: 12, Frequency: finance.Monthly, DueDay: 15,
		}
		for n, want := range map[int]string{1: c.first, 2: c.second, 12: c.last} {
			if got := terms.Due(n).String(); got != want {
				t.Errorf("%s: payment %d is due %s, want %s", name, n, got, want)
			}
		}
	}
}

func TestTerms_Count(t *testing.T) {
	for months, want := range map[int]int{12: 26, 60: 130, 1: 3, 42: 91} {
		if got := (finance.Terms{Months: months, Frequency: finance.Biweekly}).Count(); got != want {
			t.Errorf("%d months: %d payments, want %d", months, got, want)
		}
	}
}
