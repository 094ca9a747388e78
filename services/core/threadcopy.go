package core

import (
	"context"
	"slices"

	"myaccount/services"
	"myaccount/services/document"
	"myaccount/services/filetype"
	"myaccount/services/text"
)

// CopyThread puts a copy of a conversation among the documents; see services.Documents.
func (s *customerSession) CopyThread(ctx context.Context, threadID, language string) (services.Document, error) {
	c := s.core
	var row, kept DocumentRow
	var known bool
	var paper document.Thread
	var printer *text.Printer
	err := s.view(ctx, ready, func(tx Tx, session SessionRow) error {
		thread, err := ownThread(tx, session.PersonID, threadID)
		if err != nil {
			return err
		}
		if printer, err = c.printerOf(tx, session.PersonID, language); err != nil {
			return err
		}
		if row, paper, err = c.threadCopy(tx, thread, printer); err != nil {
			return err
		}
		older, err := copiesOf(tx, row)
		kept, known = row.among(older)
		return err
	})
	if err != nil || known {
		return kept.document(), err
	}
	data, err := paper.PDF(printer)
	if err != nil {
		return services.Document{}, err
	}
	if row, err = c.storeDocument(ctx, row, data); err != nil {
		return services.Document{}, err
	}
	var unused []string
	err = s.update(ctx, ready, func(tx Tx, _ SessionRow) (err error) {
		kept, unused, err = addCopy(tx, row)
		return err
	})
	if err != nil {
		c.dropRefused(ctx, row.ID, err)
		return services.Document{}, err
	}
	c.dropBlobs(context.WithoutCancel(ctx), unused)
	return kept.document(), nil
}

// threadCopy is a copy of what is left of a conversation, before it is written.
func (c *Core) threadCopy(tx Tx, thread ThreadRow, p *text.Printer) (DocumentRow, document.Thread, error) {
	agreement, err := tx.Agreement(thread.AgreementID)
	if err != nil {
		return DocumentRow{}, document.Thread{}, err
	}
	messages, err := c.messages(tx, thread, services.RoleCustomer)
	if err != nil {
		return DocumentRow{}, document.Thread{}, err
	}
	language, home := string(p.Lang()), zone(agreement.Province)
	paper := document.Thread{
		Product: c.Brand.Product.Name, Reference: thread.Reference, Topic: c.topicName(thread.Topic, p),
		Account: p.T("messages.agreement."+string(agreement.Kind), text.Vars{"Digits": agreement.lastDigits()}),
		SavedAt: tx.Now().In(home), KeptUntil: thread.KeptUntil.In(home),
	}
	row := DocumentRow{
		AgreementID: agreement.ID, PersonID: thread.PersonID, Kind: services.DocumentMessage,
		Details: DocumentDetails{
			Name: filetype.CleanName(paper.Topic + " " + thread.Reference + ".pdf"), Type: typePDF, Languages: []string{language},
			ThreadID: thread.ID, Reference: thread.Reference,
		},
	}
	for _, m := range messages {
		row.Details.Messages = append(row.Details.Messages, m.ID)
		if m.From == services.RoleAdvisor {
			m.Author = c.Brand.Product.Company.In(language)
		}
		part := document.Message{Author: m.Author, At: m.SentAt.In(home), KeptUntil: m.KeptUntil.In(home), Body: m.Body}
		for _, a := range m.Attachments {
			part.Attachments = append(part.Attachments, document.Attachment{Name: a.Name, Size: a.Size})
		}
		paper.Messages = append(paper.Messages, part)
	}
	return row, paper, nil
}

// topicName is a topic in a language; one that the brand no longer has reads as a message.
func (c *Core) topicName(id string, p *text.Printer) string {
	for _, t := range c.Brand.Topics {
		if t.ID == id {
			return t.Name.In(string(p.Lang()))
		}
	}
	return p.T("messages.topic.other")
}

// copiesOf are a person's copies of conversations about an agreement, as row is one.
func copiesOf(tx Tx, row DocumentRow) ([]DocumentRow, error) {
	rows, err := tx.DocumentsOf(row.AgreementID, row.PersonID)
	return slices.DeleteFunc(rows, func(r DocumentRow) bool { return r.Kind != services.DocumentMessage }), err
}

// holds tells whether a copy has all messages of another one.
func (r DocumentRow) holds(other DocumentRow) bool {
	return r.Details.ThreadID == other.Details.ThreadID && !slices.ContainsFunc(other.Details.Messages, func(id string) bool {
		return !slices.Contains(r.Details.Messages, id)
	})
}

// among finds the copy, in the same language, that has all of this one.
func (r DocumentRow) among(copies []DocumentRow) (DocumentRow, bool) {
	i := slices.IndexFunc(copies, func(old DocumentRow) bool {
		return old.holds(r) && slices.Equal(old.Details.Languages, r.Details.Languages)
	})
	if i < 0 {
		return DocumentRow{}, false
	}
	return copies[i], true
}

// addCopy writes the row of a copy in place of those that have nothing else, and gives it, or the one that has all of it
// already, with the ids of the blobs that are of no use any more. A message that was removed meanwhile stays in the copy
// that has it.
func addCopy(tx Tx, row DocumentRow) (kept DocumentRow, unused []string, err error) {
	older, err := copiesOf(tx, row)
	if err != nil {
		return DocumentRow{}, nil, err
	}
	if kept, known := row.among(older); known {
		return kept, []string{row.ID}, nil
	}
	for _, old := range older {
		if !row.holds(old) {
			continue
		}
		if err := tx.DeleteDocument(old.ID); err != nil {
			return DocumentRow{}, nil, err
		}
		unused = append(unused, old.ID)
	}
	if len(older)-len(unused) >= documentsMax {
		return DocumentRow{}, nil, services.Invalid("thread", services.ReasonTooMany)
	}
	if err := putDocument(tx, row); err != nil {
		return DocumentRow{}, nil, err
	}
	kept, err = tx.Document(row.ID)
	return kept, unused, err
}

// RemoveDocument removes a copy of a conversation; see services.Documents.
func (s *customerSession) RemoveDocument(ctx context.Context, id string) error {
	err := s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		row, err := tx.Document(id)
		if err != nil {
			return gone(err, services.CodeNotFound)
		}
		if row.PersonID != session.PersonID || row.Kind != services.DocumentMessage {
			return services.Fail(services.CodeNotFound)
		}
		if err := tx.DeleteDocument(id); err != nil {
			return err
		}
		return announceDocument(tx, row)
	})
	if err == nil {
		s.core.dropBlobs(context.WithoutCancel(ctx), []string{id})
	}
	return err
}
