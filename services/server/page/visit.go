package page

import (
	"context"
	"html/template"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"time"

	"myaccount/services"
	"myaccount/services/text"
)

// appScheme begins the links that open the app.
const appScheme = "mybmwaccount://"

// Why a page has nothing to press: the ends of the keys "page.stop.….title" and ".text".
const (
	stopIncomplete = "incomplete" // the link has no token, or half of one
	stopRefused    = "refused"    // the request came from another site
	stopForm       = "form"       // the request is not one that our button makes
	stopApp        = "app"        // what is missing can only be done in the app
	stopMissing    = "missing"    // there is no such page
)

// visit is one request to a page.
type visit struct {
	task
	*site
	t     *text.Printer
	token string // "" when the link has none
}

// visit reads what a request says in its address. A task without a name is none of the pages: there is no token to
// go on with.
func (s *site) visit(t task, r *http.Request) visit {
	v := visit{task: t, site: s, t: s.Catalogue.Printer(languageOf(r))}
	if t.name != "" {
		v.token = tokenOf(r.URL.Query())
	}
	return v
}

// ask gives the page with the button; after a try, with what is wrong: the problem, and the refused fields.
func (v visit) ask(status int, problem string, refused map[string]string) answer {
	a := v.page("page."+v.name+".ask", status)
	c := &a.content
	if problem != "" {
		c.Problem, c.Name = problem, v.t.T("page.problem.title", text.Vars{"Title": c.Title})
	}
	c.Form = &form{Action: here(v.t.Lang(), v.token), Submit: v.t.T("page." + v.name + ".ask.submit")}
	rules := text.Vars{"Min": v.Brand.Rules.PasswordMin, "Max": v.Brand.Rules.PasswordMax}
	focus := true // on the first field that is refused
	for _, name := range v.fields {
		f := field{Name: name, Label: v.t.T("page.field." + name)}
		if hint := "page.field." + name + ".hint"; v.t.Has(hint) {
			f.Hint = v.t.T(hint, rules)
		}
		if reason := refused[name]; reason != "" {
			f.Refused, f.Focus, focus = v.reason(reason, rules), focus, false
		}
		c.Form.Fields = append(c.Form.Fields, f)
	}
	c.App = &link{
		To: v.app(), Label: v.t.T("page.app.instead"),
		Text: v.t.T("page.app.instead.text", text.Vars{"Product": v.Brand.Product.Name}),
	}
	return a
}

// reason is a sentence about a password that was refused.
func (v visit) reason(reason string, rules text.Vars) string {
	if key := "page.reason." + reason; v.t.Has(key) {
		return v.t.T(key, rules)
	}
	return v.t.T("page.reason.format")
}

// end gives a page after which only the app is left: "done", or "gone" when the link does nothing any more. There is
// no switch of language when all is done: what it would open is the page before.
func (v visit) end(how string, status int) answer {
	a := v.page("page."+v.name+"."+how, status)
	if how == "done" {
		a.content.Done, a.content.Other = true, nil
	}
	a.content.App = v.open(appScheme + "signin")
	return a
}

// stop gives a page that says why there is nothing to press, and where to go on: from the start, or in the app.
func (v visit) stop(why string, status int) answer {
	a := v.page("page.stop."+why, status)
	switch {
	case v.token != "" && why != stopApp:
		a.content.Again = &link{To: here(v.t.Lang(), v.token), Label: v.t.T("page.again"), Button: true}
	case why != stopMissing:
		a.content.App = v.open(v.app())
	}
	return a
}

// failed gives the page for an error of the service.
func (v visit) failed(ctx context.Context, err error) answer {
	code, after := services.CodeOf(err), services.RetryAfterOf(err)
	a := v.told(code, after, services.FieldsOf(err))
	a.wait = int(math.Ceil(after.Seconds()))
	if code == services.CodeInternal || code == services.CodeUnavailable {
		v.Log.LogAttrs(ctx, slog.LevelError, "a page could not do its work",
			slog.String("page", v.name), slog.String("code", string(code)), slog.Any("err", err))
	}
	return a
}

// told puts a code into words. Whatever can be tried again keeps its button.
func (v visit) told(code services.Code, after time.Duration, fields map[string]string) answer {
	status := code.Status()
	switch code {
	case services.CodeGone, services.CodeNotFound:
		return v.end("gone", status)
	case services.CodeInvalid:
		for _, name := range v.fields {
			if fields[name] != "" {
				return v.ask(status, v.t.T("page.problem.invalid"), fields)
			}
		}
		return v.stop(stopIncomplete, status)
	case services.CodeThrottled, services.CodeLocked:
		return v.ask(status, v.waiting(after), nil)
	case services.CodeUnavailable:
		return v.ask(status, v.t.T("page.problem.unavailable"), nil)
	case services.CodeConflict:
		return v.ask(status, v.t.T("page.problem.conflict"), nil)
	case services.CodeTooLarge, services.CodeUnsupportedType:
		return v.stop(stopForm, status)
	case services.CodeUnauthenticated, services.CodeNotActivated, services.CodeForbidden, services.CodeNotLinked,
		services.CodeDeviceUnauthorized:
		return v.stop(stopApp, status)
	default:
		return v.ask(status, v.t.T("page.problem.internal"), nil)
	}
}

// waiting says how long to wait, in whole minutes or hours and never too few.
func (v visit) waiting(after time.Duration) string {
	switch {
	case after <= 0:
		return v.t.T("page.problem.wait")
	case after <= 2*time.Hour:
		return v.t.T("page.problem.wait.minutes", text.Vars{"Count": int(math.Ceil(after.Minutes()))})
	default:
		return v.t.T("page.problem.wait.hours", text.Vars{"Count": int(math.Ceil(after.Hours()))})
	}
}

// page begins a page: what all of them have, and the title and text of a key.
func (v visit) page(key string, status int) answer {
	lang, product := string(v.t.Lang()), v.Brand.Product
	names := text.Vars{"Provider": v.Brand.Identity.Provider}
	c := content{
		Lang: v.t.Lang(), Product: product.Name, Subtitle: product.Subtitle.In(lang),
		Claim: v.t.T("entry.hero.claim"), ClaimText: v.t.T("entry.hero.text"),
		Languages: v.t.T("page.language"),
		Help: v.t.T("page.help", text.Vars{
			"Phone": v.Brand.Contact.Phone, "Hours": v.Brand.Contact.Hours.In(lang),
		}),
		Disclaimer: product.Disclaimer.In(lang),
		Title:      v.t.T(key+".title", names),
		Text:       v.t.T(key+".text", names),
	}
	c.Name = c.Title
	for _, other := range text.Langs() {
		if other != v.t.Lang() {
			c.Other = &link{To: here(other, v.token), Label: v.t.T("text.language." + string(other)), Lang: other}
		}
	}
	return answer{site: v.site, status: status, content: c}
}

// app is the link that opens the app where this page is, with its token; without one, at the sign-in page.
func (v visit) app() template.URL {
	if v.token == "" {
		return appScheme + "signin"
	}
	query := url.Values{"token": {v.token}}
	return template.URL(appScheme + v.name + "?" + query.Encode()) //nolint:gosec // a token has no other characters
}

// open is the button that opens the app.
func (v visit) open(to template.URL) *link {
	return &link{
		To: to, Label: v.t.T("page.app.open"), Button: true,
		Text: v.t.T("page.app.open.text", text.Vars{"Product": v.Brand.Product.Name}),
	}
}
