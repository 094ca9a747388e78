package core

import (
	"context"
	"errors"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/finance"
)

// DebitTx is the part of a transaction that keeps debits. That an installment has one debit of an autopay at most, but
// cancelled ones, is seen to by the database.
type DebitTx interface {
	// AddDebit writes a new one. Fails with ErrDuplicate when its installment has one.
	AddDebit(row DebitRow) error
	// SetDebit writes what may change: Status, Reason, File, PaymentID, ReturnedOn.
	SetDebit(row DebitRow) error
	// Debit reads one, or gives ErrNoRow.
	Debit(id string) (DebitRow, error)
	// DebitByReference finds one by its confirmation number, or gives ErrNoRow.
	DebitByReference(reference string) (DebitRow, error)
	// Debits lists an agreement's, the latest day first, at most limit, those after a position of an earlier answer; the
	// zero PaymentKey is before the latest.
	Debits(agreementID string, after PaymentKey, limit int) ([]DebitRow, error)
	// OpenDebits lists those of an agreement that are scheduled or submitted, in no order.
	OpenDebits(agreementID string) ([]DebitRow, error)
	// DueDebits lists at most limit of a status whose day is not after one, the earliest first, those after a position; not those in
	// a file that was not written.
	DueDebits(status services.DebitStatus, day civil.Date, after PaymentKey, limit int) ([]DebitRow, error)
	// AccountHasDebits tells whether one that is scheduled or submitted takes from an account.
	AccountHasDebits(accountID string) (bool, error)
	// DropDebits removes those of a person that are scheduled or cancelled, and the name of the person from the others,
	// which payments and files still refer to.
	DropDebits(personID string) error
}

// DebitRow is a debit as it is kept. Amounts are in cents.
type DebitRow struct {
	ID          string
	Reference   string // confirmation number, also the id of the payment that it becomes
	PersonID    string // who ordered it; "" once they have no login any more
	AgreementID string
	AccountID   string // "" once the account was forgotten; of Source its last digits are left then
	Kind        services.DebitKind
	Installment int // of an autopay, from 1; 0 otherwise
	Amount      int64
	Principal   int64 // this and the next two: of an autopay, as it was announced; else 0 until it is posted
	Interest    int64
	Tax         int64
	Currency    string
	On          civil.Date // when the account is debited
	Due         civil.Date // when the installment is due; otherwise On
	CancelUntil civil.Date // the last day on which it may be taken back
	Source      DebitSource
	Status      services.DebitStatus
	Reason      string     // the bank's, when returned
	Simulated   bool       // no bank is asked
	File        int64      // number of the file that took it to the bank; 0 for none
	PaymentID   string     // the payment of the agreement that it became, or stands for it; "" for none
	ReturnedOn  civil.Date // the zero Date: it was not
	CreatedAt   time.Time
}

// DebitSource is what the bank needs to know, as it was when the debit was ordered.
type DebitSource struct {
	Account
	Agreement string // its number
	Kind      finance.Kind
}

// debit makes what a customer sees of it.
func (r DebitRow) debit(today civil.Date) (services.Debit, error) {
	amount, err := money(r.Currency, r.Amount)
	d := services.Debit{
		ID: r.ID, Reference: r.Reference, AgreementID: r.AgreementID, Kind: r.Kind, Amount: amount, On: r.On, Due: r.Due,
		LastDigits: r.Source.LastDigits(), Status: r.Status, Reason: r.Reason, Simulated: r.Simulated, CreatedAt: r.CreatedAt,
	}
	if r.cancellable(today) {
		d.CancelUntil = r.CancelUntil
	}
	return d, err
}

// cancellable tells whether the order may still be taken back.
func (r DebitRow) cancellable(today civil.Date) bool {
	return r.Status == services.DebitScheduled && !today.After(r.CancelUntil)
}

// Debits lists an agreement's debits.
func (s *customerSession) Debits(ctx context.Context, agreementID string, p services.Page) (services.DebitPage, error) {
	after, ok := parsePaymentKey(p.After)
	if !ok {
		return services.DebitPage{}, services.Invalid("after", services.ReasonFormat)
	}
	limit := limitOf(p.Limit)
	var page services.DebitPage
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		a, err := findAgreement(tx, row.CustomerID, agreementID)
		if err != nil {
			return err
		}
		rows, err := tx.Debits(a.ID, after, limit+1)
		if err != nil {
			return err
		}
		page, err = debitPage(rows, limit, today(tx.Now(), a.Province))
		return err
	})
	return page, err
}

// debitPage makes a page of at most limit rows; one more tells that others follow.
func debitPage(rows []DebitRow, limit int, today civil.Date) (services.DebitPage, error) {
	page := services.DebitPage{Items: make([]services.Debit, min(len(rows), limit))}
	if len(rows) > limit {
		last := rows[limit-1]
		page.Next = PaymentKey{last.On, last.ID}.String()
	}
	for i := range page.Items {
		var err error
		if page.Items[i], err = rows[i].debit(today); err != nil {
			return services.DebitPage{}, err
		}
	}
	return page, nil
}

// newDebit writes a debit that was ordered: who fills in the row leaves its id, reference, status and time to it.
func (c *Core) newDebit(tx Tx, row DebitRow) (DebitRow, error) {
	row.ID, row.Status, row.Simulated, row.CreatedAt = c.NewID(), services.DebitScheduled, c.Simulated, tx.Now()
	var err error
	if row.Reference, err = newReference("P", row.ID, debitTaken(tx)); err != nil {
		return DebitRow{}, err
	}
	if err := tx.AddDebit(row); err != nil {
		return DebitRow{}, err
	}
	return row, tellOfDebit(tx, row.PersonID, row.AgreementID)
}

// debitTaken tells of a reference whether a debit has it.
func debitTaken(tx Tx) func(reference string) (bool, error) {
	return func(reference string) (bool, error) {
		_, err := tx.DebitByReference(reference)
		if errors.Is(err, ErrNoRow) {
			return false, nil
		}
		return err == nil, err
	}
}

// cancelDebit takes back a debit that no bank was asked for yet. The caller has made sure of that.
func cancelDebit(tx Tx, row DebitRow) error {
	row.Status = services.DebitCancelled
	if err := setDebit(tx, row); err != nil {
		return err
	}
	return forgetAccount(tx, row)
}

// setDebit writes what became of a debit, and tells the person's sessions.
func setDebit(tx Tx, row DebitRow) error {
	if err := tx.SetDebit(row); err != nil {
		return err
	}
	return tellOfDebit(tx, row.PersonID, row.AgreementID)
}

// tellOfDebit tells the sessions of who ordered a debit that it changed; nobody when they have no login any more.
func tellOfDebit(tx Tx, personID, agreementID string) error {
	if personID == "" {
		return nil
	}
	return announce(tx, personID, services.EventPayment, agreementID)
}

// CancelPayment takes an order back.
func (s *customerSession) CancelPayment(ctx context.Context, id string) error {
	return s.update(ctx, ready, func(tx Tx, row SessionRow) error {
		debit, err := tx.Debit(id)
		if err != nil {
			return gone(err, services.CodeNotFound)
		}
		a, err := findAgreement(tx, row.CustomerID, debit.AgreementID)
		switch {
		case err != nil:
			return err
		case debit.Status == services.DebitCancelled:
			return nil
		case debit.Kind != services.DebitOnce, !debit.cancellable(today(tx.Now(), a.Province)):
			return services.Fail(services.CodeGone)
		}
		if err := cancelDebit(tx, debit); err != nil {
			return err
		}
		return s.core.settleAutopay(tx, a)
	})
}
