package core_test

import (
	"strings"
	"testing"

	"myaccount/services"
)

// planned is the schedule of the one agreement of a line.
func planned(t *testing.T, data string) []services.Installment {
	t.Helper()
	h := newHarness(t)
	a := of(t, h, data)
	list, err := h.signIn(alice).(services.CustomerSession).Schedule(t.Context(), a.ID)
	if services.CodeOf(err) == services.CodeDeviceUnauthorized {
		s := h.customer(alice)
		_, err = s.SendCode(t.Context())
		must(t, err)
		must(t, enter(t, s, h.code(alice)))
		list, err = s.(services.CustomerSession).Schedule(t.Context(), a.ID)
	}
	must(t, err)
	return list
}

func TestSchedule_FiguresThatAgree(t *testing.T) {
	list := planned(t, line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, ""))
	if len(list) != 12 {
		t.Fatalf("%d installments", len(list))
	}
	for n, want := range map[int]string{ // 10,000 at half a percent a month
		0:  "2026-02-01 810.66 50.00 860.66 9189.34 true",
		1:  "2026-03-01 814.71 45.95 860.66 8374.63 true",
		2:  "2026-04-01 818.79 41.87 860.66 7555.84 false",
		11: "2027-01-01 856.42 4.28 860.70 0.00 false", // takes what the rounding left
	} {
		i := list[n]
		got := strings.Join([]string{i.Due.String(), figure(i.Principal), figure(i.Interest), figure(i.Total), figure(i.Balance), yes(i.Paid)}, " ")
		if got != want {
			t.Errorf("installment %d: %s, want %s", n+1, got, want)
		}
	}
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// What was posted is not what the schedule has: then what is still to be paid is not known, and nothing is shown.
func TestSchedule_FiguresThatDoNotAgree(t *testing.T) {
	regular := line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, "")
	for name, data := range map[string]string{
		"other parts":           line([2]string{"800.00", "814.71"}, [2]string{"60.66", "45.95"}, ""),
		"terms that do not fit": strings.Replace(regular, `"base":"860.66","tax":"0.00","total":"860.66"`, `"base":"10.00","tax":"0.00","total":"10.00"`, 1),
		"closed before its end": strings.Replace(regular, `"payments":`, `"closed_on":"2026-03-05","payments":`, 1),
	} {
		if list := planned(t, data); len(list) > 0 {
			t.Errorf("%s: %+v", name, list)
		}
	}
}

// The tax of an installment that is not the level one follows it.
func TestSchedule_TaxOfTheLast(t *testing.T) {
	data := strings.Replace(line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, ""),
		`"base":"860.66","tax":"0.00","total":"860.66"`, `"base":"860.66","tax":"111.89","total":"972.55"`, 1)
	data = strings.Replace(data, `"payments":`, `"taxes":[{"name":"HST","rate":"13"}],"payments":`, 1)
	list := planned(t, data)
	if len(list) != 12 || figure(list[10].Tax) != "111.89" || figure(list[11].Tax) != "111.89" || figure(list[11].Total) != "972.59" {
		t.Errorf("%+v", list)
	}
}

// What was paid on top, several installments at once, or ahead, is explained: the schedule goes on from what is owed.
func TestSchedule_PaidOtherwise(t *testing.T) {
	first := [2][2]string{{"810.66", "814.71"}, {"50.00", "45.95"}}
	for name, c := range map[string]struct {
		more string
		made int
		at   int    // index of an installment, and
		want string // its principal, interest and balance
		rows int
	}{
		// 8,374.63 − 1,000 = 7,374.63; half a percent of it is 36.87, and 860.66 − 36.87 = 823.79.
		"principal on top": {posted("x", "2026-03-05", "1000.00", "0.00"), 2, 2, "823.79 36.87 6550.84", 11},
		"on the same day":  {posted("x", "2026-03-01", "1000.00", "0.00"), 2, 2, "823.79 36.87 6550.84", 11},
		// The third and the fourth at once: 818.79 + 822.88 and 41.87 + 37.78.
		"two at once": {posted("x", "2026-03-20", "1641.67", "79.65"), 4, 4, "827.00 33.66 5905.96", 12},
		// The same with 500 on top: 6,732.96 − 500 = 6,232.96; half a percent is 31.16.
		"two at once and more": {posted("x", "2026-03-20", "2141.67", "79.65"), 4, 4, "829.50 31.16 5403.46", 12},
		"all of it":            {posted("x", "2026-03-20", "8374.63", "0.00"), 2, 1, "814.71 45.95 0.00", 2},
		"a part of one":        {posted("x", "2026-03-20", "400.00", "20.00"), 0, 0, "", 0},
		"a day at once":        {posted("x", "2026-04-01", "817.99", "42.67"), 0, 0, "", 0},
		// The interest of the third, 41.87, and 400 of its principal: the third goes on as it would have.
		"a part, interest first": {posted("x", "2026-03-20", "400.00", "41.87"), 2, 2, "818.79 41.87 7555.84", 12},
		"more than is owed":      {posted("x", "2026-04-01", "9000.00", "0.00"), 0, 0, "", 0},
	} {
		list := planned(t, line(first[0], first[1], c.more))
		if len(list) != c.rows {
			t.Errorf("%s: %d installments, want %d", name, len(list), c.rows)
			continue
		}
		for n, i := range list {
			if i.Paid != (n < c.made) || i.Number != n+1 {
				t.Errorf("%s: %+v", name, i)
			}
		}
		if c.rows > 0 {
			i := list[c.at]
			if got := figure(i.Principal) + " " + figure(i.Interest) + " " + figure(i.Balance); got != c.want || !list[c.rows-1].Balance.IsZero() {
				t.Errorf("%s: installment %d is %s, want %s; the last %+v", name, c.at+1, got, c.want, list[c.rows-1])
			}
			owed := cad(t, "0")
			for _, i := range list[c.made:] {
				var err error
				owed, err = owed.Add(i.Principal)
				must(t, err)
			}
			if !owed.Equal(list[c.made-1].Balance) {
				t.Errorf("%s: %v is to be repaid of %v", name, owed, list[c.made-1].Balance)
			}
		}
	}
}

// A lender who reckons interest by the day: 10,000 × 6 % ÷ 365 × 31 days = 50.96, and so on from what is owed.
func TestSchedule_ByTheDay(t *testing.T) {
	first := [2][2]string{{"809.70", "818.36"}, {"50.96", "42.30"}} // of 31 and of 28 days
	for name, c := range map[string]struct {
		more string
		made int
		rows int
		want map[int]string // principal, interest and balance of installments
	}{
		"two paid":      {"", 2, 12, map[int]string{0: "809.70 50.96 9190.30", 1: "818.36 42.30 8371.94", 2: "818.00 42.66 7553.94"}},
		"paid late":     {posted("3", "2026-04-11", "804.24", "56.42"), 3, 12, map[int]string{2: "804.24 56.42 7567.70", 3: "835.78 24.88 6731.92"}}, // 41 days, then 20
		"paid early":    {posted("3", "2026-03-11", "846.90", "13.76"), 3, 12, map[int]string{2: "846.90 13.76 7525.04", 3: "797.57 63.09 6727.47"}}, // 10, then 51
		"paid on top":   {posted("3", "2026-03-01", "1000.00", "0.00"), 2, 11, map[int]string{1: "1818.36 42.30 7371.94", 2: "823.09 37.57 6548.85"}},
		"only interest": {posted("3", "2026-04-01", "0.00", "42.66"), 2, 12, map[int]string{2: "818.00 42.66 7553.94"}},
		"in two parts": {
			posted("3", "2026-04-01", "357.34", "42.66") + posted("4", "2026-04-11", "447.49", "13.17"), 3, 12,
			map[int]string{2: "804.83 55.83 7567.11"}, // 8,014.60 for ten days
		},
		"two at once":  {posted("3", "2026-05-02", "1636.00", "85.32"), 4, 12, map[int]string{2: "775.34 85.32 7596.60", 3: "860.66 0.00 6735.94"}},
		"all of it":    {posted("3", "2026-03-11", "8371.94", "13.76"), 3, 3, map[int]string{2: "8371.94 13.76 0.00"}},
		"a cent wrong": {posted("3", "2026-04-01", "817.99", "42.67"), 0, 0, nil},
	} {
		list := planned(t, line(first[0], first[1], c.more))
		if len(list) != c.rows {
			t.Errorf("%s: %d installments, want %d: %+v", name, len(list), c.rows, list)
			continue
		}
		for n, i := range list {
			if i.Paid != (n < c.made) || i.Number != n+1 {
				t.Errorf("%s: %+v", name, i)
			}
			if got := figure(i.Principal) + " " + figure(i.Interest) + " " + figure(i.Balance); c.want[n] != "" && got != c.want[n] {
				t.Errorf("%s: installment %d is %s, want %s", name, n+1, got, c.want[n])
			}
		}
	}
}

// A lender who quotes a money factor splits each payment alike: 48,125 to 30,000 in 36 payments of 694.88, 503.47 of each
// depreciation. The balance is what was depreciated less.
func TestSchedule_LeaseSplitAlike(t *testing.T) {
	lease := func(payments string) string {
		whole := line([2]string{"1.00", "1.00"}, [2]string{"1.00", "1.00"}, "")
		for was, is := range map[string]string{
			`"kind":"loan"`: `"kind":"lease","residual":"30000.00"`, `"term_months":12`: `"term_months":36`,
			`"end_date":"2027-01-01"`:                       `"end_date":"2029-01-01"`,
			`"amount_financed":"10000.00"`:                  `"amount_financed":"48125.00"`,
			`"base":"860.66","tax":"0.00","total":"860.66"`: `"base":"694.88","tax":"0.00","total":"694.88"`,
		} {
			if !strings.Contains(whole, was) {
				t.Fatalf("no %s in %s", was, whole)
			}
			whole = strings.Replace(whole, was, is, 1)
		}
		head, _, _ := strings.Cut(whole, `"payments":[`)
		return head + `"payments":[` + strings.TrimPrefix(payments, ",") + "]}]}"
	}
	one, two := posted("1", "2026-01-01", "503.47", "191.41"), posted("2", "2026-02-01", "503.47", "191.41")
	part := posted("3", "2026-03-01", "300.00", "100.00")
	for name, c := range map[string]struct {
		payments string
		made     int
	}{"two paid": {one + two, 2}, "a part of one more": {one + two + part, 2}, "and the rest": {one + two + part + posted("4", "2026-03-09", "203.47", "91.41"), 3}} {
		list := planned(t, lease(c.payments))
		if len(list) != 36 {
			t.Errorf("%s: %+v", name, list)
			continue
		}
		for n, i := range list {
			if i.Paid != (n < c.made) {
				t.Errorf("%s: %+v", name, i)
			}
		}
		for n, want := range map[int]string{0: "503.47 191.41 47621.53", 3: "503.47 191.41 46111.12", 35: "503.55 191.33 30000.00"} {
			if got := figure(list[n].Principal) + " " + figure(list[n].Interest) + " " + figure(list[n].Balance); got != want {
				t.Errorf("%s: installment %d is %s, want %s", name, n+1, got, want)
			}
		}
	}
	if list := planned(t, lease(one+posted("2", "2026-02-01", "503.48", "191.40"))); len(list) > 0 {
		t.Errorf("split neither way: %+v", list)
	}
}

// A lease whose second and third installments were paid at once has three that are paid.
func TestSchedule_LeasePaidAhead(t *testing.T) {
	lease := func(payments string) string {
		whole := strings.Replace(line([2]string{"1.00", "1.00"}, [2]string{"1.00", "1.00"}, ""), `"kind":"loan"`, `"kind":"lease","residual":"500.00"`, 1)
		head, _, _ := strings.Cut(whole, `"payments":[`)
		return head + `"payments":[` + strings.TrimPrefix(payments, ",") + "]}]}"
	}
	plan := planned(t, lease(""))
	if len(plan) != 12 || plan[0].Paid {
		t.Fatalf("%+v", plan)
	}
	sum := func(a, b services.Money) string {
		both, err := a.Add(b)
		must(t, err)
		return figure(both)
	}
	one := posted("1", "2026-01-01", figure(plan[0].Principal), figure(plan[0].Interest))
	two := posted("2", "2026-02-01", sum(plan[1].Principal, plan[2].Principal), sum(plan[1].Interest, plan[2].Interest))
	list := planned(t, lease(one+two))
	if len(list) != 12 || !list[2].Paid || list[3].Paid || !list[11].Balance.Equal(plan[11].Balance) {
		t.Errorf("%+v", list)
	}
	// A part of one makes none, and the rest of it makes it.
	half := posted("2", "2026-02-01", "100.00", "0.00")
	if list := planned(t, lease(one+half)); len(list) != 12 || !list[0].Paid || list[1].Paid {
		t.Errorf("%+v", list)
	}
	rest, err := plan[1].Principal.Sub(cad(t, "100"))
	must(t, err)
	if list := planned(t, lease(one+half+posted("3", "2026-02-09", figure(rest), figure(plan[1].Interest)))); len(list) != 12 || !list[1].Paid || list[2].Paid {
		t.Errorf("%+v", list)
	}
	if list := planned(t, lease(one+posted("2", "2026-02-01", "1000.00", "0.00"))); len(list) > 0 {
		t.Errorf("no payment of this lease: %+v", list)
	}
}

// BenchmarkSchedule is the schedule of an agreement of 360 installments, through a session.
func BenchmarkSchedule(b *testing.B) {
	h := newHarness(b)
	data := strings.Replace(line([2]string{"1.00", "1.00"}, [2]string{"1.00", "1.00"}, ""), `"term_months":12`, `"term_months":360`, 1)
	data = strings.Replace(data, `"base":"860.66","tax":"0.00","total":"860.66"`, `"base":"59.96","tax":"0.00","total":"59.96"`, 1)
	head, _, _ := strings.Cut(strings.Replace(data, `"end_date":"2027-01-01"`, `"end_date":"2056-01-01"`, 1), `"payments":[`)
	a := of(b, h, head+`"payments":[]}]}`)
	s := h.customer(alice)
	_, err := s.SendCode(b.Context())
	must(b, err)
	must(b, enter(b, s, h.code(alice)))
	for b.Loop() {
		list, err := s.(services.CustomerSession).Schedule(b.Context(), a.ID)
		if err != nil || len(list) != 360 {
			b.Fatal(len(list), err)
		}
	}
}
