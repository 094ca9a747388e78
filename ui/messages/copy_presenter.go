package messages

import (
	"context"

	"myaccount/services"
	"myaccount/services/document"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// saveCopy makes a PDF of a conversation and asks where to put it.
func (c *center) saveCopy(p *text.Printer, id string) {
	now := c.env.Clock.Now()
	type paper struct {
		name string
		data []byte
	}
	nav.Run(&c.scope, func(ctx context.Context) (paper, error) {
		thread, err := c.deps.Messages.Thread(ctx, id)
		if err != nil {
			return paper{}, err
		}
		copied := c.document(p, thread)
		copied.SavedAt = now.Local()
		data, err := copied.PDF(p)
		return paper{thread.Reference + ".pdf", data}, err
	}, func(made paper, err error) {
		if err != nil {
			c.env.Toast(nav.Sentence(p, err, now))
			return
		}
		c.saveFile(p, p.T("messages.copy.title"), made.name, made.data)
	})
}

// keepCopy puts a copy of a conversation among the documents, and says what that means.
func (c *center) keepCopy(p *text.Printer, id string) {
	nav.Run(&c.scope, func(ctx context.Context) (services.Document, error) {
		return c.deps.Copies.CopyThread(ctx, id, string(p.Lang()))
	}, func(_ services.Document, err error) {
		switch {
		case services.CodeOf(err) == services.CodeUnavailable:
			c.env.Toast(p.T("messages.keep.unavailable"))
		case services.FieldsOf(err)["thread"] == services.ReasonTooMany:
			c.env.Toast(p.T("messages.keep.too_many"))
		case err != nil:
			c.env.Toast(nav.Sentence(p, err, c.env.Clock.Now()))
		case c.thread.ID == id && c.thread.Attachments > 0:
			c.env.Toast(p.T("messages.keep.done_files"))
		default:
			c.env.Toast(p.T("messages.keep.done"))
		}
	})
}

// document is a conversation as its copy shows it.
func (c *center) document(p *text.Printer, t services.Thread) document.Thread {
	d := document.Thread{
		Product: c.env.Policy.Product, Reference: t.Reference, Topic: topicName(p, c.env.Policy, t.Topic),
		Account: agreementName(p, c.kind(t.AgreementID), t.AgreementNumber), KeptUntil: t.KeptUntil.Local(),
	}
	for _, m := range t.Messages {
		message := document.Message{Author: m.Author, At: m.SentAt.Local(), KeptUntil: m.KeptUntil.Local(), Body: m.Body}
		for _, a := range m.Attachments {
			message.Attachments = append(message.Attachments, document.Attachment{Name: a.Name, Size: a.Size})
		}
		d.Messages = append(d.Messages, message)
	}
	return d
}

// saveFile asks where to put a file, writes it, and says what came of it.
func (c *center) saveFile(p *text.Printer, title, name string, data []byte) {
	c.env.Files.Save(title, name, data, func(path string, err error) {
		switch {
		case err != nil:
			c.env.Toast(p.T("messages.file.not_saved", text.Vars{"Name": name}))
		case path != "":
			c.env.Toast(p.T("messages.file.saved", text.Vars{"Name": name}))
		}
	})
}

// openFile shows an attachment with the system's program for it.
func (c *center) openFile(p *text.Printer, a services.Attachment) {
	c.fetch(p, a, func(data []byte) {
		if err := c.env.Files.Show(a.Name, data); err != nil {
			c.env.Toast(p.T("messages.file.not_shown", text.Vars{"Name": a.Name}))
		}
	})
}

// keepFile asks where to put an attachment.
func (c *center) keepFile(p *text.Printer, a services.Attachment) {
	c.fetch(p, a, func(data []byte) { c.saveFile(p, p.T("messages.file.title"), a.Name, data) })
}

func (c *center) fetch(p *text.Printer, a services.Attachment, then func([]byte)) {
	nav.Run(&c.scope, func(ctx context.Context) (services.AttachmentContent, error) {
		return c.deps.Attachments.OpenAttachment(ctx, a.ID)
	}, func(content services.AttachmentContent, err error) {
		if err != nil {
			c.env.Toast(nav.Sentence(p, err, c.env.Clock.Now()))
			return
		}
		then(content.Data)
	})
}
