package core_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services"
)

// owner is a linked customer with one agreement, who can ask what ending it costs.
type owner struct {
	services.Payoffs
	h  *harness
	id string
}

// owns links somebody to the customer of a portfolio file of one line.
func owns(t *testing.T, h *harness, data string) owner {
	t.Helper()
	h.imports([]byte(data))
	h.person(alice)
	s := h.customer(alice)
	h.link(s, alice, services.LinkRequest{Method: services.LinkByBMWID, FirstName: "Ann", LastName: "Lee", BMWID: "77"}, false)
	return owner{s.(services.Payoffs), h, only(t, s).ID}
}

func (o owner) payoff(t *testing.T, on string, choice services.PayoffChoice) services.Payoff {
	t.Helper()
	p, err := o.Payoff(t.Context(), services.PayoffQuery{AgreementID: o.id, On: onDay(t, on), Choice: choice})
	must(t, err)
	return p
}

func onDay(t *testing.T, s string) civil.Date {
	t.Helper()
	d, err := civil.ParseDate(s)
	must(t, err)
	return d
}

// told writes the lines of a payoff, "balance 8374.63".
func told(lines []services.PayoffLine) string {
	var list []string
	for _, l := range lines {
		text := string(l.Kind) + l.Name + " " + l.Amount.Number()
		if l.Count > 0 {
			text = fmt.Sprintf("%s (%d)", text, l.Count)
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// regular is the loan of line with its first two payments as the schedule has them: 8,374.63 is owed, 41.87 of interest
// and 818.79 of principal are due on 1 April.
func regular(more string) string {
	return line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, more)
}

func TestPayoff_Loan(t *testing.T) {
	for name, c := range map[string]struct {
		data              string
		on                string
		lines             string
		total, day, until string
		assumed           int
	}{
		"today":     {regular(""), "2026-03-02", "balance 8374.63, interest 1.38 (1)", "8376.01", "1.37", "2026-03-11", 0},
		"soon due":  {regular(""), "2026-03-30", "balance 8374.63, interest 39.92 (29)", "8414.55", "1.38", "2026-04-01", 0},
		"due":       {regular(""), "2026-04-01", "balance 8374.63, interest 42.68 (31)", "8417.31", "1.37", "2026-04-10", 0},
		"day after": {regular(""), "2026-04-02", "balance 7555.84, interest 1.24 (1)", "7557.08", "1.24", "2026-04-11", 1},
		"the end":   {regular(""), "2027-01-01", "balance 856.42, interest 4.36 (31)", "860.78", "0.15", "2027-01-01", 9},
		"paid ahead": {
			regular(posted("3", "2026-03-01", "818.79", "41.87") + posted("4", "2026-03-01", "822.88", "37.78")),
			"2026-03-10", "balance 6732.96, interest 9.96 (9)", "6742.92", "1.11", "2026-03-19", 0,
		},
		"paid extra": {
			regular(posted("x", "2026-03-01", "1000.00", "0.00")), "2026-04-02",
			"balance 6550.84, interest 1.08 (1)", "6551.92", "1.07", "2026-04-11", 1,
		},
		"no interest": {
			strings.Replace(regular(""), `"annual_rate":"6"`, `"annual_rate":"0"`, 1), "2026-03-20",
			"balance 8374.63, interest 0.00 (19)", "8374.63", "", "2026-03-29", 0,
		},
		"all paid, not closed": {
			regular(posted("x", "2026-03-01", "8374.63", "0.00")), "2026-03-20", "balance 0.00, interest 0.00 (19)", "0.00", "", "2026-03-29", 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := owns(t, newHarness(t), c.data).payoff(t, c.on, services.PayoffBuy)
			if told(p.Lines) != c.lines || figure(p.Total) != c.total || figure(p.PerDiem) != c.day || p.GoodUntil.String() != c.until || p.Assumed != c.assumed {
				t.Errorf("%s; %s, %s a day until %s, %d assumed", told(p.Lines), figure(p.Total), figure(p.PerDiem), p.GoodUntil, p.Assumed)
			}
		})
	}
}

// loanOf is a loan of 10,000 with payments due monthly.
func loanOf(start, end string, months int, base, rate, payments string) string {
	return strings.NewReplacer(
		`"2026-01-01"`, `"`+start+`"`, `"2027-01-01"`, `"`+end+`"`, `"term_months":12`, fmt.Sprintf(`"term_months":%d`, months),
		`"860.66"`, `"`+base+`"`, `"annual_rate":"6"`, fmt.Sprintf(`"annual_rate":"%s"`, rate),
	).Replace(strings.Split(regular(""), `"payments":[`)[0]) + `"payments":[` + strings.TrimPrefix(payments, ",") + "]}]}"
}

// Loans at the edges of the calendar, and those whose interest is reckoned by the day.
func TestPayoff_LoanAtTheEdges(t *testing.T) {
	byDay := line([2]string{"809.70", "818.36"}, [2]string{"50.96", "42.30"}, "")
	for name, c := range map[string]struct {
		data, on, lines, total, day string
		assumed                     int
	}{
		"by the day":              {byDay, "2026-03-12", "balance 8371.94, interest 15.14 (11)", "8387.08", "1.37", 0},
		"by the day, later":       {byDay, "2026-04-02", "balance 7553.94, interest 1.24 (1)", "7555.18", "1.24", 1},
		"by the day, to the end":  {byDay, "2027-01-01", "balance 854.98, interest 4.36 (31)", "859.34", "0.14", 9},
		"interest left unpaid":    {line([2]string{"809.70", "0.00"}, [2]string{"50.96", "40.00"}, ""), "2026-03-02", "balance 9190.30, interest 1.51 (1), unpaid 2.30", "9194.11", "1.51", 0},
		"begun on a leap day":     {loanOf("2024-02-29", "2027-02-28", 36, "304.22", "6", posted("1", "2024-03-29", "254.22", "50.00")), "2026-03-02", "balance 9745.78, interest 1126.24 (703)", "10872.02", "1.60", 0},
		"no interest, half a one": {loanOf("2025-12-31", "2026-12-31", 12, "833.33", "0", posted("1", "2026-01-31", "833.33", "0.00")+posted("2", "2026-02-28", "400.00", "0.00")), "2026-03-02", "balance 8766.67, interest 0.00 (2)", "8766.67", "", 0},
		"one left":                {loanOf("2025-12-15", "2026-03-15", 3, "3366.72", "6", posted("1", "2026-01-15", "3316.72", "50.00")+posted("2", "2026-02-15", "3333.30", "33.42")), "2026-03-15", "balance 3349.98, interest 15.42 (28)", "3365.40", "0.55", 0},
		"after the end":           {loanOf("2025-11-15", "2026-02-15", 3, "3366.72", "6", posted("1", "2025-12-15", "3316.72", "50.00")+posted("2", "2026-01-15", "3333.30", "33.42")), "2026-03-12", "balance 3349.98, interest 30.84 (56)", "3380.82", "0.55", 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := owns(t, newHarness(t), c.data).payoff(t, c.on, services.PayoffBuy)
			if told(p.Lines) != c.lines || figure(p.Total) != c.total || figure(p.PerDiem) != c.day || p.Assumed != c.assumed {
				t.Errorf("%s; %s, %s a day, %d assumed", told(p.Lines), figure(p.Total), figure(p.PerDiem), p.Assumed)
			}
		})
	}
}

// What was missed goes on bearing interest; nothing of it is taken as paid.
func TestPayoff_LoanPastDue(t *testing.T) {
	data := regular("")
	two := strings.Index(data, `,{"id":"2"`)
	data = data[:two] + data[strings.Index(data, "]}]}"):]
	p := owns(t, newHarness(t), data).payoff(t, "2026-03-04", services.PayoffBuy)
	if want := "balance 9189.34, interest 46.83 (31)"; told(p.Lines) != want || p.Assumed != 0 {
		t.Errorf("%s, want %s; %d assumed", told(p.Lines), want, p.Assumed)
	}
}

// An agreement on which nothing was paid yet can be ended too.
func TestPayoff_NothingPaidYet(t *testing.T) {
	data := regular("")
	data = data[:strings.Index(data, `{"id":"1"`)] + data[strings.Index(data, "]}]}"):]
	p := owns(t, newHarness(t), data).payoff(t, "2026-03-02", services.PayoffBuy)
	if want := "balance 10000.00, interest 98.63 (60)"; told(p.Lines) != want {
		t.Errorf("%s, want %s", told(p.Lines), want)
	}
	p = owns(t, newHarness(t), leaseLine(0)).payoff(t, "2026-04-01", services.PayoffBuy)
	if last := p.Lines[len(p.Lines)-1]; last.Count != 3 || figure(last.Amount) != "843.99" || p.Lines[0].Count != 45 {
		t.Errorf("%s", told(p.Lines))
	}
}

// leaseLine is the Federal Reserve's lease from January, in Québec, with so many payments made.
func leaseLine(made int, change ...string) string {
	var payments []string
	for n, parts := range [][2]string{{"113.30", "131.39"}, {"114.10", "130.59"}, {"114.91", "129.78"}}[:made] {
		payments = append(payments, fmt.Sprintf(`{"id":"%d","date":"2026-%02d-01","amount":"281.33","principal":"%s","interest":"%s","tax":"36.64",`+
			`"method":"pad","status":"posted"}`, n, n+1, parts[0], parts[1]))
	}
	data := `{"customer_id":"77","first_name":"Ann","last_name":"Lee","province":"QC","agreements":[` +
		`{"number":"N7","kind":"lease","vin":"WBX73EF0XS5000008","vehicle":{"year":2025,"make":"BMW","model":"X1"},"currency":"CAD",` +
		`"start_date":"2026-01-01","end_date":"2030-01-01","term_months":48,"frequency":"monthly",` +
		`"payment":{"base":"244.69","tax":"36.64","total":"281.33"},"annual_rate":"8.5","amount_financed":"18800.00","residual":"12350.00",` +
		`"km_allowance":80000,"excess_km_rate":"0.20","odometer":{"km":4800,"on":"2026-02-20"},` +
		`"taxes":[{"name":"GST","rate":"5"},{"name":"QST","rate":"9.975"}],` +
		`"fees":[{"name":"purchase_option","amount":"450.00"},{"name":"disposition","amount":"300.00"}],` +
		`"payments":[` + strings.Join(payments, ",") + `]}]}`
	return strings.NewReplacer(change...).Replace(data)
}

func TestPayoff_Lease(t *testing.T) {
	const bought = "payments 11011.05 (45), unearned -4903.36, residual 12350.00, feepurchase_option 450.00, taxGST 945.38, taxQST 1886.04, unpaid 0.00"
	for name, c := range map[string]struct {
		data, on          string
		choice            services.PayoffChoice
		lines, total, day string
	}{
		// 18,457.69 is the balance when payment 4 is due; with the fee 18,907.69 bears the taxes. A day of April's rent is
		// 128.97 over 30 days, and its taxes.
		"bought on a due day": {leaseLine(3), "2026-04-01", services.PayoffBuy, bought, "21739.11", "4.95"},
		"missed": {
			leaseLine(2), "2026-04-01", services.PayoffBuy,
			strings.Replace(bought, "unpaid 0.00", "unpaid 281.33 (1)", 1), "22020.44", "4.95",
		},
		"a part missed": {
			leaseLine(3, `"281.33","principal":"114.91","interest":"129.78","tax":"36.64"`, `"100.00","principal":"20.00","interest":"65.00","tax":"15.00"`),
			"2026-04-01", services.PayoffBuy, strings.Replace(bought, "unpaid 0.00", "unpaid 181.33 (1)", 1), "21920.44", "4.95",
		},
		"a part ahead": {
			leaseLine(3, `"payments":[`, `"payments":[{"id":"x","date":"2026-03-01","amount":"81.33","principal":"44.69","interest":"0.00","tax":"36.64","method":"online","status":"posted"},`),
			"2026-04-01", services.PayoffBuy, strings.Replace(bought, "unpaid 0.00", "advance -81.33", 1), "21657.78", "4.95",
		},
		// 4,800 km in 50 of 1,461 days are 8,640 by day 90, of 4,928.
		"returned": {
			leaseLine(3), "2026-04-01", services.PayoffReturn,
			"payments 11011.05 (45), unearned -4903.36, kilometre 742.40 (3712), feedisposition 300.00, taxGST 357.50, taxQST 713.22, unpaid 0.00",
			"8220.81", "14.61",
		},
		"returned, nothing over": {
			leaseLine(3, `"km":4800`, `"km":1000`), "2026-04-01", services.PayoffReturn,
			"payments 11011.05 (45), unearned -4903.36, feedisposition 300.00, taxGST 320.38, taxQST 639.17, unpaid 0.00", "7367.24", "4.95",
		},
		"the end": {
			leaseLine(3), "2030-01-01", services.PayoffBuy,
			"payments 0.00, unearned 0.00, residual 12350.00, feepurchase_option 450.00, taxGST 640.00, taxQST 1276.80, unpaid 0.00", "14716.80", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := owns(t, newHarness(t), c.data).payoff(t, c.on, c.choice)
			if told(p.Lines) != c.lines || figure(p.Total) != c.total || figure(p.PerDiem) != c.day || p.Rate != "8.5" {
				t.Errorf("at %s: %s; %s, %s a day", p.Rate, told(p.Lines), figure(p.Total), figure(p.PerDiem))
			}
		})
	}
}

// Figures of a lender that do not add up are never shown as an estimate.
func TestPayoff_DoesNotAddUp(t *testing.T) {
	for name, data := range map[string]string{
		"taxes":    leaseLine(3, `"rate":"5"`, `"rate":"7"`),
		"payments": leaseLine(3, `"18800.00"`, `"98800.00"`),
		"posted":   leaseLine(3, `"281.33","principal":"113.30","interest":"131.39"`, `"280.33","principal":"120.00","interest":"123.69"`),
	} {
		o := owns(t, newHarness(t), data)
		_, err := o.Payoff(t.Context(), services.PayoffQuery{AgreementID: o.id, On: onDay(t, "2026-04-01"), Choice: services.PayoffBuy})
		if services.CodeOf(err) != services.CodeConflict {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Once a lease is over, what is left is the price of the car or the fee for its return, on any day; before, not after it.
func TestPayoff_LeaseThatIsOver(t *testing.T) {
	over := leaseLine(3, `"term_months":48`, `"term_months":3`, `"2026-01-01","end_date":"2030-01-01"`, `"2025-12-01","end_date":"2026-03-01"`, `"18800.00"`, `"12850.00"`)
	o := owns(t, newHarness(t), over)
	for on, total := range map[string]string{"2026-03-02": "14716.80", "2026-04-19": "14716.80"} {
		if p := o.payoff(t, on, services.PayoffBuy); figure(p.Total) != total || p.PerDiem.CurrencyCode() != "" {
			t.Errorf("%s: %s", on, told(p.Lines))
		}
	}
	if p := o.payoff(t, "2026-03-02", services.PayoffReturn); figure(p.Total) != "344.93" { // the fee and its taxes
		t.Errorf("%s", told(p.Lines))
	}
	o = owns(t, newHarness(t), leaseLine(3))
	_, err := o.Payoff(t.Context(), services.PayoffQuery{AgreementID: o.id, On: onDay(t, "2030-01-02"), Choice: services.PayoffBuy})
	wantFields(t, err, map[string]string{"on": "late"})
}

// The day is the customer's: in Ontario it is still 2 March when it is 3 March in Greenwich.
func TestPayoff_DayOfTheCustomer(t *testing.T) {
	h := newHarness(t)
	h.clock.Move(time.Date(2026, 3, 3, 4, 59, 0, 0, time.UTC).Sub(start))
	o := owns(t, h, regular(""))
	o.payoff(t, "2026-03-02", services.PayoffBuy)
	h.clock.Move(time.Minute)
	_, err := o.Payoff(t.Context(), services.PayoffQuery{AgreementID: o.id, On: onDay(t, "2026-03-02")})
	wantFields(t, err, map[string]string{"on": "past"})
}

// Of any loan, what is paid off on any day is what the day before has and a day more, unless something falls due; and
// what is shown adds up.
func TestPayoff_DayByDay(t *testing.T) {
	o := owns(t, newHarness(t), regular(""))
	lease := owns(t, newHarness(t), leaseLine(3))
	rapid.Check(t, func(rt *rapid.T) {
		who := rapid.SampledFrom([]owner{o, lease}).Draw(rt, "whose")
		day := onDay(t, "2026-03-02").AddDays(rapid.IntRange(0, 290).Draw(rt, "day"))
		p := who.payoff(t, day.String(), services.PayoffBuy)
		next := who.payoff(t, day.AddDays(1).String(), services.PayoffBuy)
		sum := int64(0)
		for _, l := range p.Lines {
			sum += l.Amount.BigInt().Int64()
		}
		if sum != p.Total.BigInt().Int64() {
			rt.Fatalf("%s is %s", told(p.Lines), p.Total)
		}
		if day.Day != 1 && next.Total.BigInt().Int64() != sum+p.PerDiem.BigInt().Int64() {
			rt.Fatalf("%s on %s, %s a day, then %s", p.Total, day, p.PerDiem, next.Total)
		}
	})
}

func TestWhatIf(t *testing.T) {
	o := owns(t, newHarness(t), regular(""))
	ask := func(q services.WhatIfQuery) services.WhatIf {
		q.AgreementID = o.id
		w, err := o.WhatIf(t.Context(), q)
		must(t, err)
		return w
	}
	w := ask(services.WhatIfQuery{Each: cad(t, "139.34")}) // a thousand each time
	if w.PaymentsSaved != 1 || w.Schedule[0].Number != 3 || figure(w.Schedule[0].Total) != "1000.00" || figure(w.Schedule[0].Interest) != "41.87" ||
		w.Schedule[0].Due.String() != "2026-04-01" || w.End.String() != "2026-12-01" || w.EndBefore.String() != "2027-01-01" {
		t.Errorf("%+v", w)
	}
	w = ask(services.WhatIfQuery{Once: cad(t, "5000"), On: onDay(t, "2026-04-02")})
	if figure(w.Schedule[0].Total) != "860.66" || figure(w.Schedule[1].Total) != "5860.66" || w.PaymentsSaved != 5 {
		t.Errorf("%+v", w)
	}
	w = ask(services.WhatIfQuery{Once: cad(t, "8374.63"), On: onDay(t, "2026-03-02")})
	if len(w.Schedule) != 1 || figure(w.Schedule[0].Total) != "8416.50" {
		t.Errorf("all at once: %+v", w)
	}
}

func TestLeaseEnd(t *testing.T) {
	end, err := owns(t, newHarness(t), leaseLine(3)).leaseEnd(t)
	must(t, err)
	var steps []string
	for _, s := range end.Steps {
		steps = append(steps, fmt.Sprintf("%s %s %s %d", s.Kind, s.From, s.To, s.Days))
	}
	want := "decide 2029-10-03 2029-12-02 0, offer 2029-10-03 2029-10-03 0, inspection 2029-11-02 2029-12-02 0, " +
		"repair 2029-11-02 2029-12-12 10, end 2030-01-01 2030-01-01 0"
	if got := strings.Join(steps, ", "); got != want {
		t.Errorf("steps %s", got)
	}
	// 4,800 km in 50 of 1,461 days
	if d := end.Distance; d == nil || d.Projected != 140_256 || d.Excess != 60_256 || figure(d.Cost) != "12051.20" {
		t.Errorf("%+v", d)
	}
	for i, want := range []string{
		"kilometre 12051.20 (60256), feedisposition 300.00, taxGST 617.56, taxQST 1232.03",
		"residual 12350.00, feepurchase_option 450.00, taxGST 640.00, taxQST 1276.80",
		"payments 244.69 (1), taxGST 12.23, taxQST 24.41",
	} {
		if got := told(end.Options[i].Lines); got != want {
			t.Errorf("%s: %s", end.Options[i].Kind, got)
		}
	}
}

func (o owner) leaseEnd(t *testing.T) (services.LeaseEnd, error) {
	t.Helper()
	return o.LeaseEnd(t.Context(), o.id)
}

// The law is of Québec, and of contracts from 5 April 2024.
func TestLeaseEnd_WhereTheLawIs(t *testing.T) {
	for name, c := range map[string]struct {
		change []string
		steps  int
	}{
		"Québec":            {nil, 5},
		"Ontario":           {[]string{`"QC"`, `"ON"`}, 2},
		"too old":           {[]string{`"2026-01-01","end_date"`, `"2024-04-04","end_date"`}, 2},
		"that day":          {[]string{`"2026-01-01","end_date"`, `"2024-04-05","end_date"`}, 5},
		"no more allowance": {[]string{`"km_allowance":80000,`, ``}, 5},
	} {
		end, err := owns(t, newHarness(t), leaseLine(0, c.change...)).leaseEnd(t)
		must(t, err)
		if len(end.Steps) != c.steps || (end.Distance == nil) != (name == "no more allowance") {
			t.Errorf("%s: %+v", name, end)
		}
	}
}
