package finance_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"myaccount/services/finance"
)

func TestMoneyFactorPayment(t *testing.T) {
	depreciation, rent, err := finance.MoneyFactorPayment(cad(t, "48125"), cad(t, "30000"), 36, "0.00245")
	noError(t, err)
	same(t, "depreciation", depreciation, "503.47")
	same(t, "rent", rent, "191.41")
	total, err := depreciation.Add(rent)
	noError(t, err)
	same(t, "payment", total, "694.88")

	for name, err := range map[string]error{
		"no factor":     second(finance.MoneyFactorPayment(cad(t, "1"), cad(t, "1"), 36, "")),
		"no payments":   second(finance.MoneyFactorPayment(cad(t, "1"), cad(t, "1"), 0, "0.001")),
		"residual high": second(finance.MoneyFactorPayment(cad(t, "1"), cad(t, "2"), 36, "0.001")),
	} {
		if !errors.Is(err, finance.ErrTerms) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[A, B any](_ A, _ B, err error) error { return err }

// federalReserve is the example of the constant-yield method in facts.md.
func federalReserve(t require) finance.Lease {
	return finance.Lease{
		Financed: cad(t, "18800"), Residual: cad(t, "12350"), Payment: cad(t, "244.69"),
		Frequency: finance.Monthly, Payments: 48,
	}
}

func TestLease_Published(t *testing.T) {
	lease := federalReserve(t)
	rate, err := lease.ImplicitRate()
	noError(t, err)
	if got := rate.Round(6); got != "8.497144" {
		t.Errorf("implicit rate %s, want 8.497144", got)
	}
	rows, err := lease.Schedule()
	noError(t, err)
	same(t, "rent 1", rows[0].Interest, "131.39")
	same(t, "rent 2", rows[1].Interest, "130.59")
	same(t, "balance 1", rows[0].Balance, "18686.70")
	checkSchedule(t, rows, 1_880_000, 1_235_000)
}

func TestLease_BalanceEnds(t *testing.T) {
	lease := federalReserve(t)
	for made, want := range map[int]string{0: "18800.00", 1: "18686.70", 48: "12350.00", 49: "12350.00", -1: "18800.00"} {
		got, err := lease.Balance(made)
		noError(t, err)
		same(t, "balance", got, want)
	}
}

func TestLease_NoInterest(t *testing.T) {
	lease := finance.Lease{
		Financed: cad(t, "10000"), Residual: cad(t, "4000"), Payment: cad(t, "250"),
		Frequency: finance.Monthly, Payments: 24,
	}
	rate, err := lease.ImplicitRate()
	noError(t, err)
	if !rate.IsZero() {
		t.Errorf("rate %s", rate)
	}
	rows, err := lease.Schedule()
	noError(t, err)
	same(t, "rent", rows[5].Interest, "0.00")
	checkSchedule(t, rows, 1_000_000, 400_000)
}

// A payment without interest that was rounded down leaves cents for the last one.
func TestLease_NoInterestRounded(t *testing.T) {
	lease := finance.Lease{
		Financed: cad(t, "10000"), Residual: cad(t, "4000"), Payment: cad(t, "857.14"),
		Frequency: finance.Monthly, Payments: 7,
	}
	rows, err := lease.Schedule()
	noError(t, err)
	same(t, "payment 6", rows[5].Payment, "857.14")
	same(t, "last payment", rows[6].Payment, "857.16")
	checkSchedule(t, rows, 1_000_000, 400_000)
	balance, err := lease.Balance(6)
	noError(t, err)
	same(t, "balance", balance, "4857.16")

	lease.Payment = cad(t, "857.13") // 9 cents short: more than rounding explains
	if _, err := lease.Schedule(); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("payments that do not pay the lease: %v", err)
	}
}

func TestLease_Refused(t *testing.T) {
	for name, change := range map[string]func(*finance.Lease){
		"pays too little":    func(l *finance.Lease) { l.Payment = cad(t, "100") },
		"first payment pays": func(l *finance.Lease) { l.Payment = cad(t, "18800") },
		"residual over cost": func(l *finance.Lease) { l.Residual = cad(t, "18800.01") },
		"no payments":        func(l *finance.Lease) { l.Payments = 0 },
		"negative":           func(l *finance.Lease) { l.Payment = cad(t, "-1") },
	} {
		lease := federalReserve(t)
		change(&lease)
		if _, err := lease.ImplicitRate(); !errors.Is(err, finance.ErrTerms) {
			t.Errorf("%s: rate: %v", name, err)
		}
		if _, err := lease.Schedule(); !errors.Is(err, finance.ErrTerms) {
			t.Errorf("%s: schedule: %v", name, err)
		}
		if _, err := lease.Balance(1); !errors.Is(err, finance.ErrTerms) {
			t.Errorf("%s: balance: %v", name, err)
		}
	}
}

// The payment of a rate has that rate as its implicit one, up to the rounding of
// the payment; the schedule is exact and agrees with the balance at every step.
func TestLease_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		financed := rapid.Int64Range(1_000_000, 20_000_000).Draw(t, "financed")
		credit := finance.Credit{
			Financed:  fromCents(t, financed),
			Residual:  fromCents(t, rapid.Int64Range(0, financed*8/10).Draw(t, "residual")),
			Rate:      drawRate(t),
			Frequency: drawFrequency(t),
			Payments:  rapid.IntRange(2, 120).Draw(t, "n"),
			InAdvance: true,
		}
		payment, err := credit.Payment()
		noError(t, err)
		lease := finance.Lease{
			Financed: credit.Financed, Residual: credit.Residual, Payment: payment,
			Frequency: credit.Frequency, Payments: credit.Payments,
		}
		rate, err := lease.ImplicitRate()
		noError(t, err)
		credit.Rate = rate
		again, err := credit.Payment()
		noError(t, err)
		if off := toCents(t, again) - toCents(t, payment); off != 0 && !(rate.IsZero() && off == 1) {
			t.Fatalf("the implicit rate %s needs %s, not %s", rate, again, payment)
		}
		rows, err := lease.Schedule()
		noError(t, err)
		checkSchedule(t, rows, financed, toCents(t, credit.Residual))
		k := rapid.IntRange(1, len(rows)).Draw(t, "made")
		balance, err := lease.Balance(k)
		noError(t, err)
		if !balance.Equal(rows[k-1].Balance) {
			t.Fatalf("after %d payments: %s by present value, %s in the schedule", k, balance, rows[k-1].Balance)
		}
	})
}

func BenchmarkLease_Schedule(b *testing.B) {
	lease := federalReserve(b)
	for b.Loop() {
		_, err := lease.Schedule()
		noError(b, err)
	}
}

// The example of facts.md, quoted with a money factor.
func TestLease_StraightLine(t *testing.T) {
	lease := finance.Lease{
		Financed: cad(t, "48125"), Residual: cad(t, "30000"), Payment: cad(t, "694.88"), Frequency: finance.Monthly, Payments: 36,
	}
	rows, err := lease.StraightLine()
	noError(t, err)
	same(t, "depreciation 1", rows[0].Principal, "503.47")
	same(t, "rent 1", rows[0].Interest, "191.41")
	same(t, "balance 1", rows[0].Balance, "47621.53")
	same(t, "depreciation 36", rows[35].Principal, "503.55")
	same(t, "rent 36", rows[35].Interest, "191.33")
	checkSchedule(t, rows, 4_812_500, 3_000_000)
	lease.Payment = cad(t, "503.50") // less than the last depreciation
	if _, err := lease.StraightLine(); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("a payment below the depreciation: %v", err)
	}
}
