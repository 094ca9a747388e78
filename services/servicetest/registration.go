package servicetest

import (
	"strings"
	"time"

	"myaccount/services"
)

var registrarCases = suite{
	"Registrar_Register/KnownAndUnknownAlike":         registerAlike,
	"Registrar_Register/EveryFieldAtOnce":             registerEveryField,
	"Registrar_Register/Names":                        registerNames,
	"Registrar_Register/Addresses":                    registerAddresses,
	"Registrar_Register/Passwords":                    registerPasswords,
	"Registrar_Register/Choices":                      registerChoices,
	"Registrar_Register/TenMailsAnHour":               registerThrottled,
	"Registrar_Activate/OwnMailOwnRegistration":       activateOwnRegistration,
	"Registrar_ResendActivation/KnownAndUnknownAlike": resendAlike,
	"Registrar_ResendActivation/OneAMinute":           resendOneAMinute,
	"Registrar_ResendActivation/BadInput":             resendBadInput,
	"Registrar_Activate/Once":                         activateOnce,
	"Registrar_Activate/InTime":                       activateInTime,
	"Registrar_Activate/AsPasted":                     activateAsPasted,
}

func registerAlike(w *world) {
	w.person(alice)
	for _, again := range []string{alice, strings.ToUpper(alice[:5]) + alice[5:], "  " + alice + " "} {
		w.must(w.Portal().Register(w.ctx(), w.registration(again)))
	}
	w.must(w.Portal().Register(w.ctx(), w.registration(bob)))
	same(w, "mails that say the address has a login", w.mailed(alice, "already_registered"), 3)
	same(w, "mails to activate", w.mailed(alice, "activate"), 1)
	same(w, "mails to the new address", w.mailed(bob, "activate"), 1)
	w.must(w.trySignIn(credentials(alice)))
}

func registerEveryField(w *world) {
	w.refuses(w.Portal().Register(w.ctx(), services.Registration{}), "Registrar.Register", map[string]string{
		"first_name": "required", "last_name": "required", "email": "required", "password": "required",
		"language": "required", "terms_version": "required", "terms_language": "required", "captcha": "required",
	})
	same(w, "mails", len(w.Mails(w, "")), 0)
}

func registerNames(w *world) {
	long := strings.Repeat("é", 100)
	for _, test := range []struct{ typed, kept, reason string }{
		{"", "", services.ReasonRequired},
		{" \t\u00a0\u200b", "", services.ReasonRequired},
		{"\x00\x07\u202e", "", services.ReasonRequired},
		{long + "é", "", services.ReasonTooLong},
		{strings.Repeat("🙂", 101), "", services.ReasonTooLong},
		{"🙂", "", services.ReasonFormat},
		{"12-3", "", services.ReasonFormat},
		{long, long, ""},
		{strings.Repeat("e\u0301", 100), long, ""},
		{"  Marie\t\n Ève ", "Marie Ève", ""},
		{"Ali\x00ce\x1b", "Alice", ""},
		{"\u202eAlice\u2066", "Alice", ""},
		{"Alice 👩‍🚀", "Alice 👩‍🚀", ""},
		{"علی", "علی", ""},
		{"O’Brien-Łuków", "O’Brien-Łuków", ""},
	} {
		r := w.registration("name@example.ca")
		r.FirstName, r.LastName = test.typed, test.typed
		r.Email = "name" + w.Now().Format("150405") + "@example.ca"
		w.Advance(time.Second)
		err := w.Portal().Register(w.ctx(), r)
		if test.reason != "" {
			w.refuses(err, "Registrar.Register", map[string]string{"first_name": test.reason, "last_name": test.reason})
			continue
		}
		w.must(err)
		w.must(w.Portal().Activate(w.ctx(), w.mail(r.Email, "activate").Token))
		person := w.signIn(r.Email).Info().Person
		same(w, "name", person.FirstName, test.kept)
		same(w, "name", person.Name(), test.kept+" "+test.kept)
	}
}

func registerAddresses(w *world) {
	for address, reason := range map[string]string{
		"":                                      services.ReasonRequired,
		"   ":                                   services.ReasonRequired,
		"alice":                                 services.ReasonFormat,
		"alice@":                                services.ReasonFormat,
		"@example.ca":                           services.ReasonFormat,
		"alice@example":                         services.ReasonFormat,
		"al ice@example.ca":                     services.ReasonFormat,
		"alice@example.ca, bob@example.ca":      services.ReasonFormat,
		"Alice <alice@example.ca>":              services.ReasonFormat,
		"🙂@example.ca":                          services.ReasonFormat,
		"alice@exam\nple.ca":                    services.ReasonControl,
		"alice\u202e@example.ca":                services.ReasonControl,
		strings.Repeat("a", 65) + "@example.ca": services.ReasonFormat,
		"alice@" + strings.Repeat("a.", 130) + "ca": services.ReasonTooLong,
	} {
		r := w.registration(address)
		w.refuses(w.Portal().Register(w.ctx(), r), "Registrar.Register", map[string]string{"email": reason})
	}
	w.person("Alice+bmw@Exämple.ca")
	same(w, "address", w.signIn("alice+BMW@exämple.CA").Info().Person.Email, "Alice+bmw@xn--exmple-cua.ca")
}

func registerPasswords(w *world) {
	for typed, reason := range map[services.Secret]string{
		"":                 services.ReasonRequired,
		"quiet-Harb1":      services.ReasonTooShort,
		"passwordpassword": services.ReasonCommon,
		"123456789012":     services.ReasonCommon,
		"Alice.Tremblay":   services.ReasonContext,
		services.Secret(strings.Repeat("quiet-Harbour ", 10)): services.ReasonTooLong,
	} {
		r := w.registration(alice)
		r.Password = typed
		w.refuses(w.Portal().Register(w.ctx(), r), "Registrar.Register", map[string]string{"password": reason})
	}
	for i, typed := range []services.Secret{"lantern harbour 🙂 ", services.Secret(strings.Repeat("quiet-Harbour 9", 9)[:128])} {
		r := w.registration([]string{alice, bob}[i])
		r.Password = typed
		w.must(w.Portal().Register(w.ctx(), r))
		w.must(w.Portal().Activate(w.ctx(), w.mail(r.Email, "activate").Token))
		c := credentials(r.Email)
		c.Password = typed
		w.must(w.trySignIn(c))
		c.Password = typed[:len(typed)-1]
		w.fails(w.trySignIn(c), "SignIns.SignIn", services.CodeUnauthenticated)
	}
}

func registerChoices(w *world) {
	r := w.registration(alice)
	r.Language, r.TermsVersion, r.TermsLanguage = "de", "1999-01-01", "de"
	r.TermsShown = map[string]time.Time{"fr": w.Now(), "de": w.Now()}
	w.refuses(w.Portal().Register(w.ctx(), r), "Registrar.Register", map[string]string{
		"language": services.ReasonUnknown, "terms_version": services.ReasonOutdated,
		"terms_language": services.ReasonUnknown, "terms_shown": services.ReasonUnknown,
	})
	delete(r.TermsShown, "de")
	r.Language, r.TermsVersion, r.TermsLanguage = "fr", w.policy().TermsVersion, "fr" // what was refused has not used the captcha up
	w.must(w.Portal().Register(w.ctx(), r))
	subject := w.mail(alice, "activate").Subject
	w.must(w.Portal().Register(w.ctx(), w.registration(bob)))
	if subject == w.mail(bob, "activate").Subject {
		w.Errorf("the mail is not in the language chosen: %q", subject)
	}
}

func registerThrottled(w *world) {
	var known, unknown error
	w.person(alice)
	for range 9 {
		w.must(w.Portal().Register(w.ctx(), w.registration(alice)))
	}
	for range 10 {
		w.must(w.Portal().Register(w.ctx(), w.registration(bob)))
	}
	known = w.Portal().Register(w.ctx(), w.registration(alice))
	unknown = w.Portal().Register(w.ctx(), w.registration(bob))
	w.Advance(w.waits(known, "Registrar.Register", services.CodeThrottled))
	w.alike(known, unknown)
	w.must(w.Portal().Register(w.ctx(), w.registration(alice)))
}

// activateOwnRegistration is a stranger who registers the address as well, before its owner or after.
func activateOwnRegistration(w *world) {
	for email, strangerFirst := range map[string]bool{alice: true, bob: false} {
		stranger := w.registration(email)
		stranger.Password, stranger.FirstName = "a-Stranger-knows-this-41", "Mallory"
		var own, theirs services.Secret
		register := func(r services.Registration, token *services.Secret) {
			w.must(w.Portal().Register(w.ctx(), r))
			*token = w.mail(email, "activate").Token
		}
		if strangerFirst {
			register(stranger, &theirs)
		}
		register(w.registration(email), &own)
		if !strangerFirst {
			register(stranger, &theirs)
		}
		w.must(w.Portal().Activate(w.ctx(), own))
		w.fails(w.Portal().Activate(w.ctx(), theirs), "Registrar.Activate", services.CodeGone)
		same(w, "name", w.signIn(email).Info().Person.FirstName, "Alice")
		c := credentials(email)
		c.Password = stranger.Password
		w.fails(w.trySignIn(c), "SignIns.SignIn", services.CodeUnauthenticated)
	}
}

func resendAlike(w *world) {
	w.person(bob)
	w.must(w.Portal().Register(w.ctx(), w.registration(alice)))
	for _, email := range []string{alice, bob, "nobody@example.ca"} {
		w.must(w.Portal().ResendActivation(w.ctx(), w.address(email)))
	}
	same(w, "mails to who waits", w.mailed(alice, "activate"), 2)
	same(w, "mails to who is active", w.mailed(bob, "activate"), 1)
	same(w, "mails to nobody", len(w.Mails(w, "nobody@example.ca")), 0)
	w.must(w.Portal().Activate(w.ctx(), w.mail(alice, "activate").Token))
}

func resendOneAMinute(w *world) {
	w.must(w.Portal().Register(w.ctx(), w.registration(alice)))
	var known, unknown error
	for range 2 {
		known = w.Portal().ResendActivation(w.ctx(), w.address(alice))
		unknown = w.Portal().ResendActivation(w.ctx(), w.address(bob))
		w.alike(known, unknown)
	}
	w.Advance(w.waits(known, "Registrar.ResendActivation", services.CodeThrottled))
	w.must(w.Portal().ResendActivation(w.ctx(), w.address(alice)))
}

func resendBadInput(w *world) {
	w.refuses(w.Portal().ResendActivation(w.ctx(), services.AddressRequest{}), "Registrar.ResendActivation", map[string]string{
		"email": services.ReasonRequired, "captcha": services.ReasonRequired,
	})
	r := w.address("alice@ example.ca")
	w.refuses(w.Portal().ResendActivation(w.ctx(), r), "Registrar.ResendActivation", map[string]string{"email": services.ReasonFormat})
}

func activateOnce(w *world) {
	w.must(w.Portal().Register(w.ctx(), w.registration(alice)))
	token := w.mail(alice, "activate").Token
	for _, wrong := range []services.Secret{"", "nonsense", token[1:], token + "A", services.Secret(strings.Repeat("A", 100_000)), "\x00🙂"} {
		w.fails(w.Portal().Activate(w.ctx(), wrong), "Registrar.Activate", services.CodeGone)
	}
	w.must(w.Portal().Activate(w.ctx(), token))
	w.fails(w.Portal().Activate(w.ctx(), token), "Registrar.Activate", services.CodeGone)
	reset := services.PasswordReset{Token: token, Password: password}
	w.fails(w.Portal().ResetPassword(w.ctx(), reset), "PasswordResets.ResetPassword", services.CodeGone)
}

func activateInTime(w *world) {
	for email, late := range map[string]time.Duration{alice: -time.Second, bob: 0} {
		w.must(w.Portal().Register(w.ctx(), w.registration(email)))
		token := w.mail(email, "activate").Token
		w.Advance(w.policy().ActivationTTL + late)
		err := w.Portal().Activate(w.ctx(), token)
		if late < 0 {
			w.must(err)
			continue
		}
		w.fails(err, "Registrar.Activate", services.CodeGone)
		w.must(w.Portal().ResendActivation(w.ctx(), w.address(email)))
		w.must(w.Portal().Activate(w.ctx(), w.mail(email, "activate").Token))
	}
}

func activateAsPasted(w *world) {
	for email, paste := range map[string]func(token string) string{
		alice:              func(token string) string { return " \n" + token[:9] + "\r\n " + token[9:] + "\t" },
		bob:                func(token string) string { return "mybmwaccount://activate?token=" + token },
		"carol@example.ca": func(token string) string { return "https://portal.example/activate?lang=fr&token=" + token },
	} {
		w.must(w.Portal().Register(w.ctx(), w.registration(email)))
		token := w.mail(email, "activate").Token
		w.must(w.Portal().Activate(w.ctx(), services.Secret(paste(token.Reveal()))))
	}
}
