package core_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/sample"
)

// lender is the other side of a property test: it knows what the bank took, and says so in its next file, sooner or later.
type lender struct {
	*paying
	t     *rapid.T
	today civil.Date // of the sample
	said  map[string]string
}

// TestDebits_NeverCountTwice: whatever comes in whatever order (orders, cancellations, exports that break off, work,
// returns, files of the lender that are late), each debit that was taken counts once, and none other does.
func TestDebits_NeverCountTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		h := openHarness(rt, newDatabase(t), rt.Cleanup)
		t := rt
		l := &lender{paying: h.payer("lease"), t: t, today: civil.DateOf(h.clock.Now()), said: map[string]string{}}
		steps := map[string]func(){
			"order": l.orders, "cancel": l.cancels, "export": l.exports, "broken export": l.breaksOff, "work": func() { must(t, h.Work(h.ctx)) },
			"return": l.returnsOne, "import": l.imports, "days": func() { l.untilDay(civil.DateOf(h.clock.Now()).AddDays(rapid.IntRange(1, 3).Draw(t, "days"))) },
		}
		names := []string{"order", "order", "cancel", "export", "export", "broken export", "work", "work", "return", "import", "import", "days", "days", "days"}
		for range rapid.IntRange(5, 25).Draw(t, "steps") {
			steps[rapid.SampledFrom(names).Draw(t, "step")]()
			l.check()
		}
	})
}

// TestDebits_AnothersReference: what the lender books under the reference of a debit under way is that one's, and takes the
// place of no older one alike.
func TestDebits_AnothersReference(t *testing.T) {
	h := newHarness(t)
	start := civil.DateOf(h.clock.Now())
	p := h.payer("lease")
	older, err := p.order(20_000, 0)
	must(t, err)
	younger, err := p.order(20_000, 2)
	must(t, err)
	p.untilDay(older.On)
	h.export(older.On)
	must(t, h.Work(h.ctx))
	p.untilDay(younger.On)
	h.export(younger.On)
	data, err := sample.Portfolio(start)
	must(t, err)
	h.imports(withPayments(t, data, p.agreement().Number, []string{fmt.Sprintf(
		`{"id":"%s","date":"%s","amount":"200","principal":"200","interest":"0","tax":"0","method":"pad","status":"posted"}`,
		younger.Reference, younger.On)}))
	must(t, h.Work(h.ctx))
	if paid := p.paid("P-"); len(paid) != 2 {
		t.Errorf("of two payments these count: %+v", paid)
	}
}

func (l *lender) orders() {
	cents := rapid.SampledFrom([]int64{10_000, 10_000, 20_000}).Draw(l.t, "cents")
	_, err := l.order(cents, rapid.IntRange(0, 3).Draw(l.t, "later"))
	must(l.t, err)
}

// pick is a debit with one of some statuses; false when there is none.
func (l *lender) pick(statuses string) (services.Debit, bool) {
	var list []services.Debit
	for _, d := range l.debits() {
		if strings.Contains(statuses, string(d.Status)) {
			list = append(list, d)
		}
	}
	if len(list) == 0 {
		return services.Debit{}, false
	}
	return list[rapid.IntRange(0, len(list)-1).Draw(l.t, "debit")], true
}

func (l *lender) cancels() {
	if d, ok := l.pick("scheduled"); ok {
		if err := l.CancelPayment(l.ctx, d.ID); err != nil {
			wantCode(l.t, err, services.CodeGone)
		}
	}
}

func (l *lender) exports() { l.export(civil.DateOf(l.clock.Now()).AddDays(1)) }

// breaksOff claims a file and writes half of it.
func (l *lender) breaksOff() {
	file, _, err := l.ClaimDebitFile(l.ctx, civil.DateOf(l.clock.Now()).AddDays(1), bank())
	if err == nil {
		_ = l.WriteDebitFile(l.ctx, file.Number, failing{io.ErrShortWrite})
	}
}

// returnsOne has the bank return a debit once its day has come.
func (l *lender) returnsOne() {
	if d, ok := l.pick("submitted posted"); ok && !civil.DateOf(l.clock.Now()).Before(d.On) {
		l.returns("901", d)
	}
}

// imports has the lender send its file: with a payment for some of the debits whose day has come, by a number of its own or
// by the reference. That one was returned it may not know yet; once it does, it says so ever after.
func (l *lender) imports() {
	data, err := sample.Portfolio(l.today)
	must(l.t, err)
	var rows []string
	for _, d := range l.debits() {
		taken := d.Status == services.DebitSubmitted || d.Status == services.DebitPosted || d.Status == services.DebitReturned
		if !taken || civil.DateOf(l.clock.Now()).Before(d.On) {
			continue
		}
		row, there := l.said[d.ID]
		if !there && rapid.Bool().Draw(l.t, "booked") {
			id := rapid.SampledFrom([]string{"L-" + d.Reference, d.Reference}).Draw(l.t, "id")
			row, there = fmt.Sprintf(`{"id":"%s","date":"%s","amount":"%s","principal":"%s","interest":"0","tax":"0","method":"pad","status":"posted"}`,
				id, d.On, d.Amount.Number(), d.Amount.Number()), true
		}
		if there && d.Status == services.DebitReturned && rapid.Bool().Draw(l.t, "knows") {
			row = strings.Replace(row, `"posted"`, `"returned"`, 1)
		}
		if there {
			l.said[d.ID] = row
			rows = append(rows, row)
		}
	}
	l.harness.imports(withPayments(l.t, data, l.agreement().Number, rows))
}

// withPayments puts payments into the agreement with a number.
func withPayments(t rapid.TB, portfolio []byte, number string, rows []string) []byte {
	t.Helper()
	at := bytes.Index(portfolio, []byte(`"`+number+`"`))
	list := []byte(`"payments":[`)
	from := bytes.Index(portfolio[max(at, 0):], list)
	if at < 0 || from < 0 {
		t.Fatalf("no payments of %s", number)
	}
	end := at + from + len(list)
	for i, row := range rows {
		rows[i] = row + ","
	}
	return bytes.Join([][]byte{portfolio[:end], []byte(strings.Join(rows, "")), portfolio[end:]}, nil)
}

// check counts, for each amount, the payments that stand for debits and that count.
func (l *lender) check() {
	l.t.Helper()
	counted, posted, open := map[string]int{}, map[string]int{}, map[string]int{}
	for _, prefix := range []string{"P-", "L-"} {
		for _, p := range l.paid(prefix) {
			if p.Status == services.PaymentPosted {
				counted[p.Amount.Number()]++
			}
		}
	}
	for _, d := range l.debits() {
		switch d.Status {
		case services.DebitPosted:
			posted[d.Amount.Number()]++
		case services.DebitSubmitted: // the lender may have it already
			open[d.Amount.Number()]++
		}
	}
	for _, amount := range []string{"100.00", "200.00"} {
		if n := counted[amount]; n < posted[amount] || n > posted[amount]+open[amount] {
			l.t.Fatalf("%s counts %d times: %d posted, %d under way\n%+v\n%+v\n%+v", amount, n, posted[amount], open[amount], l.debits(), l.paid("P-"), l.paid("L-"))
		}
	}
}
