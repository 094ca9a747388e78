package sample_test

import (
	"bytes"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/assets"
	"myaccount/services/finance"
	"myaccount/services/portfolio"
	"myaccount/services/sample"
	"myaccount/services/vin"
)

var today = civil.Date{Year: 2026, Month: 11, Day: 21}

// everyDay is each day of a leap year, and the days around it.
func everyDay() []civil.Date {
	days := make([]civil.Date, 0, 400)
	for d := (civil.Date{Year: 2027, Month: 12, Day: 25}); len(days) < 400; d = d.AddDays(1) {
		days = append(days, d)
	}
	return days
}

// load reads the sample as the importer does.
func load(t *testing.T, today civil.Date) map[string]portfolio.Customer {
	t.Helper()
	file, err := sample.Portfolio(today)
	if err != nil {
		t.Fatalf("%s: %v", today, err)
	}
	customers := map[string]portfolio.Customer{}
	for line := range bytes.Lines(file) {
		c, faults := portfolio.ParseLine(line)
		if len(faults) > 0 {
			t.Fatalf("%s: %s: %v", today, line[:40], faults)
		}
		customers[c.LastName] = c
	}
	return customers
}

func cad(t *testing.T, cents int64) currency.Amount {
	t.Helper()
	a, err := currency.NewAmountFromInt64(cents, "CAD")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// terms are the terms as whoever reads the file understands them.
func terms(t *testing.T, a portfolio.Agreement) finance.Terms {
	t.Helper()
	rate, err := finance.ParseRate(a.Rate)
	if err != nil {
		t.Fatal(err)
	}
	return finance.Terms{
		Kind: a.Kind, Start: a.Start, Months: a.Months, Frequency: a.Frequency, DueDay: a.DueDay,
		Financed: cad(t, a.Financed), Residual: cad(t, a.Residual), Payment: cad(t, a.Base), Rate: rate,
	}
}

// posted counts the posted payments and sums their principal.
func posted(a portfolio.Agreement) (n int, principal int64) {
	for _, p := range a.Payments {
		if p.Status == portfolio.Posted {
			n++
			principal += p.Principal
		}
	}
	return n, principal
}

func TestPortfolio_EveryDay(t *testing.T) {
	for _, today := range everyDay() {
		customers := load(t, today)
		if len(customers) != 7 {
			t.Fatalf("%s: %d customers", today, len(customers))
		}
		for name, c := range customers {
			for _, a := range c.Agreements {
				checkAgreement(t, today, name, a)
			}
		}
		checkPeople(t, today, customers)
	}
}

// checkAgreement compares what the file says with what finance computes from it.
func checkAgreement(t *testing.T, today civil.Date, name string, a portfolio.Agreement) {
	t.Helper()
	tm := terms(t, a)
	schedule, err := tm.Schedule()
	if err != nil {
		t.Fatalf("%s %s: %v", today, name, err)
	}
	for i, p := range a.Payments {
		row := schedule[i]
		if p.Date != row.Due || !cad(t, p.Principal).Equal(row.Principal) || !cad(t, p.Interest).Equal(row.Interest) {
			t.Fatalf("%s %s: payment %d is %+v, scheduled %+v", today, name, i+1, p, row)
		}
		if p.Tax != a.Tax || p.Status == portfolio.Posted && p.Date.After(today) {
			t.Fatalf("%s %s: payment %d: %+v", today, name, i+1, p)
		}
	}
	made, principal := posted(a)
	balance, err := tm.Balance(made, cad(t, principal))
	if err != nil || !balance.Equal(cad(t, a.Financed-principal)) {
		t.Fatalf("%s %s: balance %s, financed less principal %d (%v)", today, name, balance, a.Financed-principal, err)
	}
	open := a.ClosedOn.IsZero()
	if (made == len(schedule)) == open || open != (balance.Number() != "0.00") {
		t.Fatalf("%s %s: %d of %d paid, %s left, closed %s", today, name, made, len(schedule), balance, a.ClosedOn)
	}
	if late := open && !schedule[made].Due.After(today); late != (name == "Fraser") {
		t.Fatalf("%s %s: the next payment is due %s", today, name, schedule[made].Due)
	}
}

func checkPeople(t *testing.T, today civil.Date, customers map[string]portfolio.Customer) {
	t.Helper()
	amelie := customers["Tremblay"].Agreements[0]
	made, _ := posted(amelie)
	next := terms(t, amelie).Due(made + 1)
	if made != 18 || next.Day != 1 || !next.After(today) || next.DaysSince(today) > 31 {
		t.Fatalf("%s: Amélie made %d payments, the next is due %s", today, made, next)
	}
	if days := amelie.End.DaysSince(today); days < 30*30 || days > 32*31 {
		t.Fatalf("%s: Amélie's lease ends %s", today, amelie.End)
	}
	luc := customers["Gagnon"].Agreements[0]
	if luc.End.DaysSince(today) != 80 || luc.Kind != finance.KindLease {
		t.Fatalf("%s: Luc's lease ends %s", today, luc.End)
	}
	nathan := customers["Fraser"].Agreements[0]
	last := nathan.Payments[len(nathan.Payments)-1]
	if last.Status != portfolio.Returned || today.DaysSince(last.Date) != 17 {
		t.Fatalf("%s: Nathan's last payment: %+v", today, last)
	}
}

func TestPortfolio_WhatItShows(t *testing.T) {
	customers := load(t, today)
	amelie := customers["Tremblay"].Agreements[0]
	_, principal := posted(amelie)
	if amelie.Base+amelie.Tax != 84732 || !strings.HasSuffix(amelie.Number, "4471") || amelie.Odometer != 31480 ||
		amelie.Allowance != 80000 || amelie.Financed-principal != 4120855 {
		t.Errorf("Amélie: %+v", amelie.Terms)
	}
	if len(amelie.Taxes) != 2 || amelie.Taxes[0].Name != "GST" || amelie.Taxes[1].Rate != "9.975" {
		t.Errorf("Amélie's taxes: %+v", amelie.Taxes)
	}
	if rate, err := terms(t, amelie).Schedule(); err != nil || rate[17].Due.String() != "2026-11-01" {
		t.Errorf("payment 18: %v %v", rate[17], err)
	}
	if daniel := customers["Okafor"].Agreements[0]; daniel.Frequency != finance.Biweekly || daniel.Payments[31].Status != portfolio.Scheduled {
		t.Errorf("Daniel: %+v", daniel.Terms)
	}
	if priya := customers["Raman"].Agreements; len(priya) != 2 || priya[0].Kind == priya[1].Kind {
		t.Errorf("Priya has %d agreements", len(priya))
	}
	if helene := customers["Roy-Lavoie"].Agreements[0]; helene.ClosedOn != today.AddDays(-75) || helene.End != helene.ClosedOn {
		t.Errorf("Hélène: %+v", helene.Terms)
	}
}

// The printed rate of a lease is its implicit rate, rounded.
func TestPortfolio_LeaseRates(t *testing.T) {
	for name, c := range load(t, today) {
		for _, a := range c.Agreements {
			if a.Kind != finance.KindLease {
				continue
			}
			rate, err := finance.Lease{
				Financed: cad(t, a.Financed), Residual: cad(t, a.Residual), Payment: cad(t, a.Base),
				Frequency: a.Frequency, Payments: a.Months,
			}.ImplicitRate()
			if err != nil || rate.Round(2) != a.Rate {
				t.Errorf("%s: implicit %s, printed %s (%v)", name, rate, a.Rate, err)
			}
		}
	}
}

func TestPortfolio_Vehicles(t *testing.T) {
	seen := map[string]bool{}
	for name, c := range load(t, today) {
		for _, a := range c.Agreements {
			info, err := vin.Check(a.VIN)
			if err != nil || seen[a.VIN] {
				t.Errorf("%s: %s: %v", name, a.VIN, err)
			}
			seen[a.VIN] = true
			if european := name == "Weber"; info.CheckDigitOK == european {
				t.Errorf("%s: %s: check digit %v", name, a.VIN, info.CheckDigitOK)
			}
			if info.Year != a.Year && info.Year != 0 || info.Make != a.Make {
				t.Errorf("%s: %s is a %d %s, not a %d %s", name, a.VIN, info.Year, info.Make, a.Year, a.Make)
			}
		}
	}
	if len(seen) != 8 {
		t.Errorf("%d vehicles", len(seen))
	}
}

func TestPortfolio_Stable(t *testing.T) {
	one, err := sample.Portfolio(today)
	if err != nil {
		t.Fatal(err)
	}
	two, err := sample.Portfolio(today)
	if err != nil || !bytes.Equal(one, two) {
		t.Errorf("the same day gives two files (%v)", err)
	}
	later, err := sample.Portfolio(today.AddDays(1))
	if err != nil || bytes.Equal(one, later) {
		t.Errorf("the next day gives the same file (%v)", err)
	}
	if a, b := bytes.Count(one, []byte(`"id":`)), bytes.Count(later, []byte(`"id":`)); a != b {
		t.Errorf("%d payments today, %d tomorrow: an import would not update", a, b)
	}
}

func TestPeople(t *testing.T) {
	people, err := sample.People(today)
	if err != nil {
		t.Fatal(err)
	}
	customers := load(t, today)
	for _, p := range people {
		c := customers[p.LastName]
		if c.ID != p.CustomerID || c.FirstName != p.FirstName || c.Agreements[0].VIN != p.VIN || c.Email != p.Email ||
			c.Language != p.Language || !strings.HasSuffix(p.Email, "@example.ca") {
			t.Errorf("%+v is not in the portfolio", p)
		}
		var last int64
		for _, q := range c.Agreements[0].Payments {
			if q.Status == portfolio.Posted {
				last = q.Principal + q.Interest + q.Tax
			}
		}
		if !p.LastPayment.Equal(cad(t, last)) {
			t.Errorf("%s: last payment %s, posted %d", p.LastName, p.LastPayment, last)
		}
	}
	if len(people) != 7 || people[0].FirstName != "Amélie" || people[0].LastPayment.Number() != "847.32" {
		t.Errorf("%d people, the first is %+v", len(people), people[0])
	}
}

func TestPeople_Described(t *testing.T) {
	people, err := sample.People(today)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"en", "fr"} {
		file, err := assets.Translations.ReadFile("translations/" + language + "/sample.json")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range people {
			if !bytes.Contains(file, []byte(`"`+p.Key+`": "`)) {
				t.Errorf("%s has no %s", language, p.Key)
			}
		}
	}
}

func TestTheAdvisor(t *testing.T) {
	a, err := sample.TheAdvisor()
	if err != nil || a.FirstName == "" || a.LastName == "" || !strings.HasSuffix(a.Email, "@example.ca") {
		t.Errorf("%+v %v", a, err)
	}
}

func BenchmarkPortfolio(b *testing.B) {
	for b.Loop() {
		if _, err := sample.Portfolio(today); err != nil {
			b.Fatal(err)
		}
	}
}
