package core

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"myaccount/services"
	"myaccount/services/mail"
	"myaccount/services/portfolio"
	"myaccount/services/text"
	"myaccount/services/vin"
)

// Link looks for the customer; see services.Linking. A try counts once its form is right, whatever it finds: per
// person, and per VIN or BMW ID whether or not there is one, so that the limit tells nothing either.
func (s *customerSession) Link(ctx context.Context, r services.LinkRequest) (services.CodeReceipt, error) {
	wanted, err := s.core.readLink(r)
	if err != nil {
		return services.CodeReceipt{}, err
	}
	var receipt services.CodeReceipt
	var found bool
	err = s.update(ctx, signedIn, func(tx Tx, row SessionRow) error {
		receipt, found = services.CodeReceipt{}, false
		if row.CustomerID != "" {
			return services.Fail(services.CodeConflict)
		}
		if err := s.core.throttleClient(ctx, tx, fromLink); err != nil {
			return err
		}
		for _, name := range []string{"link:" + row.PersonID, "link:" + wanted.key} {
			rules := s.core.Brand.Rules
			if err := throttle(tx, name, "", rules.LinkTries, rules.LinkWindow); err != nil {
				return err
			}
		}
		customer, err := wanted.find(tx)
		if errors.Is(err, ErrNoRow) {
			return nil // the try counts
		}
		if err != nil {
			return err
		}
		if found, err = s.core.free(tx, customer); err != nil || !found {
			return err
		}
		request := CodeRow{ID: s.core.NewID(), SessionID: row.ID, CustomerID: customer.ID}
		receipt, err = s.sendCode(tx, row, request)
		return err
	})
	if err == nil && !found {
		err = services.Fail(services.CodeNotFound)
	}
	return receipt, err
}

// free tells whether a customer is linked to nobody. Who is linked gets a mail that somebody else tried.
func (c *Core) free(tx Tx, customer CustomerRow) (bool, error) {
	holder, err := tx.PersonByCustomer(customer.ID)
	if errors.Is(err, ErrNoRow) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return false, c.post(tx, letter{kind: mail.LinkAttempt, to: holder, times: map[string]time.Time{"At": tx.Now()}})
}

// link joins a person with the customer of a request whose code was right. Fails with CodeConflict when the person, and
// with CodeGone when the customer, was linked otherwise meanwhile.
func (c *Core) link(tx Tx, session SessionRow, customerID string) error {
	if session.CustomerID != "" {
		if session.CustomerID != customerID {
			return services.Fail(services.CodeConflict)
		}
		return nil
	}
	customer, err := tx.Customer(customerID)
	if err != nil {
		return gone(err, services.CodeGone)
	}
	switch _, err := tx.PersonByCustomer(customer.ID); {
	case err == nil:
		return services.Fail(services.CodeGone)
	case !errors.Is(err, ErrNoRow):
		return err
	}
	return tx.LinkPerson(session.PersonID, customer.ID)
}

// wanted is a request to link whose form is right, cleaned.
type wanted struct {
	services.LinkRequest
	key string // what is asked for, apart from names: limits count by it
}

// readLink cleans a request and checks its form. Fails with CodeInvalid, which names every field.
func (c *Core) readLink(r services.LinkRequest) (wanted, error) {
	fields := map[string]string{}
	note := func(field, reason string) {
		if reason != "" {
			fields[field] = reason
		}
	}
	note("first_name", c.badName(r.FirstName))
	note("last_name", c.badName(r.LastName))
	w := wanted{LinkRequest: r}
	w.FirstName, w.LastName = text.Line(r.FirstName), text.Line(r.LastName)
	switch r.Method {
	case services.LinkByVIN:
		note("vin", badVIN(r.VIN))
		note("last_payment", badPayment(r.LastPayment))
		w.VIN = vin.Normalize(r.VIN)
		w.key = "vin:" + w.VIN
	case services.LinkByBMWID:
		w.BMWID = portfolio.Key(text.Line(r.BMWID))
		note("bmw_id", c.badName(w.BMWID))
		w.key = "bmw_id:" + w.BMWID
	default:
		note("method", services.ReasonUnknown)
	}
	if len(fields) > 0 {
		return wanted{}, &services.Error{Code: services.CodeInvalid, Fields: fields}
	}
	return w, nil
}

// badName says why a name or id has not the right form, "" when it has.
func (c *Core) badName(name string) string {
	switch clean := text.Line(name); {
	case clean == "":
		return services.ReasonRequired
	case !text.ControlFree(strings.TrimSpace(name)):
		return services.ReasonControl
	case utf8.RuneCountInString(clean) > c.Brand.Rules.NameMax:
		return services.ReasonTooLong
	}
	return ""
}

// badVIN says why a number is no VIN. A wrong check digit is no reason.
func badVIN(number string) string {
	_, err := vin.Check(number)
	length, isLength := errors.AsType[vin.ErrLength](err)
	switch {
	case err == nil:
		return ""
	case isLength && length.Have == 0:
		return services.ReasonRequired
	case isLength && length.Have < vin.Length:
		return services.ReasonTooShort
	case isLength:
		return services.ReasonTooLong
	}
	return services.ReasonFormat
}

// badPayment says why an amount can be no payment.
func badPayment(amount services.Money) string {
	switch {
	case amount.CurrencyCode() == "":
		return services.ReasonRequired
	case !amount.IsPositive() || !amount.Equal(amount.Round()):
		return services.ReasonFormat
	}
	return ""
}

// find looks for the customer, or gives ErrNoRow. It asks the same of the store whatever part of the request is wrong,
// so that time does not tell.
func (w wanted) find(tx Tx) (CustomerRow, error) {
	if w.Method == services.LinkByBMWID {
		customer, err := tx.CustomerByNumber(w.BMWID)
		return w.named(customer, err)
	}
	agreements, err := tx.AgreementsByVIN(w.VIN)
	if err != nil {
		return CustomerRow{}, err
	}
	if len(agreements) == 0 {
		agreements = []AgreementRow{{}} // which nobody has: to be looked up like any other
	}
	match, missing := CustomerRow{}, ErrNoRow
	for _, a := range agreements {
		paid, err := w.paid(tx, a)
		if err != nil {
			return CustomerRow{}, err
		}
		customer, err := w.named(tx.Customer(a.CustomerID))
		switch {
		case err == nil && paid:
			match, missing = customer, nil
		case err != nil && !errors.Is(err, ErrNoRow):
			return CustomerRow{}, err
		}
	}
	return match, missing
}

// named gives a customer whose names are those of the request: the same characters, case and accents included.
func (w wanted) named(customer CustomerRow, err error) (CustomerRow, error) {
	if err != nil {
		return CustomerRow{}, err
	}
	if customer.FirstName != w.FirstName || customer.LastName != w.LastName {
		return CustomerRow{}, ErrNoRow
	}
	return customer, nil
}

// paid tells whether the amount is that of the payment posted last on an agreement, tax included; of several posted on
// that day each counts.
func (w wanted) paid(tx Tx, a AgreementRow) (bool, error) {
	payments, err := tx.LatestPosted(a.ID)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(payments, func(p portfolio.Payment) bool {
		amount, err := money(a.Currency, p.Principal+p.Interest+p.Tax)
		return err == nil && amount.Equal(w.LastPayment)
	}), nil
}
