package servicetest

import (
	"strings"
	"time"

	"myaccount/services"
)

var publicCases = suite{
	"Public_Policy/IsWhole":       policyIsWhole,
	"Public_Terms/BothLanguages":  termsInBothLanguages,
	"Public_Captcha/CountsOnce":   captchaCountsOnce,
	"Public_Captcha/IsUsedInTime": captchaIsUsedInTime,
}

// policyIsWhole compares the rules with those the project promises.
func policyIsWhole(w *world) {
	const day = 24 * time.Hour
	p := w.policy()
	rules := p
	rules.Topics, rules.Hours, rules.Product, rules.Company, rules.Phone = nil, nil, "", "", ""
	same(w, "rules", rules, services.Policy{
		Languages: []string{"en", "fr"}, TermsVersion: p.TermsVersion,
		PasswordMin: 12, PasswordMax: 128, NameMax: 100, BodyMax: 4000,
		CodeLength: 6, CodeTTL: 10 * time.Minute, CodeResendWait: time.Minute, ActivationTTL: day, ResetTTL: time.Hour,
		LockoutAfter: 10, LockoutFor: day, SessionIdle: 15 * time.Minute, TrustFor: 30 * day, Retention: 30 * day,
		AttachmentMax: 10 << 20, AttachmentTypes: []string{"pdf", "jpeg", "png", "heic", "txt", "docx"}, AttachmentsMax: 5,
	})
	for i, words := range []string{p.Product, p.Company, p.Phone, p.TermsVersion, p.Hours["en"], p.Hours["fr"]} {
		if words == "" {
			w.Errorf("the %d. of the words is missing: %+v", i+1, p)
		}
	}
	same(w, "topics", len(p.Topics), 8)
	for _, topic := range p.Topics {
		if topic.ID == "" || p.TopicName(topic.ID, "en") == topic.ID || p.TopicName(topic.ID, "fr") == topic.ID {
			w.Errorf("topic %+v", topic)
		}
	}
}

func termsInBothLanguages(w *world) {
	texts := map[string]bool{}
	for asked, language := range map[string]string{"en": "en", "fr": "fr", "de": "en", "": "en"} {
		terms, err := w.Portal().Terms(w.ctx(), asked)
		w.must(err)
		if terms.Language != language || terms.Version != w.policy().TermsVersion || !strings.Contains(terms.Text, terms.Version) {
			w.Errorf("terms in %q: version %q in %q", asked, terms.Version, terms.Language)
		}
		texts[terms.Text] = true
	}
	same(w, "texts", len(texts), 2)
}

func captchaCountsOnce(w *world) {
	r := w.registration(alice)
	w.must(w.Portal().Register(w.ctx(), r))
	r.Email = bob
	w.refuses(w.Portal().Register(w.ctx(), r), "Registrar.Register", map[string]string{"captcha": services.ReasonOutdated})
	for _, made := range []string{"bm8", "not base64 \x00", strings.Repeat("A", 100_000), w.captcha()[1:]} {
		r.Captcha = made
		w.refuses(w.Portal().Register(w.ctx(), r), "Registrar.Register", map[string]string{"captcha": services.ReasonMismatch})
	}
}

func captchaIsUsedInTime(w *world) {
	r := w.registration(alice)
	w.Advance(11 * time.Minute)
	w.refuses(w.Portal().Register(w.ctx(), r), "Registrar.Register", map[string]string{"captcha": services.ReasonOutdated})
}
