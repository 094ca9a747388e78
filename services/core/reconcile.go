package core

import (
	"cmp"
	"slices"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/portfolio"
)

// sameWithin is how many days may lie between a debit and the lender's payment that stands for it.
const sameWithin = 5

// inPerson are the ways to pay that are no debit.
var inPerson = []string{"branch", "card", "cheque"}

// isOf tells whether a payment of the lender may be what a debit became: the same total, within some days, later than the
// order, and nothing that was paid otherwise. A payment that counts is not one that the bank had returned before.
func isOf(p portfolio.Payment, d DebitRow) bool {
	if !p.Date.After(today(d.CreatedAt, "")) || p.Principal+p.Interest+p.Tax != d.Amount || distance(p.Date, d.On) > sameWithin || slices.Contains(inPerson, p.Method) {
		return false
	}
	return p.Status == portfolio.Returned || d.Status != services.DebitReturned || !p.Date.After(d.ReturnedOn)
}

// nearer tells whether one payment is nearer to a day than another; the one with the smaller id when both are alike.
func nearer(p, other portfolio.Payment, day civil.Date) bool {
	return cmp.Or(cmp.Compare(distance(p.Date, day), distance(other.Date, day)), cmp.Compare(p.ID, other.ID)) < 0
}

func distance(a, b civil.Date) int {
	days := a.DaysSince(b)
	return max(days, -days)
}

// Reconciled is a debit that a payment of the lender stands for from now on.
type Reconciled struct {
	Debit   DebitRow
	Payment string // id
}

// Reconcile finds the payments of the lender's file that stand for debits of the agreement, so that no money counts twice.
// The debits are those that were posted or returned; known tells which payments were on file before.
func Reconcile(debits []DebitRow, file []portfolio.Payment, known func(id string) bool) (list []Reconciled) {
	debits = slices.Clone(debits)
	list = swap(debits, file)
	booked, own := map[string]bool{}, map[string]bool{} // ids of the file; those that are a debit's reference, and no other's
	for _, p := range file {
		booked[p.ID] = p.Status != portfolio.Scheduled
	}
	var free []DebitRow
	given := map[string]bool{} // ids of payments that stood for a debit alike, which turns out to have one of its own
	for _, d := range debits {
		own[d.Reference] = true
		switch {
		case booked[d.Reference] && d.PaymentID != d.Reference:
			list = append(list, Reconciled{d, d.Reference})
			given[d.PaymentID] = true
		case d.PaymentID == "", d.PaymentID == d.Reference && !booked[d.Reference]:
			free = append(free, d)
		}
	}
	added := slices.DeleteFunc(slices.Clone(file), func(p portfolio.Payment) bool {
		return p.Status == portfolio.Scheduled || own[p.ID] || known(p.ID) && !given[p.ID]
	})
	slices.SortFunc(added, func(a, b portfolio.Payment) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.ID, b.ID))
	})
	for _, p := range added {
		if i := best(free, p); i >= 0 {
			list = append(list, Reconciled{free[i], p.ID})
			free = slices.Delete(free, i, i+1)
		}
	}
	return list
}

// swap exchanges the payments of two debits alike where the lender says that the other one was returned: which of two
// stands for which cannot be told before.
func swap(debits []DebitRow, file []portfolio.Payment) (list []Reconciled) {
	at := map[string]portfolio.Payment{}
	for _, p := range file {
		at[p.ID] = p
	}
	wrong := func(d DebitRow, status string) bool {
		p, there := at[d.PaymentID]
		return there && p.Status == status && (d.Status == services.DebitReturned) != (status == portfolio.Returned)
	}
	for i := range debits {
		for j := range debits {
			d, other := &debits[i], &debits[j]
			if wrong(*d, portfolio.Posted) && wrong(*other, portfolio.Returned) && isOf(at[other.PaymentID], *d) && isOf(at[d.PaymentID], *other) {
				d.PaymentID, other.PaymentID = other.PaymentID, d.PaymentID
				list = append(list, Reconciled{*d, d.PaymentID}, Reconciled{*other, other.PaymentID})
			}
		}
	}
	return list
}

// best is the index of the debit that a payment stands for most likely: one with the same fate, then the nearest; -1 for
// none.
func best(free []DebitRow, p portfolio.Payment) int {
	found := -1
	for i, d := range free {
		if isOf(p, d) && (found < 0 || likelier(p, d, free[found])) {
			found = i
		}
	}
	return found
}

func likelier(p portfolio.Payment, d, other DebitRow) bool {
	fate := func(d DebitRow) int {
		if (d.Status == services.DebitReturned) == (p.Status == portfolio.Returned) {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(fate(d), fate(other)),
		cmp.Compare(distance(p.Date, d.On), distance(p.Date, other.On)),
		cmp.Compare(d.ID, other.ID),
	) < 0
}
