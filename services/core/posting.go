package core

import (
	"context"
	"errors"
	"math"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/finance"
	"myaccount/services/portfolio"
)

// PostingTx is the part of a transaction that writes the payments that debits become.
type PostingTx interface {
	// PaymentsBetween reads an agreement's posted and returned payments from one day to another, in no order.
	PaymentsBetween(agreementID string, from, to civil.Date) ([]portfolio.Payment, error)
	// AddPayment writes a new one.
	AddPayment(agreementID string, p portfolio.Payment) error
	// SetPaymentStatus writes what became of one, if it is there.
	SetPaymentStatus(agreementID, id, status string) error
}

// postBatch is how many debits are listed at a time. Each is posted in a transaction of its own, so that one that fails
// keeps none of the others.
const postBatch = 200

// PostDebits posts the debits whose day has come: those that were given to the bank or, where no bank is asked, those
// that were ordered. It may run at any time, also twice at once.
func (c *Core) PostDebits(ctx context.Context) error {
	var failed []error
	after := PaymentKey{}
	for {
		var rows []DebitRow
		err := c.Store.View(ctx, func(tx Tx) (err error) {
			rows, err = tx.DueDebits(c.toPost(), today(tx.Now(), ""), after, postBatch)
			return err
		})
		if err != nil || len(rows) == 0 {
			return errors.Join(append(failed, err)...)
		}
		for _, row := range rows {
			err := c.update(ctx, func(tx Tx) error { return c.postDebit(tx, row.ID) })
			if ctx.Err() != nil {
				return ctx.Err()
			}
			failed = append(failed, err)
			after = PaymentKey{row.On, row.ID}
		}
	}
}

// toPost is the status of the debits that are posted on their day.
func (c *Core) toPost() services.DebitStatus {
	if c.Simulated {
		return services.DebitScheduled
	}
	return services.DebitSubmitted
}

// postDebit makes the payment of a debit, unless somebody has done so already.
func (c *Core) postDebit(tx Tx, id string) error {
	row, err := tx.Debit(id)
	if err != nil || row.Status != c.toPost() {
		return err
	}
	a, err := tx.Agreement(row.AgreementID)
	if err != nil {
		return err
	}
	if row.PaymentID, err = standsFor(tx, row); err != nil {
		return err
	}
	if row.PaymentID == "" {
		p, err := paymentOf(tx, a, row)
		if err != nil {
			return err
		}
		if err := tx.AddPayment(a.ID, p); err != nil {
			return err
		}
		row.PaymentID = p.ID
	}
	row.Status = services.DebitPosted
	if err := setDebit(tx, row); err != nil {
		return err
	}
	return c.writeOfDebit(tx, row)
}

// standsFor finds the payment that the lender's file has for a debit already; "" for none.
func standsFor(tx Tx, row DebitRow) (paymentID string, err error) {
	rows, err := tx.PaymentsBetween(row.AgreementID, row.On.AddDays(-sameWithin), row.On.AddDays(sameWithin))
	if err != nil {
		return "", err
	}
	debits, err := tx.Debits(row.AgreementID, PaymentKey{}, math.MaxInt32)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, d := range debits {
		if d.ID != row.ID {
			taken[d.PaymentID], taken[d.Reference] = true, true
		}
	}
	var found *portfolio.Payment
	for _, p := range rows {
		if p.ID == row.Reference {
			return p.ID, nil
		}
		if !taken[p.ID] && isOf(p, row) && (found == nil || nearer(p, *found, row.On)) {
			found = &p
		}
	}
	if found == nil {
		return "", nil
	}
	return found.ID, nil
}

// paymentOf is the payment that a debit becomes.
func paymentOf(tx Tx, a AgreementRow, row DebitRow) (portfolio.Payment, error) {
	p := portfolio.Payment{
		ID: row.Reference, Date: row.On, Method: "online", Status: portfolio.Posted,
		Principal: row.Principal, Interest: row.Interest, Tax: row.Tax,
	}
	if row.Kind == services.DebitAutopay {
		p.Method = "pad"
	}
	if row.Principal+row.Interest+row.Tax == row.Amount {
		return p, nil
	}
	s, err := stand(tx, a)
	if err != nil {
		return p, err
	}
	if whole, err := s.paysOff(tx, row); err != nil || whole {
		p.Principal, p.Interest = s.owed(), row.Amount-s.owed()
		return p, err
	}
	open, err := tx.OpenDebits(a.ID)
	if err != nil {
		return p, err
	}
	if r := s.replay; r != nil && r.daily && s.row.Tax == 0 {
		p.Interest, err = r.interestOn(row.On)
		p.Interest = min(p.Interest, row.Amount)
		p.Principal = row.Amount - p.Interest
		return p, err
	}
	parts, err := s.split(row.Amount, open)
	p.Principal, p.Interest, p.Tax = parts.principal, parts.interest, parts.tax
	return p, err
}

// paysOff tells whether a debit is all that a loan comes to on its day. Then nothing may be left to pay, so the interest is
// that of the days that have passed and not, as in split, of the whole period.
func (s *standing) paysOff(tx Tx, row DebitRow) (bool, error) {
	if s.row.Kind != finance.KindLoan {
		return false, nil
	}
	all, err := s.loanPayable(tx, row.On, nil)
	return all >= 0 && row.Amount >= all, err
}

// parts are what a payment is for, in cents.
type parts struct{ principal, interest, tax int64 }

func (p parts) sum() int64 { return p.principal + p.interest + p.tax }

// take moves as much as there is from an amount to parts that are owed: interest first, then tax, then principal.
func (p *parts) take(left *int64, owed parts) {
	for _, part := range []struct {
		to   *int64
		owed int64
	}{{&p.interest, owed.interest}, {&p.tax, owed.tax}, {&p.principal, owed.principal}} {
		n := min(*left, part.owed)
		*part.to += n
		*left -= n
	}
}

// split says what an amount pays: first the installments that are past due; then, of a lease, those to come in advance;
// of a loan the next one when all of it is paid and no autopay is about to take it, and the rest is principal.
func (s *standing) split(cents int64, open []DebitRow) (parts, error) {
	var paid parts
	made, over := s.covered()
	for n := made; n < s.count() && cents > 0; n++ {
		base, tax, _, err := s.installment(n)
		if err != nil {
			return paid, err
		}
		if s.row.Kind == finance.KindLoan && n >= s.due && (cents < base+tax || n > max(made, s.due) || taken(open, n+1)) {
			break
		}
		owed := parts{principal: base - s.interestOf(n, base), interest: s.interestOf(n, base), tax: tax}
		var before parts // what was paid of it already
		before.take(&over, owed)
		owed.principal -= before.principal
		owed.interest -= before.interest
		owed.tax -= before.tax
		paid.take(&cents, owed)
	}
	paid.principal += cents
	if owed := s.owed(); s.row.Kind == finance.KindLoan && paid.principal > owed {
		paid.interest += paid.principal - owed
		paid.principal = owed
	}
	return paid, nil
}

// interestOf is the interest in the installment with an index, by the plan or else as agreed; 0 where it is not known.
func (s *standing) interestOf(n int, base int64) int64 {
	list := s.plan
	if list == nil {
		list = s.schedule
	}
	if n >= len(list) {
		return 0
	}
	return min(cents(list[n].Interest), base)
}

// taken tells whether a debit of an autopay is about to take an installment.
func taken(open []DebitRow, installment int) bool {
	for _, d := range open {
		if d.Kind == services.DebitAutopay && d.Installment == installment {
			return true
		}
	}
	return false
}
