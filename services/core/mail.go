package core

import (
	"context"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"myaccount/services"
	"myaccount/services/mail"
	"myaccount/services/seal"
	"myaccount/services/text"
)

// MailTx is the part of a transaction that keeps mails: the outbox and, in local-only mode, the tray.
type MailTx interface {
	// AddMail writes a new mail.
	AddMail(row MailRow) error
	// Mails reads the latest mails to an address in any writing, newest first.
	Mails(address string, limit int) ([]MailRow, error)
	// Mail reads one, or gives ErrNoRow.
	Mail(id string) (MailRow, error)
	// MailsBefore reads mails to anybody, newest first: those older than one, or from the newest with "".
	MailsBefore(id string, limit int, refused bool) ([]MailRow, error)
	// UseMails marks the mails that carry the secret of a token or code, and forgets it.
	UseMails(ref string) error
	// ClaimMail takes the mail that has been due longest, counts the try, and puts it off until a moment, so that
	// nobody else takes it meanwhile and it is not lost if this process dies. Gives ErrNoRow when none is due.
	ClaimMail(until time.Time) (MailRow, error)
	// HastenMails makes mails that are due after a moment due now.
	HastenMails(after time.Time) error
	// NextMail tells when the next mail is due; zero when none is.
	NextMail() (time.Time, error)
	// CountMails counts those that are to be sent, now or later.
	CountMails() (int, error)
	// SettleMail writes what became of a try to send: DueAt, SentAt, Refusal, and whether its secret is still there.
	SettleMail(row MailRow) error
	// EmptyMails forgets the secrets that have expired.
	EmptyMails() error
	// ForgetMails removes those written before a moment.
	ForgetMails(before time.Time) error
	// ForgetMailsTo removes all mails to an address.
	ForgetMailsTo(address string) error
}

// MailRow is a mail as it is kept. It is rendered when it is shown or sent, so no text is kept, and the secret lies in
// one place only.
type MailRow struct {
	ID       string // also of the Message-ID, the same at every try
	Kind     mail.Kind
	Address  string
	Language string
	Words    MailWords
	Ref      string      // the token or code that Secret belongs to; "" when it carries none
	Secret   seal.Secret // "" once used, expired or, without a tray, sent

	CreatedAt time.Time
	ExpiresAt time.Time // of the secret; zero when it carries none
	UsedAt    time.Time // zero: not used

	DueAt   time.Time // when it is to be sent; zero: not (any more)
	Tries   int
	SentAt  time.Time // zero: not sent
	Refusal string    // why it was given up; "" when it was not
}

// MailWords is what a mail's sentences are filled in with.
type MailWords struct {
	Name  string               `json:"name,omitempty"`  // for the greeting
	To    string               `json:"to,omitempty"`    // full name for the header
	Texts map[string]string    `json:"texts,omitempty"` // by the name of their variable
	Times map[string]time.Time `json:"times,omitempty"`
}

// letter is a mail that a rule asks for.
type letter struct {
	kind   mail.Kind
	to     PersonRow
	ref    string      // id of the token or code that secret is
	secret seal.Secret // what it carries
	until  time.Time   // when that expires
	texts  map[string]string
	times  map[string]time.Time

	notBefore time.Time // when it may be sent; zero for at once
}

// strangerNameMax is how many characters a strangerName has at most.
const strangerNameMax = 40

// isStrangerName tells whether a mail greets with a first name before its address is confirmed: words of letters with
// spaces, hyphens and apostrophes. That takes in nearly every name and leaves out links, numbers and sentences.
func isStrangerName(name string) bool {
	foreign := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" '’-", r)
	}
	n := utf8.RuneCountInString(name)
	return n >= 1 && n <= strangerNameMax && !strings.ContainsFunc(name, foreign)
}

// post puts a mail into the outbox, within the transaction of what it tells. Whoever has not confirmed the address is
// called by no more than such a name: else anybody could have words of their own choice sent to a stranger.
func (c *Core) post(tx Tx, l letter) error {
	row := MailRow{
		ID: c.NewID(), Kind: l.kind, Address: l.to.Email, Language: l.to.Language,
		Words: MailWords{Texts: l.texts, Times: l.times},
		Ref:   l.ref, Secret: l.secret, CreatedAt: tx.Now(), ExpiresAt: l.until,
	}
	if l.to.Active {
		row.Words.Name, row.Words.To = l.to.FirstName, l.to.person().Name()
	} else if isStrangerName(l.to.FirstName) {
		row.Words.Name = l.to.FirstName
	}
	if c.Sender != nil {
		row.DueAt = tx.Now()
		if l.notBefore.After(row.DueAt) {
			row.DueAt = l.notBefore
		}
	}
	if err := tx.AddMail(row); err != nil {
		return err
	}
	if !c.Tray {
		return nil
	}
	return announce(tx, l.to.ID, services.EventMail, row.ID)
}

// trayMax is how many mails the tray shows.
const trayMax = 100

// Mails lists the mails to an address, newest first; see services.MailTray.
func (c *Core) Mails(ctx context.Context, address string) ([]services.Mail, error) {
	var list []services.Mail
	err := c.Store.View(ctx, func(tx Tx) error {
		rows, err := tx.Mails(address, trayMax)
		if err != nil {
			return err
		}
		list = make([]services.Mail, 0, len(rows))
		for _, row := range rows {
			shown, err := c.show(row, tx.Now())
			if err != nil {
				return err
			}
			list = append(list, shown)
		}
		return nil
	})
	return list, err
}

// mailLinks says where the button of a mail leads, by its kind.
var mailLinks = map[mail.Kind]struct {
	action services.MailAction
	path   string
}{
	mail.Activate:        {services.MailActivate, "activate"},
	mail.Reset:           {services.MailReset, "reset"},
	mail.SetPassword:     {services.MailReset, "reset"},
	mail.EmailConfirm:    {services.MailEmail, "confirm-email"},
	mail.IdentityConfirm: {services.MailIdentity, "confirm-identity"},
	mail.Reply:           {services.MailOpen, "messages"},
	mail.MessageReceived: {services.MailOpen, "messages"},
	mail.MessageRemoval:  {services.MailOpen, "messages"},
}

// spent stands in a rendered mail for a secret that is gone.
const spent = "••••••"

// show renders a mail for the tray.
func (c *Core) show(row MailRow, now time.Time) (services.Mail, error) {
	if !row.ExpiresAt.IsZero() && !now.Before(row.ExpiresAt) {
		row.Secret = ""
	}
	message, err := c.render(row)
	if err != nil {
		return services.Mail{}, err
	}
	shown := services.Mail{
		ID: row.ID, Kind: string(row.Kind), To: row.Address, Subject: message.Subject, Text: message.Text,
		HTML: message.HTML, Summary: message.Summary, Button: message.Button, Action: mailLinks[row.Kind].action,
		At: row.CreatedAt, UsedAt: row.UsedAt, ExpiresAt: row.ExpiresAt,
	}
	switch {
	case row.Ref == "":
	case row.Secret == "":
		shown.Button = ""
	case row.Kind == mail.Code:
		shown.Code = services.Secret(row.Secret)
	default:
		shown.Token = services.Secret(row.Secret)
	}
	return shown, nil
}

// mailURL is where the button of a mail leads. A page of the backend opens in the mail's language; the program has its own.
func (c *Core) mailURL(path string, row MailRow) string {
	query := url.Values{}
	if row.Secret != "" {
		query.Set("token", row.Secret.Reveal())
	}
	if c.Links != DefaultLinks {
		query.Set("lang", row.Language)
	}
	if len(query) == 0 {
		return c.Links + path
	}
	return c.Links + path + "?" + query.Encode()
}

// render builds a mail from its row.
func (c *Core) render(row MailRow) (mail.Message, error) {
	vars := text.Vars{}
	for name, words := range row.Words.Texts {
		vars[name] = words
	}
	for name, at := range row.Words.Times {
		vars[name] = at.In(c.Location)
	}
	content := mail.Content{
		ID: row.ID, Kind: row.Kind, Lang: text.Lang(row.Language), To: row.Address,
		ToName: row.Words.To, Name: row.Words.Name, Vars: vars,
	}
	if row.Ref != "" {
		content.Code, content.Life = spent, row.ExpiresAt.Sub(row.CreatedAt)
		if row.Secret != "" {
			content.Code = row.Secret.Reveal()
		}
	}
	if link, ok := mailLinks[row.Kind]; ok {
		content.URL = c.mailURL(link.path, row)
	}
	contact := c.Brand.Contact
	return mail.Render(c.Catalogue, mail.Brand{
		Product: c.Brand.Product.Name, Company: c.Brand.Product.Company.In(row.Language),
		Support: contact.Phone + " · " + contact.Hours.In(row.Language),
	}, content)
}
