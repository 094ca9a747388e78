package core

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/services/mail"
	"myaccount/services/rule"
	"myaccount/services/text"
)

// MessageTx is the part of a transaction that keeps messages.
type MessageTx interface {
	// AddMessage writes a new one.
	AddMessage(row MessageRow) error
	// Message reads one, also past its time, or gives ErrNoRow.
	Message(id string) (MessageRow, error)
	// Messages lists those of a thread that are not past their time, oldest first.
	Messages(threadID string) ([]MessageRow, error)
	// EachMessage reads a person's messages after a sequence number that are not past their time, oldest first.
	EachMessage(personID string, after int64, fn func(row MessageRow) error) error
	// DueMessages lists at most limit messages that are past their time.
	DueMessages(limit int) ([]DueMessage, error)
	// DeleteMessage removes one.
	DeleteMessage(id string) error
}

// MessageRow is a message as it is kept.
type MessageRow struct {
	ID        string
	ThreadID  string
	PersonID  string // the customer of the thread
	Seq       int64  // of the event that told the customer's sessions; messages are in its order, whatever the clock does
	From      services.Role
	Author    string
	Body      string
	SentAt    time.Time
	KeptUntil time.Time
}

// DueMessage is a message to be removed.
type DueMessage struct {
	ID, ThreadID, PersonID string
}

// Send starts a thread or replies.
func (s *customerSession) Send(ctx context.Context, m services.Outgoing) (services.Receipt, error) {
	m.Body = text.Body(m.Body)
	content := m
	content.DraftID, content.IdempotencyKey = "", ""
	var receipt services.Receipt
	err := s.update(ctx, ready, func(tx Tx, row SessionRow) (err error) {
		receipt, err = once(s.core, tx, row.PersonID, m.IdempotencyKey, content, func() (services.Receipt, error) {
			return s.core.send(tx, row, m)
		})
		if err != nil || m.DraftID == "" {
			return err
		}
		return dropDraft(tx, row.PersonID, m.DraftID)
	})
	if err != nil {
		return services.Receipt{}, err
	}
	return receipt, nil
}

// send writes a customer's message with all that belongs to it.
func (c *Core) send(tx Tx, row SessionRow, m services.Outgoing) (services.Receipt, error) {
	person, err := tx.Person(row.PersonID)
	if err != nil {
		return services.Receipt{}, err
	}
	if err := c.checkOutgoing(tx, row, m); err != nil {
		return services.Receipt{}, err
	}
	thread := ThreadRow{PersonID: person.ID, AgreementID: m.AgreementID, Topic: m.Topic}
	if m.ThreadID != "" {
		if thread, err = ownThread(tx, person.ID, m.ThreadID); err != nil {
			return services.Receipt{}, err
		}
	}
	receipt, err := c.addMessage(tx, thread, person, services.RoleCustomer, m.Body, m.AttachmentIDs)
	if err != nil {
		return services.Receipt{}, err
	}
	if err := announce(tx, AudienceDesk, services.EventMessage, receipt.ThreadID); err != nil {
		return services.Receipt{}, err
	}
	return receipt, c.post(tx, letter{
		kind: mail.MessageReceived, to: person, texts: map[string]string{"Reference": receipt.Reference},
	})
}

// checkOutgoing checks what a customer sends.
func (c *Core) checkOutgoing(tx Tx, row SessionRow, m services.Outgoing) error {
	fields := c.checkBody(m.Body)
	if m.ThreadID == "" {
		switch {
		case m.Topic == "":
			fields["topic"] = services.ReasonRequired
		case !c.hasTopic(m.Topic):
			fields["topic"] = services.ReasonUnknown
		}
		reason, err := ownAgreement(tx, row.CustomerID, m.AgreementID)
		if err != nil {
			return err
		}
		if reason != "" {
			fields["agreement_id"] = reason
		}
	}
	return c.checkFiles(tx, row.PersonID, m.AttachmentIDs, fields)
}

// checkBody checks the text of a message that was cleaned.
func (c *Core) checkBody(body string) map[string]string {
	fields := map[string]string{}
	if reason := rule.Body(body, c.Brand.Rules.BodyMax); reason != "" {
		fields["body"] = reason
	}
	return fields
}

// checkFiles adds what is wrong with the files of a message, and makes the error of all fields.
func (c *Core) checkFiles(tx Tx, personID string, ids []string, fields map[string]string) error {
	if len(ids) > c.Brand.Rules.AttachmentsPerMessage {
		fields["attachment_ids"] = services.ReasonTooMany
	} else {
		ok, err := unsent(tx, personID, ids)
		if err != nil {
			return err
		}
		if !ok {
			fields["attachment_ids"] = services.ReasonUnknown
		}
	}
	if len(fields) > 0 {
		return &services.Error{Code: services.CodeInvalid, Fields: fields}
	}
	return nil
}

// hasTopic tells whether the brand has the topic.
func (c *Core) hasTopic(id string) bool {
	for _, t := range c.Brand.Topics {
		if t.ID == id {
			return true
		}
	}
	return false
}

// addMessage writes a message into a thread, a new one when it has no id, and tells the customer's sessions.
func (c *Core) addMessage(
	tx Tx, thread ThreadRow, author PersonRow, from services.Role, body string, files []string,
) (services.Receipt, error) {
	now := tx.Now()
	message := MessageRow{
		ID: c.NewID(), ThreadID: thread.ID, PersonID: thread.PersonID, From: from, Author: author.person().Name(),
		Body: body, SentAt: now, KeptUntil: now.Add(c.Brand.Rules.Retention()),
	}
	starts := thread.ID == ""
	if starts {
		message.ThreadID = c.NewID()
		reference, err := newReference("M", message.ThreadID, tx.ReferenceTaken)
		if err != nil {
			return services.Receipt{}, err
		}
		thread.ID, thread.Reference = message.ThreadID, reference
	}
	thread = thread.with(&message)
	write := tx.UpdateThread
	if starts {
		write = tx.AddThread
	}
	if err := write(thread); err != nil {
		return services.Receipt{}, err
	}
	seq, err := tx.AddEvent(thread.PersonID, EventRow{Kind: services.EventMessage, ID: thread.ID, At: now})
	if err != nil {
		return services.Receipt{}, err
	}
	message.Seq = seq
	if err := tx.AddMessage(message); err != nil {
		return services.Receipt{}, err
	}
	return services.Receipt{
		ThreadID: thread.ID, MessageID: message.ID, Reference: thread.Reference, ReceivedAt: now,
	}, tx.SendAttachments(files, message.ID)
}

// with is the thread once a message is added. The latest message is never removed before another, not even when the
// clock was set back between them.
func (r ThreadRow) with(m *MessageRow) ThreadRow {
	if m.KeptUntil.Before(r.KeptUntil) {
		m.KeptUntil = r.KeptUntil
	}
	r.LastID, r.LastFrom, r.LastAt, r.KeptUntil = m.ID, m.From, m.SentAt, m.KeptUntil
	if m.From == services.RoleCustomer {
		r.Unread = false // who answers has read
		if r.WaitingSince.IsZero() {
			r.WaitingSince = m.SentAt
		}
	} else {
		r.Unread = true
		r.WaitingSince = time.Time{}
	}
	return r
}

// messages reads the messages of a thread as a reader sees them: to a customer the company writes, not a person.
func (c *Core) messages(tx Tx, thread ThreadRow, reader services.Role) ([]services.Message, error) {
	rows, err := tx.Messages(thread.ID)
	if err != nil {
		return nil, err
	}
	var company string // once it is needed
	messages := make([]services.Message, 0, len(rows))
	for _, row := range rows {
		m := services.Message{
			ID: row.ID, From: row.From, Author: row.Author, Body: row.Body, SentAt: row.SentAt, KeptUntil: row.KeptUntil,
			Attachments: []services.Attachment{},
		}
		if reader == services.RoleCustomer && row.From == services.RoleAdvisor {
			if company == "" {
				if company, err = c.company(tx, thread.PersonID); err != nil {
					return nil, err
				}
			}
			m.Author = company
		}
		if thread.Attachments > 0 {
			files, err := tx.AttachmentsOf(row.ID)
			if err != nil {
				return nil, err
			}
			m.Attachments = attachments(files)
		}
		messages = append(messages, m)
	}
	return messages, nil
}

// company is the company's name in a person's language.
func (c *Core) company(tx Tx, personID string) (string, error) {
	person, err := tx.Person(personID)
	return c.Brand.Product.Company.In(person.Language), err
}
