package core

import (
	"context"

	"myaccount/services"
	"myaccount/services/mail"
	"myaccount/services/text"
)

// desk runs fn in a transaction that only reads, if the person is an advisor still.
func (s *advisorSession) desk(ctx context.Context, fn func(tx Tx) error) error {
	return s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		if row.Role != services.RoleAdvisor {
			return services.Fail(services.CodeForbidden)
		}
		return fn(tx)
	})
}

// Queue lists threads, those that wait longest for an answer first.
func (s *advisorSession) Queue(ctx context.Context, q services.DeskQuery) (services.DeskPage, error) {
	after, err := cursorOf(q.After, Cursor{})
	if err != nil {
		return services.DeskPage{}, err
	}
	limit := limitOf(q.Limit)
	var page services.DeskPage
	err = s.desk(ctx, func(tx Tx) error {
		page = services.DeskPage{}
		rows, places, err := tx.Queue(q.WaitingOnly, after, limit+1)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			page.Next = places[limit-1].String()
		}
		sum := &summarizer{tx: tx}
		page.Items = make([]services.DeskSummary, 0, len(rows))
		for _, row := range rows {
			item, _, err := sum.deskSummary(row)
			if err != nil {
				return err
			}
			page.Items = append(page.Items, item)
		}
		return nil
	})
	return page, err
}

// DeskThread gives one with its messages.
func (s *advisorSession) DeskThread(ctx context.Context, id string) (services.DeskThread, error) {
	var thread services.DeskThread
	err := s.desk(ctx, func(tx Tx) error {
		row, err := tx.Thread(id)
		if err != nil {
			return gone(err, services.CodeNotFound)
		}
		sum := &summarizer{tx: tx}
		summary, person, err := sum.deskSummary(row)
		if err != nil {
			return err
		}
		messages, err := s.core.messages(tx, row, services.RoleAdvisor)
		if err != nil {
			return err
		}
		agreement, err := sum.agreement(row.AgreementID)
		thread = services.DeskThread{
			DeskSummary: summary, Messages: messages, Language: person.Language,
			Vehicle: services.Vehicle{Year: agreement.Year, Make: agreement.Make, Model: agreement.Model},
			Kind:    services.AgreementKind(agreement.Kind),
		}
		if err != nil {
			return err
		}
		thread.Doubts, err = doubtsOf(tx, agreement)
		return err
	})
	return thread, err
}

// deskSummary makes the summary of a thread for the desk.
func (s *summarizer) deskSummary(row ThreadRow) (services.DeskSummary, PersonRow, error) {
	summary, err := s.summary(row)
	if err != nil {
		return services.DeskSummary{}, PersonRow{}, err
	}
	person, err := s.tx.Person(row.PersonID)
	return services.DeskSummary{
		ThreadSummary: summary, Customer: person.person().Name(),
		Waiting: !row.WaitingSince.IsZero(), WaitingSince: row.WaitingSince,
	}, person, err
}

// Answer replies to a customer.
func (s *advisorSession) Answer(ctx context.Context, a services.DeskAnswer) (services.Receipt, error) {
	a.Body = text.Body(a.Body)
	content := a
	content.IdempotencyKey = ""
	var receipt services.Receipt
	err := s.update(ctx, ready, func(tx Tx, row SessionRow) (err error) {
		if row.Role != services.RoleAdvisor {
			return services.Fail(services.CodeForbidden)
		}
		receipt, err = once(s.core, tx, row.PersonID, a.IdempotencyKey, content, func() (services.Receipt, error) {
			return s.core.answer(tx, row.PersonID, a)
		})
		return err
	})
	if err != nil {
		return services.Receipt{}, err
	}
	return receipt, nil
}

// answer writes an advisor's message, and the mail that tells the customer of it without saying what it says.
func (c *Core) answer(tx Tx, advisorID string, a services.DeskAnswer) (services.Receipt, error) {
	thread, err := tx.Thread(a.ThreadID)
	if err != nil {
		return services.Receipt{}, gone(err, services.CodeNotFound)
	}
	if err := c.checkFiles(tx, advisorID, a.AttachmentIDs, c.checkBody(a.Body)); err != nil {
		return services.Receipt{}, err
	}
	advisor, err := tx.Person(advisorID)
	if err != nil {
		return services.Receipt{}, err
	}
	customer, err := tx.Person(thread.PersonID)
	if err != nil {
		return services.Receipt{}, err
	}
	receipt, err := c.addMessage(tx, thread, advisor, services.RoleAdvisor, a.Body, a.AttachmentIDs)
	if err != nil {
		return services.Receipt{}, err
	}
	if err := announce(tx, AudienceDesk, services.EventThread, thread.ID); err != nil {
		return services.Receipt{}, err
	}
	return receipt, c.inform(tx, services.NotifyReply, letter{
		kind: mail.Reply, to: customer, texts: map[string]string{"Reference": thread.Reference},
	})
}
