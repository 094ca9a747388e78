package store

import (
	"encoding/json"
	"fmt"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services/core"
)

// claimable is the condition that a debit may be given to the bank: the arguments are its day and today.
const claimable = `status = 'scheduled' AND simulated = 0 AND day <= $1 AND cancel_until < $2`

// ClaimDebits submits the debits that are due in a file.
func (t *tx) ClaimDebits(number int64, currency string, day, today civil.Date) (count int, total int64, err error) {
	err = t.exec(`UPDATE debit SET status = 'submitted', file = $3 WHERE currency = $4 AND `+claimable,
		day.String(), today.String(), number, currency)
	if err != nil {
		return 0, 0, err
	}
	err = t.one(func(r scanner) error { return r.Scan(&count, &total) },
		`SELECT count(*), CAST(coalesce(sum(amount), 0) AS BIGINT) FROM debit WHERE file = $1`, number)
	return count, total, err
}

// ClaimableCurrency gives the currency of the first debit that is due.
func (t *tx) ClaimableCurrency(day, today civil.Date) (currency string, err error) {
	err = t.one(func(r scanner) error { return r.Scan(&currency) },
		`SELECT currency FROM debit WHERE `+claimable+` ORDER BY day, id LIMIT 1`, day.String(), today.String())
	return currency, err
}

// AddDebitFile writes a new file.
func (t *tx) AddDebitFile(row core.DebitFileRow) error {
	sender, err := json.Marshal(row.Sender)
	if err != nil {
		return fmt.Errorf("debit file: %w", err)
	}
	return t.exec(`INSERT INTO debit_file (number, sender, currency, made_on, debits, total, written_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		row.Number, string(sender), row.Currency, row.MadeOn.String(), row.Debits, row.Total, micros(row.WrittenAt))
}

func (t *tx) debitFile(where string, args ...any) (row core.DebitFileRow, err error) {
	var sender, made string
	var written int64
	err = t.one(func(r scanner) error {
		return r.Scan(&row.Number, &sender, &row.Currency, &made, &row.Debits, &row.Total, &written)
	}, `SELECT number, sender, currency, made_on, debits, total, written_at FROM debit_file WHERE `+where, args...)
	if err != nil {
		return row, err
	}
	row.WrittenAt = moment(written)
	if row.MadeOn, err = textDay(made); err != nil {
		return row, err
	}
	if err := json.Unmarshal([]byte(sender), &row.Sender); err != nil {
		return row, fmt.Errorf("debit file: %w", err)
	}
	return row, nil
}

// DebitFile reads one.
func (t *tx) DebitFile(number int64) (core.DebitFileRow, error) {
	return t.debitFile(`number = $1`, number)
}

// UnwrittenDebitFile reads the first that is not known to be written.
func (t *tx) UnwrittenDebitFile() (core.DebitFileRow, error) {
	return t.debitFile(`written_at = 0 ORDER BY number LIMIT 1`)
}

// LastDebitFile is the number of the latest.
func (t *tx) LastDebitFile() (number int64, err error) {
	err = t.one(func(r scanner) error { return r.Scan(&number) }, `SELECT coalesce(max(number), 0) FROM debit_file`)
	return number, err
}

// NoteDebitFile notes when all of one was written.
func (t *tx) NoteDebitFile(number int64, at time.Time) error {
	return t.exec(`UPDATE debit_file SET written_at = $2 WHERE number = $1`, number, micros(at))
}

// DebitsInFile lists debits of a file.
func (t *tx) DebitsInFile(number int64, after string, limit int) ([]core.DebitInFile, error) {
	rows := make([]core.DebitInFile, 0, limit)
	var last, day string // most debits of a file have the day of the one before
	var on civil.Date
	err := t.each(func(r scanner) (err error) {
		var row core.DebitInFile
		var sealed []byte
		if err := r.Scan(&row.ID, &row.Reference, &row.Amount, &day, &sealed); err != nil {
			return err
		}
		if day != last {
			last = day
			on, err = textDay(day)
		}
		row.On, row.Source = on, func() (core.DebitSource, error) { return t.openSource(row.ID, sealed) }
		rows = append(rows, row)
		return err
	}, `SELECT id, reference, amount, day, details FROM debit
		WHERE file = $1 AND id > $2 ORDER BY id LIMIT $3`, number, after, limit)
	return rows, err
}

// DebitOwners lists whose the debits of a file are.
func (t *tx) DebitOwners(number int64, after string, limit int) (rows []core.DebitOwner, err error) {
	err = t.each(func(r scanner) error {
		var row core.DebitOwner
		err := r.Scan(&row.ID, &row.PersonID, &row.AgreementID)
		rows = append(rows, row)
		return err
	}, `SELECT id, person_id, agreement_id FROM debit WHERE file = $1 AND id > $2 ORDER BY id LIMIT $3`, number, after, limit)
	return rows, err
}
