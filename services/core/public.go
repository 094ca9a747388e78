package core

import (
	"context"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/text"
)

// Policy gives the rules and words of the lender.
func (c *Core) Policy(context.Context) (services.Policy, error) {
	b, r := c.Brand, c.Brand.Rules
	provider := b.Identity.Provider
	if c.Identity == nil {
		provider = ""
	}
	return services.Policy{
		Product: b.Product.Name, Company: b.Product.Company.In("en"), Phone: b.Contact.Phone,
		Hours: copyText(b.Contact.Hours), Topics: topics(b.Topics),
		Languages: append([]string(nil), r.Languages...), TermsVersion: r.TermsVersion,
		PasswordMin: r.PasswordMin, PasswordMax: r.PasswordMax, NameMax: r.NameMax, BodyMax: r.BodyMax,
		CodeLength: r.CodeLength, CodeTTL: r.CodeTTL, CodeResendWait: r.CodeResendWait,
		ActivationTTL: r.ActivationTTL, ResetTTL: r.ResetTTL,
		LockoutAfter: r.LockoutAfter, LockoutFor: r.LockoutDuration,
		SessionIdle: r.SessionIdle, TrustFor: r.TrustFor(), Retention: r.Retention(),
		AttachmentMax: r.AttachmentMaxBytes, AttachmentTypes: append([]string(nil), r.AttachmentTypes...),
		AttachmentsMax: r.AttachmentsPerMessage, IdentityProvider: provider,
	}, nil
}

// topics hands out copies.
func topics(list []brand.Topic) []services.Topic {
	out := make([]services.Topic, len(list))
	for i, t := range list {
		out[i] = services.Topic{ID: t.ID, Name: copyText(t.Name)}
	}
	return out
}

func copyText(t brand.Text) map[string]string {
	out := make(map[string]string, len(t))
	for language, words := range t {
		out[language] = words
	}
	return out
}

// Terms gives the terms of use.
func (c *Core) Terms(_ context.Context, language string) (services.Terms, error) {
	lang := string(text.ParseLang(language))
	return services.Terms{Version: c.Brand.Rules.TermsVersion, Language: lang, Text: c.Config.Terms[lang]}, nil
}
