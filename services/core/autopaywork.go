package core

import (
	"context"
	"errors"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
)

const (
	// autopayBatch is how many autopays are looked at between two looks at the list.
	autopayBatch = 100
	// autopayEvery is how often an autopay is looked at while a debit of it is near.
	autopayEvery = 6 * time.Hour
)

// autopayDebits makes the debits of autopays that are due to be announced. Each agreement has a transaction of its own, so
// that one whose figures cannot be worked out keeps none of the others.
func (c *Core) autopayDebits(ctx context.Context) error {
	var failed []error
	for {
		var agreements []string
		err := c.Store.View(ctx, func(tx Tx) (err error) {
			agreements, err = tx.AutopaysToLookAt(autopayBatch)
			return err
		})
		if err != nil || len(agreements) == 0 {
			return errors.Join(append(failed, err)...)
		}
		for _, id := range agreements {
			if err := c.lookAtAutopay(ctx, id); err != nil {
				if ctx.Err() != nil {
					return err
				}
				failed = append(failed, err)
				if err := c.putOffAutopay(ctx, id); err != nil {
					return errors.Join(append(failed, err)...)
				}
			}
		}
	}
}

// lookAtAutopay makes the debits of an agreement's autopay.
func (c *Core) lookAtAutopay(ctx context.Context, agreementID string) error {
	return c.update(ctx, func(tx Tx) error {
		row, err := tx.Autopay(agreementID)
		if err != nil {
			return orNone(err)
		}
		a, err := tx.Agreement(agreementID)
		if errors.Is(err, ErrNoRow) {
			return tx.EndAutopay(row.ID, tx.Now())
		}
		if err != nil {
			return err
		}
		if !a.ClosedOn.IsZero() {
			return endAutopay(tx, a, row)
		}
		return c.makeDebits(tx, a, row)
	})
}

// putOffAutopay has an autopay that failed looked at again later.
func (c *Core) putOffAutopay(ctx context.Context, agreementID string) error {
	return c.Store.Update(ctx, func(tx Tx) error {
		row, err := tx.Autopay(agreementID)
		if err != nil {
			return orNone(err)
		}
		return tx.LookAtAutopay(row.ID, tx.Now().Add(autopayEvery))
	})
}

// orNone takes a row that is not there any more for nothing to be done.
func orNone(err error) error {
	if errors.Is(err, ErrNoRow) {
		return nil
	}
	return err
}

// settleAutopay brings the debits of an agreement's autopay, if it has one, in line with what was ordered besides.
func (c *Core) settleAutopay(tx Tx, a AgreementRow) error {
	row, err := tx.Autopay(a.ID)
	if err != nil {
		return orNone(err)
	}
	return c.makeDebits(tx, a, row)
}

// makeDebits makes the debits of an autopay that are within the days of notice, and takes back those that are no longer
// as they should be. What is past its last day to cancel stays.
func (c *Core) makeDebits(tx Tx, a AgreementRow, row AutopayRow) error {
	p, err := planOf(tx, a, row.Accepted)
	if err != nil {
		return err
	}
	change, err := p.change(c.Brand.Rules.DebitNoticeDays, row.AccountID)
	if err != nil {
		return err
	}
	for _, d := range change.cancel {
		if err := cancelDebit(tx, d); err != nil {
			return err
		}
	}
	for _, d := range change.add {
		if err := c.makeDebit(tx, a, row, d); err != nil {
			return err
		}
	}
	look := tx.Now().Add(autopayEvery)
	if near := change.look.In(time.UTC); near.After(look) {
		look = near
	}
	return tx.LookAtAutopay(row.ID, look)
}

// autopayChange is what has to happen to the debits of an autopay.
type autopayChange struct {
	cancel []DebitRow
	add    []autopayDue
	look   civil.Date // when the next one has to be made; the zero Date when one is near, or none is left
}

// change compares the debits that there are with those that there should be within the days of notice. A debit is no
// longer as it should be when the customer has paid its installment, or its figures, its day or the account are others.
func (p *autopayPlan) change(notice int, accountID string) (change autopayChange, err error) {
	made := p.debitsMade()
	p.forget(p.stand.today)
	dues, err := p.dues()
	if err != nil {
		return change, err
	}
	for i, d := range dues {
		if d.on.After(p.stand.today.AddDays(notice)) {
			if i == 0 {
				change.look = d.on.AddDays(-notice)
			}
			break
		}
		if d.sure && d.total() > 0 {
			change.add = append(change.add, d)
		}
	}
	for _, d := range made {
		if _, stays := p.taken[d.Installment]; stays {
			continue
		}
		same := func(w autopayDue) bool { return w.is(d) && d.AccountID == accountID }
		if i := slices.IndexFunc(change.add, same); i >= 0 {
			change.add = slices.Delete(change.add, i, i+1)
			continue
		}
		change.cancel = append(change.cancel, d)
	}
	return change, nil
}

// is tells whether a debit that was made is as it should be.
func (d autopayDue) is(made DebitRow) bool {
	return made.Installment == d.number && made.On == d.on && made.Amount == d.total() && made.Interest == d.interest && made.Tax == d.tax
}

// makeDebit makes one.
func (c *Core) makeDebit(tx Tx, a AgreementRow, row AutopayRow, d autopayDue) error {
	account, err := tx.BankAccount(row.AccountID)
	if err != nil {
		return err
	}
	_, err = c.newDebit(tx, DebitRow{
		PersonID: row.PersonID, AgreementID: a.ID, AccountID: account.ID, Kind: services.DebitAutopay,
		Installment: d.number, Amount: d.total(), Principal: d.principal(), Interest: d.interest, Tax: d.tax,
		Currency: a.Currency, On: d.on, Due: d.due, CancelUntil: d.on.AddDays(-c.Brand.Rules.AutopayCutoffDays),
		Source: sourceOf(account, a),
	})
	return err
}
