package finance_test

import (
	"errors"
	"testing"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services/finance"
)

// experts123.com, Daily simple loan: $5,000 at 10.95 %, $105 a month of 30 days: 45.00 of interest, then 44.46.
func TestDaily_Published(t *testing.T) {
	start := day(t, "2026-01-01")
	loan := finance.Daily{Balance: cad(t, "5000"), Rate: percent(t, "10.95"), Since: start}
	var days []civil.Date
	for n := range 100 {
		days = append(days, start.AddDays(30*(n+1)))
	}
	rows, err := loan.Schedule(cad(t, "105"), finance.Extra{}, days)
	noError(t, err)
	same(t, "interest 1", rows[0].Interest, "45.00")
	same(t, "balance 1", rows[0].Balance, "4940.00")
	same(t, "interest 2", rows[1].Interest, "44.46")
	checkSchedule(t, rows, 500_000, 0)
}

func TestDaily_Interest(t *testing.T) {
	loan := finance.Daily{Balance: cad(t, "10000"), Rate: percent(t, "6"), Since: day(t, "2028-02-28"), Unpaid: cad(t, "3.50")}
	for on, want := range map[string]string{
		"2028-02-28": "3.50", "2028-02-29": "5.14", "2028-03-01": "6.79", "2028-01-01": "3.50", // a leap day is a day
	} {
		got, err := loan.Interest(day(t, on))
		noError(t, err)
		same(t, on, got, want)
	}
	if _, err := (finance.Daily{Balance: cad(t, "-1")}).Interest(day(t, "2028-02-28")); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("a negative balance: %v", err)
	}
}

// A payment below the interest leaves the balance and carries the rest on; what was paid of the next one is not asked twice.
func TestDaily_Carries(t *testing.T) {
	start := day(t, "2026-01-01")
	loan := finance.Daily{Balance: cad(t, "10000"), Rate: percent(t, "6"), Since: start}
	days := []civil.Date{start.AddDays(31), start.AddDays(62), start.AddDays(93)}
	rows, err := loan.Schedule(cad(t, "40"), finance.Extra{}, days)
	noError(t, err)
	same(t, "interest 1", rows[0].Interest, "40.00")
	same(t, "balance 2", rows[1].Balance, "10000.00")
	same(t, "last payment", rows[2].Payment, "10072.88") // three times 50.96, less 80
	loan.Paid = cad(t, "300")
	rows, err = loan.Schedule(cad(t, "400"), finance.Extra{}, days)
	noError(t, err)
	same(t, "payment 1", rows[0].Payment, "100.00")
	same(t, "payment 2", rows[1].Payment, "400.00")
}

// Whatever the days, rows add up, balances never grow and end at nothing; what is owed right after a payment is its balance,
// and a day more adds a day's interest.
func TestDaily_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		financed := rapid.Int64Range(10_000, 20_000_000).Draw(t, "financed")
		start := day(t, "2023-01-01").AddDays(rapid.IntRange(0, 1500).Draw(t, "start"))
		loan := finance.Daily{
			Balance: fromCents(t, financed), Rate: drawRate(t), Since: start,
			Unpaid: fromCents(t, rapid.Int64Range(0, 5_000).Draw(t, "unpaid")),
		}
		days := []civil.Date{start}
		for range rapid.IntRange(0, 80).Draw(t, "payments") {
			days = append(days, days[len(days)-1].AddDays(rapid.IntRange(0, 60).Draw(t, "days")))
		}
		payment := fromCents(t, rapid.Int64Range(1, financed).Draw(t, "payment"))
		rows, err := loan.Schedule(payment, finance.Extra{}, days)
		noError(t, err)
		checkSchedule(t, rows, financed, 0)
		more, err := loan.Schedule(payment, finance.Extra{Each: fromCents(t, rapid.Int64Range(0, financed).Draw(t, "more"))}, days)
		noError(t, err)
		if len(more) > len(rows) || interest(t, more) > interest(t, rows)+int64(len(rows)) { // a cent a row, by the rounding
			t.Fatalf("%d rows with %d become %d with %d", len(rows), interest(t, rows), len(more), interest(t, more))
		}
		on := start.AddDays(rapid.IntRange(0, 900).Draw(t, "on"))
		today, err := loan.Interest(on)
		noError(t, err)
		tomorrow, err := loan.Interest(on.AddDays(1))
		noError(t, err)
		perDiem, err := finance.Accrued(loan.Balance, loan.Rate, 1)
		noError(t, err)
		if step := toCents(t, tomorrow) - toCents(t, today) - toCents(t, perDiem); step < -1 || step > 1 {
			t.Fatalf("%s and %s a day become %s", today, perDiem, tomorrow)
		}
	})
}
