package core

import (
	"errors"

	"myaccount/services"
	"myaccount/services/mail"
	"myaccount/services/text"
)

// writeOfDebit writes to who ordered a debit what became of it: it was posted, or returned.
func (c *Core) writeOfDebit(tx Tx, row DebitRow) error {
	person, err := tx.Person(row.PersonID)
	if errors.Is(err, ErrNoRow) {
		return nil // they have no login any more
	}
	if err != nil {
		return err
	}
	amount, err := money(row.Currency, row.Amount)
	if err != nil {
		return err
	}
	printer := c.Catalogue.Printer(text.ParseLang(person.Language))
	words := map[string]string{
		"Reference": row.Reference, "Amount": printer.Money(amount), "On": printer.Date(row.On),
		"Agreement": lastOf(row.Source.Agreement), "Account": row.Source.LastDigits(),
	}
	kind, event := mail.PaymentPosted, services.NotifyPosted
	switch {
	case row.Status == services.DebitReturned:
		kind, event = mail.PaymentReturned, services.NotifyReturned
		words["Reason"] = printer.ReturnReason(row.Reason)
	case row.Simulated:
		kind = mail.PaymentSimulated
	}
	return c.inform(tx, event, letter{kind: kind, to: person, texts: words})
}

// lastOf is how an agreement is told by its number.
func lastOf(number string) string { return services.Agreement{Number: number}.LastDigits() }
