package core

import (
	"fmt"
	"testing"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/calendar"
	"myaccount/services/finance"
	"myaccount/services/portfolio"
)

const testNotice, testCutoff = 10, 3

// autopayWorld is one agreement whose days pass, with the debits on it.
type autopayWorld struct {
	*rapid.T
	row    AgreementRow
	totals PaymentTotals
	debits []DebitRow
	today  civil.Date
	day    int
	extra  int64
	first  civil.Date
	ids    int
}

// standing is where the agreement stands, as stand works it out of rows.
func (w *autopayWorld) standing() *standing {
	s := &standing{row: w.row, totals: w.totals, today: w.today}
	var err error
	if s.terms, err = terms(w.row.Terms); err != nil {
		w.Fatal(err)
	}
	if s.schedule, err = s.terms.Schedule(); err != nil {
		w.Fatal(err)
	}
	if s.compare(); s.exact {
		s.plan = s.schedule
	}
	for s.due < s.count() && s.terms.Due(s.due+1).Before(s.today) {
		s.due++
	}
	return s
}

func (w *autopayWorld) plan() *autopayPlan {
	p := newAutopayPlan(w.standing(), w.debits)
	p.day, p.extra, p.first = w.day, w.extra, w.first
	return p
}

// work is what is done every day: debits are made, and post on their day.
func (w *autopayWorld) work() {
	change, err := w.plan().change(testNotice, "account")
	if err != nil {
		w.Fatal(err)
	}
	for _, gone := range change.cancel {
		for i := range w.debits {
			if w.debits[i].ID == gone.ID {
				w.debits[i].Status = services.DebitCancelled
			}
		}
	}
	for _, d := range change.add {
		if !calendar.Open(d.on) || d.on.Before(w.today) {
			w.Fatalf("%v: a debit on %v", w.today, d.on)
		}
		if late := calendar.Next(d.due); d.on.After(late) {
			w.Fatalf("the payment due on %v is debited on %v", d.due, d.on)
		}
		if d.total() != d.principal()+d.interest+d.tax || d.extra < 0 || d.interest < 0 || d.principal() <= 0 {
			w.Fatalf("parts do not make the debit: %+v", d)
		}
		w.add(DebitRow{
			Kind: services.DebitAutopay, Installment: d.number, AccountID: "account", Amount: d.total(), Principal: d.principal(),
			Interest: d.interest, Tax: d.tax, On: d.on, Due: d.due, CancelUntil: d.on.AddDays(-testCutoff),
		})
	}
	for i := range w.debits {
		if d := &w.debits[i]; d.Status == services.DebitScheduled && !d.On.After(w.today) {
			w.post(d)
		}
	}
}

func (w *autopayWorld) add(d DebitRow) {
	w.ids++
	d.ID, d.Status = fmt.Sprint(w.ids), services.DebitScheduled
	w.debits = append(w.debits, d)
}

// post writes the payment of a debit.
func (w *autopayWorld) post(d *DebitRow) {
	d.Status = services.DebitPosted
	if d.Kind == services.DebitOnce {
		var open []DebitRow
		for _, other := range w.debits {
			if isOpen(other) {
				open = append(open, other)
			}
		}
		parts, err := w.standing().split(d.Amount, open)
		if err != nil {
			w.Fatal(err)
		}
		d.Principal, d.Interest, d.Tax = parts.principal, parts.interest, parts.tax
	}
	w.totals.Count++
	w.totals.Principal += d.Principal
	w.totals.Interest += d.Interest
	w.totals.Tax += d.Tax
}

// drawWorld draws an agreement on its first day.
func drawWorld(t *rapid.T) *autopayWorld {
	start := civil.Date{Year: 2023, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 800).Draw(t, "start"))
	count := rapid.IntRange(2, 14).Draw(t, "months")
	w := &autopayWorld{T: t, today: start.AddDays(rapid.IntRange(0, 60).Draw(t, "set up"))}
	w.row.Terms = portfolio.Terms{
		Kind: rapid.SampledFrom([]finance.Kind{finance.KindLoan, finance.KindLease}).Draw(t, "kind"), Currency: "CAD",
		Start: start, Months: count, Frequency: finance.Monthly, DueDay: rapid.IntRange(0, 31).Draw(t, "due day"),
		Rate:     rapid.SampledFrom([]string{"0", "4.99", "19.9"}).Draw(t, "rate"),
		Financed: int64(rapid.IntRange(500_000, 5_000_000).Draw(t, "financed")),
	}
	w.row.End = finance.Due(start, finance.Monthly, count, 0)
	w.day = rapid.IntRange(0, 31).Draw(t, "day")
	if rapid.Bool().Draw(t, "biweekly") {
		w.row.Frequency, w.row.DueDay, w.day = finance.Biweekly, 0, 0
	}
	if w.row.Kind == finance.KindLease {
		w.row.Residual = w.row.Financed / 2
		w.row.Taxes = []portfolio.Tax{{Name: "GST", Rate: "5"}, {Name: "QST", Rate: "9.975"}}
	}
	shape, err := terms(w.row.Terms)
	if err != nil {
		t.Fatal(err)
	}
	pay, err := finance.Credit{
		Financed: shape.Financed, Residual: shape.Residual, Rate: shape.Rate, Frequency: shape.Frequency,
		Payments: shape.Count(), InAdvance: w.row.Kind == finance.KindLease,
	}.Payment()
	if err != nil {
		t.Fatal(err)
	}
	w.row.Base = pay.BigInt().Int64()
	if _, w.row.Tax, err = (&standing{row: w.row}).taxes(w.row.Base); err != nil {
		t.Fatal(err)
	}
	if w.row.Kind == finance.KindLoan {
		w.extra = int64(rapid.SampledFrom([]int{0, 0, 5_000, 100_000}).Draw(t, "extra"))
	}
	w.first = w.today.AddDays(testNotice)
	return w
}

// testOrder is a payment that the customer orders besides.
type testOrder struct {
	after, ahead int // days after the autopay was set up, and from the order to its day
	share        int // which part of an installment
}

// drawOrders draws payments besides.
func drawOrders(t *rapid.T, days int) []testOrder {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) testOrder {
		return testOrder{
			after: rapid.IntRange(0, max(0, days-30)).Draw(t, "after"), ahead: rapid.IntRange(1, 20).Draw(t, "ahead"),
			share: rapid.IntRange(0, 4).Draw(t, "share"),
		}
	}), 0, 5).Draw(t, "orders")
}

// pay orders a payment besides, on a day on which banks work. No more than is owed can be ordered.
func (w *autopayWorld) pay(o testOrder) {
	each := w.row.Base + w.row.Tax
	cents := []int64{each, each / 3, 2 * each, each + 1, each - 1}[o.share]
	owed := w.row.Financed - w.totals.Principal
	if w.row.Kind == finance.KindLease {
		owed = int64(w.standing().count())*each - w.totals.Principal - w.totals.Interest - w.totals.Tax
	}
	on := calendar.Next(w.today.AddDays(o.ahead))
	dues, err := w.plan().dues()
	if err != nil {
		w.Fatal(err)
	}
	for _, d := range dues { // what autopay takes by then is not owed any more
		if !d.on.After(on) {
			owed -= d.principal()
		}
	}
	if cents > owed-w.open() {
		return
	}
	w.add(DebitRow{Kind: services.DebitOnce, Amount: cents, On: on, Due: on, CancelUntil: w.today})
}

// open is what is still to be posted.
func (w *autopayWorld) open() (cents int64) {
	for _, d := range w.debits {
		if isOpen(d) {
			cents += d.Amount
		}
	}
	return cents
}

// past makes the payments that were due before the autopay takes over, on their days, as somebody who pays by hand.
func (w *autopayWorld) past() {
	s := w.standing()
	for n := range s.count() {
		due := s.terms.Due(n + 1)
		if p := w.plan(); !p.debitDay(due).Before(w.first) {
			return
		}
		row := s.schedule[n]
		base, tax, _, err := s.installment(n)
		if err != nil || n < w.totals.Count {
			continue
		}
		interest := row.Interest.BigInt().Int64()
		w.totals.Count++
		w.totals.Principal += base - interest
		w.totals.Interest += interest
		w.totals.Tax += tax
	}
}

// The day of a debit is the last such day up to the due date, the month's last one where it has fewer, and a day on which
// banks work.
func TestAutopayPlan_DebitDay(t *testing.T) {
	day := func(text string) civil.Date {
		d, err := civil.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		day      int
		due, out string
	}{
		{31, "2026-05-01", "2026-04-30"},
		{31, "2028-03-01", "2028-02-29"},
		{30, "2028-02-29", "2028-02-29"},
		{31, "2026-04-30", "2026-04-30"},
		{29, "2027-03-15", "2027-03-01"}, // February 28 is a Sunday
		{31, "2027-03-01", "2027-03-01"},
		{15, "2026-09-15", "2026-09-15"},
		{16, "2026-09-15", "2026-08-17"},
		{1, "2027-01-01", "2027-01-04"},
		{25, "2026-12-28", "2026-12-29"},
		{0, "2026-11-01", "2026-11-02"},
		{0, "2026-11-02", "2026-11-02"},
		{31, "2027-01-15", "2026-12-31"},
	} {
		p := autopayPlan{day: c.day, first: day("2025-01-01")}
		if got := p.debitDay(day(c.due)); got != day(c.out) {
			t.Errorf("day %d, due %s: %v, want %s", c.day, c.due, got, c.out)
		}
	}
	late := autopayPlan{day: 5, first: day("2026-09-10")}
	if got := late.debitDay(day("2026-09-15")); got != day("2026-09-15") {
		t.Errorf("before the first day: %v", got)
	}
}

// Over any calendar, each installment is debited at most once, all are covered, the last one too, and the sums are exact.
func TestAutopay_EveryInstallmentOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		w.past()
		s := w.standing()
		begun, days := w.totals.Count, s.terms.Due(s.count()).DaysSince(w.today)+40
		orders := drawOrders(t, days-40)
		for day := range days {
			w.work()
			for _, o := range orders {
				if o.after == day {
					w.pay(o)
				}
			}
			w.today = w.today.AddDays(1)
		}
		w.check(s, begun)
	})
}

// check looks at what was debited.
func (w *autopayWorld) check(s *standing, begun int) {
	once, autopay, each := int64(0), int64(0), map[int]int{}
	for _, d := range w.debits {
		switch {
		case d.Status == services.DebitCancelled:
		case d.Status != services.DebitPosted:
			w.Fatalf("still to be posted: %+v", d)
		case d.Kind == services.DebitOnce:
			once += d.Amount
		default:
			autopay += d.Amount
			if each[d.Installment]++; each[d.Installment] > 1 {
				w.Fatalf("installment %d is debited twice", d.Installment)
			}
		}
	}
	if s.row.Kind == finance.KindLoan {
		if w.totals.Principal != s.row.Financed {
			for _, d := range w.debits {
				w.Logf("%s %s no %d on %v due %v: %d = %d + %d", d.Kind, d.Status, d.Installment, d.On, d.Due, d.Amount, d.Principal, d.Interest)
			}
			w.Fatalf("%d of %d paid", w.totals.Principal, s.row.Financed)
		}
		return
	}
	left, most := int64(0), int64(0)
	for n := begun; n < s.count(); n++ {
		base, tax, _, err := s.installment(n)
		if err != nil {
			w.Fatal(err)
		}
		left, most = left+base+tax, max(most, base+tax)
	}
	// A payment besides that makes no whole installment is carried on, and may be left over at the end. And it leaves the
	// schedule, whose last payment may differ from the level one by some cents.
	cents := int64(s.count())
	switch {
	case once == 0 && autopay != left, autopay > left, once+autopay < left-cents, once+autopay > left+most:
		w.Fatalf("%d debited and %d paid besides, of %d", autopay, once, left)
	}
}
