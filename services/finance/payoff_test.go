package finance_test

import (
	"errors"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
	"pgregory.net/rapid"

	"myaccount/services/finance"
)

func TestAccrued(t *testing.T) {
	for _, c := range []struct {
		balance, rate string
		days          int
		want          string
	}{
		{"20000", "5", 0, "0.00"},
		{"20000", "5", -3, "0.00"},
		{"20000", "0", 31, "0.00"},
		{"20000", "5", 366, "1002.74"}, // a leap year is a day more, not the same
		{"0", "5", 31, "0.00"},
	} {
		got, err := finance.Accrued(cad(t, c.balance), percent(t, c.rate), c.days)
		noError(t, err)
		same(t, c.balance, got, c.want)
	}
	if _, err := finance.Accrued(cad(t, "-1"), percent(t, "5"), 1); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("a negative balance accrues: %v", err)
	}
}

// A day more adds a day's interest, to the cent; and all days together are the interest of all days.
func TestAccrued_ByTheDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		balance := fromCents(t, rapid.Int64Range(0, 20_000_000).Draw(t, "balance"))
		rate, days := drawRate(t), rapid.IntRange(0, 400).Draw(t, "days")
		at := func(days int) int64 {
			a, err := finance.Accrued(balance, rate, days)
			noError(t, err)
			return toCents(t, a)
		}
		perDiem := at(1)
		if step := at(days+1) - at(days); step < perDiem-1 || step > perDiem+1 {
			t.Fatalf("day %d adds %d, the first one %d", days+1, step, perDiem)
		}
	})
}

// leaseTerms is the Federal Reserve's lease in time.
func leaseTerms(t require, start string) finance.Terms {
	lease := federalReserve(t)
	return finance.Terms{
		Kind: finance.KindLease, Start: day(t, start), Months: lease.Payments, Frequency: lease.Frequency,
		Financed: lease.Financed, Residual: lease.Residual, Payment: lease.Payment,
	}
}

func TestTerms_LeasePayoff(t *testing.T) {
	terms := leaseTerms(t, "2024-02-29")
	for _, c := range []struct {
		made     int
		on       string
		payments int
		adjusted string
		unearned string
	}{
		{0, "2024-02-29", 48, "18800.00", "5295.12"}, // the day it begins, before anything is paid
		{1, "2024-03-01", 47, "18559.84", "5290.59"}, // 18,555.31 and a day of 131.39 over 29
		{1, "2024-03-29", 47, "18686.70", "5163.73"}, // payment 2 is due
		{1, "2024-04-29", 47, "18686.70", "5163.73"}, // not made: no rent beyond the period
		{2, "2024-03-15", 46, "18442.01", "5163.73"}, // paid ahead
		{48, "2028-02-28", 0, "12347.20", "2.80"},    // 30 of 31 days of 86.83
		{48, "2028-02-29", 0, "12350.00", "0.00"},
		{48, "2029-01-01", 0, "12350.00", "0.00"},
	} {
		p, err := terms.LeasePayoff(c.made, day(t, c.on))
		noError(t, err)
		if p.Payments != c.payments {
			t.Errorf("%s: %d payments, want %d", c.on, p.Payments, c.payments)
		}
		same(t, c.on+" adjusted", p.Adjusted, c.adjusted)
		same(t, c.on+" unearned", p.Unearned, c.unearned)
	}
	if _, err := terms.LeasePayoff(49, terms.Start); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("more payments than there are: %v", err)
	}
	loan := terms
	loan.Kind = finance.KindLoan
	if _, err := loan.LeasePayoff(1, terms.Start); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("a loan: %v", err)
	}
	if _, err := loan.LeaseRate(); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("the rate of a loan: %v", err)
	}
}

// drawLease makes a lease whose figures add up, with or without interest.
func drawLease(t *rapid.T) finance.Terms {
	financed := rapid.Int64Range(100_000, 20_000_000).Draw(t, "financed")
	credit := finance.Credit{
		Financed: fromCents(t, financed), Residual: fromCents(t, rapid.Int64Range(0, financed*3/4).Draw(t, "residual")),
		Rate: drawRate(t), Frequency: drawFrequency(t), Payments: 0, InAdvance: true,
	}
	terms := finance.Terms{
		Kind: finance.KindLease, Start: day(t, "2023-01-01").AddDays(rapid.IntRange(0, 1500).Draw(t, "start")),
		Months: rapid.IntRange(2, 84).Draw(t, "months"), Frequency: credit.Frequency,
		Financed: credit.Financed, Residual: credit.Residual,
	}
	credit.Payments = terms.Count()
	var err error
	terms.Payment, err = credit.Payment()
	noError(t, err)
	return terms
}

// From day to day a payoff grows by the rent of the day, falls by what is paid, and ends at the residual; its lines
// always add up.
func TestLeasePayoff_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := drawLease(t)
		if _, err := terms.LeaseRate(); err != nil {
			return // the rounding of the payment left no rate
		}
		n := terms.Count()
		k := rapid.IntRange(1, n).Draw(t, "period")
		payment, residual := toCents(t, terms.Payment), toCents(t, terms.Residual)
		at := func(made int, on civil.Date) int64 {
			p, err := terms.LeasePayoff(made, on)
			noError(t, err)
			if toCents(t, p.Sum)+residual-toCents(t, p.Unearned) != toCents(t, p.Adjusted) || toCents(t, p.Sum) != int64(n-made)*payment {
				t.Fatalf("%d made on %s does not add up: %+v", made, on, p)
			}
			return toCents(t, p.Adjusted)
		}
		first, next := terms.Due(k), terms.Due(k+1)
		before := at(k-1, first)
		if got := at(k, first); got != before-payment && k < n {
			t.Fatalf("paying %d took %d to %d", payment, before, got)
		}
		rent := at(k, next) - at(k, first)
		for d := first; d.Before(next); d = d.AddDays(1) {
			step := at(k, d.AddDays(1)) - at(k, d)
			if each := rent / int64(next.DaysSince(first)); step < each || step > each+1 {
				t.Fatalf("%s adds %d of %d", d, step, rent)
			}
		}
		if got := at(n, terms.Due(n+1)); got != residual {
			t.Fatalf("ends at %d, the residual is %d", got, residual)
		}
	})
}

func TestLoanScheduleWith_Once(t *testing.T) {
	credit := finance.Credit{Financed: cad(t, "1000"), Rate: percent(t, "12"), Frequency: finance.Monthly, Payments: 10}
	payment, err := credit.Payment()
	noError(t, err)
	same(t, "payment", payment, "105.58")
	rows, err := finance.LoanScheduleWith(credit, payment, finance.Extra{Once: cad(t, "400"), At: 2})
	noError(t, err)
	same(t, "payment 1", rows[0].Payment, "105.58")
	same(t, "payment 2", rows[1].Payment, "505.58")
	same(t, "interest 3", rows[2].Interest, "4.08") // of 408.16
	rows, err = finance.LoanScheduleWith(credit, payment, finance.Extra{Once: cad(t, "5000"), At: 1})
	noError(t, err)
	if len(rows) != 1 {
		t.Fatalf("%d rows after all was paid", len(rows))
	}
	same(t, "no more than is owed", rows[0].Payment, "1010.00")
	if _, err := finance.LoanScheduleWith(credit, payment, finance.Extra{Each: cad(t, "-5")}); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("paying less: %v", err)
	}
}

// Paying more never costs more, nor lasts longer, and the schedule still adds up.
func TestLoanScheduleWith_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		financed := rapid.Int64Range(10_000, 20_000_000).Draw(t, "financed")
		credit := finance.Credit{
			Financed: fromCents(t, financed), Residual: fromCents(t, rapid.Int64Range(0, financed/2).Draw(t, "balloon")),
			Rate: drawRate(t), Frequency: drawFrequency(t), Payments: rapid.IntRange(1, 200).Draw(t, "n"),
		}
		payment, err := credit.Payment()
		noError(t, err)
		more := finance.Extra{
			Each: fromCents(t, rapid.Int64Range(0, financed/4).Draw(t, "each")),
			Once: fromCents(t, rapid.Int64Range(0, financed).Draw(t, "once")),
			At:   rapid.IntRange(0, credit.Payments+1).Draw(t, "at"),
		}
		plain, err := finance.LoanSchedule(credit, payment)
		noError(t, err)
		rows, err := finance.LoanScheduleWith(credit, payment, more)
		noError(t, err)
		checkSchedule(t, rows, financed, 0)
		if len(rows) > len(plain) || interest(t, rows) > interest(t, plain) {
			t.Fatalf("%d payments with %d of interest become %d with %d",
				len(plain), interest(t, plain), len(rows), interest(t, rows))
		}
	})
}

func interest(t require, rows []finance.Row) (sum int64) {
	for _, row := range rows {
		sum += toCents(t, row.Interest)
	}
	return sum
}

// A pace in days is as good as one in months, and a leap day counts.
func TestProjectDistance_Days(t *testing.T) {
	start, end, read := day(t, "2024-01-01"), day(t, "2027-01-01"), day(t, "2025-08-31")
	projected, excess := finance.ProjectDistance(46_500, 72_000, read.DaysSince(start), end.DaysSince(start))
	if projected != 83_822 || excess != 11_822 {
		t.Errorf("%d km, %d over", projected, excess)
	}
	rapid.Check(t, func(t *rapid.T) {
		driven, gone := rapid.Int64Range(0, 1_000_000).Draw(t, "driven"), rapid.IntRange(0, 3000).Draw(t, "gone")
		term := gone + rapid.IntRange(0, 3000).Draw(t, "left")
		projected, excess := finance.ProjectDistance(driven, 60_000, gone, term)
		if projected < driven || excess < 0 || excess > 0 && projected-excess != 60_000 {
			t.Fatalf("%d in %d of %d days becomes %d, %d over", driven, gone, term, projected, excess)
		}
	})
}

func BenchmarkTerms_LeasePayoff(b *testing.B) {
	terms := leaseTerms(b, "2025-05-01")
	var p finance.LeasePayoff
	for b.Loop() {
		var err error
		p, err = terms.LeasePayoff(24, terms.Due(25))
		noError(b, err)
	}
	if p.Adjusted.CurrencyCode() != cad(b, "0").CurrencyCode() || p.Adjusted.Equal(currency.Amount{}) {
		b.Error("nothing was reckoned")
	}
}
