package finance_test

import (
	"errors"
	"testing"

	"github.com/bojanz/currency"
	"pgregory.net/rapid"

	"myaccount/services/finance"
)

func TestCredit_Payment(t *testing.T) {
	for name, c := range map[string]struct {
		financed, residual, rate string
		frequency                finance.Frequency
		n                        int
		advance                  bool
		want                     string
	}{
		"facts.md":    {"20000", "0", "5", finance.Monthly, 60, false, "377.42"},
		"no interest": {"12000", "0", "0", finance.Monthly, 48, false, "250.00"},
		"one payment": {"1000", "0", "12", finance.Monthly, 1, false, "1010.00"},
		"biweekly":    {"20000", "0", "5", finance.Biweekly, 130, false, "174.02"},
		// 12 % a year, two months: 1000 = 200/1.01² + p/1.01 + p/1.01²
		"balloon":               {"1000", "200", "12", finance.Monthly, 2, false, "408.01"},
		"balloon in advance":    {"1000", "200", "12", finance.Monthly, 2, true, "403.97"},
		"only the balloon left": {"1000", "1000", "12", finance.Monthly, 36, false, "10.00"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := finance.Credit{
				Financed: cad(t, c.financed), Residual: cad(t, c.residual), Rate: percent(t, c.rate),
				Frequency: c.frequency, Payments: c.n, InAdvance: c.advance,
			}.Payment()
			noError(t, err)
			same(t, "payment", got, c.want)
		})
	}
}

func TestCredit_PaymentRefused(t *testing.T) {
	usd, err := currency.NewAmount("1", "USD")
	noError(t, err)
	ok := finance.Credit{Financed: cad(t, "1000"), Frequency: finance.Monthly, Payments: 12}
	for name, change := range map[string]func(*finance.Credit){
		"no payments":       func(c *finance.Credit) { c.Payments = 0 },
		"too many":          func(c *finance.Credit) { c.Payments = 1 << 30 },
		"residual too high": func(c *finance.Credit) { c.Residual = cad(t, "1000.01") },
		"negative":          func(c *finance.Credit) { c.Financed = cad(t, "-1000") },
		"half a cent":       func(c *finance.Credit) { c.Financed = cad(t, "1000.005") },
		"two currencies":    func(c *finance.Credit) { c.Residual = usd },
	} {
		c := ok
		change(&c)
		if _, err := c.Payment(); !errors.Is(err, finance.ErrTerms) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := finance.LoanSchedule(c, cad(t, "100")); !errors.Is(err, finance.ErrTerms) {
			t.Errorf("%s: schedule: %v", name, err)
		}
	}
	if _, err := ok.Payment(); err != nil {
		t.Error(err)
	}
}

func TestLoanSchedule_Published(t *testing.T) {
	credit := finance.Credit{
		Financed: cad(t, "20000"), Rate: percent(t, "5"), Frequency: finance.Monthly, Payments: 60,
	}
	rows, err := finance.LoanSchedule(credit, cad(t, "377.42"))
	noError(t, err)
	if len(rows) != 60 {
		t.Fatalf("%d rows", len(rows))
	}
	same(t, "interest 1", rows[0].Interest, "83.33")
	same(t, "principal 1", rows[0].Principal, "294.09")
	same(t, "balance 1", rows[0].Balance, "19705.91")
	same(t, "last payment", rows[59].Payment, "377.74")
	checkSchedule(t, rows, 2_000_000, 0)
}

func TestLoanSchedule_Accelerated(t *testing.T) {
	rate := percent(t, "6.49")
	half, err := finance.AcceleratedPayment(cad(t, "30000"), rate, 60)
	noError(t, err)
	monthly, err := finance.Credit{
		Financed: cad(t, "30000"), Rate: rate, Frequency: finance.Monthly, Payments: 60,
	}.Payment()
	noError(t, err)
	if twice := 2 * toCents(t, half); twice-toCents(t, monthly) != 0 && twice-toCents(t, monthly) != 1 {
		t.Errorf("half of %s is %s", monthly, half)
	}
	rows, err := finance.LoanSchedule(finance.Credit{
		Financed: cad(t, "30000"), Rate: rate, Frequency: finance.AcceleratedBiweekly, Payments: 130,
	}, half)
	noError(t, err)
	if len(rows) >= 130 || len(rows) < 110 {
		t.Errorf("accelerated payments end after %d of 130", len(rows))
	}
	checkSchedule(t, rows, 3_000_000, 0)
}

func TestLoanSchedule_Balloon(t *testing.T) {
	credit := finance.Credit{
		Financed: cad(t, "30000"), Residual: cad(t, "10000"), Rate: percent(t, "4.9"),
		Frequency: finance.Monthly, Payments: 48,
	}
	payment, err := credit.Payment()
	noError(t, err)
	rows, err := finance.LoanSchedule(credit, payment)
	noError(t, err)
	checkSchedule(t, rows, 3_000_000, 0)
	last := toCents(t, rows[47].Payment) - toCents(t, payment)
	if last < 999_950 || last > 1_000_050 {
		t.Errorf("the last payment carries %d cents more; the balloon is 1000000", last)
	}
}

func TestLoanSchedule_PaymentTooSmall(t *testing.T) {
	credit := finance.Credit{
		Financed: cad(t, "20000"), Rate: percent(t, "6"), Frequency: finance.Monthly, Payments: 60,
	}
	if _, err := finance.LoanSchedule(credit, cad(t, "100.00")); !errors.Is(err, finance.ErrTerms) {
		t.Errorf("a payment of just the interest: %v", err)
	}
}

func TestLoanSchedule_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		financed := rapid.Int64Range(10_000, 20_000_000).Draw(t, "financed")
		credit := finance.Credit{
			Financed:  fromCents(t, financed),
			Residual:  fromCents(t, rapid.Int64Range(0, financed/2).Draw(t, "balloon")),
			Rate:      drawRate(t),
			Frequency: drawFrequency(t),
			Payments:  rapid.IntRange(1, 200).Draw(t, "n"),
		}
		payment, err := credit.Payment()
		noError(t, err)
		rows, err := finance.LoanSchedule(credit, payment)
		noError(t, err)
		checkSchedule(t, rows, financed, 0)
	})
}

func BenchmarkLoanSchedule(b *testing.B) {
	credit := finance.Credit{
		Financed: cad(b, "90000"), Rate: percent(b, "5.99"), Frequency: finance.Monthly, Payments: 360,
	}
	for b.Loop() {
		payment, err := credit.Payment()
		noError(b, err)
		_, err = finance.LoanSchedule(credit, payment)
		noError(b, err)
	}
}
