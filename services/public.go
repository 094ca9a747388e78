package services

import (
	"context"
	"time"
)

// Public is what a screen needs to know before anybody has signed in.
type Public interface {
	// Policy gives the rules and words of the lender.
	Policy(ctx context.Context) (Policy, error)
	// Terms gives the terms of use in a language ("en" or "fr"; anything else reads as "en").
	Terms(ctx context.Context, language string) (Terms, error)
	// Captcha gives a new proof-of-work challenge.
	Captcha(ctx context.Context) (Captcha, error)
}

// Policy is the lender's brand and rules, as far as screens show or check them.
type Policy struct {
	Product          string // the one place for the product's name is the brand file
	Company          string // who answers messages, as the customer knows it
	Phone            string
	Hours            map[string]string // language to words
	Topics           []Topic
	Languages        []string // "en", "fr"
	TermsVersion     string
	PasswordMin      int // characters
	PasswordMax      int
	NameMax          int // characters, for each name
	BodyMax          int // characters of a message
	CodeLength       int // digits
	CodeTTL          time.Duration
	CodeResendWait   time.Duration
	ActivationTTL    time.Duration
	ResetTTL         time.Duration
	LockoutAfter     int // failed sign-ins
	LockoutFor       time.Duration
	SessionIdle      time.Duration
	TrustFor         time.Duration
	Retention        time.Duration // how long a message is kept after it was sent
	AttachmentMax    int64         // bytes of one file
	AttachmentTypes  []string      // file name endings, "pdf"
	AttachmentsMax   int           // files of one message
	IdentityProvider string        // name of the OpenID Connect provider, "" when there is none
}

// Topic is what a message can be about.
type Topic struct {
	ID   string
	Name map[string]string // language to words
}

// TopicName gives a topic's words in a language; the id itself when there is no such topic.
func (p Policy) TopicName(id, language string) string {
	for _, t := range p.Topics {
		if t.ID == id && t.Name[language] != "" {
			return t.Name[language]
		}
	}
	return id
}

// Terms are the terms of use in one language.
type Terms struct {
	Version  string
	Language string
	Text     string // Markdown
}

// Captcha is an ALTCHA v1 proof-of-work challenge; services/captcha solves it.
type Captcha struct {
	Algorithm string
	Challenge string
	MaxNumber int64
	Salt      string
	Signature string
}
