package mail

import (
	"fmt"
	"net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"myaccount/services/text"
)

// origin is whom mails come from.
type origin struct {
	from   *mail.Address
	domain string // of the sender: stands in HELO and Message-ID for the name of this machine
	now    func() time.Time
}

// newOrigin reads a sender's address, which may have a name. Errors: ErrURL.
func newOrigin(from string) (origin, error) {
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return origin{}, fmt.Errorf("%w: sender's address", ErrURL)
	}
	domain := sender.Address[strings.LastIndexByte(sender.Address, '@')+1:]
	return origin{from: sender, domain: domain, now: time.Now}, nil
}

// compose builds the MIME message: a text part and an HTML part as alternatives.
func (o origin) compose(m Message) (*gomail.Msg, error) {
	for _, header := range []string{m.ID, m.To, m.ToName, m.Subject} {
		if !text.ControlFree(header) {
			return nil, fmt.Errorf("%w: control character in a header", ErrPermanent)
		}
	}
	if m.ID == "" || strings.ContainsAny(m.ID, `<>@/\ `) {
		return nil, fmt.Errorf("%w: message id", ErrPermanent)
	}
	to, err := mail.ParseAddress(m.To)
	if err != nil || to.Address != m.To {
		return nil, fmt.Errorf("%w: address", ErrPermanent) // the cause would quote it
	}
	to.Name = m.ToName
	msg := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP))
	msg.FromMailAddress(o.from)
	msg.AddToMailAddress(to)
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID + "@" + o.domain)
	msg.SetDateWithValue(o.now())
	msg.SetUserAgent("My Account")
	msg.SetGenHeader(gomail.HeaderContentLang, string(m.Lang))
	// RFC 3834: no holiday notice shall answer.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg, nil
}
