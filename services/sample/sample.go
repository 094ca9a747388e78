// Package sample makes the sample portfolio: made-up people with vehicles whose
// numbers are valid and agreements that add up to the cent. Dates are reckoned
// from the day asked for, so that a payment is always about to be due.
//
// The people stand in assets/sample/people.json; what they pay is computed by
// services/finance with the taxes of the brand file. The same day always gives
// the same bytes, and payments keep their ids from day to day.
package sample

import (
	"bytes"
	"encoding/json"
	"fmt"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/assets"
	"myaccount/services/brand"
)

// Person is what the link page offers for copying.
type Person struct {
	Key         string // translation key of a short description
	CustomerID  string // the BMW ID
	FirstName   string
	LastName    string
	Email       string
	Language    string // "en" or "fr"
	VIN         string // of the first agreement
	LastPayment currency.Amount
}

// Advisor is the person who answers the sample's messages. There is no password:
// one is set by mail.
type Advisor struct {
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Email     string `json:"email"`
	Language  string `json:"language"`
}

// Portfolio writes the sample as a portfolio file, one customer a line, as it
// stands on a day. It fails only if the files built into the program are broken.
func Portfolio(today civil.Date) ([]byte, error) {
	customers, err := build(today)
	if err != nil {
		return nil, err
	}
	var file bytes.Buffer
	enc := json.NewEncoder(&file)
	for _, c := range customers {
		if err := enc.Encode(c); err != nil {
			return nil, fmt.Errorf("sample: %w", err)
		}
	}
	return file.Bytes(), nil
}

// People lists the customers of Portfolio with what it takes to link each. It
// fails as Portfolio does.
func People(today civil.Date) ([]Person, error) {
	customers, err := build(today)
	if err != nil {
		return nil, err
	}
	people := make([]Person, len(customers))
	for i, c := range customers {
		first := c.Agreements[0]
		last, err := lastPosted(first)
		if err != nil {
			return nil, err
		}
		people[i] = Person{
			Key: "sample.person." + c.key, CustomerID: c.CustomerID, FirstName: c.FirstName, LastName: c.LastName,
			Email: c.Email, Language: c.Language, VIN: first.VIN, LastPayment: last,
		}
	}
	return people, nil
}

// TheAdvisor gives the sample's advisor. It fails as Portfolio does.
func TheAdvisor() (Advisor, error) {
	t, err := read()
	return t.Advisor, err
}

func lastPosted(a agreement) (currency.Amount, error) {
	for i := len(a.Payments) - 1; i >= 0; i-- {
		if p := a.Payments[i]; p.Status == posted {
			return amountOf(p.Amount)
		}
	}
	return currency.Amount{}, fmt.Errorf("sample: nothing was paid on %s", a.Number)
}

func build(today civil.Date) ([]customer, error) {
	t, err := read()
	if err != nil {
		return nil, err
	}
	b, err := brand.Load(assets.Brand)
	if err != nil {
		return nil, fmt.Errorf("sample: %w", err)
	}
	customers := make([]customer, len(t.People))
	for i, p := range t.People {
		customers[i] = p.customer
		customers[i].key = p.Key
		for _, c := range p.Agreements {
			a, err := c.agreement(today, b.TaxesOn(p.Province, today))
			if err != nil {
				return nil, fmt.Errorf("sample: agreement %s: %w", c.Number, err)
			}
			customers[i].Agreements = append(customers[i].Agreements, a)
		}
	}
	return customers, nil
}

// table is the file of the people.
type table struct {
	About   string   `json:"about"`
	Advisor Advisor  `json:"advisor"`
	People  []person `json:"people"`
}

func read() (table, error) {
	var t table
	dec := json.NewDecoder(bytes.NewReader(assets.Sample))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&t); err != nil {
		return table{}, fmt.Errorf("sample: reading the people: %w", err)
	}
	return t, nil
}
