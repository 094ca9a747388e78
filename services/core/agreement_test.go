package core_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
)

// linked is a customer of the sample, ready to see agreements.
func linked(t *testing.T, h *harness, key string) linking {
	t.Helper()
	p := h.sample()[key]
	h.person(alice)
	s := h.customer(alice)
	h.link(s, alice, byVIN(p), false)
	return s
}

// only gives the one agreement of a customer.
func only(t testing.TB, s linking) services.Agreement {
	t.Helper()
	list, err := s.Agreements(t.Context())
	must(t, err)
	if len(list) != 1 {
		t.Fatalf("%d agreements", len(list))
	}
	return list[0]
}

// adds checks that the parts make the total.
func adds(t *testing.T, n *services.NextPayment) {
	t.Helper()
	if n == nil || len(n.Parts) == 0 {
		t.Fatalf("no parts: %+v", n)
	}
	sum := cad(t, "0")
	for _, p := range n.Parts {
		var err error
		sum, err = sum.Add(p.Amount)
		must(t, err)
	}
	if !sum.Equal(n.Total) {
		t.Errorf("parts make %v, total %v", sum, n.Total)
	}
}

func TestAgreements_Lease(t *testing.T) {
	h := newHarness(t)
	a := only(t, linked(t, h, "lease"))
	if a.Kind != services.Lease || a.PaymentsMade != 18 || a.PaymentsTotal != 48 || a.PastDue != nil || a.ClosedOn != nil ||
		a.Province != "QC" || a.LastDigits() != "4471" || a.Distance == nil {
		t.Errorf("%+v", a)
	}
	adds(t, a.Next)
	var kinds, names []string
	for _, p := range a.Next.Parts {
		kinds, names = append(kinds, string(p.Kind)), append(names, p.Name+p.Rate)
	}
	if got := strings.Join(kinds, " "); got != "depreciation rent tax tax" {
		t.Errorf("parts %s", got)
	}
	if got := strings.Join(names, " "); got != "  GST5 QST9.975" {
		t.Errorf("names %q", got)
	}
	if !a.Next.Due.After(civil.DateOf(h.clock.Now())) || !a.Balance.IsPositive() {
		t.Errorf("%+v", a)
	}
}

func TestAgreements_Loan(t *testing.T) {
	h := newHarness(t)
	a := only(t, linked(t, h, "biweekly"))
	if a.Kind != services.Loan || a.Frequency != services.Biweekly || a.PaymentsMade != 31 || a.PaymentsTotal != 156 || a.Distance != nil {
		t.Errorf("%+v", a)
	}
	adds(t, a.Next)
	if a.Next.Parts[0].Kind != services.PartPrincipal || a.Next.Parts[1].Kind != services.PartInterest {
		t.Errorf("%+v", a.Next.Parts)
	}
}

func TestAgreements_PastDue(t *testing.T) {
	h := newHarness(t)
	a := only(t, linked(t, h, "past_due"))
	if a.PastDue == nil || a.PastDue.Payments != 1 || !a.PastDue.Since.Before(civil.DateOf(h.clock.Now())) {
		t.Fatalf("%+v", a.PastDue)
	}
	if !a.PastDue.Amount.Equal(a.Next.Total) || !a.Next.Due.After(a.PastDue.Since) {
		t.Errorf("%+v %+v", a.PastDue, a.Next)
	}
}

func TestAgreements_PaidOff(t *testing.T) {
	h := newHarness(t)
	s := linked(t, h, "paid_off")
	a := only(t, s)
	if a.ClosedOn == nil || a.Next != nil || a.PastDue != nil || !a.Balance.IsZero() || a.PaymentsMade != a.PaymentsTotal {
		t.Errorf("%+v", a)
	}
	page, err := s.Payments(t.Context(), a.ID, services.Page{})
	must(t, err)
	if len(page.Items) != 50 || page.Next == "" {
		t.Errorf("%d payments, next %q: history stays", len(page.Items), page.Next)
	}
}

func TestAgreements_TwoInOrder(t *testing.T) {
	h := newHarness(t)
	s := linked(t, h, "two")
	list, err := s.Agreements(t.Context())
	must(t, err)
	if len(list) != 2 || list[0].Number > list[1].Number || list[1].PaymentsTotal >= 60*26/12 {
		t.Errorf("%+v", list)
	}
	one, err := s.Agreement(t.Context(), list[1].ID)
	must(t, err)
	if one.Number != list[1].Number || !one.Balance.Equal(list[1].Balance) {
		t.Errorf("%+v", one)
	}
}

func TestAgreement_NotOnes_Own(t *testing.T) {
	h := newHarness(t)
	s := linked(t, h, "lease")
	h.person(bob)
	b := h.customer(bob)
	h.link(b, bob, byVIN(h.sample()["two"]), false)
	theirs, err := b.Agreements(t.Context())
	must(t, err)
	for _, id := range []string{theirs[0].ID, "", "no such agreement"} {
		_, err := s.Agreement(t.Context(), id)
		wantCode(t, err, services.CodeNotFound)
		_, err = s.Payments(t.Context(), id, services.Page{})
		wantCode(t, err, services.CodeNotFound)
	}
}

func TestPayments_Pages(t *testing.T) {
	h := newHarness(t)
	s := linked(t, h, "past_due")
	id := only(t, s).ID
	var seen []string
	var before services.Payment
	page := services.Page{Limit: 3}
	for {
		got, err := s.Payments(t.Context(), id, page)
		must(t, err)
		for _, p := range got.Items {
			if !before.Date.IsZero() && p.Date.After(before.Date) {
				t.Errorf("%v after %v", p.Date, before.Date)
			}
			sum, _ := p.Principal.Add(p.Interest)
			if sum, _ = sum.Add(p.Tax); !sum.Equal(p.Amount) {
				t.Errorf("%+v", p)
			}
			seen, before = append(seen, p.ID+string(p.Status)), p
		}
		if got.Next == "" {
			break
		}
		page.After = got.Next
	}
	if len(seen) != 20 || !strings.HasSuffix(seen[0], "returned") {
		t.Errorf("%d payments: %v", len(seen), seen)
	}
	for _, wrong := range []string{"x", "2026-13-01~x", "~"} {
		_, err := s.Payments(t.Context(), id, services.Page{After: wrong})
		wantFields(t, err, map[string]string{"after": "format"})
	}
}

// line is a customer with one loan at 6 % whose first two payments are posted as given.
func line(principal, interest [2]string, more string) string {
	return fmt.Sprintf(`{"customer_id":"77","first_name":"Ann","last_name":"Lee","province":"ON","agreements":[`+
		`{"number":"N7","kind":"loan","vin":"WBX73EF0XS5000008","vehicle":{"year":2025,"make":"BMW","model":"X1"},`+
		`"currency":"CAD","start_date":"2026-01-01","end_date":"2027-01-01","term_months":12,"frequency":"monthly",`+
		`"payment":{"base":"860.66","tax":"0.00","total":"860.66"},"annual_rate":"6","amount_financed":"10000.00","payments":[%s]}]}`,
		posted("1", "2026-02-01", principal[0], interest[0])[1:]+posted("2", "2026-03-01", principal[1], interest[1])+more)
}

// of links somebody to the customer of line.
func of(t testing.TB, h *harness, data string) services.Agreement {
	t.Helper()
	h.imports([]byte(data))
	h.person(alice)
	s := h.customer(alice)
	h.link(s, alice, services.LinkRequest{Method: services.LinkByBMWID, FirstName: "Ann", LastName: "Lee", BMWID: "77"}, false)
	return only(t, s)
}

func TestAgreements_FiguresThatAgree(t *testing.T) {
	a := of(t, newHarness(t), line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, ""))
	// 10,000 − 810.66 − 814.71 = 8,374.63; half a percent of it is 41.87.
	if !a.Balance.Equal(cad(t, "8374.63")) || a.Next.Due.String() != "2026-04-01" {
		t.Errorf("%+v %+v", a, a.Next)
	}
	if p := a.Next.Parts; len(p) != 2 || !p[0].Amount.Equal(cad(t, "818.79")) || !p[1].Amount.Equal(cad(t, "41.87")) {
		t.Errorf("%+v", p)
	}
}

// Where the lender's postings do not follow the terms, what cannot be known is left out.
func TestAgreements_FiguresThatDoNotAgree(t *testing.T) {
	a := of(t, newHarness(t), line([2]string{"800.00", "814.71"}, [2]string{"60.66", "45.95"}, ""))
	if len(a.Next.Parts) > 0 || !a.Next.Total.Equal(cad(t, "860.66")) || !a.Balance.Equal(cad(t, "8385.29")) {
		t.Errorf("%+v %+v", a, a.Next)
	}
	a = of(t, newHarness(t), line([2]string{"860.66", "810.00"}, [2]string{"0.00", "50.66"}, ""))
	if len(a.Next.Parts) > 0 {
		t.Errorf("%+v", a.Next)
	}
}

// posted is another payment for line.
func posted(id, date, principal, interest string) string {
	p, _ := strconv.ParseFloat(principal, 64)
	i, _ := strconv.ParseFloat(interest, 64)
	return fmt.Sprintf(`,{"id":"%s","date":"%s","amount":"%.2f","principal":"%s","interest":"%s","tax":"0.00","method":"online","status":"posted"}`,
		id, date, p+i, principal, interest)
}

// What a lender who reckons interest by the day asks for at the end is not known before: the level payment is not it.
func TestAgreements_LastPaymentOfALoan(t *testing.T) {
	h := newHarness(t)
	more := ""
	for month := 4; month <= 12; month++ {
		more += posted(fmt.Sprint(month), fmt.Sprintf("2026-%02d-01", month), "830.66", "30.00")
	}
	h.clock.Move(time.Date(2026, 12, 10, 14, 0, 0, 0, time.UTC).Sub(start))
	data := line([2]string{"800.00", "814.71"}, [2]string{"60.66", "45.95"}, more)
	a := of(t, h, data)
	if a.PaymentsMade != 11 || a.PaymentsTotal != 12 || a.PastDue != nil || !a.Balance.Equal(cad(t, "909.35")) {
		t.Fatalf("%+v", a)
	}
	if a.Next == nil || a.Next.Due.String() != "2027-01-01" || a.Next.Total.CurrencyCode() != "" || len(a.Next.Parts) > 0 {
		t.Errorf("%+v", a.Next)
	}
	h.clock.Move(40 * 24 * time.Hour) // now it is missing, and what it comes to still is not known
	s := h.customer(alice)
	_, err := s.SendCode(t.Context())
	must(t, err)
	must(t, enter(t, s, h.code(alice)))
	if a = only(t, s); a.Next != nil || a.PastDue == nil || a.PastDue.Payments != 1 || a.PastDue.Amount.CurrencyCode() != "" {
		t.Errorf("%+v %+v", a.Next, a.PastDue)
	}
}

// What was paid beyond the schedule pays no installment, so the next one is due as agreed.
func TestAgreements_PaymentsBeyondTheSchedule(t *testing.T) {
	regular := [2][2]string{{"810.66", "814.71"}, {"50.00", "45.95"}}
	for name, c := range map[string]struct {
		more, next, total, balance string
		parts                      int
	}{
		"extra principal":   {posted("x", "2026-03-01", "1000.00", "0.00"), "2026-04-01", "860.66", "7374.63", 2},
		"nearly all":        {posted("x", "2026-03-01", "8000.00", "0.00"), "2026-04-01", "376.50", "374.63", 2}, // and half a percent
		"all, not closed":   {posted("x", "2026-03-01", "8374.63", "0.00"), "", "", "0.00", 0},
		"two halves":        {posted("x", "2026-03-01", "400.00", "0.00") + posted("y", "2026-03-02", "418.79", "41.87"), "2026-04-01", "860.66", "7555.84", 0},
		"more than is owed": {posted("x", "2026-03-01", "9000.00", "0.00"), "", "", "", 0},
	} {
		a := of(t, newHarness(t), line(regular[0], regular[1], c.more))
		if a.PastDue != nil || figure(a.Balance) != c.balance {
			t.Errorf("%s: %+v, past due %+v", name, a, a.PastDue)
		}
		switch {
		case c.next == "" && a.Next != nil, c.next != "" && a.Next == nil:
			t.Errorf("%s: next %+v", name, a.Next)
		case a.Next != nil && (a.Next.Due.String() != c.next || figure(a.Next.Total) != c.total || len(a.Next.Parts) != c.parts):
			t.Errorf("%s: next %+v", name, a.Next)
		}
	}
}

// figure is an amount as a number; "" when it is not known.
func figure(m services.Money) string {
	if m.CurrencyCode() == "" {
		return ""
	}
	return m.Number()
}

// Two payments of which one is a half leave the other half past due; a double one leaves nothing.
func TestAgreements_PastDueOfPartsPaid(t *testing.T) {
	a := of(t, newHarness(t), line([2]string{"380.33", "814.71"}, [2]string{"50.00", "45.95"}, ""))
	if p := a.PastDue; p == nil || p.Payments != 1 || p.Since.String() != "2026-03-01" || figure(p.Amount) != "430.33" {
		t.Errorf("%+v", p)
	}
	double := line([2]string{"810.66", "1625.37"}, [2]string{"50.00", "95.95"}, "")
	one := strings.Index(double, `{"id":"1"`)
	two := strings.Index(double, `{"id":"2"`)
	if a = of(t, newHarness(t), double[:one]+double[two:]); a.PastDue != nil || a.PaymentsMade != 2 || a.Next.Due.String() != "2026-04-01" {
		t.Errorf("%+v %+v", a.PastDue, a.Next)
	}
}

// The balance of a lease follows from the number of payments, so it is not known when what was posted is no series of them.
func TestAgreements_LeaseOffItsSchedule(t *testing.T) {
	lease := func(first string) services.Agreement {
		data := line([2]string{first, "850.00"}, [2]string{"10.66", "10.66"}, "") // parts that are not those of the schedule
		data = strings.Replace(data, `"kind":"loan"`, `"kind":"lease","residual":"500.00"`, 1)
		return of(t, newHarness(t), data)
	}
	if a := lease("850.00"); figure(a.Balance) == "" || a.Next.Due.String() != "2026-04-01" && a.Next.Due.String() != "2026-03-01" {
		t.Errorf("%+v", a)
	}
	if a := lease("1000.00"); figure(a.Balance) != "" {
		t.Errorf("%+v", a)
	}
}

// What the lender has scheduled is what will be debited, whatever the arithmetic says.
func TestAgreements_ScheduledIsNext(t *testing.T) {
	a := of(t, newHarness(t), line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"},
		`,{"id":"3","date":"2026-03-20","amount":"500.00","principal":"450.00","interest":"50.00","tax":"0.00","method":"pad","status":"scheduled"}`))
	if a.Next.Due.String() != "2026-03-20" || !a.Next.Total.Equal(cad(t, "500.00")) || a.PaymentsMade != 2 {
		t.Errorf("%+v", a.Next)
	}
	adds(t, a.Next)
}

// A payment is past due when its day is over where the customer lives, not in Greenwich.
func TestAgreements_DayOfTheCustomer(t *testing.T) {
	h := newHarness(t)
	h.clock.Move(time.Date(2026, 4, 2, 3, 59, 0, 0, time.UTC).Sub(start)) // 11.59 p.m. in Ontario, on the due day
	data := line([2]string{"810.66", "814.71"}, [2]string{"50.00", "45.95"}, "")
	a := of(t, h, data)
	if a.PastDue != nil || a.Next.Due.String() != "2026-04-01" {
		t.Errorf("%+v %+v", a.PastDue, a.Next)
	}
	h.clock.Move(time.Minute)
	s := h.customer(alice)
	_, err := s.SendCode(t.Context())
	must(t, err)
	must(t, enter(t, s, h.code(alice)))
	a = only(t, s)
	if a.PastDue == nil || a.PastDue.Payments != 1 || !a.PastDue.Amount.Equal(cad(t, "860.66")) || a.Next.Due.String() != "2026-05-01" {
		t.Errorf("%+v %+v", a.PastDue, a.Next)
	}
}
