package mail

import (
	"fmt"
	htmltemplate "html/template"
	"net/url"
	"slices"
	"strings"
	texttemplate "text/template"
	"time"

	"myaccount/assets"
	"myaccount/services/text"
)

// Both layouts are embedded, so a broken one stops the first test.
var (
	textLayout = texttemplate.Must(texttemplate.ParseFS(assets.Mail, "mail/mail.txt"))
	htmlLayout = htmltemplate.Must(htmltemplate.ParseFS(assets.Mail, "mail/mail.gohtml"))
)

// schemes are the links that a button may carry; html/template would refuse the
// app's own.
var schemes = []string{"https", "http", "mybmwaccount"}

// page is what the layouts draw.
type page struct {
	Lang              text.Lang
	Product           string
	Subject, Lead     string
	Body              []string
	Digits            string
	URL               htmltemplate.URL // checked against schemes
	Button, LinkLabel string
	Paste, PasteLabel string
	Notes             []string
	Signature         string
	Footer            []string
}

// Render builds a mail. Errors: ErrContent when c lacks what its kind needs.
func Render(cat *text.Catalogue, brand Brand, c Content) (Message, error) {
	if err := c.check(); err != nil {
		return Message{}, err
	}
	p := c.page(cat.Printer(c.Lang), brand)
	var plain, html strings.Builder
	if err := textLayout.Execute(&plain, p); err != nil {
		return Message{}, fmt.Errorf("mail: text part: %w", err)
	}
	if err := htmlLayout.Execute(&html, p); err != nil {
		return Message{}, fmt.Errorf("mail: HTML part: %w", err)
	}
	return Message{
		ID: c.ID, Kind: c.Kind, Lang: p.Lang, To: c.To, ToName: text.Line(c.ToName),
		Subject: p.Subject, Summary: p.Lead, Button: p.Button,
		Text: plain.String(), HTML: html.String(),
	}, nil
}

// check refuses a content that would make a mail with a hole in it.
func (c Content) check() error {
	s, known := shapes[c.Kind]
	switch {
	case !known:
		return fmt.Errorf("%w: unknown kind", ErrContent)
	case c.ID == "" || c.To == "":
		return fmt.Errorf("%w: %s: id or address", ErrContent, c.Kind)
	case s.link && c.URL == "":
		return fmt.Errorf("%w: %s: link", ErrContent, c.Kind)
	case (s.link || s.code) && (c.Code == "" || c.Life < time.Minute):
		return fmt.Errorf("%w: %s: code or its life", ErrContent, c.Kind)
	}
	for _, name := range s.vars {
		if v := c.Vars[name]; v == nil || v == "" {
			return fmt.Errorf("%w: %s: %s", ErrContent, c.Kind, name)
		}
	}
	if c.URL != "" && !isLink(c.URL) {
		return fmt.Errorf("%w: %s: link", ErrContent, c.Kind) // the cause would quote the token
	}
	return nil
}

// isLink tells whether a button may lead there.
func isLink(address string) bool {
	link, err := url.Parse(address)
	return err == nil && slices.Contains(schemes, link.Scheme) && link.Host != ""
}

// page takes the sentences of the kind from the catalogue.
func (c Content) page(t *text.Printer, brand Brand) page {
	vars := c.vars(t)
	key := func(part string) string { return "mail." + string(c.Kind) + "." + part }
	p := page{
		Lang:      t.Lang(),
		Product:   brand.Product,
		Subject:   t.T(key("subject")),
		Lead:      t.T(key("lead"), vars),
		Body:      paragraphs(t, key("body"), vars),
		Signature: t.T("mail.signature", text.Vars{"Product": brand.Product, "Company": brand.Company}),
		Footer:    []string{t.T("mail.footer.automatic")},
	}
	if c.URL != "" && t.Has(key("button")) {
		p.URL = htmltemplate.URL(c.URL) //nolint:gosec // check let only our schemes through
		p.Button = t.T(key("button"))
		p.LinkLabel = t.T("mail.link", text.Vars{"Button": p.Button})
	}
	switch s := shapes[c.Kind]; {
	case s.link:
		p.Paste, p.PasteLabel = c.Code, t.T("mail.paste")
		p.Notes = []string{t.T("mail.life.link", text.Vars{"Span": span(t, c.Life)})}
	case s.code:
		p.Digits = c.Code
		p.Notes = []string{t.T("mail.life.code", text.Vars{"Span": span(t, c.Life)})}
	}
	p.Notes = append(p.Notes, paragraphs(t, key("note"), vars)...)
	if brand.Support != "" {
		p.Footer = append(p.Footer, t.T("mail.footer.help", text.Vars{"Support": brand.Support}))
	}
	return p
}

// vars returns the values for the sentences: texts on one line, times written
// out, and the greeting.
func (c Content) vars(t *text.Printer) text.Vars {
	vars := text.Vars{"Hello": t.T("mail.hello.nameless")}
	if name := text.Line(c.Name); name != "" {
		vars["Hello"] = t.T("mail.hello", text.Vars{"Name": name})
	}
	for name, value := range c.Vars {
		switch v := value.(type) {
		case time.Time:
			vars[name] = t.DateTime(v)
		case string:
			vars[name] = text.Line(v)
		default:
			vars[name] = v
		}
	}
	return vars
}

// paragraphs returns the paragraphs of a key; none when there is no such key.
func paragraphs(t *text.Printer, key string, vars text.Vars) []string {
	if !t.Has(key) {
		return nil
	}
	return strings.Split(t.T(key, vars), "\n\n")
}

// span writes a duration in whole hours, else in whole minutes.
func span(t *text.Printer, d time.Duration) string {
	if d%time.Hour == 0 {
		return t.T("mail.span.hours", text.Vars{"Count": int(d / time.Hour)})
	}
	return t.T("mail.span.minutes", text.Vars{"Count": int(d / time.Minute)})
}
