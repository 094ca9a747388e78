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

func policyIsWhole(w *world) {
	p := w.policy()
	for what, ok := range map[string]bool{
		"words":     p.Product != "" && p.Company != "" && p.Phone != "" && p.Hours["en"] != "" && p.Hours["fr"] != "",
		"languages": len(p.Languages) == 2,
		"password":  p.PasswordMin == 12 && p.PasswordMax == 128,
		"lengths":   p.NameMax == 100 && p.BodyMax == 4000 && p.CodeLength == 6,
		"times":     p.CodeTTL == 10*time.Minute && p.ActivationTTL == 24*time.Hour && p.SessionIdle == 15*time.Minute,
		"lock-out":  p.LockoutAfter == 10 && p.LockoutFor == 24*time.Hour,
		"trust":     p.TrustFor == 30*24*time.Hour && p.Retention == 30*24*time.Hour,
		"files":     p.AttachmentMax == 10<<20 && p.AttachmentsMax == 5 && len(p.AttachmentTypes) == 6,
	} {
		if !ok {
			w.Errorf("%s: %+v", what, p)
		}
	}
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
