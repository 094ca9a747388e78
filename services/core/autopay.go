package core

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/finance"
)

// AutopayTx is the part of a transaction that keeps autopays.
type AutopayTx interface {
	// AddAutopay writes one that begins. Fails with ErrDuplicate when the agreement has one.
	AddAutopay(row AutopayRow) error
	// Autopay reads the one of an agreement that is in force, or gives ErrNoRow.
	Autopay(agreementID string) (AutopayRow, error)
	// Autopays lists all of a person, those that have ended among them, the latest first.
	Autopays(personID string) ([]AutopayRow, error)
	// EndAutopay writes when one ended.
	EndAutopay(id string, at time.Time) error
	// LookAtAutopay writes when one that is in force is to be looked at again.
	LookAtAutopay(id string, at time.Time) error
	// AutopaysToLookAt lists the agreements of at most limit that are to be looked at, those waiting longest first.
	AutopaysToLookAt(limit int) ([]string, error)
	// AccountHasAutopay tells whether one that is in force takes from an account.
	AccountHasAutopay(accountID string) (bool, error)
}

// AutopayRow is an autopay as it is kept.
type AutopayRow struct {
	ID          string
	AgreementID string
	PersonID    string
	AccountID   string
	DocumentID  string // of the debit agreement
	Since       time.Time
	EndedAt     time.Time // zero while it is in force
	LookAt      time.Time // when debits may be due to be made
	Accepted    AutopayAcceptance
}

// AutopayAcceptance is what was authorized, and how.
type AutopayAcceptance struct {
	Day      int               `json:"day"`
	Extra    int64             `json:"extra"` // cents
	First    civil.Date        `json:"first"` // the first day on which anything is debited
	Version  string            `json:"version"`
	Language string            `json:"language"`
	ShownFR  time.Time         `json:"shown_fr,omitzero"`
	ShownEN  time.Time         `json:"shown_en,omitzero"`
	Text     map[string]string `json:"text"` // as it was accepted, language to Markdown
}

// Autopay gives that of an agreement; see services.Autopays.
func (s *customerSession) Autopay(ctx context.Context, agreementID string) (services.Autopay, error) {
	var autopay services.Autopay
	err := s.view(ctx, ready, func(tx Tx, session SessionRow) error {
		a, err := findAgreement(tx, session.CustomerID, agreementID)
		if err != nil {
			return err
		}
		row, err := ownAutopay(tx, session.PersonID, a)
		if err != nil {
			return err
		}
		autopay, err = s.core.autopay(tx, a, row)
		return err
	})
	return autopay, err
}

// ownAutopay reads a person's autopay of an agreement. Fails with CodeNotFound, also when the agreement is closed: then
// nothing is taken any more.
func ownAutopay(tx Tx, personID string, a AgreementRow) (AutopayRow, error) {
	row, err := tx.Autopay(a.ID)
	if err != nil {
		return AutopayRow{}, gone(err, services.CodeNotFound)
	}
	if row.PersonID != personID || !a.ClosedOn.IsZero() {
		return AutopayRow{}, services.Fail(services.CodeNotFound)
	}
	return row, nil
}

// autopay is what the customer sees of an autopay.
func (c *Core) autopay(tx Tx, a AgreementRow, row AutopayRow) (services.Autopay, error) {
	account, err := tx.BankAccount(row.AccountID)
	if err != nil {
		return services.Autopay{}, err
	}
	shown, err := account.masked(tx)
	if err != nil {
		return services.Autopay{}, err
	}
	extra, err := money(a.Currency, row.Accepted.Extra)
	if err != nil {
		return services.Autopay{}, err
	}
	p, err := planOf(tx, a, row.Accepted)
	if err != nil {
		return services.Autopay{}, err
	}
	next, err := c.nextDebit(p)
	return services.Autopay{
		AgreementID: a.ID, Account: shown, Day: row.Accepted.Day, Extra: extra, Since: today(row.Since, a.Province),
		Next: next, DocumentID: row.DocumentID,
	}, err
}

// planOf makes the plan of an autopay from what is kept of its agreement.
func planOf(tx Tx, a AgreementRow, accepted AutopayAcceptance) (*autopayPlan, error) {
	s, err := stand(tx, a)
	if err != nil {
		return nil, err
	}
	debits, err := tx.Debits(a.ID, PaymentKey{}, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	p := newAutopayPlan(s, debits)
	p.day, p.extra, p.first = accepted.Day, accepted.Extra, accepted.First
	announced, err := tx.NextScheduled(a.ID, s.today)
	switch {
	case err == nil:
		p.scheduled = append(p.scheduled, announced)
	case !errors.Is(err, ErrNoRow):
		return nil, err
	}
	return p, nil
}

// nextDebit is what is taken next: by a debit that was made already, else by the plan; nil when nothing more is.
func (c *Core) nextDebit(p *autopayPlan) (*services.NextDebit, error) {
	made := slices.DeleteFunc(p.debitsMade(), func(d DebitRow) bool { return !isOpen(d) })
	if len(made) > 0 {
		return p.nextMade(slices.MinFunc(made, func(a, b DebitRow) int { return a.On.Compare(b.On) }))
	}
	dues, err := p.dues()
	if err != nil || len(dues) == 0 {
		return nil, err
	}
	next, err := c.planned(p, dues[0])
	return &next, err
}

// planned shows a debit that is to be made.
func (c *Core) planned(p *autopayPlan, d autopayDue) (next services.NextDebit, err error) {
	next = services.NextDebit{On: d.on, Due: d.due, Last: d.last}
	if until := d.on.AddDays(-c.Brand.Rules.AutopayCutoffDays); !until.Before(p.stand.today) {
		next.CancelUntil = until
	}
	if !d.sure {
		return next, nil
	}
	if next.Amount, err = money(p.stand.row.Currency, d.total()); err != nil {
		return next, err
	}
	if d.parted {
		next.Parts, err = p.stand.debitParts(d.base-d.interest, d.interest, d.tax, d.extra)
	}
	return next, err
}

// debitsMade are the debits of autopays.
func (p *autopayPlan) debitsMade() (list []DebitRow) {
	for _, d := range p.taken {
		list = append(list, d)
	}
	return list
}

// nextMade shows a debit that was made.
func (p *autopayPlan) nextMade(d DebitRow) (*services.NextDebit, error) {
	amount, err := money(d.Currency, d.Amount)
	if err != nil {
		return nil, err
	}
	s := p.stand
	next := &services.NextDebit{On: d.On, Due: d.Due, Amount: amount, Last: d.Installment == s.count()}
	if d.cancellable(s.today) {
		next.CancelUntil = d.CancelUntil
	}
	if s.row.Kind == finance.KindLoan && d.Principal >= s.row.Financed-s.totals.Principal {
		next.Last = true
	}
	if d.Principal+d.Interest+d.Tax != d.Amount {
		return next, nil
	}
	extra := int64(0)
	if s.row.Kind == finance.KindLoan && !next.Last {
		extra = max(0, d.Principal+d.Interest-s.row.Base)
	}
	next.Parts, err = s.debitParts(d.Principal-extra, d.Interest, d.Tax, extra)
	return next, err
}

// debitParts are the lines of a debit.
func (s *standing) debitParts(principal, interest, tax, extra int64) ([]services.PaymentPart, error) {
	payment, err := s.payment(civil.Date{}, principal, interest, tax, true)
	switch {
	case err != nil:
		return nil, err
	case extra == 0:
		return payment.Parts, nil
	}
	amount, err := money(s.row.Currency, extra)
	return append(payment.Parts, services.PaymentPart{Kind: services.PartExtra, Amount: amount}), err
}

// StopAutopay ends an autopay; see services.Autopays.
func (s *customerSession) StopAutopay(ctx context.Context, agreementID string) error {
	return s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		a, err := findAgreement(tx, session.CustomerID, agreementID)
		if err != nil {
			return err
		}
		row, err := ownAutopay(tx, session.PersonID, a)
		if services.CodeOf(err) == services.CodeNotFound {
			return nil
		}
		if err != nil {
			return err
		}
		return endAutopay(tx, a, row)
	})
}

// endAutopay ends an autopay and takes back its debits, those past their last day to cancel excepted.
func endAutopay(tx Tx, a AgreementRow, row AutopayRow) error {
	if err := tx.EndAutopay(row.ID, tx.Now()); err != nil {
		return err
	}
	open, err := tx.OpenDebits(a.ID)
	if err != nil {
		return err
	}
	for _, d := range open {
		if d.Kind == services.DebitAutopay && d.cancellable(today(tx.Now(), a.Province)) {
			if err := cancelDebit(tx, d); err != nil {
				return err
			}
		}
	}
	return announce(tx, row.PersonID, services.EventPayment, a.ID)
}

// exportedAutopay is an autopay as a person gets it: what was authorized, how, and until when.
type exportedAutopay struct {
	AgreementID   string
	BankAccountID string
	DocumentID    string
	Since         time.Time
	EndedAt       time.Time `json:",omitzero"`
	Accepted      AutopayAcceptance
}

// exportedAutopays are all of a person, those that have ended among them.
func exportedAutopays(tx Tx, personID string) ([]exportedAutopay, error) {
	rows, err := tx.Autopays(personID)
	list := make([]exportedAutopay, len(rows))
	for i, r := range rows {
		list[i] = exportedAutopay{r.AgreementID, r.AccountID, r.DocumentID, r.Since, r.EndedAt, r.Accepted}
	}
	return list, err
}
