package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

const (
	people  = 64 // with a login; each connection is one of them
	threads = 55 // of each: a list shows 50
)

// person is what a connection needs to be somebody.
type person struct{ email, token, agreement, thread string }

const password = "a measured password"

// vinOf is the vehicle of a customer; no two have the same.
func vinOf(customer int) string { return fmt.Sprintf("WBX73EF0X%08d", customer) }

// writePortfolio writes a lender's file of customers with one agreement and two payments each.
func writePortfolio(path string, customers int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	for i := range customers {
		fmt.Fprintf(w, `{"customer_id":"C%d","first_name":"Ann","last_name":"Lee %d","email":"a%d@example.ca","province":"ON","agreements":[`+
			`{"number":"N%d","kind":"loan","vin":"%s","vehicle":{"year":2025,"make":"BMW","model":"X1"},`+
			`"currency":"CAD","start_date":"2026-01-01","end_date":"2027-01-01","term_months":12,"frequency":"monthly",`+
			`"payment":{"base":"860.66","tax":"0.00","total":"860.66"},"annual_rate":"6","amount_financed":"10000.00","payments":[`,
			i, i, i, i, vinOf(i))
		for p := range 2 {
			fmt.Fprintf(w, `%s{"id":"P%d","date":"2026-%02d-01","amount":"860.66","principal":"810.66","interest":"50.00",`+
				`"tax":"0.00","method":"pad","status":"posted"}`, strings.Repeat(",", p), p, p+2)
		}
		fmt.Fprintln(w, "]}]}")
	}
	return w.Flush()
}

// fill gives logins to people from all over the portfolio, each with a session and conversations, and tells who they are.
func (p place) fill(ctx context.Context, customers int) (all []person, err error) {
	rules, db, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	hash, err := rules.Passwords.Hash(ctx, password)
	if err != nil {
		return nil, err
	}
	for i := range people {
		one := person{email: fmt.Sprintf("person%d@example.ca", i), token: seal.Token().Reveal()}
		vin := vinOf(i * (customers / people))
		if err := db.Update(ctx, func(tx core.Tx) error { return one.add(tx, rules.NewID, vin, hash) }); err != nil {
			return nil, err
		}
		if err := one.write(ctx, rules); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// add writes the login of whoever has a vehicle, with a session on a trusted device.
func (p *person) add(tx core.Tx, newID func() string, vin, hash string) error {
	agreements, err := tx.AgreementsByVIN(vin)
	if err != nil || len(agreements) != 1 {
		return fmt.Errorf("%d agreements on a vehicle: %w", len(agreements), err)
	}
	p.agreement = agreements[0].ID
	row := core.PersonRow{
		ID: newID(), Email: p.email, Role: services.RoleCustomer, Active: true, CreatedAt: tx.Now(),
		Registration: core.Registration{FirstName: "Ann", LastName: "Lee", Language: "en", Password: hash},
	}
	if err := tx.AddPerson(row); err != nil {
		return err
	}
	if err := tx.LinkPerson(row.ID, agreements[0].CustomerID); err != nil {
		return err
	}
	return tx.AddSession(core.SessionRow{
		ID: newID(), PersonID: row.ID, DeviceID: newID(), DeviceName: "Computer", DeviceKind: "personal", Authorized: true,
		CreatedAt: tx.Now(), SeenAt: tx.Now(), ExpiresAt: tx.Now().Add(24 * time.Hour),
	}, seal.HashToken(p.token))
}

// body is a message of usual length.
var body = strings.Repeat("I would like to know what happens at the end of my agreement. ", 6)

// write writes conversations, one of three messages.
func (p *person) write(ctx context.Context, rules *core.Core) error {
	session, err := rules.Resume(ctx, seal.Secret(p.token))
	if err != nil {
		return err
	}
	customer := session.(services.CustomerSession)
	for i := range threads + 2 {
		m := services.Outgoing{Body: body, IdempotencyKey: fmt.Sprintf("fill-%06d", i)}
		if i < threads {
			m.Topic, m.AgreementID = rules.Brand.Topics[0].ID, p.agreement
		} else {
			m.ThreadID = p.thread
		}
		receipt, err := customer.Send(ctx, m)
		if err != nil {
			return err
		}
		p.thread = receipt.ThreadID
	}
	return nil
}
