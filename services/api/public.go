package api

import (
	"time"

	"myaccount/services"
)

// Policy is the lender's brand and rules.
type Policy struct {
	Product               string            `json:"product"`
	Company               string            `json:"company"`
	Phone                 string            `json:"phone"`
	Hours                 map[string]string `json:"hours" doc:"Language to words"`
	Topics                []Topic           `json:"topics" nullable:"false"`
	Languages             []string          `json:"languages" nullable:"false"`
	TermsVersion          string            `json:"terms_version"`
	PasswordMin           int               `json:"password_min" doc:"Characters"`
	PasswordMax           int               `json:"password_max" doc:"Characters"`
	NameMax               int               `json:"name_max" doc:"Characters of each name"`
	BodyMax               int               `json:"body_max" doc:"Characters of a message"`
	CodeLength            int               `json:"code_length" doc:"Digits"`
	CodeTTL               Seconds           `json:"code_ttl"`
	CodeResendWait        Seconds           `json:"code_resend_wait"`
	ActivationTTL         Seconds           `json:"activation_ttl"`
	ResetTTL              Seconds           `json:"reset_ttl"`
	LockoutAfter          int               `json:"lockout_after" doc:"Failed sign-ins"`
	LockoutHours          float64           `json:"lockout_hours"`
	SessionIdle           Seconds           `json:"session_idle"`
	TrustDays             float64           `json:"trust_days"`
	RetentionDays         float64           `json:"retention_days" doc:"How long a message is kept after it was sent"`
	AttachmentMaxBytes    int64             `json:"attachment_max_bytes"`
	AttachmentTypes       []string          `json:"attachment_types" nullable:"false" doc:"Endings of file names"`
	AttachmentsPerMessage int               `json:"attachments_per_message"`
	IdentityProvider      string            `json:"identity_provider,omitempty" doc:"Name of the OpenID Connect provider"`
}

// Topic is what a message can be about.
type Topic struct {
	ID   string            `json:"id"`
	Name map[string]string `json:"name" doc:"Language to words"`
}

const day = 24 * time.Hour

// PolicyOf makes it from the domain's.
func PolicyOf(p services.Policy) Policy {
	return Policy{
		Product: p.Product, Company: p.Company, Phone: p.Phone, Hours: p.Hours,
		Topics:    convert(p.Topics, func(t services.Topic) Topic { return Topic(t) }),
		Languages: convert(p.Languages, same[string]), TermsVersion: p.TermsVersion,
		PasswordMin: p.PasswordMin, PasswordMax: p.PasswordMax, NameMax: p.NameMax, BodyMax: p.BodyMax,
		CodeLength: p.CodeLength, CodeTTL: SecondsOf(p.CodeTTL), CodeResendWait: SecondsOf(p.CodeResendWait),
		ActivationTTL: SecondsOf(p.ActivationTTL), ResetTTL: SecondsOf(p.ResetTTL),
		LockoutAfter: p.LockoutAfter, LockoutHours: p.LockoutFor.Hours(), SessionIdle: SecondsOf(p.SessionIdle),
		TrustDays: p.TrustFor.Hours() / 24, RetentionDays: p.Retention.Hours() / 24,
		AttachmentMaxBytes: p.AttachmentMax, AttachmentTypes: convert(p.AttachmentTypes, same[string]),
		AttachmentsPerMessage: p.AttachmentsMax, IdentityProvider: p.IdentityProvider,
	}
}

// Domain gives it back.
func (p Policy) Domain() services.Policy {
	return services.Policy{
		Product: p.Product, Company: p.Company, Phone: p.Phone, Hours: p.Hours,
		Topics:    convert(p.Topics, func(t Topic) services.Topic { return services.Topic(t) }),
		Languages: p.Languages, TermsVersion: p.TermsVersion,
		PasswordMin: p.PasswordMin, PasswordMax: p.PasswordMax, NameMax: p.NameMax, BodyMax: p.BodyMax,
		CodeLength: p.CodeLength, CodeTTL: p.CodeTTL.Duration(), CodeResendWait: p.CodeResendWait.Duration(),
		ActivationTTL: p.ActivationTTL.Duration(), ResetTTL: p.ResetTTL.Duration(),
		LockoutAfter: p.LockoutAfter, LockoutFor: time.Duration(p.LockoutHours * float64(time.Hour)),
		SessionIdle: p.SessionIdle.Duration(), TrustFor: time.Duration(p.TrustDays * float64(day)),
		Retention:     time.Duration(p.RetentionDays * float64(day)),
		AttachmentMax: p.AttachmentMaxBytes, AttachmentTypes: p.AttachmentTypes,
		AttachmentsMax: p.AttachmentsPerMessage, IdentityProvider: p.IdentityProvider,
	}
}

// same gives what it was given.
func same[T any](v T) T { return v }

// Terms are the terms of use in one language.
type Terms struct {
	Version  string `json:"version"`
	Language string `json:"language"`
	Text     string `json:"text" doc:"Markdown"`
}

// Captcha is an ALTCHA v1 challenge, in the names of that protocol.
type Captcha struct {
	Algorithm string `json:"algorithm"`
	Challenge string `json:"challenge"`
	MaxNumber int64  `json:"maxnumber"`
	Salt      string `json:"salt"`
	Signature string `json:"signature"`
}
