package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"cloud.google.com/go/civil"

	"myaccount/services/core"
	"myaccount/services/portfolio"
)

// customerDetails is what of a customer is sealed.
type customerDetails struct {
	Number    string     `json:"number"`
	FirstName string     `json:"first_name"`
	LastName  string     `json:"last_name"`
	Email     string     `json:"email,omitempty"`
	Born      civil.Date `json:"born,omitzero"`
	Language  string     `json:"language,omitempty"`
}

// Customer reads a customer.
func (t *tx) Customer(id string) (core.CustomerRow, error) {
	c := core.CustomerRow{ID: id}
	var sealed []byte
	err := t.one(func(row scanner) error { return row.Scan(&c.Province, &sealed) },
		`SELECT province, details FROM customer WHERE id = $1`, id)
	if err != nil {
		return core.CustomerRow{}, err
	}
	var d customerDetails
	if err := t.unsealJSON("customer", id, sealed, &d); err != nil {
		return core.CustomerRow{}, err
	}
	c.Customer.ID, c.FirstName, c.LastName = d.Number, d.FirstName, d.LastName
	c.Email, c.Born, c.Language = d.Email, d.Born, d.Language
	return c, nil
}

// CustomerByNumber finds a customer.
func (t *tx) CustomerByNumber(number string) (core.CustomerRow, error) {
	return t.Customer(t.portfolioID("customer", number))
}

// portfolioID is the id of what the lender knows by a number: the same for the same number, and of no use to guess the
// number without the key.
func (t *tx) portfolioID(table, number string) string {
	hash := t.box.Lookup(table+".number", portfolio.Key(number))
	return base64.RawURLEncoding.EncodeToString(hash[:16])
}

// sealJSON seals the column details of a row.
func (t *tx) sealJSON(table, id string, details any) ([]byte, error) {
	plain, err := json.Marshal(details)
	if err != nil {
		return nil, fmt.Errorf("%s.details: %w", table, err)
	}
	return t.seal(table, "details", id, string(plain))
}

// unsealJSON opens the column details of a row.
func (t *tx) unsealJSON(table, id string, sealed []byte, details any) error {
	plain, err := t.unseal(table, "details", id, sealed)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(plain), details); err != nil {
		return fmt.Errorf("%s.details: %w", table, err)
	}
	return nil
}
