package store

import (
	"database/sql"
	"fmt"

	"myaccount/services/portfolio"
)

// The statements of an import, each prepared once a transaction.
const (
	putCustomer = `INSERT INTO customer (id, province, details) VALUES ($1, $2, $3)
		ON CONFLICT (id) DO UPDATE SET province = excluded.province, details = excluded.details`
	putAgreement = `INSERT INTO agreement (id, customer_id, vin_hash, details) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id, vin_hash = excluded.vin_hash,
		details = excluded.details RETURNING key`
	dropScheduled = `DELETE FROM payment WHERE agreement = $1 AND status = 'scheduled'`
	putPayment    = `INSERT INTO payment (agreement, id, date, principal, interest, tax, method, status)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (agreement, id) DO UPDATE SET date = excluded.date,
		principal = excluded.principal, interest = excluded.interest, tax = excluded.tax, method = excluded.method,
		status = excluded.status`
)

// PutCustomer writes a customer with agreements and payments.
func (t *tx) PutCustomer(c portfolio.Customer) error {
	id := t.portfolioID("customer", c.ID)
	sealed, err := t.sealJSON("customer", id, customerDetails{
		Number: c.ID, FirstName: c.FirstName, LastName: c.LastName, Email: c.Email, Born: c.Born, Language: c.Language,
	})
	if err != nil {
		return err
	}
	if err := t.execPrepared(putCustomer, id, c.Province, sealed); err != nil {
		return fmt.Errorf("put customer: %w", err)
	}
	for _, a := range c.Agreements {
		if err := t.putAgreement(id, a); err != nil {
			return fmt.Errorf("put agreement: %w", err)
		}
	}
	return nil
}

func (t *tx) putAgreement(customerID string, a portfolio.Agreement) error {
	id := t.portfolioID("agreement", a.Number)
	sealed, err := t.sealJSON("agreement", id, a.Terms)
	if err != nil {
		return err
	}
	statement, err := t.prepared(putAgreement)
	if err != nil {
		return err
	}
	var key int64
	if err := statement.QueryRowContext(t.ctx, id, customerID, t.vinHash(a.VIN), sealed).Scan(&key); err != nil {
		return err
	}
	debits, err := t.beginReconciling(id, key)
	if err != nil {
		return err
	}
	if err := t.execPrepared(dropScheduled, key); err != nil {
		return err
	}
	for _, p := range a.Payments {
		err := t.execPrepared(putPayment, key, p.ID, p.Date.String(), p.Principal, p.Interest, p.Tax, p.Method, p.Status)
		if err != nil {
			return err
		}
	}
	return t.endReconciling(debits, a.ClosedOn, a.Payments)
}

// prepared gives a statement of this transaction, prepared at its first use.
func (t *tx) prepared(query string) (*sql.Stmt, error) {
	if statement, ok := t.statements[query]; ok {
		return statement, nil
	}
	statement, err := t.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, err
	}
	if t.statements == nil {
		t.statements = map[string]*sql.Stmt{}
	}
	t.statements[query] = statement // the end of the transaction closes it
	return statement, nil
}

func (t *tx) execPrepared(query string, args ...any) error {
	statement, err := t.prepared(query)
	if err != nil {
		return err
	}
	_, err = statement.ExecContext(t.ctx, args...)
	return err
}
