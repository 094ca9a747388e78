package entry

import (
	"context"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// The fields of the entry pages, by the names that the portal refuses them under.
const (
	fieldFirst    = "first_name"
	fieldLast     = "last_name"
	fieldEmail    = "email"
	fieldPassword = "password"
	fieldConfirm  = "confirm"
	fieldCaptcha  = "captcha"
	fieldTerms    = "terms_version"
	fieldFactor   = "totp"
)

// signIn decides what the sign-in page shows.
type signIn struct {
	scope   nav.Scope
	site    *Site
	changed func()

	request  *nav.Request
	robot    *robot
	note     Note
	email    string
	password services.Secret
	coding   bool              // the password was right, and the person has a second factor
	code     services.Secret   // of the authenticator app, or a recovery code
	missing  map[string]string // fields that were empty when the person pressed Sign in
	asked    bool              // the portal wants a proof of work
	refused  int               // grows with every refusal, for the page to select the password
}

func newSignIn(d nav.Dispatcher, clock services.Clock, site *Site, email string, note Note) *signIn {
	s := &signIn{scope: nav.Scope{Dispatcher: d}, site: site, email: email, note: note, changed: func() {}}
	changed := func() { s.changed() }
	s.request = nav.NewRequest(&s.scope, clock, changed)
	s.robot = &robot{scope: &s.scope, portal: site.Portal, changed: changed}
	return s
}

func (s *signIn) start() {
	s.scope.Start()
	s.request.Resume()
	s.robot.resume()
}

// stop ends the visit; a password and a code do not wait for the next one.
func (s *signIn) stop() {
	s.scope.Stop()
	s.password, s.code, s.coding = "", "", false
}

func (s *signIn) setEmail(v string) {
	if v == s.email {
		return
	}
	s.email = v
	s.coding, s.code = false, "" // that was somebody else's
	s.edited(fieldEmail)
}

func (s *signIn) setPassword(v string) {
	if v == s.password.Reveal() {
		return
	}
	s.password = services.Secret(v)
	s.edited(fieldPassword)
}

func (s *signIn) setCode(v string) {
	if v == s.code.Reveal() {
		return
	}
	s.code = services.Secret(v)
	s.edited(fieldFactor)
}

// withoutCode goes back to the address and the password.
func (s *signIn) withoutCode() {
	s.coding, s.code = false, ""
	s.edited(fieldFactor)
}

// edited takes back what was said about a field. What was said about the address goes only with another address.
func (s *signIn) edited(field string) {
	delete(s.missing, field)
	code := s.request.Code()
	if field == fieldEmail || code != services.CodeLocked && code != services.CodeThrottled && code != services.CodeNotActivated {
		s.request.Forget()
	}
	s.changed()
}

// ready says whether Sign in can be pressed.
func (s *signIn) ready() bool { return s.request.Ready() && !s.robot.working }

// submit signs in, once, if nothing is missing.
func (s *signIn) submit() {
	if !s.ready() || s.lacks() {
		s.changed()
		return
	}
	if !s.request.Begin() {
		return
	}
	s.site.use(strings.TrimSpace(s.email))
	c := services.Credentials{
		Email: strings.TrimSpace(s.email), Password: s.password, Captcha: s.robot.solution, TOTP: s.code,
		Device: s.site.Device,
	}
	nav.Run(&s.scope, func(ctx context.Context) (services.Session, error) { return s.site.Portal.SignIn(ctx, c) }, s.answered)
}

// lacks notes what is missing and says whether anything is.
func (s *signIn) lacks() bool {
	s.missing = map[string]string{}
	if strings.TrimSpace(s.email) == "" {
		s.missing[fieldEmail] = services.ReasonRequired
	}
	if s.password == "" {
		s.missing[fieldPassword] = services.ReasonRequired
	}
	if s.coding && strings.TrimSpace(s.code.Reveal()) == "" {
		s.missing[fieldFactor] = services.ReasonRequired
	}
	if s.asked && !s.robot.solved() {
		s.robot.refuse(services.ReasonRequired)
		return true
	}
	return len(s.missing) > 0
}

func (s *signIn) answered(session services.Session, err error) {
	s.note = ""
	if s.request.End(err) {
		s.password, s.code, s.coding = "", "", false
		s.site.SignedIn(session)
		return
	}
	s.refused++
	if s.request.Fields[fieldFactor] == services.ReasonRequired { // the page asks; nobody has done anything wrong
		s.request.Forget()
		s.coding = true
	}
	if reason := s.request.Fields[fieldCaptcha]; reason != "" {
		s.asked = true
		s.robot.refuse(reason)
	} else {
		s.robot.renew()
	}
	s.changed()
}

// fieldError says what is wrong with a field.
func (s *signIn) fieldError(p *text.Printer, field string) string {
	reason := s.missing[field]
	if reason == "" {
		reason = s.request.Fields[field]
	}
	if reason == "" {
		return ""
	}
	return nav.FieldSentence(p, field, reason)
}

// problem is the one sentence under the form. Some answers have a panel of their own instead, and the fields theirs.
func (s *signIn) problem(p *text.Printer) string {
	switch s.request.Code() {
	case services.CodeLocked, services.CodeNotActivated:
		return ""
	case services.CodeInvalid:
		if len(s.request.Fields) > 0 {
			return ""
		}
	}
	return s.request.Sentence(p)
}
