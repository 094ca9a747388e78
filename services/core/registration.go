package core

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"myaccount/services"
	"myaccount/services/captcha"
	"myaccount/services/mail"
	"myaccount/services/password"
	"myaccount/services/text"
)

// Register asks for a login. Whether the address is known shows neither in the answer nor in its time: the password is
// hashed in any case, and a mail is written in any case.
//
// Anybody may register an address that waits for its activation once more. Each mail activates what was typed for it,
// and nothing else: a stranger can neither put a password of their own behind the link in the owner's mail, nor make
// that link worthless.
func (c *Core) Register(ctx context.Context, r services.Registration) error {
	person, proof, err := c.checkRegistration(r)
	if err != nil {
		return err
	}
	if err := c.admitMail(ctx, person.Email, registerPurpose, proof); err != nil {
		return err
	}
	if person.Password, err = c.Passwords.Hash(ctx, r.Password.Reveal()); err != nil {
		return err
	}
	return c.update(ctx, func(tx Tx) error { return c.register(tx, person) })
}

// register writes the login, or tells the owner of the address that there is one.
func (c *Core) register(tx Tx, person PersonRow) error {
	known, err := tx.PersonByEmail(person.Email)
	switch {
	case errors.Is(err, ErrNoRow):
		person.ID, person.CreatedAt = c.NewID(), tx.Now()
		if err := tx.AddPerson(person); err != nil {
			return err
		}
	case err != nil:
		return err
	case known.Active:
		return c.postKnown(tx, known)
	default:
		person.ID = known.ID
		if err := tx.UpdatePerson(person); err != nil {
			return err
		}
	}
	return c.postActivation(tx, person)
}

// postKnown tells the owner of an address that it has a login. It writes as much as for an address without one, with a
// token that has expired already, so that the time tells nothing either.
func (c *Core) postKnown(tx Tx, person PersonRow) error {
	if err := tx.UpdatePerson(person); err != nil {
		return err
	}
	if _, _, err := c.newToken(tx, person, TokenActivate, 0); err != nil {
		return err
	}
	return c.post(tx, letter{kind: mail.AlreadyRegistered, to: person})
}

// postActivation sends a mail with a link that activates the person's latest registration.
func (c *Core) postActivation(tx Tx, person PersonRow) error {
	row, token, err := c.newToken(tx, person, TokenActivate, c.Brand.Rules.ActivationTTL)
	if err != nil {
		return err
	}
	return c.post(tx, letter{kind: mail.Activate, to: person, ref: row.ID, secret: token, until: row.ExpiresAt})
}

// checkRegistration checks and cleans every field, and names every one that is refused.
func (c *Core) checkRegistration(r services.Registration) (PersonRow, captcha.Proof, error) {
	rules, now := c.Brand.Rules, c.Clock.Now().UTC()
	person := PersonRow{
		Registration: Registration{
			FirstName: text.Line(r.FirstName), LastName: text.Line(r.LastName), Language: r.Language,
			Terms: Terms{Version: r.TermsVersion, Language: r.TermsLanguage, Shown: shownBy(now, r.TermsShown), At: now},
		},
		Role: services.RoleCustomer,
	}
	reasons := map[string]string{
		"first_name": nameReason(person.FirstName, rules.NameMax),
		"last_name":  nameReason(person.LastName, rules.NameMax),
		"password":   c.passwordReason(r.Password, r.FirstName, r.LastName, r.Email),
	}
	maps.Copy(reasons, c.termsReasons(r.Language, person.Terms))
	var proof captcha.Proof
	person.Email, reasons["email"] = ParseAddress(r.Email)
	proof, reasons["captcha"] = c.checkCaptcha(r.Captcha, now)
	return person, proof, invalid(reasons)
}

// termsReasons says why the language, or how the terms were accepted, is refused.
func (c *Core) termsReasons(language string, t Terms) map[string]string {
	rules := c.Brand.Rules
	reasons := map[string]string{
		"language":       choiceReason(language, rules.Languages, services.ReasonUnknown),
		"terms_version":  choiceReason(t.Version, []string{rules.TermsVersion}, services.ReasonOutdated),
		"terms_language": choiceReason(t.Language, rules.Languages, services.ReasonUnknown),
	}
	for shown := range t.Shown {
		if !slices.Contains(rules.Languages, shown) {
			reasons["terms_shown"] = services.ReasonUnknown
		}
	}
	return reasons
}

// shownBy copies when the terms were shown. The client's clock may be ahead of ours: nothing was shown after now.
func shownBy(now time.Time, shown map[string]time.Time) map[string]time.Time {
	copied := make(map[string]time.Time, len(shown))
	for language, at := range shown {
		if at = at.UTC(); at.After(now) {
			at = now
		}
		copied[language] = at
	}
	return copied
}

// invalid makes an error of the fields that have a reason; nil when none has.
func invalid(reasons map[string]string) error {
	fields := map[string]string{}
	for field, reason := range reasons {
		if reason != "" {
			fields[field] = reason
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return &services.Error{Code: services.CodeInvalid, Fields: fields}
}

// nameReason says why a cleaned name is refused. Names have at least one letter, of whatever script.
func nameReason(name string, max int) string {
	switch {
	case name == "":
		return services.ReasonRequired
	case text.RuneCount(name) > max:
		return services.ReasonTooLong
	case !strings.ContainsFunc(name, unicode.IsLetter):
		return services.ReasonFormat
	}
	return ""
}

// choiceReason says why a choice is refused: it is missing, or not among what there is.
func choiceReason(choice string, among []string, otherwise string) string {
	switch {
	case choice == "":
		return services.ReasonRequired
	case !slices.Contains(among, choice):
		return otherwise
	}
	return ""
}

// passwordReason says why a new password is refused. The context is what names the person.
func (c *Core) passwordReason(secret services.Secret, context ...string) string {
	rules := c.Brand.Rules
	policy := password.Policy{Min: rules.PasswordMin, Max: rules.PasswordMax, Words: rules.ContextWords}
	return string(policy.Check(secret.Reveal(), context...).Problem)
}

// What a mail can be asked for; each has a wait of its own.
const (
	registerPurpose = "register"
	activatePurpose = "activate"
	identityPurpose = "identity"
	resetPurpose    = "reset"
	emailPurpose    = "email"
)

const (
	mailWait   = time.Minute // between two requests of one kind for an address
	mailsAHour = 10          // requests of one kind for an address
)

// admitMail admits a request for a mail and uses its proof of work up, in a transaction of its own before a password is
// hashed: else one proof would have many hashed at once. Who has to wait keeps the proof.
func (c *Core) admitMail(ctx context.Context, address, purpose string, proof captcha.Proof) error {
	return c.update(ctx, func(tx Tx) error {
		from := fromMail
		if purpose == registerPurpose {
			from = fromRegister
		}
		if err := c.throttleClient(ctx, tx, from); err != nil {
			return err
		}
		if err := throttleMail(tx, address, purpose); err != nil {
			return err
		}
		return spendCaptcha(tx, proof)
	})
}

// throttleMail bounds how often anybody can have mails sent to an address, known or not. A registration has no wait:
// whoever mistyped something registers again at once. Each kind counts by itself: else a stranger who registers an
// address again and again would keep its owner from resetting the password. One who asks for resets only has them sent.
func throttleMail(tx Tx, address, purpose string) error {
	key := AddressKey(address)
	if purpose != registerPurpose {
		if err := throttle(tx, purpose+" "+key, "", 1, mailWait); err != nil {
			return err
		}
	}
	return throttle(tx, "mails "+purpose+" "+key, "", mailsAHour, time.Hour)
}

// requestMail checks a request for a mail and runs fn, for the login of the address, in a transaction; fn tells whether it
// wrote one. Where none is written, as for an address without a login, the answer is the same, and so is its time: a hash
// that nobody needs hides what little differs, and something is written nevertheless, as a transaction that writes
// nothing ends without waiting for the disk.
func (c *Core) requestMail(
	ctx context.Context, r services.AddressRequest, purpose string, fn func(Tx, PersonRow) (posted bool, err error),
) error {
	reasons := map[string]string{}
	var address string
	var proof captcha.Proof
	address, reasons["email"] = ParseAddress(r.Email)
	proof, reasons["captcha"] = c.checkCaptcha(r.Captcha, c.Clock.Now())
	if err := invalid(reasons); err != nil {
		return err
	}
	if err := c.admitMail(ctx, address, purpose, proof); err != nil {
		return err
	}
	if err := c.Passwords.Dummy(ctx, ""); err != nil {
		return err
	}
	return c.update(ctx, func(tx Tx) error {
		var posted bool
		person, err := tx.PersonByEmail(address)
		switch {
		case err == nil:
			posted, err = fn(tx, person)
		case errors.Is(err, ErrNoRow):
			err = nil
		}
		if err != nil || posted {
			return err
		}
		return c.record(ctx, tx, attempt{}, services.SignInPassword) // nobody's, which leaves nothing
	})
}

// ResendActivation sends the activation mail of the latest registration again, if the address waits for one.
func (c *Core) ResendActivation(ctx context.Context, r services.AddressRequest) error {
	return c.requestMail(ctx, r, activatePurpose, func(tx Tx, person PersonRow) (bool, error) {
		if person.Active || person.Password == "" { // or it waits for the mail of a login elsewhere
			return false, nil
		}
		return true, c.postActivation(tx, person)
	})
}

// Activate confirms an address with the registration of the token's mail; those of others end. The token may be pasted as
// it stands in the mail, or with the link around it.
func (c *Core) Activate(ctx context.Context, token services.Secret) error {
	return c.update(ctx, func(tx Tx) error {
		row, err := c.useToken(tx, TokenActivate, pasted(token))
		if err != nil {
			return gone(err, services.CodeGone)
		}
		person, err := tx.Person(row.PersonID)
		if err != nil {
			return gone(err, services.CodeGone)
		}
		if err := c.endTokens(tx, person.ID, TokenActivate); err != nil {
			return err
		}
		person.Registration, person.Active = row.Registration, true
		return tx.UpdatePerson(person)
	})
}
