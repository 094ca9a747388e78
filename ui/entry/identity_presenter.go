package entry

import (
	"cmp"
	"context"
	"maps"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// Identity is how people sign in with a login that they have elsewhere.
type Identity struct {
	services.IdentitySignIns
	// Browse leads the person through the provider's pages in the system's browser, whose last page is in a language.
	Browse func(ctx context.Context, start services.IdentityStart, lang string) (services.IdentityProof, error)
}

// identityStage says what the page to sign in with a login elsewhere shows.
type identityStage int

const (
	identityBrowser  identityStage = iota // the person is in the browser
	identityChecking                      // what came back is being looked at
	identityCode                          // a code of the authenticator app is needed
	identityTerms                         // the terms are to be accepted before the mail
	identityMailed                        // a mail joins the login elsewhere to one here
	identityFailed                        // why it did not work: try again
)

// identity decides what the page to sign in with a login elsewhere shows. Opened, it leads to the browser at once.
type identity struct {
	scope   nav.Scope
	site    *Site
	policy  services.Policy
	lang    func() string
	changed func()

	request  *nav.Request
	stage    identityStage
	proof    services.IdentityProof // what came back; empty without one that can be handed in
	code     services.Secret        // of the second factor
	accepted bool                   // the terms
	missing  bool                   // the button was pressed without what the stage asks for
	sentTo   string                 // masked address of the mail
	mailed   services.Secret        // the code of that mail, as it was pasted
}

func newIdentity(env nav.Env, site *Site) *identity {
	i := &identity{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, site: site, policy: env.Policy, lang: env.Language, changed: func() {},
	}
	site.terms = termsRead{}
	i.request = nav.NewRequest(&i.scope, env.Clock, func() { i.changed() })
	return i
}

// start begins a visit. Whoever left while the browser was open has ended that; it does not open again by itself.
func (i *identity) start() {
	i.scope.Start()
	i.request.Resume()
	if i.stage == identityBrowser {
		i.again()
	}
}

func (i *identity) stop() {
	i.scope.Stop()
	i.code = ""
	if i.stage == identityBrowser || i.stage == identityChecking {
		i.stage = identityFailed
	}
}

// again goes on with what came back, or leads to the browser once more.
func (i *identity) again() {
	if i.proof.Code != "" {
		i.send()
		return
	}
	if !i.request.Begin() {
		return
	}
	i.to(identityBrowser)
	lang := i.lang()
	nav.Run(&i.scope, func(ctx context.Context) (services.IdentityProof, error) {
		start, err := i.site.Identity.StartIdentity(ctx)
		if err != nil {
			return services.IdentityProof{}, err
		}
		return i.site.Identity.Browse(ctx, start, lang)
	}, func(proof services.IdentityProof, err error) {
		if !i.request.End(err) {
			i.to(identityFailed)
			return
		}
		i.proof = proof
		i.proof.Device = i.site.Device
		i.send()
	})
}

// send hands in what came back, with what was asked for.
func (i *identity) send() {
	if !i.request.Begin() {
		return
	}
	i.proof.TOTP = i.code
	if i.accepted {
		i.proof.Language, i.proof.TermsVersion = i.lang(), i.policy.TermsVersion
		i.proof.TermsLanguage, i.proof.TermsShown = cmp.Or(i.site.terms.last, i.lang()), maps.Clone(i.site.terms.shown)
	}
	if i.stage == identityBrowser || i.stage == identityFailed {
		i.to(identityChecking)
	}
	proof := i.proof
	nav.Run(&i.scope, func(ctx context.Context) (services.IdentityAnswer, error) {
		return i.site.Identity.SignInWithIdentity(ctx, proof)
	}, i.answered)
}

// answered goes where the answer leads.
func (i *identity) answered(answer services.IdentityAnswer, err error) {
	good := i.request.End(err)
	fields := i.request.Fields
	switch {
	case good && answer.Session != nil:
		i.proof, i.code = services.IdentityProof{}, ""
		i.site.SignedIn(answer.Session)
	case good:
		i.proof, i.sentTo = services.IdentityProof{}, answer.SentTo
		i.to(identityMailed)
	case fields[fieldFactor] == services.ReasonRequired: // the page asks; nobody has done anything wrong
		i.request.Forget()
		i.to(identityCode)
	case fields[fieldFactor] != "":
		i.to(identityCode)
	case fields[fieldTerms] == services.ReasonRequired:
		i.request.Forget()
		i.to(identityTerms)
	case fields[fieldTerms] != "":
		i.accepted = false
		i.to(identityTerms)
	case i.request.Code() == services.CodeThrottled || i.request.Code() == services.CodeUnavailable || i.request.Code() == services.CodeConflict:
		if i.stage == identityChecking {
			i.stage = identityFailed
		}
		i.changed()
	default: // nothing comes of this proof any more
		i.proof = services.IdentityProof{}
		i.to(identityFailed)
	}
}

// to goes to a stage.
func (i *identity) to(stage identityStage) {
	i.stage, i.missing = stage, false
	i.changed()
}

func (i *identity) setCode(v string) {
	if v != i.code.Reveal() {
		i.code, i.missing = services.Secret(v), false
		i.request.Forget()
		i.changed()
	}
}

func (i *identity) accept(on bool) {
	i.accepted, i.missing = on, false
	i.request.Forget()
	i.changed()
}

func (i *identity) setMailed(v string) {
	i.mailed, i.missing = services.Secret(v), false
	i.changed()
}

// submit sends what the stage asks for, if it is there.
func (i *identity) submit() {
	i.missing = i.stage == identityCode && strings.TrimSpace(i.code.Reveal()) == "" || i.stage == identityTerms && !i.accepted
	if i.missing || !i.request.Ready() {
		i.changed()
		return
	}
	i.send()
}

// next is where the pasted code of the mail leads; false when there is none.
func (i *identity) next() (nav.Route, bool) {
	token := tokenFrom(i.mailed.Reveal())
	i.missing = token == ""
	i.changed()
	return nav.Route{Page: nav.PageJoin, Token: token}, token != ""
}

// fieldError says what is wrong with the field of the stage.
func (i *identity) fieldError(p *text.Printer) string {
	field := map[identityStage]string{identityCode: fieldFactor, identityTerms: fieldTerms, identityMailed: fieldCode}[i.stage]
	reason := i.request.Fields[field]
	switch {
	case i.missing && field == fieldTerms:
		return p.T("entry.register.terms.required")
	case i.missing:
		reason = services.ReasonRequired
	case reason == "":
		return ""
	}
	return nav.FieldSentence(p, field, reason)
}

// problem says why it did not work, beside what fieldError says.
func (i *identity) problem(p *text.Printer) string {
	provider := text.Vars{"Provider": i.policy.IdentityProvider}
	switch code := i.request.Code(); {
	case code == "" && i.stage == identityFailed:
		return p.T("entry.identity.failed.left")
	case code == services.CodeForbidden:
		return p.T("entry.identity.failed.declined")
	case code == services.CodeGone:
		return p.T("entry.identity.failed.gone")
	case code == services.CodeUnauthenticated:
		return p.T("entry.identity.failed.refused", provider)
	case code == services.CodeInvalid && i.request.Fields[fieldEmail] == services.ReasonUnverified:
		return p.T("entry.identity.failed.unverified", provider)
	case code == services.CodeInvalid && i.stage == identityFailed:
		return p.T("entry.identity.failed.unnamed", provider)
	case code == services.CodeInvalid:
		return ""
	}
	return i.request.Sentence(p)
}
