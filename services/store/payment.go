package store

import (
	"cloud.google.com/go/civil"

	"myaccount/services/core"
	"myaccount/services/portfolio"
)

const selectPayment = `SELECT p.id, p.date, p.principal, p.interest, p.tax, p.method, p.status
	FROM payment p JOIN agreement a ON a.key = p.agreement WHERE a.id = $1 AND `

func scanPayment(row scanner) (portfolio.Payment, error) {
	var p portfolio.Payment
	var date string
	err := row.Scan(&p.ID, &date, &p.Principal, &p.Interest, &p.Tax, &p.Method, &p.Status)
	if err == nil {
		p.Date, err = civil.ParseDate(date)
	}
	return p, err
}

func (t *tx) payments(where string, args ...any) (list []portfolio.Payment, err error) {
	err = t.each(func(row scanner) error {
		p, err := scanPayment(row)
		list = append(list, p)
		return err
	}, selectPayment+where, args...)
	return list, err
}

// Payments reads posted and returned payments.
func (t *tx) Payments(agreementID string, after core.PaymentKey, limit int) ([]portfolio.Payment, error) {
	date := "9999-12-31"
	if !after.Date.IsZero() {
		date = after.Date.String()
	}
	return t.payments(`p.status <> 'scheduled' AND (p.date < $2 OR p.date = $2 AND p.id < $3)
		ORDER BY p.date DESC, p.id DESC LIMIT $4`, agreementID, date, after.ID, limit)
}

// PaymentTotals sums up posted payments.
func (t *tx) PaymentTotals(agreementID string) (totals core.PaymentTotals, err error) {
	err = t.one(func(row scanner) error {
		return row.Scan(&totals.Count, &totals.Principal, &totals.Interest, &totals.Tax)
	}, `SELECT count(*), CAST(coalesce(sum(p.principal), 0) AS BIGINT), CAST(coalesce(sum(p.interest), 0) AS BIGINT),
		CAST(coalesce(sum(p.tax), 0) AS BIGINT)
		FROM payment p JOIN agreement a ON a.key = p.agreement
		WHERE a.id = $1 AND p.status = 'posted'`, agreementID)
	return totals, err
}

// LatestPosted reads the payments of the latest day.
func (t *tx) LatestPosted(agreementID string) ([]portfolio.Payment, error) {
	return t.payments(`p.status = 'posted' AND p.date = (SELECT max(l.date) FROM payment l
		WHERE l.agreement = p.agreement AND l.status = 'posted')`, agreementID)
}

// NextScheduled reads the first payment scheduled from a day on.
func (t *tx) NextScheduled(agreementID string, from civil.Date) (p portfolio.Payment, err error) {
	err = t.one(func(row scanner) (err error) { p, err = scanPayment(row); return err },
		selectPayment+`p.status = 'scheduled' AND p.date >= $2 ORDER BY p.date, p.id LIMIT 1`, agreementID, from.String())
	return p, err
}

// PaymentsBetween reads posted and returned payments of some days.
func (t *tx) PaymentsBetween(agreementID string, from, to civil.Date) ([]portfolio.Payment, error) {
	return t.payments(`p.status <> 'scheduled' AND p.date >= $2 AND p.date <= $3`, agreementID, from.String(), to.String())
}

// AddPayment writes a new payment.
func (t *tx) AddPayment(agreementID string, p portfolio.Payment) error {
	return t.exec(`INSERT INTO payment (agreement, id, date, principal, interest, tax, method, status)
		SELECT key, $2, $3, CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT), $7, $8 FROM agreement WHERE id = $1`,
		agreementID, p.ID, p.Date.String(), p.Principal, p.Interest, p.Tax, p.Method, p.Status)
}

// SetPaymentStatus writes what became of a payment.
func (t *tx) SetPaymentStatus(agreementID, id, status string) error {
	return t.exec(`UPDATE payment SET status = $3 WHERE id = $2 AND agreement = (SELECT key FROM agreement WHERE id = $1)`,
		agreementID, id, status)
}
