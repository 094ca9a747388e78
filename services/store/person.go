package store

import (
	"encoding/json"
	"fmt"
	"time"

	"myaccount/services/core"
)

const selectPerson = `SELECT id, email, first_name, last_name, language, role, active, password, terms,
	coalesce(customer_id, ''), created_at FROM person WHERE `

func (t *tx) person(where string, arg any) (core.PersonRow, error) {
	var p core.PersonRow
	var email, first, last, terms []byte
	var created int64
	err := t.one(func(row scanner) error {
		return row.Scan(&p.ID, &email, &first, &last, &p.Language, &p.Role, &p.Active, &p.Password, &terms,
			&p.CustomerID, &created)
	}, selectPerson+where, arg)
	if err != nil {
		return core.PersonRow{}, err
	}
	p.CreatedAt = moment(created)
	if err := json.Unmarshal(terms, &p.Terms); err != nil {
		return core.PersonRow{}, fmt.Errorf("person.terms: %w", err)
	}
	if p.Email, err = t.unseal("person", "email", p.ID, email); err != nil {
		return core.PersonRow{}, err
	}
	if p.FirstName, err = t.unseal("person", "first_name", p.ID, first); err != nil {
		return core.PersonRow{}, err
	}
	p.LastName, err = t.unseal("person", "last_name", p.ID, last)
	return p, err
}

// Person reads a person.
func (t *tx) Person(id string) (core.PersonRow, error) { return t.person(`id = $1`, id) }

// PersonByEmail finds a person.
func (t *tx) PersonByEmail(email string) (core.PersonRow, error) {
	return t.person(`email_hash = $1`, t.emailHash(email))
}

// PersonByCustomer finds who is linked to a customer.
func (t *tx) PersonByCustomer(customerID string) (core.PersonRow, error) {
	return t.person(`customer_id = $1`, customerID)
}

// AddPerson writes a person.
func (t *tx) AddPerson(row core.PersonRow) error {
	email, err := t.seal("person", "email", row.ID, row.Email)
	if err != nil {
		return err
	}
	first, last, terms, err := t.given(row)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO person (id, email, email_hash, first_name, last_name, language, role, active, password,
		terms, customer_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, $11)`,
		row.ID, email, t.emailHash(row.Email), first, last, row.Language, row.Role, flag(row.Active), row.Password,
		terms, micros(row.CreatedAt))
}

// UpdatePerson writes what may change.
func (t *tx) UpdatePerson(row core.PersonRow) error {
	first, last, terms, err := t.given(row)
	if err != nil {
		return err
	}
	return t.exec(`UPDATE person SET first_name = $2, last_name = $3, language = $4, role = $5, active = $6,
		password = $7, terms = $8 WHERE id = $1`,
		row.ID, first, last, row.Language, row.Role, flag(row.Active), row.Password, terms)
}

// given are the columns that cannot be written as they are.
func (t *tx) given(row core.PersonRow) (first, last []byte, terms string, err error) {
	encoded, err := json.Marshal(row.Terms)
	if err != nil {
		return nil, nil, "", fmt.Errorf("person.terms: %w", err)
	}
	if first, err = t.seal("person", "first_name", row.ID, row.FirstName); err != nil {
		return nil, nil, "", err
	}
	last, err = t.seal("person", "last_name", row.ID, row.LastName)
	return first, last, string(encoded), err
}

// LinkPerson links a person to a customer, or to none.
func (t *tx) LinkPerson(id, customerID string) error {
	return t.exec(`UPDATE person SET customer_id = nullif($2, '') WHERE id = $1`, id, customerID)
}

// MovePerson writes a new address.
func (t *tx) MovePerson(id, email string) error {
	sealed, err := t.seal("person", "email", id, email)
	if err != nil {
		return err
	}
	return t.exec(`UPDATE person SET email = $2, email_hash = $3 WHERE id = $1`, id, sealed, t.emailHash(email))
}

// DeletePerson removes a person.
func (t *tx) DeletePerson(id string) error {
	return t.exec(`DELETE FROM person WHERE id = $1`, id)
}

// DeletePending removes logins that were never confirmed.
func (t *tx) DeletePending(before time.Time) error {
	return t.exec(`DELETE FROM person WHERE active = 0 AND created_at < $1 AND NOT EXISTS (
		SELECT 1 FROM token WHERE token.person_id = person.id AND expires_at > $2)`,
		micros(before), micros(t.now))
}

// emailHash is what an address is found by, in whatever writing.
func (t *tx) emailHash(email string) []byte {
	return t.box.Lookup("person.email", core.AddressKey(email))
}
