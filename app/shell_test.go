package main

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/captcha"
	"myaccount/services/text"
	"myaccount/ui"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// startWalk begins a walk in English for a test of the shell.
func startWalk(t testing.TB, change ...func(*ui.Options)) *walk {
	t.Helper()
	product, err := brand.Load(assets.Brand)
	must(t, err)
	catalogue, err := text.Load(assets.Translations)
	must(t, err)
	w, err := newWalk(t.Context(), t, t.TempDir(), tourOptions{
		size: uitest.Normal, brand: product, catalogue: catalogue, change: change,
		settings: nav.Settings{Language: "en", Appearance: "light", TextScale: 1},
	})
	must(t, err)
	t.Cleanup(w.close)
	return w
}

// goIn takes the walk to the overview.
func (w *walk) goIn() {
	w.enter()
	w.register()
	w.activate()
	w.signIn()
	w.link()
	w.authorize()
	w.goTo(nav.Route{Page: nav.PageOverview})
	w.WaitFor(w.say("overview.payments.title"))
}

func TestShell_LinkIsFollowedAfterSigningIn(t *testing.T) {
	w := startWalk(t)
	w.goIn()
	w.Tap(w.say("ui.foot.sign_out"))
	w.WaitFor(w.say("entry.signin.note.signedout.title"))
	w.goTo(nav.Route{Page: nav.PageMessages})
	w.WaitFor(w.say("entry.signin.lead"))
	w.fill(w.Screen, w.say("entry.field.email"), walkEmail)
	w.enterPassword(w.Screen, walkPassword)
	w.WaitFor(w.say("messages.empty.title"))
}

func TestShell_LastWordsAreSaved(t *testing.T) {
	w := startWalk(t)
	w.goIn()
	w.goTo(nav.Route{Page: nav.PageCompose})
	w.WaitFor(w.say("messages.compose.drop"))
	w.Type(w.say("messages.compose.message"), walkQuestion)
	w.Tap(w.say("ui.foot.sign_out"))
	w.WaitFor(w.say("entry.signin.note.signedout.title"))
	w.fill(w.Screen, w.say("entry.field.email"), walkEmail)
	w.enterPassword(w.Screen, walkPassword)
	w.WaitFor(w.say("overview.payments.title"))
	if drafts := w.drafts(); len(drafts) != 1 || drafts[0].Body != walkQuestion {
		t.Errorf("drafts after signing out in the middle of a word: %+v", drafts)
	}
}

func TestShell_EscapeGoesBack(t *testing.T) {
	w := startWalk(t)
	w.WaitFor(w.say("entry.signin.lead"))
	w.Tap(w.say("entry.signin.register"))
	w.WaitFor(w.say("entry.register.title"))
	w.Blur()
	w.Press(fyne.KeyEscape)
	w.WaitFor(w.say("entry.signin.lead"))
	w.Press(fyne.KeyEscape) // nowhere to go back to
	w.WaitFor(w.say("entry.signin.lead"))
}

func TestShell_PortfolioIsDroppedAnywhere(t *testing.T) {
	w := startWalk(t)
	w.WaitFor(w.say("entry.signin.lead"))
	w.drop(w.file("portfolio.jsonl", "{}\n"))
	w.WaitFor(w.say("portfolio.faulty.nothing"))
}

func TestShell_ReplyIsToldOnce(t *testing.T) {
	w := startWalk(t)
	w.goIn()
	w.compose()
	address := w.inviteAdvisor()
	session, err := w.portal.SignIn(t.Context(), services.Credentials{Email: address, Password: deskPassword, Device: services.DeviceClaim{Kind: "personal"}})
	must(t, err)
	desk := session.(services.AdvisorSession)
	queue, err := desk.Queue(t.Context(), services.DeskQuery{})
	must(t, err)
	told := fyne.NewNotification("My BMW Account", w.say("ui.notify.reply"))
	fynetest.AssertNotificationSent(t, told, func() {
		_, err = desk.Answer(t.Context(), services.DeskAnswer{ThreadID: queue.Items[0].ID, Body: walkAnswer, IdempotencyKey: "answer-0001"})
		must(t, err)
		w.Until("the badge", func() bool {
			n, err := w.portal.session.Unread(t.Context())
			return err == nil && n == 1 && w.notified()
		})
	})
}

// captcha solves a proof of work beside the screen.
func (w *walk) captcha() string {
	c, err := w.portal.Captcha(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	return solve(w.t, c)
}

func solve(t uitest.TB, c services.Captcha) string {
	t.Helper()
	solved, err := captcha.Solve(context.Background(), captcha.Challenge(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	return solved
}

// notified runs what waits for a moment, so that a notification that is due is sent.
func (w *walk) notified() bool {
	for range 40 {
		w.Drain()
		time.Sleep(10 * time.Millisecond) // the events come from a goroutine of the service
	}
	return true
}

func TestShell_CrashReportIsOffered(t *testing.T) {
	discarded := 0
	w := startWalk(t, func(o *ui.Options) {
		o.Crash = ui.CrashReport{Path: "/data/crash/1.txt", Text: "panic: sample", At: walkStart, Discard: func() error {
			discarded++
			return nil
		}}
	})
	w.WaitFor(w.say("ui.crash.title"))
	w.Tap(w.say("ui.crash.show"))
	w.WaitFor("panic: sample")
	w.Tap(w.say("ui.crash.discard"))
	w.WaitGone(w.say("ui.crash.title"))
	if discarded != 1 {
		t.Errorf("discarded %d times", discarded)
	}
}

func TestShell_EndedSessionSaysSo(t *testing.T) {
	w := startWalk(t)
	w.goIn()
	must(t, w.portal.RequestPasswordReset(t.Context(), services.AddressRequest{Email: walkEmail, Captcha: w.captcha()}))
	must(t, w.portal.ResetPassword(t.Context(), services.PasswordReset{Token: w.mail(walkEmail, "reset").Token, Password: walkPassword + "-neuf"}))
	w.WaitFor(w.say("entry.signin.note.ended.title"))
}

func TestShell_FaultAtTheStart(t *testing.T) {
	app := fynetest.NewApp()
	window := app.NewWindow("")
	retried := false
	ui.ShowFault(app, window, nav.Settings{Language: "en", Appearance: "light", TextScale: 1}, ui.Fault{
		Title: "Your data could not be opened", Text: "It is damaged.",
		Actions: []ui.FaultAction{{Label: "Try again", Tapped: func() { retried = true }}, {Label: "Close", Tapped: func() {}}},
	})
	s := uitest.On(t, window, nav.NewQueue(), fyne.NewSize(760, 460))
	window.Resize(fyne.NewSize(760, 460))
	s.Tap("Try again")
	if !retried {
		t.Error("the button does nothing")
	}
	s.AssertLayout()
}
