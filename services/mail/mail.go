// Package mail builds the mails of the program, in English and French, with a
// text and an HTML part, and sends them by SMTP. The sentences come from the
// catalogue (keys "mail.<kind>.…"), the two layouts from assets/mail.
package mail

import (
	"context"
	"errors"
	"time"

	"myaccount/services/text"
)

// Kind names a mail.
type Kind string

// The mails there are. The comment names what Content must carry beyond the
// address: URL, Code, Life, and the Vars in quotes.
const (
	Activate          Kind = "activate"           // URL, Code (the token), Life
	AlreadyRegistered Kind = "already_registered" // somebody registered an address that has a login
	Reset             Kind = "reset"              // URL, Code (the token), Life
	PasswordChanged   Kind = "password_changed"   // "At"
	SetPassword       Kind = "set_password"       // URL, Code (the token), Life
	Code              Kind = "code"               // Code (the digits), Life
	DeviceAuthorized  Kind = "device_authorized"  // "Device", "At"
	Reply             Kind = "reply"              // "Reference"; never the text of the reply
	MessageReceived   Kind = "message_received"   // "Reference"
	MessageRemoval    Kind = "message_removal"    // "Reference", "At"
	StatementReady    Kind = "statement_ready"    // "Month", "Agreement" (last digits)
	PaymentDue        Kind = "payment_due"        // "Amount", "On", "Agreement" (last digits)
	Locked            Kind = "locked"             // "Until"
	LinkAttempt       Kind = "link_attempt"       // "At"
	DataDeleted       Kind = "data_deleted"       // "At"
	IdentityConfirm   Kind = "identity_confirm"   // URL, Code (the token), Life; "Provider"
	EmailConfirm      Kind = "email_confirm"      // URL, Code (the token), Life; to the new address
	EmailChange       Kind = "email_change"       // "Address" (masked), "At"; to the old address, before
	EmailChanged      Kind = "email_changed"      // "Address" (masked), "At"; to the old address, after
	FactorAdded       Kind = "factor_added"       // "At"
	FactorRemoved     Kind = "factor_removed"     // "At"
	RecoveryUsed      Kind = "recovery_used"      // "Left" (how many codes), "At"
	PaymentPosted     Kind = "payment_posted"     // "Reference", "Amount", "On", "Agreement", "Account" (last digits of both)
	PaymentSimulated  Kind = "payment_simulated"  // the same, where no bank was asked
	PaymentReturned   Kind = "payment_returned"   // the same, and "Reason" (a sentence)
)

// shape says what a kind of mail needs.
type shape struct {
	link bool     // a button that carries a token, which can be pasted instead
	code bool     // digits to type
	vars []string // names of Vars
}

var shapes = map[Kind]shape{
	Activate:          {link: true},
	AlreadyRegistered: {},
	Reset:             {link: true},
	PasswordChanged:   {vars: []string{"At"}},
	SetPassword:       {link: true},
	Code:              {code: true},
	DeviceAuthorized:  {vars: []string{"Device", "At"}},
	Reply:             {vars: []string{"Reference"}},
	MessageReceived:   {vars: []string{"Reference"}},
	MessageRemoval:    {vars: []string{"Reference", "At"}},
	StatementReady:    {vars: []string{"Month", "Agreement"}},
	PaymentDue:        {vars: []string{"Amount", "On", "Agreement"}},
	Locked:            {vars: []string{"Until"}},
	LinkAttempt:       {vars: []string{"At"}},
	DataDeleted:       {vars: []string{"At"}},
	IdentityConfirm:   {link: true, vars: []string{"Provider"}},
	EmailConfirm:      {link: true},
	EmailChange:       {vars: []string{"Address", "At"}},
	EmailChanged:      {vars: []string{"Address", "At"}},
	FactorAdded:       {vars: []string{"At"}},
	FactorRemoved:     {vars: []string{"At"}},
	RecoveryUsed:      {vars: []string{"Left", "At"}},
	PaymentPosted:     {vars: []string{"Reference", "Amount", "On", "Agreement", "Account"}},
	PaymentSimulated:  {vars: []string{"Reference", "Amount", "On", "Agreement", "Account"}},
	PaymentReturned:   {vars: []string{"Reference", "Amount", "On", "Agreement", "Account", "Reason"}},
}

// Brand is who writes, in the language of the mail.
type Brand struct {
	Product string // "My BMW Account"
	Company string
	Support string // how to reach people: phone and hours; "" leaves the line out
}

// Content is what one mail says.
type Content struct {
	ID     string // becomes the Message-ID, so a mail sent twice is known as one
	Kind   Kind
	Lang   text.Lang
	To     string        // address
	ToName string        // full name for the header; may be ""
	Name   string        // for the greeting; may be ""
	URL    string        // of the button: https, http or mybmwaccount; optional in mails without a token
	Code   string        // the digits, or the token that can be pasted
	Life   time.Duration // of the code or link
	Vars   text.Vars     // a time.Time is written as date and time of day in its own location
}

// Message is a mail that is ready to be kept or sent. Where it carries a code or
// a link, its parts are secrets.
type Message struct {
	ID      string // local part of the Message-ID
	Kind    Kind
	Lang    text.Lang
	To      string
	ToName  string
	Subject string
	Summary string // the first sentence
	Button  string // words of the button; "" when there is none
	Text    string
	HTML    string
}

// Sender sends mails.
type Sender interface {
	// Send hands the mail to a server. Errors: ErrTemporary, to be tried again;
	// ErrPermanent, which no other try will change.
	Send(ctx context.Context, m Message) error
}

var (
	// ErrContent says that a Content lacks what its kind needs.
	ErrContent = errors.New("mail: incomplete content")
	// ErrTemporary says that the mail was not taken now and may be later.
	ErrTemporary = errors.New("mail: not sent, try again later")
	// ErrPermanent says that the server refuses this mail for good.
	ErrPermanent = errors.New("mail: refused")
)
