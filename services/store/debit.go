package store

import (
	"fmt"
	"strconv"
	"strings"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/finance"
	"myaccount/services/seal"
)

// sealSource seals what the bank needs to know of a debit: its parts, each on a line. Their form is read faster than JSON,
// as of a large file it is most of the work; none has a line break.
func (t *tx) sealSource(row core.DebitRow) ([]byte, error) {
	s := row.Source
	parts := []string{
		s.Institution, s.Transit, s.Number.Reveal(), s.Holder, strconv.FormatBool(s.Business), s.Agreement, string(s.Kind),
	}
	return t.seal("debit", "details", row.ID, strings.Join(parts, "\n"))
}

// openSource opens what sealSource has sealed of a debit.
func (t *tx) openSource(id string, sealed []byte) (core.DebitSource, error) {
	plain, err := t.unseal("debit", "details", id, sealed)
	if err != nil {
		return core.DebitSource{}, err
	}
	parts := strings.Split(plain, "\n")
	if len(parts) != 7 {
		return core.DebitSource{}, fmt.Errorf("debit %s: what is sealed has %d parts", id, len(parts))
	}
	return core.DebitSource{
		Account: core.Account{
			Institution: parts[0], Transit: parts[1], Number: seal.Secret(parts[2]), Holder: parts[3], Business: parts[4] == "true",
		},
		Agreement: parts[5], Kind: finance.Kind(parts[6]),
	}, nil
}

// AddDebit writes a new debit.
func (t *tx) AddDebit(row core.DebitRow) error {
	sealed, err := t.sealSource(row)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO debit (id, reference, person_id, agreement_id, account_id, kind, installment, amount, principal,
		interest, tax, currency, day, due, cancel_until, details, status, reason, simulated, file, payment_id, returned_on,
		created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		row.ID, row.Reference, row.PersonID, row.AgreementID, row.AccountID, string(row.Kind), row.Installment, row.Amount,
		row.Principal, row.Interest, row.Tax, row.Currency, row.On.String(), row.Due.String(), row.CancelUntil.String(), sealed,
		string(row.Status), row.Reason, flag(row.Simulated), row.File, row.PaymentID, dayText(row.ReturnedOn),
		micros(row.CreatedAt))
}

// SpentDebits lists debits that nothing will come of any more, but whose account is kept. A file that was not written is
// still to be.
func (t *tx) SpentDebits(before civil.Date, limit int) ([]core.DebitRow, error) {
	return t.debits(`account_id <> '' AND status IN ('cancelled', 'posted', 'returned') AND day < $1
		AND file NOT IN (SELECT number FROM debit_file WHERE written_at = 0) ORDER BY day, id LIMIT $2`, before.String(), limit)
}

// SetDebitAccount writes from where a debit is taken.
func (t *tx) SetDebitAccount(row core.DebitRow) error {
	sealed, err := t.sealSource(row)
	if err != nil {
		return err
	}
	return t.exec(`UPDATE debit SET account_id = $2, details = $3 WHERE id = $1`, row.ID, row.AccountID, sealed)
}

// SetDebit writes what may change.
func (t *tx) SetDebit(row core.DebitRow) error {
	return t.exec(`UPDATE debit SET status = $2, reason = $3, file = $4, payment_id = $5, returned_on = $6 WHERE id = $1`,
		row.ID, string(row.Status), row.Reason, row.File, row.PaymentID, dayText(row.ReturnedOn))
}

const debitColumns = `id, reference, person_id, agreement_id, account_id, kind, installment, amount, principal, interest, tax,
	currency, day, due, cancel_until, details, status, reason, simulated, file, payment_id, returned_on, created_at`

func (t *tx) scanDebit(r scanner) (row core.DebitRow, err error) {
	var on, due, cancelUntil, returnedOn string
	var sealed []byte
	var simulated, created int64
	err = r.Scan(&row.ID, &row.Reference, &row.PersonID, &row.AgreementID, &row.AccountID, &row.Kind, &row.Installment,
		&row.Amount, &row.Principal, &row.Interest, &row.Tax, &row.Currency, &on, &due, &cancelUntil, &sealed, &row.Status,
		&row.Reason, &simulated, &row.File, &row.PaymentID, &returnedOn, &created)
	if err != nil {
		return row, err
	}
	row.Simulated, row.CreatedAt = simulated == 1, moment(created)
	for _, d := range []struct {
		text string
		day  *civil.Date
	}{{on, &row.On}, {due, &row.Due}, {cancelUntil, &row.CancelUntil}, {returnedOn, &row.ReturnedOn}} {
		if *d.day, err = textDay(d.text); err != nil {
			return row, err
		}
	}
	row.Source, err = t.openSource(row.ID, sealed)
	return row, err
}

// dayText stores a day; the zero Date is "".
func dayText(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// textDay reads a stored day.
func textDay(s string) (civil.Date, error) {
	if s == "" {
		return civil.Date{}, nil
	}
	return civil.ParseDate(s)
}

func (t *tx) debits(where string, args ...any) (rows []core.DebitRow, err error) {
	err = t.each(func(r scanner) error {
		row, err := t.scanDebit(r)
		rows = append(rows, row)
		return err
	}, `SELECT `+debitColumns+` FROM debit WHERE `+where, args...)
	return rows, err
}

func (t *tx) debit(where string, arg any) (row core.DebitRow, err error) {
	err = t.one(func(r scanner) (err error) { row, err = t.scanDebit(r); return err },
		`SELECT `+debitColumns+` FROM debit WHERE `+where, arg)
	return row, err
}

// Debit reads one.
func (t *tx) Debit(id string) (core.DebitRow, error) { return t.debit(`id = $1`, id) }

// DebitByReference finds one.
func (t *tx) DebitByReference(reference string) (core.DebitRow, error) {
	return t.debit(`reference = $1`, reference)
}

// Debits lists an agreement's.
func (t *tx) Debits(agreementID string, after core.PaymentKey, limit int) ([]core.DebitRow, error) {
	day := "9999-12-31"
	if !after.Date.IsZero() {
		day = after.Date.String()
	}
	return t.debits(`agreement_id = $1 AND (day < $2 OR day = $2 AND id < $3) ORDER BY day DESC, id DESC LIMIT $4`,
		agreementID, day, after.ID, limit)
}

// OpenDebits lists those of an agreement that are under way.
func (t *tx) OpenDebits(agreementID string) ([]core.DebitRow, error) {
	return t.debits(`agreement_id = $1 AND status IN ('scheduled', 'submitted')`, agreementID)
}

// DueDebits lists those of a status that are due. Those in a file that was not written were not given to anybody.
func (t *tx) DueDebits(status services.DebitStatus, day civil.Date, after core.PaymentKey, limit int) ([]core.DebitRow, error) {
	return t.debits(`status = $1 AND day <= $2 AND (day > $3 OR day = $3 AND id > $4)
		AND file NOT IN (SELECT number FROM debit_file WHERE written_at = 0) ORDER BY day, id LIMIT $5`,
		string(status), day.String(), dayText(after.Date), after.ID, limit)
}

// AccountHasDebits tells whether one that is under way takes from an account.
func (t *tx) AccountHasDebits(accountID string) (has bool, err error) {
	var count int
	err = t.one(func(r scanner) error { return r.Scan(&count) },
		`SELECT count(*) FROM debit WHERE account_id = $1 AND status IN ('scheduled', 'submitted')`, accountID)
	return count > 0, err
}

// DropDebits removes those that came to nothing; what was taken stays with its payment and its file.
func (t *tx) DropDebits(personID string) error {
	if err := t.exec(`DELETE FROM debit WHERE person_id = $1 AND status IN ('scheduled', 'cancelled')`, personID); err != nil {
		return err
	}
	return t.exec(`UPDATE debit SET person_id = '' WHERE person_id = $1`, personID)
}
