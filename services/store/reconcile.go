package store

import (
	"slices"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/portfolio"
)

// The statements by which an import takes debits into account, each prepared once a transaction.
const (
	anyDebits    = `SELECT count(*) FROM (SELECT 1 FROM debit LIMIT 1) AS any_debit`
	takenPlace   = `UPDATE debit SET payment_id = $2 WHERE id = $1`
	dropOwn      = `DELETE FROM payment WHERE agreement = $1 AND id = $2`
	stayReturned = `UPDATE payment SET status = 'returned' WHERE agreement = $1 AND status = 'posted' AND id IN
		(SELECT payment_id FROM debit WHERE agreement_id = $2 AND status = 'returned')`
)

// hasDebits tells whether there is any debit at all: most imports come before the first.
func (t *tx) hasDebits() (bool, error) {
	if t.debitsKnown {
		return t.debitsThere, nil
	}
	var n int
	if err := t.one(func(row scanner) error { return row.Scan(&n) }, anyDebits); err != nil {
		return false, err
	}
	t.debitsKnown, t.debitsThere = true, n > 0
	return t.debitsThere, nil
}

// reconciling is an agreement whose payments an import writes while there are debits of it.
type reconciling struct {
	id     string
	key    int64
	debits []core.DebitRow
	before map[string]bool // ids of the payments there were
}

// beginReconciling reads what there is before an import writes; nil when there is nothing to take into account.
func (t *tx) beginReconciling(id string, key int64) (*reconciling, error) {
	some, err := t.hasDebits()
	if err != nil || !some {
		return nil, err
	}
	debits, err := t.debits(`agreement_id = $1 AND status <> 'cancelled'`, id)
	if err != nil || len(debits) == 0 {
		return nil, err
	}
	r := &reconciling{id: id, key: key, debits: debits, before: map[string]bool{}}
	return r, t.each(func(row scanner) error {
		var payment string
		err := row.Scan(&payment)
		r.before[payment] = true
		return err
	}, `SELECT id FROM payment WHERE agreement = $1`, key)
}

// endReconciling gives the place of debits to the payments of the lender that stand for them, keeps returned what the bank
// returned, and takes back what was ordered on an agreement that is closed by now.
func (t *tx) endReconciling(r *reconciling, closedOn civil.Date, payments []portfolio.Payment) error {
	if r == nil {
		return nil
	}
	var settled []core.DebitRow
	for _, d := range r.debits {
		switch {
		case d.Status == services.DebitPosted || d.Status == services.DebitReturned:
			settled = append(settled, d)
		case d.Status == services.DebitScheduled && !closedOn.IsZero():
			if err := t.dropOrder(d); err != nil {
				return err
			}
		}
	}
	known := func(id string) bool { return r.before[id] || r.underWay(id) }
	for _, match := range core.Reconcile(settled, payments, known) {
		if err := t.execPrepared(takenPlace, match.Debit.ID, match.Payment); err != nil {
			return err
		}
		if match.Payment == match.Debit.Reference {
			continue
		}
		if err := t.execPrepared(dropOwn, r.key, match.Debit.Reference); err != nil {
			return err
		}
	}
	return t.execPrepared(stayReturned, r.key, r.id)
}

// underWay tells whether a payment's id is the reference of a debit that was not posted yet: it is that one's, and of no
// other debit that looks alike.
func (r *reconciling) underWay(id string) bool {
	return slices.ContainsFunc(r.debits, func(d core.DebitRow) bool {
		return d.Reference == id && d.Status != services.DebitPosted && d.Status != services.DebitReturned
	})
}

// dropOrder takes back a debit that was ordered on an agreement that is closed by now, and tells who ordered it.
func (t *tx) dropOrder(d core.DebitRow) error {
	d.Status = services.DebitCancelled
	if err := t.SetDebit(d); err != nil || d.PersonID == "" {
		return err
	}
	_, err := t.AddEvent(d.PersonID, core.EventRow{Kind: services.EventPayment, ID: d.AgreementID, At: t.now})
	return err
}
