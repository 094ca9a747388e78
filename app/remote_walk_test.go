package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/blob"
	"myaccount/services/brand"
	"myaccount/services/core"
	"myaccount/services/mail"
	"myaccount/services/remote"
	"myaccount/services/sample"
	"myaccount/services/seal"
	"myaccount/services/server"
	"myaccount/services/store/sqlite"
	"myaccount/services/text"
	"myaccount/ui"
	"myaccount/ui/connect"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// backend is the real backend on SQLite in this process, with a certificate that it made itself and the sample's
// customers. It can be taken away and brought back.
type backend struct {
	t     testing.TB
	core  *core.Core
	front *httptest.Server
	away  atomic.Bool

	mu    sync.Mutex
	mails []mail.Message
}

// quick hashes passwords at once.
func quick() *seal.Passwords { return seal.NewPasswords(seal.Params{Time: 1, Memory: 64, Threads: 1}) }

func newBox(t testing.TB) *seal.Box {
	t.Helper()
	key, err := seal.NewKey()
	must(t, err)
	box, err := seal.Open(key)
	must(t, err)
	return box
}

func newBackend(t testing.TB, clock services.Clock, rules brand.Brand, catalogue *text.Catalogue) *backend {
	t.Helper()
	b, dir, box := &backend{t: t}, t.TempDir(), newBox(t)
	blobs, err := blob.Open(filepath.Join(dir, "blobs"))
	must(t, err)
	database, err := sqlite.Open(t.Context(), filepath.Join(dir, "portal.db"), box, clock)
	must(t, err)
	b.core = core.New(core.Config{
		Store: database, Blobs: blobs, Box: box, Passwords: quick(), Clock: clock, NewID: newID, NewToken: seal.Token,
		NewCode: func(int) seal.Secret { return walkCode }, Brand: rules, Terms: terms(), Catalogue: catalogue, Sender: b, CaptchaCost: 1000,
	})
	handler, err := server.New(server.Config{Core: b.core})
	must(t, err)
	b.front = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b.away.Load() {
			panic(http.ErrAbortHandler) // the connection is cut
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		b.front.CloseClientConnections()
		b.front.Close()
		b.core.Close()
		must(t, database.Close())
	})
	portfolio, err := sample.Portfolio(civil.DateOf(clock.Now()))
	must(t, err)
	_, err = b.core.ImportPortfolio(t.Context(), func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(portfolio)), nil }, nil)
	must(t, err)
	return b
}

// cut takes the backend away.
func (b *backend) cut() {
	b.away.Store(true)
	b.front.CloseClientConnections()
}

func (b *backend) restore() { b.away.Store(false) }

// Send is part of mail.Sender.
func (b *backend) Send(_ context.Context, m mail.Message) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mails = append(b.mails, m)
	return nil
}

var tokenInMail = regexp.MustCompile(`token=([A-Za-z0-9_-]+)`)

// read lists the mails to an address, newest first, as somebody reads them.
func (b *backend) read(address string) ([]services.Mail, error) {
	if _, err := b.core.SendMails(b.t.Context()); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var list []services.Mail
	for _, m := range slices.Backward(b.mails) {
		if !strings.EqualFold(m.To, address) {
			continue
		}
		got := services.Mail{Kind: string(m.Kind), To: m.To, Text: m.Text, HTML: m.HTML}
		if found := tokenInMail.FindStringSubmatch(m.Text); found != nil {
			got.Token = services.Secret(found[1])
		}
		list = append(list, got)
	}
	return list, nil
}

// holding is a portal that remembers the customer's latest session.
type holding struct {
	*remotePortal
	session services.CustomerSession
}

// SignIn opens a session.
func (h *holding) SignIn(ctx context.Context, c services.Credentials) (services.Session, error) {
	session, err := h.remotePortal.SignIn(ctx, c)
	if customer, ok := session.(services.CustomerSession); ok && err == nil {
		h.session = customer
	}
	return session, err
}

// openPortalOf opens the portal of a computer with an empty cache.
func (b *backend) openPortal(clock services.Clock) *remotePortal {
	b.t.Helper()
	folder, keys := b.t.TempDir(), &walkKeys{}
	p, err := remote.Open(b.t.Context(), remote.Options{
		URL: b.front.URL, Folder: folder, Box: newBox(b.t), Secrets: keys, Clock: clock, NewID: newID, Passwords: quick(),
	})
	must(b.t, err)
	return &remotePortal{Portal: p, folder: folder, keys: keys}
}

// remoteWalk is a walk in remote mode.
type remoteWalk struct {
	*walk
	backend *backend
}

// startRemoteWalk begins a walk on a computer that has never seen the server: its certificate is compared and accepted.
func startRemoteWalk(t *testing.T, settings nav.Settings, size fyne.Size) *remoteWalk {
	t.Helper()
	uitest.LocalTime()
	rules, err := brand.Load(assets.Brand)
	must(t, err)
	catalogue, err := text.Load(assets.Translations)
	must(t, err)
	w := emptyWorld()
	b := newBackend(t, w.clock, rules, catalogue)
	portal := &holding{remotePortal: b.openPortal(w.clock)}
	w.mails, w.end = b.read, portal.Close
	w.session = func() services.CustomerSession { return portal.session }
	o := tourOptions{size: size, settings: settings, brand: rules, catalogue: catalogue}
	policy := acceptCertificate(t, w, portal.remotePortal, b, o)
	w.program = ui.New(w.options(portal, policy, o))
	r := &remoteWalk{beginWalk(t.Context(), t, w, t.TempDir(), o), b}
	r.look = func(s *uitest.Screen, name string) {
		if s.AssertLayout(); t.Failed() {
			t.Fatalf("at picture %d %s", r.pictures, name)
		}
	}
	t.Cleanup(r.close)
	return r
}

// inBothLanguages runs a test from the overview on, in English and light, in French and dark.
func inBothLanguages(t *testing.T, test func(t *testing.T, w *remoteWalk)) {
	t.Helper()
	for _, settings := range []nav.Settings{
		{Language: "en", Appearance: "light", TextScale: 1}, {Language: "fr", Appearance: "dark", TextScale: 1},
	} {
		t.Run(settings.Language, func(t *testing.T) {
			w := startRemoteWalk(t, settings, uitest.Normal)
			w.goIn()
			test(t, w)
		})
	}
}

// acceptCertificate goes through the page before the program.
func acceptCertificate(t *testing.T, w *world, p *remotePortal, b *backend, o tourOptions) (policy services.Policy) {
	t.Helper()
	window := w.app.NewWindow("")
	defer window.Close()
	ready := false
	page := connect.New(nav.Env{Dispatcher: w.queue, Clock: w.clock, Window: window}, connect.Deps{
		Host: b.front.Listener.Addr().String(), Reach: p.reach, Refused: refusedCertificate, Accept: p.Pin, Shown: func() {}, Quit: func() {},
		Ready: func(found services.Policy) { policy, ready = found, true },
	})
	printer := o.catalogue.Printer(text.ParseLang(o.settings.Language))
	ui.ShowPage(w.app, window, o.settings, printer, page)
	defer page.Stop()
	screen := uitest.On(t, window, w.queue, fyne.NewSize(760, 520))
	screen.WaitFor(services.FingerprintGroups(remote.Fingerprint(b.front.Certificate()))[:39])
	screen.Tick(printer.T("connect.unknown.compared"))
	screen.Tap(printer.T("connect.unknown.accept"))
	screen.Until("the program", func() bool { return ready })
	return policy
}

// activate follows the link of the mail.
func (w *remoteWalk) activate() {
	w.goTo(nav.Route{Page: nav.PageActivate, Token: w.mail(walkEmail, "activate").Token})
	w.WaitFor(w.say("entry.signin.note.activated.title"))
	w.shot("account-active")
}

// goIn takes the walk to the overview.
func (w *remoteWalk) goIn() {
	w.WaitFor(w.say("entry.signin.lead"))
	for _, local := range []string{"entry.sample.load", "ui.entrance.mail", "entry.tray"} {
		if w.Has(w.say(local)) {
			w.t.Errorf("the page offers %q", w.say(local))
		}
	}
	w.register()
	w.activate()
	w.signIn()
	w.link()
	w.authorize()
	w.goTo(nav.Route{Page: nav.PageOverview})
	w.WaitFor(w.say("nav.payment.posted"))
	w.shot("overview")
}

// advisor signs the lender's advisor in on another computer.
func (w *remoteWalk) advisor() services.AdvisorSession {
	w.t.Helper()
	t := w.backend.t
	who, err := sample.TheAdvisor()
	must(t, err)
	must(t, w.backend.core.EnsureAdvisor(w.ctx, who.FirstName, who.LastName, who.Email))
	must(t, w.backend.core.InviteAdvisor(w.ctx, who.Email))
	portal := w.backend.openPortal(w.clock)
	t.Cleanup(func() { must(t, portal.Close()) })
	must(t, portal.Pin(w.ctx, remote.Fingerprint(w.backend.front.Certificate())))
	must(t, portal.ResetPassword(w.ctx, services.PasswordReset{Token: w.mail(who.Email, "set_password").Token, Password: deskPassword}))
	session, err := portal.SignIn(w.ctx, services.Credentials{Email: who.Email, Password: deskPassword, Device: services.DeviceClaim{Kind: "personal"}})
	must(t, err)
	return session.(services.AdvisorSession)
}

// offline takes the service away and waits until the strip says so.
func (w *remoteWalk) offline() {
	w.backend.cut()
	w.goTo(nav.Route{Page: nav.PageOverview}) // which asks
	w.Until("the strip", func() bool {
		w.clock.move(time.Second)
		return w.Has(w.say("ui.offline.retry"))
	})
}

// The journey through the real widgets, against the real backend over TLS: the same screens as in local-only mode.
func TestRemote_Journey(t *testing.T) {
	for name, c := range map[string]struct {
		settings nav.Settings
		size     fyne.Size
	}{
		"english light":     {nav.Settings{Language: "en", Appearance: "light", TextScale: 1}, uitest.Normal},
		"french dark small": {nav.Settings{Language: "fr", Appearance: "dark", TextScale: 1}, uitest.Small},
	} {
		t.Run(name, func(t *testing.T) {
			w := startRemoteWalk(t, c.settings, c.size)
			w.goIn()
			w.pay()
			w.autopay()
			w.notifications()
			w.compose()
			desk := w.advisor()
			queue, err := desk.Queue(w.ctx, services.DeskQuery{})
			must(t, err)
			_, err = desk.Answer(w.ctx, services.DeskAnswer{ThreadID: queue.Items[0].ID, Body: walkAnswer, IdempotencyKey: "answer-0001"})
			must(t, err)
			w.goTo(nav.Route{Page: nav.PageMessages, Arg: queue.Items[0].ID})
			w.WaitFor(walkAnswer) // the event brings it, if the page was quicker
			w.shot("reply")
			w.goTo(nav.Route{Page: nav.PageSettings})
			w.WaitFor(w.backend.front.Listener.Addr().String())
			if w.Has(w.say("settings.wipe.button")) || w.Has(w.say("settings.import.button")) {
				t.Error("the settings offer what only local-only mode has")
			}
			w.shot("settings")
		})
	}
}

// Without a connection what was seen stays readable, and a message waits until it can be sent; it arrives once.
func TestRemote_Offline(t *testing.T) {
	w := startRemoteWalk(t, nav.Settings{Language: "en", Appearance: "light", TextScale: 1}, uitest.Normal)
	w.goIn()
	w.offline()
	w.WaitFor(w.say("nav.payment.posted")) // as it was seen
	w.shot("offline")
	w.Tap(w.say("ui.offline.retry"))
	w.WaitFor(w.say("nav.error.unavailable"))
	w.clock.move(6 * time.Second) // the toast goes

	w.goTo(nav.Route{Page: nav.PageCompose})
	w.WaitFor(w.say("messages.compose.drop"))
	w.choose(0)
	w.Type(w.say("messages.compose.message"), walkQuestion)
	w.Tap(w.say("messages.compose.send"))
	w.WaitFor(w.say("messages.outbox.later"))
	w.shot("waiting")
	w.goTo(nav.Route{Page: nav.PageMessages})
	w.WaitFor(w.say("messages.outbox.waiting"))
	w.shot("waiting-list")

	w.backend.restore()
	w.Until("the connection", func() bool {
		if w.Has(w.say("ui.offline.retry")) {
			w.Tap(w.say("ui.offline.retry"))
		}
		return !w.Has(w.say("ui.offline.retry"))
	})
	w.Until("the message to be received", func() bool { return !w.Has(w.say("messages.outbox.waiting")) && w.Has("M-") })
	w.shot("arrived")
	page, err := w.session().Threads(w.ctx, services.ThreadQuery{})
	if err != nil || len(page.Items) != 1 || len(w.drafts()) != 0 {
		t.Errorf("threads %+v, drafts %+v, %v", page.Items, w.drafts(), err)
	}
}

// On a computer that is trusted, somebody signs in without the service; when the password was changed elsewhere in the
// meantime, the session ends with a calm word, and what was typed is kept.
func TestRemote_OfflineSignInAndPasswordChangedElsewhere(t *testing.T) {
	w := startRemoteWalk(t, nav.Settings{Language: "en", Appearance: "light", TextScale: 1}, uitest.Normal)
	w.goIn()
	w.offline()
	w.part("ui.parting.keep")
	w.shot("sign-in-offline")
	w.comeBack()
	w.goTo(nav.Route{Page: nav.PageCompose})
	w.WaitFor(w.say("messages.compose.drop"))
	w.Type(w.say("messages.compose.message"), "Half a sen")

	must(t, w.backend.core.RequestPasswordReset(w.ctx, services.AddressRequest{Email: walkEmail, Captcha: w.backend.captcha()}))
	must(t, w.backend.core.ResetPassword(w.ctx, services.PasswordReset{Token: w.mail(walkEmail, "reset").Token, Password: walkPassword + "-neuf"}))
	w.TypeFocused("tence.")
	w.backend.restore()
	w.Until("the end of the session", func() bool {
		w.clock.move(10 * time.Second)
		if w.Has(w.say("ui.offline.retry")) {
			w.Tap(w.say("ui.offline.retry"))
		}
		return w.Has(w.say("entry.signin.note.ended.title"))
	})
	w.shot("ended")
	w.fill(w.Screen, w.say("entry.field.email"), walkEmail)
	w.enterPassword(w.Screen, walkPassword+"-neuf")
	w.Until("the way in", func() bool { return w.Has(w.say("overview.payments.title")) || w.Has(w.say("link.code.authorize")) })
	if w.Has(w.say("link.code.authorize")) { // whose trust ended with the password
		w.enterCode()
	}
	if drafts := w.drafts(); len(drafts) != 1 || drafts[0].Body != "Half a sentence." {
		t.Errorf("drafts %+v", drafts)
	}
}

// part signs out and says what becomes of what the computer keeps.
func (w *remoteWalk) part(choice string) {
	w.t.Helper()
	w.Tap(w.say("ui.foot.sign_out"))
	w.WaitFor(w.say("ui.parting.title"))
	w.shot("parting")
	w.Canvas().Focus(uitest.All[*kit.Radio](w.Screen)[0])
	w.Press(map[string]fyne.KeyName{"ui.parting.keep": fyne.KeyUp, "ui.parting.remove": fyne.KeyDown}[choice])
	w.Tap(w.say("ui.foot.sign_out"))
	w.WaitFor(w.say("entry.signin.note.signedout.title"))
}

// comeBack signs in again on a computer that is trusted.
func (w *remoteWalk) comeBack() {
	w.t.Helper()
	w.fill(w.Screen, w.say("entry.field.email"), walkEmail)
	w.enterPassword(w.Screen, walkPassword)
	w.WaitFor(w.say("nav.payment.posted"))
}

// Whoever signs out decides whether the computer keeps anything of them, a draft in the middle of a word too.
func TestRemote_SigningOutRemovesWhatIsKept(t *testing.T) {
	inBothLanguages(t, func(t *testing.T, w *remoteWalk) {
		w.goTo(nav.Route{Page: nav.PageCompose})
		w.WaitFor(w.say("messages.compose.drop"))
		w.Type(w.say("messages.compose.message"), "Half a sen")
		w.Tap(w.say("ui.foot.sign_out"))
		w.WaitFor(w.say("ui.parting.title"))
		w.Press(fyne.KeyEscape)
		w.Type(w.say("messages.compose.message"), "tence")
		w.part("ui.parting.keep")
		w.comeBack()
		if drafts := w.drafts(); len(drafts) != 1 || drafts[0].Body != "Half a sentence" {
			t.Fatalf("drafts %+v", drafts)
		}
		w.part("ui.parting.remove")
		w.comeBack()
		if drafts := w.drafts(); len(drafts) != 0 {
			t.Errorf("drafts %+v", drafts)
		}
	})
}

// captcha solves a proof of work beside the program.
func (b *backend) captcha() string {
	b.t.Helper()
	challenge, err := b.core.Captcha(b.t.Context())
	must(b.t, err)
	return solve(b.t, challenge)
}
