package servicetest

import (
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"myaccount/services"
)

var agreementCases = suite{
	"Agreements_Agreements/OfEveryKind":  agreementsOfEveryKind,
	"Agreements_Agreements/ImportedAnew": agreementsImportedAnew,
	"Agreements_Agreement/OnlyOnesOwn":   agreementOnlyOnesOwn,
}

var paymentCases = suite{
	"Payments_Payments/PagedNewestFirst": paymentsPaged,
	"Payments_Payments/OnlyOnesOwn":      paymentsOnlyOnesOwn,
	"Payments_Payments/BadPage":          paymentsBadPage,
}

// standings tells, by the key of a person of the sample, how the agreements have to stand today.
func standings(today civil.Date) map[string]func(a []services.Agreement) bool {
	return map[string]func(a []services.Agreement) bool{
		"lease": func(a []services.Agreement) bool {
			return a[0].Kind == services.Lease && a[0].PaymentsMade == 18 && a[0].PaymentsTotal == 48 && a[0].Distance != nil
		},
		"biweekly": func(a []services.Agreement) bool {
			return a[0].Kind == services.Loan && a[0].Frequency == services.Biweekly && a[0].Balance.IsPositive()
		},
		"two":      func(a []services.Agreement) bool { return len(a) == 2 && a[0].Number < a[1].Number },
		"ending":   func(a []services.Agreement) bool { return a[0].End.DaysSince(today) == 80 },
		"past_due": func(a []services.Agreement) bool { return a[0].PastDue != nil && a[0].PastDue.Amount.IsPositive() },
		"paid_off": func(a []services.Agreement) bool { return a[0].ClosedOn != nil && a[0].Next == nil },
	}
}

// agreementsOfEveryKind is a customer of each kind in the sample.
func agreementsOfEveryKind(w *world) {
	for key, right := range standings(civil.DateOf(w.Now())) {
		list, err := w.customer(strings.ReplaceAll(key, "_", "")+"@example.ca", key).Agreements(w.ctx())
		w.must(err)
		if len(list) == 0 || !right(list) {
			w.Errorf("%s: %+v", key, list)
		}
		for _, a := range list {
			if a.VIN == "" || a.Vehicle.Model == "" || len(a.LastDigits()) != 4 {
				w.Errorf("%s: %+v", key, a)
			}
			w.partsAddUp(a.Next)
		}
	}
}

// partsAddUp checks that the parts of a payment are its total, to the cent.
func (w *world) partsAddUp(next *services.NextPayment) {
	w.Helper()
	if next == nil || len(next.Parts) == 0 {
		return
	}
	sum := next.Parts[0].Amount
	for _, part := range next.Parts[1:] {
		var err error
		sum, err = sum.Add(part.Amount)
		w.must(err)
	}
	if !sum.Equal(next.Total) {
		w.Errorf("the parts %+v are %v", next, sum)
	}
}

// agreementsImportedAnew imports the same file once more.
func agreementsImportedAnew(w *world) {
	s := w.customer(alice, "two")
	before, err := s.Agreements(w.ctx())
	w.must(err)
	w.people = nil
	w.sample()
	after, err := s.Agreements(w.ctx())
	w.must(err)
	same(w, "agreements", after, before)
}

// strange are ids that are nobody's.
var strange = []string{"", "nothing", "\x00", "' OR 1=1 --", strings.Repeat("🙂", 10_000), "00000000-0000-7000-8000-000000000000"}

func agreementOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	own := w.agreement(s)
	got, err := s.Agreement(w.ctx(), own.ID)
	w.must(err)
	same(w, "agreement", got, own)
	for _, id := range append(slices.Clone(strange), own.ID) {
		_, err := other.Agreement(w.ctx(), id)
		w.fails(err, "Agreements.Agreement", services.CodeNotFound)
	}
}

func paymentsPaged(w *world) {
	s := w.customer(alice, "biweekly")
	id := w.agreement(s).ID
	whole, err := s.Payments(w.ctx(), id, services.Page{Limit: 100})
	w.must(err)
	if whole.Next != "" || len(whole.Items) != 31 {
		w.Fatalf("%d payments, next %q", len(whole.Items), whole.Next)
	}
	var paged []services.Payment
	for page := (services.PaymentPage{Next: ""}); ; {
		page, err = s.Payments(w.ctx(), id, services.Page{After: page.Next, Limit: 10})
		w.must(err)
		if paged = append(paged, page.Items...); page.Next == "" {
			break
		}
	}
	same(w, "payments page by page", paged, whole.Items)
	for i, p := range whole.Items {
		if i > 0 && p.Date.After(whole.Items[i-1].Date) {
			w.Errorf("%v comes after %v", p.Date, whole.Items[i-1].Date)
		}
		sum, err := p.Principal.Add(p.Interest)
		w.must(err)
		if sum, err = sum.Add(p.Tax); err != nil || !sum.Equal(p.Amount) || p.Status != services.PaymentPosted {
			w.Errorf("payment %+v, %v", p, err)
		}
	}
	for limit, want := range map[int]int{0: 31, -1: 31, 1: 1, 1000: 31} {
		page, err := s.Payments(w.ctx(), id, services.Page{Limit: limit})
		w.must(err)
		same(w, "payments of a page", len(page.Items), want)
	}
}

func paymentsOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "past_due")
	for _, id := range append(slices.Clone(strange), w.agreement(s).ID) {
		_, err := other.Payments(w.ctx(), id, services.Page{})
		w.fails(err, "Payments.Payments", services.CodeNotFound)
	}
	page, err := other.Payments(w.ctx(), w.agreement(other).ID, services.Page{Limit: 1})
	w.must(err)
	same(w, "the latest payment", page.Items[0].Status, services.PaymentReturned)
}

func paymentsBadPage(w *world) {
	s := w.customer(alice, "lease")
	for _, after := range []string{"nonsense", "\x00", "2026-13-01~x", strings.Repeat("9", 10_000)} {
		_, err := s.Payments(w.ctx(), w.agreement(s).ID, services.Page{After: after})
		w.refuses(err, "Payments.Payments", map[string]string{"after": services.ReasonFormat})
	}
}
