package document

import (
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services/text"
)

// Thread is a conversation as its copy shows it. Times are written in their
// own location, so the caller chooses where the reader is.
type Thread struct {
	Product   string // the name of the product, from the brand
	Reference string
	Topic     string // in words
	Account   string // in words, "Lease ending in 4471"
	SavedAt   time.Time
	KeptUntil time.Time
	Messages  []Message
}

// Message is one message of a Thread.
type Message struct {
	Author      string
	At          time.Time
	KeptUntil   time.Time
	Body        string
	Attachments []Attachment
}

// Attachment names a file; the copy does not hold it.
type Attachment struct {
	Name string
	Size int64 // bytes
}

// PDF writes the copy in the printer's language.
func (t Thread) PDF(p *text.Printer) ([]byte, error) {
	s, err := newSheet(p, p.T("document.thread.title", text.Vars{"Reference": t.Reference}), t.Product, t.SavedAt)
	if err != nil {
		return nil, err
	}
	s.head(t)
	for _, m := range t.Messages {
		s.message(m)
	}
	if s.lost {
		s.style("", sizeSmall, grey)
		s.paragraph(p.T("document.thread.lost", text.Vars{"Sign": string(missing)}))
	}
	return s.bytes()
}

// head writes what the conversation is about.
func (s *sheet) head(t Thread) {
	s.style("B", sizeTitle, black)
	s.title(1, t.Topic)
	s.gap(2)
	for _, fact := range [][2]string{
		{"document.thread.reference", t.Reference},
		{"document.thread.account", t.Account},
		{"document.thread.kept", s.printer.DateLong(civil.DateOf(t.KeptUntil))},
		{"document.thread.saved", s.printer.DateTime(t.SavedAt)},
	} {
		s.fact(60, s.printer.T(fact[0]), fact[1])
	}
	s.gap(4)
	s.rule()
}

// message writes one message.
func (s *sheet) message(m Message) {
	s.room()
	s.style("B", sizeText, black)
	s.title(2, m.Author)
	s.style("", sizeSmall, grey)
	s.paragraph(s.printer.T("document.thread.sent", text.Vars{
		"When": s.printer.DateTime(m.At), "Kept": s.printer.Date(civil.DateOf(m.KeptUntil)),
	}))
	s.gap(1.5)
	s.style("", sizeText, black)
	s.paragraph(m.Body)
	if len(m.Attachments) > 0 {
		s.gap(1.5)
		s.style("", sizeSmall, grey)
		s.paragraph(s.printer.T("document.thread.attachments", text.Vars{"Count": len(m.Attachments)}))
		for _, a := range m.Attachments {
			s.paragraph(s.printer.T("document.thread.attachment", text.Vars{"Name": a.Name, "Size": s.printer.Size(a.Size)}))
		}
	}
	s.gap(4)
	s.rule()
}
