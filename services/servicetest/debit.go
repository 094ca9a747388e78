package servicetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services"
	"myaccount/services/calendar"
)

var debitCases = suite{
	"Debits_MakePayment/Order":           orderIsKept,
	"Debits_MakePayment/Amounts":         orderAmounts,
	"Debits_MakePayment/Days":            orderDays,
	"Debits_MakePayment/BadInput":        orderBadInput,
	"Debits_MakePayment/OnlyOnesOwn":     orderOnlyOnesOwn,
	"Debits_MakePayment/Closed":          orderClosed,
	"Debits_MakePayment/IdempotencyKeys": orderKeys,
	"Debits_MakePayment/Twice":           orderTwice,
	"Debits_MakePayment/OverThePayoff":   orderOverThePayoff,
	"Debits_MakePayment/EightWithOneKey": orderEightAtOnce,
	"Debits_MakePayment/TwoEqualAtOnce":  orderTwoEqualAtOnce,
	"Debits_CancelPayment/UntilCutoff":   cancelUntilCutoff,
	"Debits_CancelPayment/OnlyOnesOwn":   cancelOnlyOnesOwn,
	"Debits_Debits/PagedLatestFirst":     debitsPaged,
	"Debits_Debits/OnlyOnesOwn":          debitsOnlyOnesOwn,
	"Debits_DebitTerms/Bounds":           debitTermsBounds,
	"Debits_DebitTerms/OfADay":           debitTermsOfADay,
	"Debits_DebitTerms/OnlyOnesOwn":      debitTermsOnlyOnesOwn,
}

func (w *world) cad(amount string) services.Money {
	w.Helper()
	m, err := currency.NewAmount(amount, "CAD")
	w.must(err)
	return m
}

// order is one that nothing is wrong with, on the first day that there is.
func (w *world) order(s services.CustomerSession, key, amount string) services.PaymentOrder {
	w.Helper()
	id := w.agreement(s).ID
	terms, err := s.DebitTerms(w.ctx(), id, services.Date{})
	w.must(err)
	accounts, err := s.BankAccounts(w.ctx())
	w.must(err)
	if len(accounts) == 0 {
		accounts = append(accounts, w.account(s, "1234567"))
	}
	return services.PaymentOrder{
		AgreementID: id, Amount: w.cad(amount), On: terms.First, BankAccountID: accounts[0].ID, IdempotencyKey: "key-of-" + key,
	}
}

// pay makes a payment.
func (w *world) pay(s services.CustomerSession, key, amount string) services.Debit {
	w.Helper()
	debit, err := s.MakePayment(w.ctx(), w.order(s, key, amount))
	w.must(err)
	return debit
}

// debits lists those of a session's first agreement.
func (w *world) debits(s services.CustomerSession) []services.Debit {
	w.Helper()
	page, err := s.Debits(w.ctx(), w.agreement(s).ID, services.Page{})
	w.must(err)
	return page.Items
}

func orderIsKept(w *world) {
	s := w.customer(alice, "lease")
	o := w.order(s, "one", "123.45")
	got, err := s.MakePayment(w.ctx(), o)
	w.must(err)
	if len(got.Reference) != len("P-7K3F-92QD") || !strings.HasPrefix(got.Reference, "P-") {
		w.Errorf("confirmation number %q", got.Reference)
	}
	want := services.Debit{
		ID: got.ID, Reference: got.Reference, AgreementID: o.AgreementID, Kind: services.DebitOnce, Amount: o.Amount, On: o.On,
		Due: o.On, LastDigits: "567", Status: services.DebitScheduled, CancelUntil: o.On.AddDays(-1), Simulated: got.Simulated,
		CreatedAt: w.Now().UTC().Truncate(time.Microsecond),
	}
	same(w, "debit", got, want)
	same(w, "debits", w.debits(s), []services.Debit{want})
}

// orderAmounts are amounts that cannot be paid.
func orderAmounts(w *world) {
	s := w.customer(alice, "lease")
	o := w.order(s, "one", "1")
	foreign, err := currency.NewAmount("10.00", "USD")
	w.must(err)
	for reason, amounts := range map[string][]services.Money{
		services.ReasonRequired: {{}},
		services.ReasonFormat:   {w.cad("0"), w.cad("-5"), w.cad("1.005"), w.cad("0.001"), foreign},
		services.ReasonTooMuch:  {w.cad("9999999.99"), w.cad("123456789012345678")},
	} {
		for _, amount := range amounts {
			wrong := o
			wrong.Amount = amount
			_, err := s.MakePayment(w.ctx(), wrong)
			w.refuses(err, "Debits.MakePayment", map[string]string{"amount": reason})
		}
	}
	o.Amount = w.cad("0.010") // what has more decimals than cents, but no other value
	debit, err := s.MakePayment(w.ctx(), o)
	w.must(err)
	same(w, "amount", debit.Amount, w.cad("0.01"))
}

// orderDays are days on which nothing can be paid.
func orderDays(w *world) {
	s := w.customer(alice, "lease")
	o := w.order(s, "one", "100")
	terms, err := s.DebitTerms(w.ctx(), o.AgreementID, services.Date{})
	w.must(err)
	today := civil.DateOf(w.Now())
	sunday := terms.First
	for sunday.In(time.UTC).Weekday() != time.Sunday {
		sunday = sunday.AddDays(1)
	}
	closed := append(slices.Clone(terms.Closed), sunday, sunday.AddDays(-1))
	for reason, days := range map[string][]services.Date{
		services.ReasonPast:   {{}, today.AddDays(-1), today, {Year: 2026, Month: 2, Day: 30}, {Year: 1, Month: 1, Day: 1}},
		services.ReasonLate:   {terms.Last.AddDays(1), terms.Last.AddDays(4000)},
		services.ReasonClosed: closed,
	} {
		for _, day := range days {
			wrong := o
			wrong.On = day
			_, err := s.MakePayment(w.ctx(), wrong)
			w.refuses(err, "Debits.MakePayment", map[string]string{"on": reason})
		}
	}
	o.On = terms.Last
	_, err = s.MakePayment(w.ctx(), o)
	w.must(err)
}

func orderBadInput(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	good := w.order(s, "one", "100")
	foreign := w.account(other, "7654321").ID
	type o = services.PaymentOrder
	for _, test := range []struct {
		change func(*o)
		want   map[string]string
	}{
		{func(q *o) { *q = o{AgreementID: q.AgreementID, IdempotencyKey: q.IdempotencyKey} }, map[string]string{"amount": "required", "on": "past", "bank_account_id": "required"}},
		{func(q *o) { q.BankAccountID = foreign }, map[string]string{"bank_account_id": "unknown"}},
		{func(q *o) { q.BankAccountID = "\x00" }, map[string]string{"bank_account_id": "unknown"}},
		{func(q *o) { q.IdempotencyKey = "" }, map[string]string{"idempotency_key": "required"}},
		{func(q *o) { q.IdempotencyKey = "1234567" }, map[string]string{"idempotency_key": "too_short"}},
	} {
		wrong := good
		test.change(&wrong)
		_, err := s.MakePayment(w.ctx(), wrong)
		w.refuses(err, "Debits.MakePayment", test.want)
	}
	same(w, "debits", len(w.debits(s)), 0)
	_, err := s.MakePayment(w.ctx(), good) // what was refused has not used the key up
	w.must(err)
}

func orderOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	for _, id := range append(slices.Clone(strange), w.agreement(s).ID) {
		o := w.order(other, "one", "100")
		o.AgreementID = id
		_, err := other.MakePayment(w.ctx(), o)
		w.fails(err, "Debits.MakePayment", services.CodeNotFound)
	}
}

func orderClosed(w *world) {
	s := w.customer(alice, "paid_off")
	id := w.agreement(s).ID
	_, err := s.DebitTerms(w.ctx(), id, services.Date{})
	w.fails(err, "Debits.DebitTerms", services.CodeGone)
	_, err = s.MakePayment(w.ctx(), services.PaymentOrder{AgreementID: id, IdempotencyKey: "a key of mine"})
	w.fails(err, "Debits.MakePayment", services.CodeGone)
	same(w, "debits", len(w.debits(s)), 0)
}

func orderKeys(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	o := w.order(s, "one", "100")
	first, err := s.MakePayment(w.ctx(), o)
	w.must(err)
	w.must(s.CancelPayment(w.ctx(), first.ID))
	again, err := s.MakePayment(w.ctx(), o)
	w.must(err)
	first.Status, first.CancelUntil = services.DebitCancelled, services.Date{}
	same(w, "the same once more, as it is by now", again, first)
	o.Amount = w.cad("100.01")
	_, err = s.MakePayment(w.ctx(), o)
	w.refuses(err, "Debits.MakePayment", map[string]string{"idempotency_key": services.ReasonReused})
	same(w, "debits", len(w.debits(s)), 1)
	if w.pay(other, "one", "100").ID == first.ID {
		w.Error("two people share a key")
	}
}

// orderTwice orders the same for the same day.
func orderTwice(w *world) {
	s := w.customer(alice, "lease")
	first := w.pay(s, "one", "100")
	o := w.order(s, "two", "100")
	_, err := s.MakePayment(w.ctx(), o)
	w.fails(err, "Debits.MakePayment", services.CodeConflict)
	other := o
	other.On = calendar.Next(o.On.AddDays(1))
	_, err = s.MakePayment(w.ctx(), other)
	w.must(err)
	o = w.order(s, "three", "100")
	o.Twice = true
	_, err = s.MakePayment(w.ctx(), o)
	w.must(err)
	same(w, "debits", len(w.debits(s)), 3)
	for _, d := range w.debits(s) {
		w.must(s.CancelPayment(w.ctx(), d.ID))
	}
	if w.pay(s, "four", "100").Reference == first.Reference {
		w.Error("a confirmation number came twice")
	}
}

// orderOverThePayoff orders as much as there is to pay, and then one cent.
func orderOverThePayoff(w *world) {
	for key, email := range map[string]string{"lease": alice, "biweekly": bob} {
		s := w.customer(email, key)
		o := w.order(s, "all", "1")
		terms, err := s.DebitTerms(w.ctx(), o.AgreementID, o.On)
		w.must(err)
		if o.Amount, err = terms.Most.Add(w.cad("0.01")); err != nil {
			w.Fatal(err)
		}
		_, err = s.MakePayment(w.ctx(), o)
		w.refuses(err, "Debits.MakePayment", map[string]string{"amount": services.ReasonTooMuch})
		o.Amount = terms.Most
		_, err = s.MakePayment(w.ctx(), o)
		w.must(err)
		_, err = s.MakePayment(w.ctx(), w.order(s, "cent", "0.01"))
		w.refuses(err, "Debits.MakePayment", map[string]string{"amount": services.ReasonTooMuch})
	}
}

func orderEightAtOnce(w *world) {
	s := w.customer(alice, "lease")
	o := w.order(s, "one", "100")
	references := make([]string, 8)
	errs := atOnce(len(references), func(i int) error {
		debit, err := s.MakePayment(w.ctx(), o)
		references[i] = debit.Reference
		return err
	})
	same(w, "answers", count(errs), map[services.Code]int{"": 8})
	same(w, "confirmation numbers", len(slices.Compact(references)), 1)
	same(w, "debits", len(w.debits(s)), 1)
}

// orderTwoEqualAtOnce orders the same with two keys at the same moment: one is asked whether it is meant.
func orderTwoEqualAtOnce(w *world) {
	s := w.customer(alice, "lease")
	o := w.order(s, "one", "100")
	errs := atOnce(2, func(i int) error {
		mine := o
		mine.IdempotencyKey = fmt.Sprint("key-of-mine ", i)
		_, err := s.MakePayment(w.ctx(), mine)
		return err
	})
	same(w, "answers", count(errs), map[services.Code]int{"": 1, services.CodeConflict: 1})
	same(w, "debits", len(w.debits(s)), 1)
}

func cancelUntilCutoff(w *world) {
	s := w.customer(alice, "lease")
	w.must(s.CancelPayment(w.ctx(), w.pay(s, "one", "100").ID))
	cancelled := w.debits(s)[0]
	same(w, "status", cancelled.Status, services.DebitCancelled)
	w.must(s.CancelPayment(w.ctx(), cancelled.ID))
	late := w.pay(s, "two", "100")
	w.Advance(24 * time.Hour * time.Duration(late.CancelUntil.DaysSince(civil.DateOf(w.Now()))))
	s = w.again(alice)
	same(w, "until the end of the day", w.debits(s)[0].CancelUntil, late.CancelUntil)
	w.Advance(24 * time.Hour)
	s = w.again(alice)
	w.fails(s.CancelPayment(w.ctx(), late.ID), "Debits.CancelPayment", services.CodeGone)
	w.must(s.CancelPayment(w.ctx(), cancelled.ID))
	for _, d := range w.debits(s) {
		if !d.CancelUntil.IsZero() {
			w.Errorf("may be taken back: %+v", d)
		}
	}
}

func cancelOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	debit := w.pay(s, "one", "100")
	for _, id := range append(slices.Clone(strange), debit.ID) {
		w.fails(other.CancelPayment(w.ctx(), id), "Debits.CancelPayment", services.CodeNotFound)
	}
	same(w, "status", w.debits(s)[0].Status, services.DebitScheduled)
}

func debitsPaged(w *world) {
	s := w.customer(alice, "lease")
	id := w.agreement(s).ID
	for i := range 5 {
		o := w.order(s, fmt.Sprint(i), "100")
		for range i / 2 {
			o.On = calendar.Next(o.On.AddDays(1))
		}
		o.Twice = true
		_, err := s.MakePayment(w.ctx(), o)
		w.must(err)
	}
	whole := w.debits(s)
	same(w, "debits", len(whole), 5)
	var paged []services.Debit
	for after := ""; ; {
		page, err := s.Debits(w.ctx(), id, services.Page{After: after, Limit: 2})
		w.must(err)
		paged = append(paged, page.Items...)
		if after = page.Next; after == "" {
			break
		}
	}
	same(w, "page by page", paged, whole)
	for i := range whole[1:] {
		if whole[i].On.Before(whole[i+1].On) {
			w.Errorf("%v comes before %v", whole[i].On, whole[i+1].On)
		}
	}
	for _, after := range []string{"nonsense", "\x00", "2026-13-01~x"} {
		_, err := s.Debits(w.ctx(), id, services.Page{After: after})
		w.refuses(err, "Debits.Debits", map[string]string{"after": services.ReasonFormat})
	}
}

func debitsOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	for _, id := range append(slices.Clone(strange), w.agreement(s).ID) {
		_, err := other.Debits(w.ctx(), id, services.Page{})
		w.fails(err, "Debits.Debits", services.CodeNotFound)
	}
}

// debitTermsBounds compares the terms of every kind of customer with their agreements.
func debitTermsBounds(w *world) {
	for _, key := range []string{"lease", "biweekly", "past_due"} {
		s := w.customer(strings.ReplaceAll(key, "_", "")+"@example.ca", key)
		a := w.agreement(s)
		terms, err := s.DebitTerms(w.ctx(), a.ID, services.Date{})
		w.must(err)
		today := civil.DateOf(w.Now())
		if !terms.First.After(today) || terms.Last.Before(terms.First) || terms.Last.DaysSince(today) > 90 || terms.CutoffDays != 1 ||
			!calendar.Open(terms.First) || !calendar.Open(terms.Last) || !terms.Most.IsPositive() {
			w.Errorf("%s: %+v", key, terms)
		}
		proposed := terms.First
		if a.PastDue == nil {
			proposed = calendar.Next(a.Next.Due)
		}
		same(w, key+": proposed", terms.On, proposed)
		suggested := map[services.SuggestedKind]services.Money{}
		for _, amount := range terms.Suggested {
			suggested[amount.Kind] = amount.Amount
		}
		want := map[services.SuggestedKind]services.Money{services.SuggestBalance: terms.Most}
		if a.Next != nil {
			want[services.SuggestNext] = a.Next.Total
		}
		if a.PastDue != nil {
			want[services.SuggestPastDue] = a.PastDue.Amount
		}
		same(w, key+": suggested", suggested, want)
	}
}

// debitTermsOfADay asks for the terms of days: what pays a loan off grows with its interest, to the cent that is taken.
func debitTermsOfADay(w *world) {
	s := w.customer(alice, "biweekly")
	id := w.agreement(s).ID
	terms := func(on services.Date) services.DebitTerms {
		got, err := s.DebitTerms(w.ctx(), id, on)
		w.must(err)
		return got
	}
	usual := terms(services.Date{})
	for _, none := range []services.Date{usual.First.AddDays(-1), usual.Last.AddDays(1), usual.Closed[0], {Year: 2026, Month: 2, Day: 30}} {
		same(w, "of a day on which nothing can be paid", terms(none), usual)
	}
	first, last := terms(usual.First), terms(usual.Last)
	same(w, "days", []services.Date{first.On, last.On}, []services.Date{usual.First, usual.Last})
	if more, err := last.Most.Cmp(first.Most); err != nil || more <= 0 {
		w.Errorf("%v pays it off on %v, %v on %v", first.Most, first.On, last.Most, last.On)
	}
	o := w.order(s, "all", "1")
	o.Amount = last.Most
	_, err := s.MakePayment(w.ctx(), o)
	w.refuses(err, "Debits.MakePayment", map[string]string{"amount": services.ReasonTooMuch})
	o.On = last.On
	_, err = s.MakePayment(w.ctx(), o)
	w.must(err)
	left := terms(services.Date{})
	if left.Most.CurrencyCode() == "" || !left.Most.IsZero() || len(left.Suggested) > 0 {
		w.Errorf("once all of it is ordered: %+v", left)
	}
}

func debitTermsOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	for _, id := range append(slices.Clone(strange), w.agreement(s).ID) {
		_, err := other.DebitTerms(w.ctx(), id, services.Date{})
		w.fails(err, "Debits.DebitTerms", services.CodeNotFound)
	}
}
