package core

import (
	"context"
	"errors"

	"cloud.google.com/go/civil"

	"myaccount/services/seal"
)

// ErrForgotten says that the bank details of a debit are not kept any more.
var ErrForgotten = errors.New("the bank details of the debit were forgotten")

// DebitForgetTx is the part of a transaction that forgets bank details.
type DebitForgetTx interface {
	// SpentDebits lists at most limit debits before a day that nothing will come of any more, but whose account is kept; the
	// earliest first.
	SpentDebits(before civil.Date, limit int) ([]DebitRow, error)
	// SetDebitAccount writes AccountID and Source.
	SetDebitAccount(row DebitRow) error
}

// forgetBankDetails forgets from where debits were taken, once nobody can dispute them any more. The days are counted from
// the debit (rule debit_dispute_days); what comes back later names it by its reference.
func (c *Core) forgetBankDetails(ctx context.Context) error {
	for {
		var rows []DebitRow
		err := c.Store.Update(ctx, func(tx Tx) (err error) {
			rows, err = tx.SpentDebits(today(tx.Now(), "").AddDays(-c.Brand.Rules.DebitDisputeDays), purgeBatch)
			for _, row := range rows {
				err = errors.Join(err, forgetAccount(tx, row))
			}
			return err
		})
		if err != nil || len(rows) < purgeBatch {
			return err
		}
	}
}

// forgetAccount forgets the account of a debit, but for the digits that it is told by.
func forgetAccount(tx Tx, row DebitRow) error {
	row.AccountID, row.Source.Account = "", Account{Number: seal.Secret(row.Source.LastDigits()), Business: row.Source.Business}
	return tx.SetDebitAccount(row)
}
