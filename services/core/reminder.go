package core

import (
	"context"
	"errors"
	"time"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/mail"
	"myaccount/services/text"
)

const (
	// tellBatch is how many people are looked at between two looks at the list.
	tellBatch = 100
	// tellAt is when people are looked at, in minutes after midnight where they live.
	tellAt = 8 * 60
	// tellRetry is after how long somebody is looked at again with whom something went wrong.
	tellRetry = 6 * time.Hour
	// toldFor is how long it is remembered what was told: longer than anything is told of.
	toldFor = 100 * brand.Day
	// statementLate is how long after the end of a month its statement is still news.
	statementLate = 7 * brand.Day
	// removalAhead is how long before its messages are removed a thread is told of.
	removalAhead = 3 * brand.Day
)

// Remind tells people what comes without anybody's doing: payments that are due, statements that are ready, and
// messages that are about to be removed. It looks at everybody once a day, in the morning where they live. It may run at any time, also twice at once.
func (c *Core) Remind(ctx context.Context) error {
	var failed []error
	for {
		var people []string
		err := c.Store.View(ctx, func(tx Tx) (err error) {
			people, err = tx.PeopleToTell(tellBatch)
			return err
		})
		if err != nil || len(people) == 0 {
			return errors.Join(append(failed, err)...)
		}
		for _, id := range people {
			if err := c.update(ctx, func(tx Tx) error { return c.remind(tx, id) }); err != nil {
				if ctx.Err() != nil {
					return err
				}
				failed = append(failed, err)
				if err := c.Store.Update(ctx, func(tx Tx) error { return tx.TellNext(id, tx.Now().Add(tellRetry)) }); err != nil {
					return errors.Join(append(failed, err)...)
				}
			}
		}
	}
}

// remind tells one person, unless they are to be left in peace now.
func (c *Core) remind(tx Tx, id string) error {
	person, err := tx.Person(id)
	if err != nil {
		return orNone(err)
	}
	s, err := notificationsOf(tx, id)
	if err != nil {
		return err
	}
	province, err := provinceOf(tx, person)
	if err != nil {
		return err
	}
	next := clockAfter(tx.Now(), tellAt, zone(province))
	until, err := quietUntil(tx, person, s)
	if err != nil {
		return err
	}
	if until.IsZero() {
		err = errors.Join(c.remindOfAgreements(tx, person, s), c.remindOfRemovals(tx, person))
	} else {
		next = until
	}
	if err != nil {
		return err
	}
	return tx.TellNext(id, next)
}

// remindOfAgreements tells of payments that are due soon and of statements that are new, once of each.
func (c *Core) remindOfAgreements(tx Tx, person PersonRow, s services.NotificationSettings) error {
	agreements, err := tx.Agreements(person.CustomerID)
	if err != nil {
		return err
	}
	for _, row := range agreements {
		if !row.ClosedOn.IsZero() {
			continue
		}
		if err := errors.Join(c.remindOfPayment(tx, person, row, s.DaysAhead), c.remindOfStatement(tx, person, row)); err != nil {
			return err
		}
	}
	return nil
}

// remindOfPayment tells of an agreement's next payment as many days before it is due, or later.
func (c *Core) remindOfPayment(tx Tx, person PersonRow, row AgreementRow, ahead int) error {
	standing, err := stand(tx, row)
	if err != nil {
		return err
	}
	due, err := standing.next(tx)
	if err != nil || due == nil {
		return err
	}
	if left := due.Due.DaysSince(standing.today); left < 0 || left > ahead {
		return nil
	}
	return c.informOnce(tx, services.NotifyDue, row.ID+" "+due.Due.String(), c.dueLetter(person, row, *due))
}

// remindOfStatement tells of the statement of the month that is over.
func (c *Core) remindOfStatement(tx Tx, person PersonRow, row AgreementRow) error {
	list, err := statementsOf(tx, row)
	if err != nil {
		return err
	}
	statement := list.document(list.last)
	if tx.Now().Sub(statement.CreatedAt) > statementLate {
		return nil
	}
	if !list.has(list.last) {
		return nil
	}
	printer := c.Catalogue.Printer(text.ParseLang(person.Language))
	return c.informOnce(tx, services.NotifyStatement, statement.ID, letter{kind: mail.StatementReady, to: person, texts: map[string]string{
		"Month": printer.Month(list.last), "Agreement": lastDigits(row),
	}})
}

// lastDigits is how an agreement is named in a mail.
func lastDigits(row AgreementRow) string { return services.Agreement{Number: row.Number}.LastDigits() }

// dueLetter tells of a payment that is due.
func (c *Core) dueLetter(person PersonRow, row AgreementRow, due services.NextPayment) letter {
	printer := c.Catalogue.Printer(text.ParseLang(person.Language))
	amount := printer.T("text.not_available")
	if due.Total.CurrencyCode() != "" {
		amount = printer.Money(due.Total)
	}
	return letter{kind: mail.PaymentDue, to: person, texts: map[string]string{
		"Amount": amount, "On": printer.Date(due.Due), "Agreement": lastDigits(row),
	}}
}

// remindOfRemovals tells of threads whose last message is about to be removed, once of each.
func (c *Core) remindOfRemovals(tx Tx, person PersonRow) error {
	threads, err := tx.ThreadIDs(person.ID)
	if err != nil {
		return err
	}
	for _, id := range threads {
		thread, err := tx.Thread(id)
		if errors.Is(err, ErrNoRow) {
			continue // past its time
		}
		if err != nil {
			return err
		}
		if thread.KeptUntil.Sub(tx.Now()) > removalAhead {
			continue
		}
		err = c.informOnce(tx, services.NotifyRemoval, thread.LastID, letter{
			kind: mail.MessageRemoval, to: person,
			texts: map[string]string{"Reference": thread.Reference}, times: map[string]time.Time{"At": thread.KeptUntil},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
