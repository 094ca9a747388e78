package autopay_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/autopay"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// size is what the shell leaves to a page beside its rail, at 1280 by 800.
var size = fyne.NewSize(1056, 800)

// looks are the pictures of every state.
var looks = []struct {
	name string
	lang text.Lang
	look theme.Appearance
}{{"en-light", text.English, theme.Light}, {"fr-dark", text.French, theme.Dark}}

// show opens the page.
func show(t *testing.T, lang text.Lang, f *fake, id string) (*uitest.App, *uitest.Screen) {
	t.Helper()
	app := uitest.NewApp(t, lang, theme.Light, 1)
	return app, app.Show(t, autopay.New(app.Env(), f.deps(), id), size)
}

// review goes from the form to the text.
func review(app *uitest.App, s *uitest.Screen) {
	s.Tap(app.Printer.T("autopay.form.submit"))
	s.WaitFor(app.Printer.T("autopay.text.first"))
}

// accept reads the text and accepts it.
func accept(app *uitest.App, s *uitest.Screen, label string) {
	s.Tick(app.Printer.T("autopay.text.agree"))
	s.Tap(app.Printer.T(label))
}

func TestAutopay_Pictures(t *testing.T) {
	held := &fake{hold: make(chan struct{})}
	defer close(held.hold)
	fixed := func() *fake {
		a := inForce()
		a.Next.On, a.Next.CancelUntil, a.Extra, a.Day = date(2026, 11, 30), services.Date{}, money("50"), 31
		return with(a, lease(), loan())
	}
	without := func() *fake {
		f := with(nil, lease())
		f.accounts = nil
		return f
	}
	for state, tt := range map[string]struct {
		fake func() *fake
		wait string // catalogue key
		id   string
		then func(app *uitest.App, s *uitest.Screen)
		high float32 // more than the window, to see all of it
	}{
		"on":        {func() *fake { return with(inForce(), lease()) }, "autopay.on.title", "a1", nil, 0},
		"fixed":     {fixed, "autopay.on.title", "a1", nil, 0},
		"form":      {func() *fake { return with(nil, lease(), loan()) }, "autopay.form.submit", "a2", nil, 0},
		"noaccount": {without, "autopay.account.add", "a1", nil, 0},
		"text":      {func() *fake { return with(nil, lease()) }, "autopay.form.submit", "a1", review, 300},
		"done": {func() *fake { return with(nil, lease()) }, "autopay.form.submit", "a1", func(app *uitest.App, s *uitest.Screen) {
			review(app, s)
			accept(app, s, "autopay.text.accept")
			s.WaitFor(app.Printer.T("autopay.done.payments"))
		}, 0},
		"stopped": {func() *fake { return with(inForce(), lease()) }, "autopay.on.title", "a1", func(app *uitest.App, s *uitest.Screen) {
			s.Tap(app.Printer.T("autopay.stop"))
			confirm(app, s)
			s.WaitFor(app.Printer.T("autopay.stopped.title"))
		}, 0},
		"loading": {func() *fake { return held }, "", "", nil, 0},
		"failed":  {func() *fake { return &fake{err: services.Fail(services.CodeUnavailable)} }, "autopay.failed", "", nil, 0},
		"empty":   {func() *fake { return with(nil) }, "autopay.empty.title", "", nil, 0},
	} {
		for _, look := range looks {
			t.Run(state+"-"+look.name, func(t *testing.T) {
				app := uitest.NewApp(t, look.lang, look.look, 1)
				s := app.Show(t, autopay.New(app.Env(), tt.fake().deps(), tt.id), size.AddWidthHeight(0, tt.high))
				if tt.wait != "" {
					s.WaitFor(app.Printer.T(tt.wait))
				}
				if tt.then != nil {
					tt.then(app, s)
				}
				s.AssertLayout()
				s.Golden(state + "-" + look.name)
				s.AssertKeyboard()
			})
		}
	}
}

// confirm presses what ends autopay in the dialog.
func confirm(app *uitest.App, s *uitest.Screen) {
	for _, b := range uitest.All[*kit.Button](s) {
		if b.Text() == app.Printer.T("autopay.stop.confirm") {
			b.OnTapped()
		}
	}
	s.Drain()
}

// rooms are the windows and text sizes besides those of the pictures.
var rooms = []struct {
	window fyne.Size
	scale  float32
}{{uitest.Small, 1}, {uitest.Small, 1.5}, {uitest.Small, 2}, {uitest.Large, 1}}

func TestAutopay_Layout(t *testing.T) {
	for _, lang := range []text.Lang{text.English, text.French} {
		for _, room := range rooms {
			app := uitest.NewApp(t, lang, theme.HighContrast, room.scale)
			window := room.window.SubtractWidthHeight(224, 0)
			s := app.Show(t, autopay.New(app.Env(), with(inForce(), lease(), loan()).deps(), "a1"), window)
			s.WaitFor(app.Printer.T("autopay.on.title"))
			s.AssertLayout()
			s = app.Show(t, autopay.New(app.Env(), with(nil, lease(), loan()).deps(), "a2"), window)
			s.WaitFor(app.Printer.T("autopay.form.submit"))
			s.AssertLayout()
			review(app, s)
			s.AssertLayout()
		}
	}
}

// French comes first in Québec, whatever the person's language; what was shown when, and which was chosen, is told.
func TestAutopay_FrenchFirst(t *testing.T) {
	f := with(nil, lease())
	app, s := show(t, text.English, f, "a1")
	s.WaitFor("Read the agreement")
	review(app, s)
	if !s.Has("Accord de débit préautorisé") || s.Has("Pre-authorized debit agreement") {
		t.Fatalf("the screen says %q", s.Texts())
	}
	s.Tick("I have read this agreement and authorize these debits.")
	languages := uitest.All[*kit.Segmented](s)[0]
	languages.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	s.WaitFor("Pre-authorized debit agreement")
	if s.Enabled("Accept and turn on autopay") {
		t.Error("what was agreed to in French is agreed to in English")
	}
	accept(app, s, "autopay.text.accept")
	s.WaitFor("See your payments")
	f.mu.Lock()
	defer f.mu.Unlock()
	if o := f.set[0]; o.Language != "en" || o.ShownFR.IsZero() || o.ShownEN.Before(o.ShownFR) || o.Version != "v1" || o.BankAccountID != "b1" {
		t.Errorf("accepted %+v", o)
	}
}

// Elsewhere the text is in the person's language, and the other one was not shown.
func TestAutopay_OwnLanguage(t *testing.T) {
	f := with(nil, loan())
	app, s := show(t, text.English, f, "a2")
	s.WaitFor("Read the agreement")
	s.Type("Extra with each payment (optional)", "50,00")
	review(app, s)
	s.WaitFor("Your extra saves about $139.18 of interest: you would be done on May\u00a01,\u00a02027.")
	accept(app, s, "autopay.text.accept")
	s.WaitFor("See your payments")
	s.Tap("See your payments")
	if want := (nav.Route{Page: nav.PagePayments, Arg: "a2"}); !slices.Equal(app.Went, []nav.Route{want}) {
		t.Errorf("went to %v", app.Went)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if o := f.set[0]; o.Language != "en" || !o.ShownFR.IsZero() || o.ShownEN.IsZero() || !o.Extra.Equal(money("50")) {
		t.Errorf("accepted %+v", o)
	}
}

// A text that has changed meanwhile is shown anew; nothing is accepted that was not read.
func TestAutopay_Outdated(t *testing.T) {
	f := with(nil, loan())
	app, s := show(t, text.French, f, "a2")
	s.WaitFor(app.Printer.T("autopay.form.submit"))
	review(app, s)
	f.change(func() { f.version = "v2" })
	accept(app, s, "autopay.text.accept")
	s.WaitFor(app.Printer.T("autopay.text.renewed.title"))
	if s.Enabled(app.Printer.T("autopay.text.accept")) {
		t.Error("the new text is taken as read")
	}
	accept(app, s, "autopay.text.accept")
	s.WaitFor(app.Printer.T("autopay.done.payments"))
}

// enter replaces what is typed into a field.
func enter(s *uitest.Screen, label, typed string) {
	f := s.Field(label)
	f.SetText(typed)
	f.OnChanged(typed)
	s.Drain()
}

func TestAutopay_Refused(t *testing.T) {
	f := with(nil, loan())
	app, s := show(t, text.English, f, "a2")
	s.WaitFor("Read the agreement")
	extra := "Extra with each payment (optional)"
	s.Type(extra, "many")
	s.Tap("Read the agreement")
	if !s.Has("Please enter an amount, such as 50.00.") {
		t.Errorf("the screen says %q", s.Texts())
	}
	enter(s, extra, "99999")
	f.change(func() { f.textErr = services.Invalid("extra", services.ReasonTooMuch) })
	s.Tap("Read the agreement")
	s.WaitFor("This is more than you owe. Please enter a smaller amount.")
	f.change(func() { f.textErr = services.Fail(services.CodeGone) })
	enter(s, extra, "10")
	s.Tap("Read the agreement")
	s.WaitFor("No payment is left that autopay could take. Please make the last ones yourself.")
	f.change(func() { f.textErr = nil })
	review(app, s)
	f.change(func() { f.setErr = services.Fail(services.CodeUnavailable) })
	accept(app, s, "autopay.text.accept")
	s.Until("a sentence", func() bool { return s.Has(app.Printer.T("nav.error.unavailable")) })
	if !s.Has("Pre-authorized debit agreement") {
		t.Error("the text is gone")
	}
	f.change(func() { f.setErr = services.Invalid("bank_account_id", services.ReasonUnknown) })
	s.Tap("Accept and turn on autopay")
	s.WaitFor("This account is not there any more. Please choose another one.")
}

// Ending says until when, and what stays; a debit that is past its last day still happens.
func TestAutopay_Stop(t *testing.T) {
	f := with(inForce(), lease())
	app, s := show(t, text.English, f, "a1")
	s.WaitFor("You can change or cancel it until the end of November\u00a028,\u00a02026.")
	f.change(func() { f.stopErr = services.Fail(services.CodeUnavailable) })
	s.Tap("Cancel autopay")
	if !s.Has("Cancelling does not change your agreement or what you owe. Payments stay due on their dates.") {
		t.Errorf("the dialog says %q", s.Texts())
	}
	confirm(app, s)
	s.Until("a sentence", func() bool { return s.Has(app.Printer.T("nav.error.unavailable")) })
	f.change(func() { f.stopErr = nil })
	s.Tap("Cancel autopay")
	confirm(app, s)
	s.WaitFor("Nothing more will be debited. The next payment is due on December\u00a01,\u00a02026; please make it another way.")

	late := inForce()
	late.Next.CancelUntil = services.Date{}
	f = with(late, lease())
	app, s = show(t, text.English, f, "a1")
	s.WaitFor("It can no longer be changed or cancelled. A change counts from the debit after it.")
	s.Tap("Cancel autopay")
	if !s.Has("The debit on December\u00a01,\u00a02026 still happens: its last day to cancel is over. None comes after it.") {
		t.Errorf("the dialog says %q", s.Texts())
	}
	confirm(app, s)
	s.WaitFor("The debit on December\u00a01,\u00a02026 still happens. After it, nothing more will be debited.")
}

// A change begins with what is in force, and the way back leads there.
func TestAutopay_Change(t *testing.T) {
	app, s := show(t, text.English, with(inForce(), lease()), "a1")
	s.WaitFor("Autopay is on")
	s.Tap("Change")
	day := uitest.All[*kit.Select](s)[1]
	if day.Selected() != "1" || s.Has("Extra with each payment (optional)") {
		t.Errorf("begins with day %q; the screen says %q", day.Selected(), s.Texts())
	}
	s.Tap("‹ Back")
	s.WaitFor("Next debit")
	s.Tap("Change")
	review(app, s)
	accept(app, s, "autopay.text.accept_change")
	s.WaitFor("See your payments")
}

// What was chosen stays when the language changes, and when somebody goes to add an account.
func TestAutopay_KeepsChoices(t *testing.T) {
	f := with(nil, loan())
	app, s := show(t, text.English, f, "a2")
	s.WaitFor("Read the agreement")
	s.Type("Extra with each payment (optional)", "12.34")
	app.Printer = uitest.Printer(t, text.French)
	s.Rebuild()
	if got := s.Field(app.Printer.T("autopay.form.extra")).Text(); got != "12.34" {
		t.Errorf("the extra is %q", got)
	}
	review(app, s)
	s.Rebuild()
	if !s.Has(app.Printer.T("autopay.text.first")) {
		t.Errorf("another language leaves the text: %q", strings.Join(s.Texts(), "|"))
	}
	s.Tap("Annuler")
	s.Tap(app.Printer.T("autopay.account.add"))
	if len(app.Went) != 1 || app.Went[0].Page != nav.PageAccounts {
		t.Errorf("went to %v", app.Went)
	}
}
