//go:build !release

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// walk is a person at the program: it reads what is on the screen, types and presses, and takes pictures on the way.
// The tour keeps the pictures; the test of the journey takes the same walk and fails where something is missing.
type walk struct {
	*world
	*uitest.Screen // the customer's window
	t              uitest.TB
	options        tourOptions
	data           string
	p              *text.Printer
	pictures       int
	look           func(*uitest.Screen, string) // optional: called at every picture
	ctx            context.Context
	secret         string // of the authenticator app
}

// Who the walk is.
const (
	walkEmail    = "amelie.tremblay@example.ca"
	walkPassword = "un-canot-bleu-sur-le-lac"
	deskPassword = "seven-quiet-herons-at-noon"
)

// newWalk begins a walk on an empty data folder. Local time is Montréal's from then on.
func newWalk(ctx context.Context, t uitest.TB, data string, o tourOptions) (*walk, error) {
	uitest.LocalTime()
	w, err := newWorld(ctx, filepath.Join(data, "data"), o)
	if err != nil {
		return nil, err
	}
	return beginWalk(ctx, t, w, data, o), nil
}

// beginWalk opens the program of a world.
func beginWalk(ctx context.Context, t uitest.TB, w *world, data string, o tourOptions) *walk {
	w.program.Open(nav.Route{})
	w.program.Main().Resize(o.size)
	return &walk{
		world: w, Screen: uitest.On(t, w.program.Main(), w.queue, o.size), t: t, options: o, data: data,
		p: w.program.Printer(), ctx: ctx,
	}
}

// close ends the program of the walk.
func (w *walk) close() {
	w.program.Stop()
	if err := w.end(); err != nil {
		w.t.Errorf("close: %v", err)
	}
}

// all is the whole journey, in order.
func (w *walk) all() {
	w.enter()
	w.register()
	w.activate()
	w.signIn()
	w.link()
	w.authorize()
	w.overview()
	w.payments()
	w.pay()
	w.autopay()
	w.documents()
	w.vehicle()
	w.ending()
	w.compose()
	w.answer()
	w.read()
	w.keptCopy()
	w.settings()
	w.importing()
	w.profile()
	w.notifications()
	w.leave()
	w.forgot()
	w.enterFactor(walkPassword + "-neuf")
}

// picture takes the next picture of a window. Every sentence on it must have its words.
func (w *walk) picture(s *uitest.Screen, name string) {
	s.Drain()
	for _, words := range s.Texts() {
		if strings.Contains(words, "<no value>") || w.p.Has(words) {
			w.t.Errorf("picture %s says %q", name, words)
		}
	}
	w.pictureNow(s, name)
}

// pictureNow takes it without waiting for work that is under way.
func (w *walk) pictureNow(s *uitest.Screen, name string) {
	w.pictures++
	if w.options.out != "" {
		s.Capture(filepath.Join(w.options.out, fmt.Sprintf("%03d-%s.png", w.pictures, name)))
	}
	if w.look != nil {
		w.look(s, name)
	}
}

// shot takes a picture of the customer's window.
func (w *walk) shot(name string) { w.picture(w.Screen, name) }

// say gives the words of a key, to find them on the screen.
func (w *walk) say(key string, vars ...text.Vars) string { return w.p.T(key, vars...) }

// goTo opens a route as a link or a notification does.
func (w *walk) goTo(route nav.Route) { w.program.Handle(route) }

// file writes a file that the person has.
func (w *walk) file(name, content string) string {
	path := filepath.Join(w.data, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// fill types into a field what it should hold, in place of what it held.
func (w *walk) fill(s *uitest.Screen, label, value string) {
	s.Field(label).SetText("")
	s.Drain()
	s.Type(label, value)
}

// mail waits for the newest mail of a kind.
func (w *walk) mail(address, kind string) services.Mail {
	mails, err := w.mails(address)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range mails {
		if m.Kind == kind {
			return m
		}
	}
	w.t.Fatalf("no mail %q to %s", kind, address)
	return services.Mail{}
}

// enter looks around before anything is there, and loads the sample.
func (w *walk) enter() {
	w.WaitFor(w.say("entry.sample.load"))
	w.shot("sign-in")
	w.Tap(w.say("entry.sample.load"))
	w.WaitFor(w.say("entry.sample.loaded"))
	w.shot("sign-in-sample-loaded")
}

// register makes a login, first with mistakes.
func (w *walk) register() {
	w.Tap(w.say("entry.signin.register"))
	w.WaitFor(w.say("entry.register.title"))
	w.shot("register")
	w.Type(w.say("entry.field.first"), "Amélie")
	w.Type(w.say("entry.field.last"), "Tremblay")
	w.Type(w.say("entry.field.email"), "amelie.tremblay@example")
	w.Type(w.say("entry.field.password"), "motdepasse")
	w.Type(w.say("entry.field.confirm"), "motdepass")
	w.Blur()
	w.shot("register-mistakes")
	w.Tap(w.say("entry.register.terms"))
	w.WaitFor(w.say("entry.terms.back"))
	w.Until("the terms", func() bool { return len(w.Texts()) > 20 })
	w.shot("terms")
	w.Tap(w.say("entry.terms.back"))
	w.fill(w.Screen, w.say("entry.field.email"), walkEmail)
	w.fill(w.Screen, w.say("entry.field.password"), walkPassword)
	w.fill(w.Screen, w.say("entry.field.confirm"), walkPassword)
	w.Tick(w.say("entry.robot.label"))
	w.WaitFor(w.say("entry.robot.done"))
	w.Tick(w.say("entry.register.accept"))
	w.Blur()
	w.Until("the password to be judged", func() bool { return w.Enabled(w.say("entry.register.submit")) })
	w.shot("register-complete")
	w.Tap(w.say("entry.register.submit"))
	w.WaitFor(w.say("entry.checkmail.title"))
	w.shot("check-your-mail")
}

// activate uses the button of the mail on this device.
func (w *walk) activate() {
	w.Tap(w.say("entry.tray"))
	w.WaitFor(w.say("mail.activate.button"))
	w.shot("mail-tray")
	w.Tap(w.say("mail.activate.button"))
	w.WaitFor(w.say("entry.signin.note.activated.title"))
	w.shot("account-active")
}

// signIn is refused once, then succeeds.
func (w *walk) signIn() {
	w.fill(w.Screen, w.say("entry.field.email"), walkEmail)
	w.Type(w.say("entry.field.password"), "not my password at all")
	w.Press(fyne.KeyReturn)
	w.WaitFor(w.say("nav.error.unauthenticated"))
	w.shot("sign-in-refused")
	w.enterPassword(w.Screen, walkPassword)
	w.WaitFor(w.say("link.title"))
}

// enterPassword types a password and presses Enter.
func (w *walk) enterPassword(s *uitest.Screen, password string) {
	w.fill(s, w.say("entry.field.password"), password)
	s.Press(fyne.KeyReturn)
}

// link finds the agreement, after two mistakes.
func (w *walk) link() {
	if w.portal != nil { // where the sample is offered
		w.WaitFor("Daniel Okafor")
	}
	w.shot("link")
	w.Type(w.say("link.field.vin"), "wby43aw01rf0oo006")
	w.Type(w.say("link.field.last_payment"), "847,3x")
	w.Tap(w.say("link.details.next"))
	w.shot("link-mistakes")
	w.fill(w.Screen, w.say("link.field.vin"), "wby43 aw01r f000006")
	w.fill(w.Screen, w.say("link.field.last_payment"), "847.33")
	w.Tap(w.say("link.details.next"))
	w.WaitFor(w.say("link.missed.title"))
	w.shot("link-not-found")
	w.fill(w.Screen, w.say("link.field.last_payment"), "847,32 $")
	w.shot("link-complete")
	w.Tap(w.say("link.details.next"))
	w.WaitFor(w.say("link.code.authorize"))
}

// authorize enters the code, first a wrong one.
func (w *walk) authorize() {
	w.shot("authorize")
	w.TypeFocused("111111")
	w.Press(fyne.KeyReturn)
	w.WaitFor(w.say("nav.field.code.mismatch"))
	w.shot("authorize-wrong-code")
	w.Tick(w.say("link.code.trust", text.Vars{"Count": 30}))
	w.enterCode()
	w.shot("authorize-done")
}

// overview looks at the agreement, while it loads, when it cannot be loaded, and as it is.
func (w *walk) overview() {
	w.goTo(nav.Route{Page: nav.PageOverview})
	w.pictureNow(w.Screen, "overview-loading")
	w.WaitFor(w.say("overview.payments.title"))
	w.portal.down.Store(true)
	w.goTo(nav.Route{Page: nav.PageOverview})
	w.WaitFor(w.say("nav.agreements.failed"))
	w.shot("overview-failed")
	w.portal.down.Store(false)
	w.Tap(w.say("nav.retry"))
	w.WaitFor(w.say("nav.payment.posted"))
	w.WaitFor(w.say("nav.chart.table"))
	w.shot("overview")
}

// enterCode enters the code of the latest mail.
func (w *walk) enterCode() {
	boxes := uitest.All[*kit.CodeEntry](w.Screen)[0]
	boxes.Clear()
	boxes.Focus(w.Canvas())
	w.TypeFocused(walkCode)
	w.Drain()
	if w.Enabled(w.say("link.code.authorize")) {
		w.Press(fyne.KeyReturn)
	}
	w.WaitFor(w.say("link.done.title"))
}
