package finance_test

import (
	"testing"

	"github.com/bojanz/currency"

	"myaccount/services/finance"
)

// Worked examples that others have published, each with where it stands. Amounts in another currency are read as
// dollars: the arithmetic knows no difference.

func TestPublished_Payments(t *testing.T) {
	for _, c := range []struct {
		source                   string
		financed, residual, rate string
		n                        int
		advance                  bool
		want                     string
	}{
		{"SAS 9.3 Functions, PMT", "10000", "0", "8", 10, false, "1037.03"},
		{"SAS 9.3 Functions, PMT, beginning of period", "10000", "0", "8", 10, true, "1030.16"},
		{"Oracle PeopleTools 8.63, PMT", "50000", "0", "14", 120, false, "776.33"},
		{"Oracle PeopleTools 8.63, PMT with a balloon", "50000", "30000", "14", 120, false, "660.53"},
		{"Oracle PeopleTools 8.63, PMT with a balloon, in advance", "50000", "30000", "14", 120, true, "652.92"},
		{"Apache OpenOffice Calc, PMT", "5000", "0", "5.5", 24, false, "220.48"},
		{"Mescius Spread.NET, PMT", "5000", "0", "6", 15, false, "346.82"},
		{"Mescius Spread.NET, PMT, beginning of period", "5000", "0", "6", 15, true, "345.10"},
		{"NumPy, numpy.pmt", "200000", "0", "7.5", 180, false, "1854.02"},
		{"Peoples Bank, Making extra payments", "240000", "0", "4", 360, false, "1145.80"},
		{"Moosetech, Mortgage loan with extra payments", "250000", "0", "7.5", 360, false, "1748.04"}, // printed $1,748
	} {
		got, err := finance.Credit{
			Financed: cad(t, c.financed), Residual: cad(t, c.residual), Rate: percent(t, c.rate),
			Frequency: finance.Monthly, Payments: c.n, InAdvance: c.advance,
		}.Payment()
		noError(t, err)
		same(t, c.source, got, c.want)
	}
}

// Rows of schedules. Where a source does not round each row to the cent, ours may differ by half a cent a row.
func TestPublished_Schedules(t *testing.T) {
	for _, c := range []struct {
		source         string
		financed, rate string
		n              int
		pay            string // "" for the level payment
		from, to       int    // rows that are summed up
		interest       string
		principal      string // "" when it does not say
		slack          int64  // cents
	}{
		{"facts.md, 20,000 at 5 %", "20000", "5", 60, "", 1, 1, "83.33", "294.09", 0},
		{"SAS 9.3 Functions, CUMIPMT, first period", "125000", "9", 360, "", 1, 1, "937.50", "", 0},
		{"SAS 9.3 Functions, CUMIPMT, second year", "125000", "9", 360, "", 13, 24, "11135.23", "", 6},
		{"Apache OpenOffice Calc, CUMIPMT", "5000", "5.5", 24, "", 4, 6, "57.80", "", 2},
		{"w3resource, numpy.ppmt", "100000", "8.5", 144, "", 1, 1, "708.33", "401.72", 1},
		{"The Nest, Making bigger payments, month 1", "150000", "6", 360, "900", 1, 1, "750.00", "150.00", 0},
		{"The Nest, Making bigger payments, month 2", "150000", "6", 360, "900", 2, 2, "749.25", "150.75", 0},
	} {
		credit := finance.Credit{
			Financed: cad(t, c.financed), Rate: percent(t, c.rate), Frequency: finance.Monthly, Payments: c.n,
		}
		payment, err := credit.Payment()
		if c.pay != "" {
			payment, err = cad(t, c.pay), nil
		}
		noError(t, err)
		rows, err := finance.LoanSchedule(credit, payment)
		noError(t, err)
		interest, principal := int64(0), int64(0)
		for _, row := range rows[c.from-1 : c.to] {
			interest += toCents(t, row.Interest)
			principal += toCents(t, row.Principal)
		}
		near(t, c.source+": interest", interest, c.interest, c.slack)
		if c.principal != "" {
			near(t, c.source+": principal", principal, c.principal, c.slack)
		}
	}
}

// near compares cents with a printed amount.
func near(t require, what string, got int64, want string, slack int64) {
	t.Helper()
	if off := got - toCents(t, cad(t, want)); off < -slack || off > slack {
		t.Errorf("%s = %d cents, want %s within %d", what, got, want, slack)
	}
}

func TestPublished_Leases(t *testing.T) {
	for _, c := range []struct {
		source         string
		cost, residual string
		n              int
		factor         string
		loss, rent     string
	}{
		{"facts.md, 48,125 / 30,000", "48125", "30000", 36, "0.00245", "503.47", "191.41"},
		{"Colorado Department of Revenue, Leasing a vehicle", "20000", "8000", 48, "0.004", "250.00", "112.00"},
		{"math4finance, Jennifer is leasing a car", "17500", "9975", 36, "0.00375", "209.03", "103.03"},
		{"calculator.city, A $40,000 SUV at 4 %", "37000", "23200", 36, "0.001666666667", "383.33", "100.33"},
		{"infinitysw, Auto lease ($13,500, 75 % of $15,000)", "13500", "11250", 30, "0.002917", "75.00", "72.20"},
	} {
		loss, rent, err := finance.MoneyFactorPayment(cad(t, c.cost), cad(t, c.residual), c.n, c.factor)
		noError(t, err)
		same(t, c.source+": depreciation", loss, c.loss)
		same(t, c.source+": rent", rent, c.rent)
	}
}

// The US Federal Reserve's example of the constant-yield method: federalreserve.gov/pubs/leasing/resource/different.
func TestPublished_ConstantYield(t *testing.T) {
	rows, err := federalReserve(t).Schedule()
	noError(t, err)
	same(t, "depreciation 1", rows[0].Principal, "113.30")
	same(t, "depreciation 2", rows[1].Principal, "114.10")
	same(t, "balance 2", rows[1].Balance, "18572.60")
	rent, paid := int64(0), int64(0)
	for _, row := range rows {
		rent += toCents(t, row.Interest)
		paid += toCents(t, row.Payment)
	}
	near(t, "rent of the full term", rent, "5295.12", 0)
	near(t, "base payments", paid, "11745.12", 0)
	p, err := federalReserve(t).Payoff(2, 31, 31)
	noError(t, err)
	same(t, "adjusted balance when payment 3 is due", p.Adjusted, "18572.60")
}

func TestPublished_Accrued(t *testing.T) {
	for _, c := range []struct {
		source, balance, rate string
		days                  int
		want                  string
	}{
		{"calculatorlib.com, Daily simple interest loan", "10000", "6", 30, "49.32"},
		{"calculatorlib.com, a day of it", "10000", "6", 1, "1.64"},
		{"LegalClarity, Daily simple interest", "10000", "5", 1, "1.37"},
		{"experts123.com, Daily simple loan, first month", "5000", "10.95", 30, "45.00"},
		{"experts123.com, Daily simple loan, next month", "4940", "10.95", 30, "44.46"},
	} {
		got, err := finance.Accrued(cad(t, c.balance), percent(t, c.rate), c.days)
		noError(t, err)
		same(t, c.source, got, c.want)
	}
}

// Moosetech's table of a 30-year mortgage of $250,000 at 7.5 % with extra principal each month, in whole years and
// dollars (drc.moosetechsoftware.com/popups/example-mortgage.htm). It rounds otherwise: over the whole term the interest
// differs by less than a ten-thousandth.
func TestPublished_ExtraPayments(t *testing.T) {
	credit := finance.Credit{Financed: cad(t, "250000"), Rate: percent(t, "7.5"), Frequency: finance.Monthly, Payments: 360}
	payment, err := credit.Payment()
	noError(t, err)
	for _, c := range []struct {
		extra    string
		years    int // begun
		interest string
	}{
		{"0", 30, "379284"},
		{"50", 27, "336569"},
		{"100", 25, "303914"},
		{"250", 20, "238504"},
		{"500", 16, "178491"},
		{"750", 13, "143763"},
	} {
		rows, err := finance.LoanScheduleWith(credit, payment, finance.Extra{Each: cad(t, c.extra)})
		noError(t, err)
		interest := int64(0)
		for _, row := range rows {
			interest += toCents(t, row.Interest)
		}
		near(t, "interest with "+c.extra, interest, c.interest, interest/10_000)
		if years := (len(rows) + 11) / 12; years != c.years && len(rows)/12 != c.years {
			t.Errorf("with %s: %d payments, want %d years", c.extra, len(rows), c.years)
		}
	}
}

// Toronto Car Loans, Is it better to pay biweekly or monthly: half a monthly payment every two weeks shortens a loan of
// $20,000 at 5 % from 60 to approximately 55 months.
func TestPublished_AcceleratedBiweekly(t *testing.T) {
	half, err := finance.AcceleratedPayment(cad(t, "20000"), percent(t, "5"), 60)
	noError(t, err)
	same(t, "half of 377.42", half, "188.71")
	rows, err := finance.LoanSchedule(finance.Credit{
		Financed: cad(t, "20000"), Rate: percent(t, "5"), Frequency: finance.AcceleratedBiweekly, Payments: 130,
	}, half)
	noError(t, err)
	if months := float64(len(rows)) * 12 / 26; months < 54 || months > 55.5 {
		t.Errorf("%d payments are %.1f months", len(rows), months)
	}
}

// Revenu Québec, Calculating the taxes: $100 bears $5.00 and $9.98.
func TestPublished_Taxes(t *testing.T) {
	each, sum, err := finance.Taxes(cad(t, "100"), percent(t, "5"), percent(t, "9.975"))
	noError(t, err)
	same(t, "GST", each[0], "5.00")
	same(t, "QST", each[1], "9.98")
	same(t, "both", sum, "14.98")
}

// The US Federal Reserve's glossary (excess mileage charge) and Moneyzine's (mileage charge), at the end of the term.
func TestPublished_Distance(t *testing.T) {
	for _, c := range []struct {
		driven, allowance int64
		rate, want        string
	}{{37_000, 36_000, "0.15", "150.00"}, {30_000, 24_000, "0.20", "1200.00"}} {
		_, excess := finance.ProjectDistance(c.driven, c.allowance, 730, 730)
		same(t, c.want, times(t, cad(t, c.rate), excess), c.want)
	}
}

// times multiplies an amount of cents.
func times(t require, a currency.Amount, n int64) currency.Amount {
	t.Helper()
	return fromCents(t, toCents(t, a)*n)
}
