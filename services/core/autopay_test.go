package core_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/calendar"
	"myaccount/services/sample"
)

// autopaying is the part of a customer's session that this file's tests use.
type autopaying interface {
	services.Autopays
	services.Documents
}

// order is an autopay that was read in both languages and accepted in French.
func (p *paying) autopayOrder(day int, extra int64) services.AutopayOrder {
	p.t.Helper()
	o := services.AutopayOrder{AgreementID: p.agreement().ID, BankAccountID: p.account, Day: day}
	if extra > 0 {
		o.Extra = inCents(p.t, extra)
	}
	text, err := p.payer.(autopaying).DebitAgreement(p.ctx, o)
	must(p.t, err)
	now := p.clock.Now()
	o.Version, o.Language, o.ShownFR, o.ShownEN = text.Version, "fr", now.Add(-time.Minute), now
	return o
}

// setAutopay sets one.
func (p *paying) setAutopay(day int, extra int64) services.Autopay {
	p.t.Helper()
	a, err := p.payer.(autopaying).SetAutopay(p.ctx, p.autopayOrder(day, extra))
	must(p.t, err)
	return a
}

// autopay reads it.
func (p *paying) autopay() services.Autopay {
	p.t.Helper()
	a, err := p.payer.(autopaying).Autopay(p.ctx, p.agreement().ID)
	must(p.t, err)
	return a
}

// days lets days pass, on each of which the work is done.
func (p *paying) days(n int) {
	p.t.Helper()
	for range n {
		p.clock.Move(24 * time.Hour)
		must(p.t, p.Work(p.ctx))
	}
	p.again()
}

// taken are the debits of autopay that were not cancelled, by their installments' days.
func (p *paying) taken() map[civil.Date]services.Debit {
	p.t.Helper()
	list := map[civil.Date]services.Debit{}
	for _, d := range p.debits() {
		if d.Kind != services.DebitAutopay || d.Status == services.DebitCancelled {
			continue
		}
		if _, twice := list[d.Due]; twice {
			p.t.Errorf("what is due on %v is debited twice", d.Due)
		}
		list[d.Due] = d
	}
	return list
}

// Each installment from the first one on is announced ten days before, debited and posted once, exactly as it was shown.
func TestAutopay_TakesWhatItShows(t *testing.T) {
	t.Parallel()
	for key, day := range map[string]int{"lease": 31, "biweekly": 0} {
		p := newHarness(t, simulated).payer(key)
		before, set := p.agreement(), p.setAutopay(day, 0)
		shown := map[civil.Date]services.Money{}
		for range 100 {
			p.days(1)
			next := p.autopay().Next
			if was, ok := shown[next.Due]; ok && !was.Equal(next.Amount) {
				t.Errorf("%s: %v was shown for %v, now %v", key, was, next.Due, next.Amount)
			}
			shown[next.Due] = next.Amount
		}
		posted := 0
		for due, d := range p.taken() {
			if !d.Amount.Equal(shown[due]) || !calendar.Open(d.On) || d.On.After(calendar.Next(due)) || due.Before(set.Next.Due) {
				t.Errorf("%s: debit %+v, shown %v", key, d, shown[due])
			}
			if d.Status == services.DebitPosted {
				posted++
			}
		}
		after := p.agreement()
		if posted < 3 || after.PaymentsMade != before.PaymentsMade+posted || len(p.paid("P-")) != posted || !after.Balance.IsPositive() {
			t.Errorf("%s: %d posted; the agreement was %+v, is %+v", key, posted, before, after)
		}
	}
}

// An extra goes to the principal, and the parts stay known.
func TestAutopay_Extra(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("biweekly")
	before := p.agreement()
	p.setAutopay(0, 10_000)
	p.days(60)
	paid := p.paid("P-")
	if len(paid) < 3 {
		t.Fatalf("%d payments", len(paid))
	}
	principal := int64(0)
	for _, q := range paid {
		if q.Amount.BigInt().Int64() != before.Next.Total.BigInt().Int64()+10_000 {
			t.Errorf("paid %+v", q)
		}
		principal += q.Principal.BigInt().Int64()
	}
	next := p.autopay().Next
	if len(next.Parts) != 3 || next.Parts[2].Kind != services.PartExtra || next.Parts[2].Amount.BigInt().Int64() != 10_000 {
		t.Errorf("next %+v", next)
	}
	if is := p.agreement().Balance.BigInt().Int64(); before.Balance.BigInt().Int64()-is < principal {
		t.Errorf("the balance was %v, is %d after %d of principal", before.Balance, is, principal)
	}
}

// A payment besides takes the place of the debit; once it is taken back, the debit is there again.
func TestAutopay_PaidBesides(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("lease")
	set := p.setAutopay(0, 0)
	p.days(set.Next.On.DaysSince(civil.DateOf(p.clock.Now())) - 9)
	if d, ok := p.taken()[set.Next.Due]; !ok || d.Status != services.DebitScheduled {
		t.Fatalf("not announced: %+v", p.debits())
	}
	once, err := p.order(set.Next.Amount.BigInt().Int64(), 0)
	must(t, err)
	if p.agreement().Next.Due != set.Next.Due {
		t.Fatalf("the sample has something else due before %v", set.Next.Due)
	}
	if _, still := p.taken()[set.Next.Due]; still || p.autopay().Next.Due == set.Next.Due {
		t.Errorf("it is debited though it is paid: %+v", p.debits())
	}
	must(t, p.CancelPayment(p.ctx, once.ID))
	if d := p.taken()[set.Next.Due]; !d.Amount.Equal(set.Next.Amount) {
		t.Errorf("the payment was taken back: %+v", p.debits())
	}
	_, err = p.order(set.Next.Amount.BigInt().Int64(), 0)
	must(t, err)
	p.days(30)
	if _, still := p.taken()[set.Next.Due]; still {
		t.Error("it is paid twice")
	}
}

// A payment that takes the place of a debit of autopay is no second one, and no less can be paid because of it; past the
// debit's last day both would be taken, and that is asked.
func TestAutopay_SameAsADebit(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("lease")
	set := p.setAutopay(0, 0)
	before, err := p.DebitTerms(p.ctx, set.AgreementID, set.Next.On)
	must(t, err)
	p.untilDay(set.Next.CancelUntil)
	must(t, p.Work(p.ctx))
	announced, err := p.DebitTerms(p.ctx, set.AgreementID, set.Next.On)
	must(t, err)
	if _, ok := p.taken()[set.Next.Due]; !ok || !announced.Most.Equal(before.Most) {
		t.Errorf("%v can be paid before the debit is announced, then %v", before.Most, announced.Most)
	}
	later, err := p.DebitTerms(p.ctx, set.AgreementID, calendar.Next(set.Next.On.AddDays(1)))
	must(t, err)
	if less, err := later.Most.Add(set.Next.Amount); err != nil || !less.Equal(before.Most) {
		t.Errorf("after the debit %v can be paid, before it %v", later.Most, before.Most)
	}
	same := services.PaymentOrder{
		AgreementID: set.AgreementID, Amount: set.Next.Amount, On: set.Next.On, BankAccountID: p.account, IdempotencyKey: "the same",
	}
	once, err := p.MakePayment(p.ctx, same)
	must(t, err)
	if _, still := p.taken()[set.Next.Due]; still {
		t.Errorf("both are taken: %+v", p.debits())
	}
	must(t, p.CancelPayment(p.ctx, once.ID))
	p.days(1)
	same.IdempotencyKey = "once more"
	_, err = p.MakePayment(p.ctx, same)
	wantCode(t, err, services.CodeConflict)
}

// More than an installment, paid besides: that one is not debited, the rest lowers the principal, and the parts stay known.
func TestAutopay_MorePaidBesides(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("biweekly")
	set := p.setAutopay(0, 0)
	once, err := p.order(set.Next.Amount.BigInt().Int64()+50_000, 9)
	must(t, err)
	before := p.autopay().Next
	p.days(once.On.DaysSince(civil.DateOf(p.clock.Now())) + 1)
	after := p.autopay().Next
	if len(after.Parts) == 0 || len(before.Parts) == 0 || after.Amount.CurrencyCode() == "" {
		t.Errorf("before %+v, after %+v", before, after)
	}
	p.days(60)
	if next := p.autopay().Next; len(next.Parts) == 0 {
		t.Errorf("in the end %+v", next)
	}
	for due, d := range p.taken() {
		if d.Status == services.DebitPosted && !p.paid(d.Reference)[0].Amount.Equal(d.Amount) {
			t.Errorf("due %v: %+v", due, d)
		}
	}
	if a := p.agreement(); a.PastDue != nil {
		t.Errorf("past due %+v", a.PastDue)
	}
}

// Past its last day a debit happens, whatever is changed; what comes after it does not.
func TestAutopay_StopPastTheLastDay(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("lease")
	set := p.setAutopay(0, 0)
	p.untilDay(set.Next.CancelUntil)
	must(t, p.Work(p.ctx))
	if until := p.autopay().Next.CancelUntil; until != set.Next.CancelUntil {
		t.Errorf("on the last day it can be cancelled until %v", until)
	}
	p.days(1)
	if until := p.autopay().Next.CancelUntil; !until.IsZero() {
		t.Errorf("after it, until %v", until)
	}
	must(t, p.payer.(autopaying).StopAutopay(p.ctx, set.AgreementID))
	p.days(60)
	list := p.taken()
	if d := list[set.Next.Due]; len(list) != 1 || d.Status != services.DebitPosted {
		t.Errorf("debits %+v", list)
	}
}

// The days of notice and of the cut-off end where the customer lives, not in Greenwich.
func TestAutopay_MidnightOfTheCustomer(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("lease") // in Québec, where the clocks have gone forward by then
	set := p.setAutopay(0, 0)
	must(t, p.Work(p.ctx))
	midnight := set.Next.CancelUntil.AddDays(1).In(time.UTC).Add(4 * time.Hour)
	p.clock.Move(midnight.Add(-time.Minute).Sub(p.clock.Now()))
	must(t, p.Work(p.ctx))
	p.again()
	if p.autopay().Next.CancelUntil != set.Next.CancelUntil {
		t.Error("a minute before midnight it is too late")
	}
	p.clock.Move(2 * time.Minute)
	p.again()
	if !p.autopay().Next.CancelUntil.IsZero() {
		t.Error("a minute after midnight it is not too late")
	}
}

// An agreement that the lender has closed takes nothing more.
func TestAutopay_Closed(t *testing.T) {
	t.Parallel()
	h := newHarness(t, simulated)
	p := h.payer("biweekly")
	set := p.setAutopay(0, 0)
	p.days(set.Next.On.DaysSince(civil.DateOf(h.clock.Now())) - 8)
	if len(p.taken()) == 0 {
		t.Fatal("nothing is announced")
	}
	number := p.agreement().Number
	h.closes(number)
	p.days(30)
	if list := p.taken(); len(list) != 0 {
		t.Errorf("a closed agreement is debited: %+v", list)
	}
	_, err := p.payer.(autopaying).Autopay(p.ctx, set.AgreementID)
	wantCode(t, err, services.CodeNotFound)
}

// closes imports the sample again, with an agreement closed today.
func (h *harness) closes(number string) {
	h.t.Helper()
	data, err := sample.Portfolio(civil.DateOf(start))
	must(h.t, err)
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		if strings.Contains(line, `"`+number+`"`) {
			lines[i] = strings.Replace(line, `"payments":`, `"closed_on":"`+civil.DateOf(h.clock.Now()).String()+`","payments":`, 1)
		}
	}
	h.imports([]byte(strings.Join(lines, "\n")))
}

// What was accepted is a PDF among the documents, in both languages.
func TestAutopay_Document(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("lease")
	set := p.setAutopay(15, 0)
	page, err := p.payer.(autopaying).Documents(p.ctx, services.DocumentQuery{AgreementID: set.AgreementID, Kind: services.DocumentDebit})
	must(t, err)
	if len(page.Items) != 1 || page.Items[0].ID != set.DocumentID || !slices.Equal(page.Items[0].Languages, []string{"fr", "en"}) {
		t.Fatalf("documents %+v", page.Items)
	}
	content, err := p.payer.(autopaying).OpenDocument(p.ctx, set.DocumentID, "fr")
	must(t, err)
	if !strings.HasPrefix(string(content.Data), "%PDF-") || int64(len(content.Data)) != page.Items[0].Size {
		t.Errorf("%d bytes", len(content.Data))
	}
}

// What was accepted is the person's to have. Whoever deletes the login is debited no more.
func TestAutopay_DeletedLogin(t *testing.T) {
	t.Parallel()
	p := newHarness(t, simulated).payer("biweekly")
	set := p.setAutopay(0, 0)
	p.days(set.Next.On.DaysSince(civil.DateOf(p.clock.Now())) - 8)
	files := export(t, p.payer.(services.Profile))
	for _, want := range []string{set.DocumentID, `"version"`, `"shown_fr"`, "Accord de débit préautorisé"} {
		if !strings.Contains(files["autopays.json"], want) {
			t.Errorf("%s is not in what is exported:\n%s", want, files["autopays.json"])
		}
	}
	must(t, p.payer.(services.Profile).DeleteAccount(p.ctx, password))
	p.clock.Move(30 * 24 * time.Hour)
	must(t, p.Work(p.ctx))
	p.wantRows("autopay", 0)
}
