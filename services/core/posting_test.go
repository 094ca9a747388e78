package core_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/calendar"
	"myaccount/services/core"
	"myaccount/services/debitfile"
	"myaccount/services/portfolio"
	"myaccount/services/sample"
)

// payer is the part of a customer's session that this file's tests use.
type payer interface {
	linking
	services.BankAccounts
	services.Debits
}

// paying is a customer of the sample with an account to pay from.
type paying struct {
	*harness
	payer
	email   string
	person  sample.Person
	account string
	keys    int
}

// payer links somebody to a customer of the sample.
func (h *harness) payer(key string) *paying {
	h.t.Helper()
	email := key + "@example.ca"
	h.person(email)
	p := &paying{harness: h, email: email, person: h.sample()[key]}
	p.again()
	account, err := p.AddBankAccount(h.ctx, services.NewBankAccount{
		Institution: "003", Transit: "00012", Number: "0001234567", Holder: "Élodie Roy", IdempotencyKey: "account-" + key,
	})
	must(h.t, err)
	p.account = account.ID
	return p
}

// again signs the customer in, and links them the first time.
func (p *paying) again() {
	p.t.Helper()
	s := p.customer(p.email)
	if s.Info().Linked {
		_, err := s.SendCode(p.ctx)
		must(p.t, err)
		_, err = s.AuthorizeDevice(p.ctx, services.DeviceAuthorization{Code: p.code(p.email)})
		must(p.t, err)
	} else {
		p.link(s, p.email, byID(p.person), false)
	}
	p.payer = s.(payer)
}

// agreement is the customer's first.
func (p *paying) agreement() services.Agreement {
	p.t.Helper()
	list, err := p.Agreements(p.ctx)
	must(p.t, err)
	return list[0]
}

// order orders a payment of cents for the first day there is, or some working days later.
func (p *paying) order(cents int64, later int) (services.Debit, error) {
	p.t.Helper()
	id := p.agreement().ID
	terms, err := p.DebitTerms(p.ctx, id, services.Date{})
	must(p.t, err)
	on := terms.First
	for range later {
		on = calendar.Next(on.AddDays(1))
	}
	p.keys++
	return p.MakePayment(p.ctx, services.PaymentOrder{
		AgreementID: id, Amount: inCents(p.t, cents), On: on, BankAccountID: p.account, Twice: true,
		IdempotencyKey: fmt.Sprintf("%s-key-%d", p.email, p.keys),
	})
}

// debits lists the customer's.
func (p *paying) debits() []services.Debit {
	p.t.Helper()
	page, err := p.Debits(p.ctx, p.agreement().ID, services.Page{Limit: 100})
	must(p.t, err)
	return page.Items
}

// paid lists the payments on the first agreement with an id that begins so.
func (p *paying) paid(prefix string) (list []services.Payment) {
	p.t.Helper()
	page, err := p.Payments(p.ctx, p.agreement().ID, services.Page{Limit: 100})
	must(p.t, err)
	return slices.DeleteFunc(page.Items, func(q services.Payment) bool { return !strings.HasPrefix(q.ID, prefix) })
}

// untilDay moves the clock to noon UTC of a day, and signs in anew.
func (p *paying) untilDay(d civil.Date) {
	p.t.Helper()
	p.clock.Move(d.In(time.UTC).Add(20 * time.Hour).Sub(p.clock.Now()))
	p.again()
}

func simulated(c *core.Config) { c.Simulated = true }

func TestPostDebits_Simulated(t *testing.T) {
	t.Parallel()
	h := newHarness(t, simulated)
	p := h.payer("lease")
	before := p.agreement()
	debit, err := p.order(before.Next.Total.BigInt().Int64(), 3)
	must(t, err)
	must(t, h.Work(h.ctx))
	if got := p.debits()[0]; got != debit || !got.Simulated || len(p.paid("P-")) != 0 {
		t.Fatalf("before its day: %+v", got)
	}
	p.untilDay(debit.On)
	must(t, h.Work(h.ctx))
	must(t, h.Work(h.ctx))
	got := p.debits()[0]
	paid := p.paid(debit.Reference)
	if got.Status != services.DebitPosted || len(paid) != 1 || paid[0].Method != "online" || paid[0].Date != debit.On || !paid[0].Amount.Equal(debit.Amount) {
		t.Errorf("on its day: %+v, %+v", got, paid)
	}
	for i, part := range []services.Money{paid[0].Principal, paid[0].Interest} {
		if !part.Equal(before.Next.Parts[i].Amount) {
			t.Errorf("part %d: %v, want %v", i, part, before.Next.Parts[i])
		}
	}
	after := p.agreement()
	if after.PaymentsMade != before.PaymentsMade+1 || after.Next.Due == before.Next.Due {
		t.Errorf("the agreement after it: %+v", after)
	}
	m := h.mail(p.email, "payment_simulated")
	for _, want := range []string{debit.Reference, "simulation", "567", after.LastDigits()} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("the mail lacks %q:\n%s", want, m.Text)
		}
	}
	if n := len(slices.DeleteFunc(h.kinds(p.email), func(k string) bool { return k != "payment_simulated" })); n != 1 {
		t.Errorf("%d mails", n)
	}
}

func TestPostDebits_NothingOfACancelledOne(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("lease")
	debit, err := p.order(100, 0)
	must(t, err)
	must(t, p.CancelPayment(p.ctx, debit.ID))
	p.untilDay(debit.On.AddDays(3))
	must(t, p.Work(p.ctx))
	if got := p.debits()[0].Status; got != services.DebitCancelled || len(p.paid("P-")) != 0 {
		t.Errorf("status %s", got)
	}
}

// TestPostDebits_Parts pays amounts of every size and looks at what they were counted for.
func TestPostDebits_Parts(t *testing.T) {
	t.Parallel()
	h := newHarness(t, simulated)
	past := h.payer("past_due")
	due := past.agreement()
	each := due.PastDue.Amount.BigInt().Int64() / int64(due.PastDue.Payments)
	for _, c := range []struct {
		cents int64
		left  int // payments past due
	}{{each / 2, due.PastDue.Payments}, {each - each/2, due.PastDue.Payments - 1}} {
		debit, err := past.order(c.cents, 0)
		must(t, err)
		past.untilDay(debit.On)
		must(t, h.Work(h.ctx))
		got := 0
		if a := past.agreement(); a.PastDue != nil {
			got = a.PastDue.Payments
		}
		if got != c.left {
			t.Errorf("%d cents: %d past due, want %d", c.cents, got, c.left)
		}
	}
	sum := int64(0)
	for _, q := range past.paid("P-") {
		sum += q.Amount.BigInt().Int64()
	}
	if sum != each {
		t.Errorf("paid %d of %d", sum, each)
	}
}

func TestPostDebits_LoanBeyondTheNextInstallment(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("biweekly")
	before := p.agreement()
	next, more := before.Next.Total.BigInt().Int64(), int64(50_000)
	debit, err := p.order(next+more, 0)
	must(t, err)
	p.untilDay(debit.On)
	must(t, p.Work(p.ctx))
	paid := p.paid("P-")[0]
	if want := before.Next.Parts[0].Amount.BigInt().Int64() + more; paid.Principal.BigInt().Int64() != want || !paid.Interest.Equal(before.Next.Parts[1].Amount) {
		t.Errorf("paid %+v of next %+v", paid, before.Next)
	}
	was, is := before.Balance.BigInt().Int64(), p.agreement().Balance.BigInt().Int64()
	if was-is != paid.Principal.BigInt().Int64() {
		t.Errorf("balance %d, then %d", was, is)
	}
	small, err := p.order(1234, 0)
	must(t, err)
	p.untilDay(small.On)
	must(t, p.Work(p.ctx))
	if got := p.paid(small.Reference)[0]; got.Principal.BigInt().Int64() != 1234 {
		t.Errorf("a small payment ahead: %+v", got)
	}
}

// What pays a loan off leaves nothing to pay, on whichever day it is.
func TestPostDebits_PaysOff(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"biweekly", "past_due", "european"} {
		p := newHarness(t, simulated).payer(key)
		id := p.agreement().ID
		usual, err := p.DebitTerms(p.ctx, id, services.Date{})
		must(t, err)
		terms, err := p.DebitTerms(p.ctx, id, usual.Last)
		must(t, err)
		_, err = p.MakePayment(p.ctx, services.PaymentOrder{
			AgreementID: id, Amount: terms.Most, On: terms.On, BankAccountID: p.account, IdempotencyKey: "all of it, " + key,
		})
		must(t, err)
		p.untilDay(terms.On)
		must(t, p.Work(p.ctx))
		if a := p.agreement(); !a.Balance.IsZero() || a.Next != nil || a.PastDue != nil {
			t.Errorf("%s: %v are left, past due %+v, next %+v", key, a.Balance, a.PastDue, a.Next)
		}
		terms, err = p.DebitTerms(p.ctx, id, services.Date{})
		must(t, err)
		if !terms.Most.IsZero() {
			t.Errorf("%s: %v can be paid though nothing is owed", key, terms.Most)
		}
	}
}

// Beside an autopay, what pays a loan off on a later day is what is left by then.
func TestPostDebits_PaysOffBesideAutopay(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("european")
	id := p.agreement().ID
	p.setAutopay(0, 0)
	usual, err := p.DebitTerms(p.ctx, id, services.Date{})
	must(t, err)
	terms, err := p.DebitTerms(p.ctx, id, usual.Last)
	must(t, err)
	_, err = p.MakePayment(p.ctx, services.PaymentOrder{
		AgreementID: id, Amount: terms.Most, On: terms.On, BankAccountID: p.account, IdempotencyKey: "all that is left",
	})
	must(t, err)
	p.days(terms.On.DaysSince(civil.DateOf(p.clock.Now())) + 40)
	for due, d := range p.taken() {
		if d.Status != services.DebitPosted || !d.Amount.Equal(usual.Suggested[0].Amount) {
			t.Errorf("due %v: %+v", due, d)
		}
	}
	if a := p.agreement(); !a.Balance.IsZero() || a.Next != nil || len(p.taken()) != 2 {
		t.Errorf("%v are left, next %+v, autopay took %+v", a.Balance, a.Next, p.taken())
	}
}

// bank is who a test's files go to.
func bank() debitfile.Sender {
	return debitfile.Sender{
		Originator: "0012345678", DataCentre: "00310", ShortName: "AUTO FINANCE", LongName: "AUTO FINANCE INC",
		ReturnInstitution: "003", ReturnTransit: "00012", ReturnAccount: "1234567",
	}
}

// export exports what is due on a day, and gives the file; "" when nothing is.
func (h *harness) export(day civil.Date) string {
	h.t.Helper()
	file, _, err := h.ClaimDebitFile(h.ctx, day, bank())
	if errors.Is(err, core.ErrNoDebits) {
		return ""
	}
	must(h.t, err)
	var out bytes.Buffer
	must(h.t, h.WriteDebitFile(h.ctx, file.Number, &out))
	must(h.t, h.NoteDebitFile(h.ctx, file.Number))
	return out.String()
}

// returns has the bank return debits by their references, with a reason.
func (h *harness) returns(reason string, debits ...services.Debit) core.DebitReturns {
	h.t.Helper()
	report, err := h.ReturnDebits(h.ctx, opener([]byte(returnsFile(reason, debits...))))
	must(h.t, err)
	return report
}

// returnsFile makes a file of returns by the positions of the standard.
func returnsFile(reason string, debits ...services.Debit) string {
	var b strings.Builder
	records, total := 0, int64(0)
	record := func(kind, rest string) {
		records++
		fmt.Fprintf(&b, "%s%09d00123456780042%-1440s\r\n", kind, records, rest)
	}
	record("A", "02606200310")
	for _, d := range debits {
		cents := d.Amount.BigInt().Int64()
		total += cents
		record("J", fmt.Sprintf("%s%010d026063000300012%-12s%022d404%-15s%-30s%-30s%-10s%-19s", reason, cents, "0001234567", 0, "", "", "", "", d.Reference))
	}
	record("Z", fmt.Sprintf("%014d%08d", total, len(debits)))
	return b.String()
}

func TestDebits_ToTheBankAndBack(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	p := h.payer("lease")
	must(t, p.payer.(services.Profile).SetLanguage(h.ctx, "fr"))
	debit, err := p.order(12_345, 0)
	must(t, err)
	if got := h.export(debit.On); got != "" {
		t.Fatal("it can still be taken back")
	}
	p.untilDay(debit.On)
	must(t, h.Work(h.ctx))
	if got := p.debits()[0].Status; got != services.DebitScheduled {
		t.Fatalf("nobody asked a bank, but it is %s", got)
	}
	file := h.export(debit.On)
	if strings.Count(file, "\r\n") != 3 || !strings.Contains(file, debit.Reference) || !strings.Contains(file, "0001234567") {
		t.Fatalf("file:\n%s", file)
	}
	if again := h.export(debit.On); again != "" {
		t.Fatal("it was exported twice")
	}
	if got := p.debits()[0]; got.Status != services.DebitSubmitted || got.CancelUntil != (civil.Date{}) {
		t.Errorf("exported: %+v", got)
	}
	wantCode(t, p.CancelPayment(h.ctx, debit.ID), services.CodeGone)
	must(t, h.Work(h.ctx))
	if got := p.debits()[0]; got.Status != services.DebitPosted || len(p.paid("P-")) != 1 {
		t.Errorf("on its day: %+v", got)
	}
	before := p.agreement().PaymentsMade
	if got := h.returns("901", debit); got.Returned != 1 || got.Faults != nil {
		t.Errorf("returns: %+v", got)
	}
	if got := h.returns("905", debit); got.Known != 1 {
		t.Errorf("the same once more: %+v", got)
	}
	got := p.debits()[0]
	if got.Status != services.DebitReturned || got.Reason != "901" || p.paid("P-")[0].Status != services.PaymentReturned || p.agreement().PaymentsMade != before { // it made no whole installment
		t.Errorf("returned: %+v", got)
	}
	m := h.mail(p.email, "payment_returned")
	if !strings.Contains(m.Text, "Fonds insuffisants") || !strings.Contains(m.Text, "123,45") || strings.Contains(m.Text, "0001234567") {
		t.Errorf("the mail says:\n%s", m.Text)
	}
}

func TestReturnDebits_Faults(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	p := h.payer("lease")
	debit, err := p.order(12_345, 0)
	must(t, err)
	other := debit
	other.Amount = inCents(t, 12_346)
	unknown := debit
	unknown.Reference = "P-0000-0000"
	report := h.returns("901", debit, unknown)
	if len(report.Faults) != 2 || report.Faults[0].Reason != services.ReasonUnknown || report.Faults[0].Record != 2 {
		t.Errorf("before it was given to a bank: %+v", report)
	}
	p.untilDay(debit.On)
	h.export(debit.On)
	if report = h.returns("901", other); len(report.Faults) != 1 || report.Faults[0].Reason != services.ReasonMismatch {
		t.Errorf("another amount: %+v", report)
	}
	cut := returnsFile("901", debit)
	_, err = h.ReturnDebits(h.ctx, opener([]byte(cut[:len(cut)-1466])))
	if !errors.Is(err, debitfile.ErrFormat) || p.debits()[0].Status != services.DebitSubmitted {
		t.Errorf("half a file: %v", err)
	}
	if report = h.returns("999", debit); report.Returned != 1 {
		t.Errorf("before its day: %+v", report)
	}
	must(t, h.Work(h.ctx))
	if len(p.paid("P-")) != 0 || !strings.Contains(h.mail(p.email, "payment_returned").Text, "Code 999") {
		t.Error("a payment that came back before its day was posted, or its mail has no reason")
	}
}

// TestExport_Debits: what a person ordered and from where is theirs to have, but for the number.
func TestExport_Debits(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("lease")
	debit, err := p.order(12_345, 0)
	must(t, err)
	files := export(t, p.payer.(services.Profile))
	if !strings.Contains(files["agreements.json"], debit.Reference) || !strings.Contains(files["bank-accounts.json"], `"LastDigits": "567"`) {
		t.Errorf("agreements:\n%s\naccounts:\n%s", files["agreements.json"], files["bank-accounts.json"])
	}
	for name, data := range files {
		if strings.Contains(data, "0001234567") {
			t.Errorf("%s has the number", name)
		}
	}
}

// TestDeleteAccount_Debits: accounts and orders go with the login; what was taken stays with its payment and its file.
func TestDeleteAccount_Debits(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	p := h.payer("lease")
	taken, err := p.order(12_345, 0)
	must(t, err)
	later, err := p.order(20_000, 9)
	must(t, err)
	p.untilDay(taken.On)
	file := h.export(taken.On)
	must(t, p.payer.(services.Profile).DeleteAccount(h.ctx, password))
	must(t, h.Work(h.ctx))
	var again bytes.Buffer
	must(t, h.WriteDebitFile(h.ctx, 1, &again))
	if again.String() != file {
		t.Error("the file has other bytes once the login is gone")
	}
	if got := h.returns("901", taken); got.Returned != 1 || len(h.mails(p.email)) != 1 {
		t.Errorf("returns %+v, mails %v", got, h.kinds(p.email))
	}
	must(t, h.db.View(h.ctx, func(tx core.Tx) error {
		row, err := tx.Debit(taken.ID)
		must(t, err)
		if _, err := tx.Debit(later.ID); row.PersonID != "" || !errors.Is(err, core.ErrNoRow) {
			t.Errorf("left: %+v, %v", row, err)
		}
		if _, err := tx.BankAccount(p.account); !errors.Is(err, core.ErrNoRow) {
			t.Errorf("the account: %v", err)
		}
		return nil
	}))
}

// TestWriteDebitFile_AfterACrash: whatever breaks between the claim and the note, the file keeps its number, its debits
// and its bytes, and they are not posted before it was written.
func TestWriteDebitFile_AfterACrash(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	p := h.payer("lease")
	debit, err := p.order(12_345, 0)
	must(t, err)
	p.untilDay(debit.On)
	before, err := h.DebitsDue(h.ctx, debit.On)
	must(t, err)
	file, begun, err := h.ClaimDebitFile(h.ctx, debit.On, bank())
	must(t, err)
	if after, err := h.DebitsDue(h.ctx, debit.On); !before || after || err != nil {
		t.Errorf("due before the claim: %v, after it: %v, %v", before, after, err)
	}
	if begun || file.Number != 1 || file.Debits != 1 || file.Total != 12_345 {
		t.Errorf("claimed %+v", file)
	}
	broken := errors.New("disk full")
	if err := h.WriteDebitFile(h.ctx, file.Number, failing{broken}); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	must(t, h.Work(h.ctx))
	if len(p.paid("P-")) != 0 {
		t.Error("posted, though no bank was asked")
	}
	other := bank()
	other.Originator = "0099999999"
	again, begun, err := h.ClaimDebitFile(h.ctx, debit.On.AddDays(9), other)
	must(t, err)
	if !begun || again != file {
		t.Errorf("claimed %+v after %+v", again, file)
	}
	var first, second bytes.Buffer
	must(t, h.WriteDebitFile(h.ctx, 1, &first))
	must(t, h.NoteDebitFile(h.ctx, 1))
	must(t, h.NoteDebitFile(h.ctx, 1))
	must(t, h.WriteDebitFile(h.ctx, 1, &second))
	if !bytes.Equal(first.Bytes(), second.Bytes()) || !strings.Contains(first.String(), "0012345678"+"0001") {
		t.Error("the file has other bytes the second time")
	}
	later, err := p.order(1, 0)
	must(t, err)
	p.untilDay(later.On)
	if got := h.export(later.On); !strings.Contains(got, "0012345678"+"0002") {
		t.Errorf("the next file:\n%.30s", got)
	}
	if err := h.WriteDebitFile(h.ctx, 3, io.Discard); !errors.Is(err, core.ErrNoRow) {
		t.Errorf("a file that is not: %v", err)
	}
}

// failing is what cannot be written to.
type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestReconcile(t *testing.T) {
	t.Parallel()
	day := civil.Date{Year: 2026, Month: 3, Day: 10}
	debit := func(id string, cents int64, days int, change ...func(*core.DebitRow)) core.DebitRow {
		d := core.DebitRow{ID: id, Reference: "P-" + id, PaymentID: "P-" + id, Amount: cents, On: day.AddDays(days), Status: services.DebitPosted}
		for _, c := range change {
			c(&d)
		}
		return d
	}
	returned := func(on int) func(*core.DebitRow) {
		return func(d *core.DebitRow) { d.Status, d.ReturnedOn = services.DebitReturned, day.AddDays(on) }
	}
	linked := func(id string) func(*core.DebitRow) { return func(d *core.DebitRow) { d.PaymentID = id } }
	pay := func(id string, cents int64, days int, method, status string) portfolio.Payment {
		return portfolio.Payment{ID: id, Principal: cents, Date: day.AddDays(days), Method: method, Status: status}
	}
	for name, c := range map[string]struct {
		debits []core.DebitRow
		added  []portfolio.Payment
		want   string
	}{
		"same total, five days":   {[]core.DebitRow{debit("a", 100, 0)}, []portfolio.Payment{pay("L", 100, 5, "pad", "posted")}, "a=L"},
		"before the order":        {[]core.DebitRow{debit("a", 100, 0, func(d *core.DebitRow) { d.CreatedAt = day.AddDays(-2).In(time.UTC).Add(20 * time.Hour) })}, []portfolio.Payment{pay("L", 100, -2, "pad", "posted")}, ""},
		"six days":                {[]core.DebitRow{debit("a", 100, 0)}, []portfolio.Payment{pay("L", 100, 6, "pad", "posted")}, ""},
		"other total":             {[]core.DebitRow{debit("a", 100, 0)}, []portfolio.Payment{pay("L", 101, 0, "pad", "posted")}, ""},
		"paid in person":          {[]core.DebitRow{debit("a", 100, 0)}, []portfolio.Payment{pay("L", 100, 0, "branch", "posted")}, ""},
		"only scheduled":          {[]core.DebitRow{debit("a", 100, 0)}, []portfolio.Payment{pay("L", 100, 0, "pad", "scheduled")}, ""},
		"two, each its own":       {[]core.DebitRow{debit("a", 100, 0), debit("b", 100, 2)}, []portfolio.Payment{pay("M", 100, 2, "pad", "posted"), pay("L", 100, 0, "pad", "posted")}, "a=L b=M"},
		"one for two":             {[]core.DebitRow{debit("a", 100, 0), debit("b", 100, 2)}, []portfolio.Payment{pay("L", 100, 2, "pad", "posted")}, "b=L"},
		"has one already":         {[]core.DebitRow{debit("a", 100, 0, linked("K"))}, []portfolio.Payment{pay("L", 100, 0, "pad", "posted")}, ""},
		"known before":            {[]core.DebitRow{debit("a", 100, 0)}, []portfolio.Payment{pay("K", 100, 0, "pad", "posted")}, ""},
		"taken for each other":    {[]core.DebitRow{debit("a", 100, 0, returned(3), linked("K")), debit("b", 100, 1, linked("L"))}, []portfolio.Payment{pay("K", 100, 1, "pad", "posted"), pay("L", 100, 0, "pad", "returned")}, "a=L b=K"},
		"its reference":           {[]core.DebitRow{debit("b", 100, 0), debit("a", 100, 0, linked(""))}, []portfolio.Payment{pay("P-a", 100, 0, "pad", "posted")}, "a=P-a"},
		"one by its reference":    {[]core.DebitRow{debit("a", 100, 0), debit("b", 100, 2)}, []portfolio.Payment{pay("L", 100, 0, "pad", "posted"), pay("P-a", 100, 0, "pad", "posted")}, "b=L"},
		"returned and paid again": {[]core.DebitRow{debit("a", 100, 0, returned(3)), debit("b", 100, 4)}, []portfolio.Payment{pay("M", 100, 4, "pad", "posted"), pay("L", 100, 0, "pad", "returned")}, "a=L b=M"},
		"returned, not known yet": {[]core.DebitRow{debit("a", 100, 0, returned(3))}, []portfolio.Payment{pay("L", 100, 1, "pad", "posted")}, "a=L"},
		"paid after the return":   {[]core.DebitRow{debit("a", 100, 0, returned(3))}, []portfolio.Payment{pay("L", 100, 4, "online", "posted")}, ""},
	} {
		var got []string
		for _, r := range core.Reconcile(c.debits, c.added, func(id string) bool { return id == "K" }) {
			got = append(got, r.Debit.ID+"="+r.Payment)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// inCents is an amount of cents.
func inCents(t rapid.TB, cents int64) services.Money {
	t.Helper()
	m, err := currency.NewAmountFromInt64(cents, "CAD")
	must(t, err)
	return m
}
