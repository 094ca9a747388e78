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

// show opens the page.
func show(t *testing.T, lang text.Lang, f *fake, id string) (*uitest.App, *uitest.Screen) {
	t.Helper()
	app := uitest.NewApp(t, lang, theme.Light, 1)
	return app, app.Show(t, autopay.New(app.Env(), f.deps(), id), uitest.PageSize)
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
	held := with(nil)
	held.Hold = make(chan struct{})
	defer close(held.Hold)
	fixed := func() *fake {
		a := inForce()
		a.Next.On, a.Next.CancelUntil, a.Extra, a.Day = uitest.Date(2026, 11, 30), services.Date{}, uitest.Money("50"), 31
		return with(a, lease(), loan())
	}
	broken := func() *fake {
		f := with(nil, lease())
		f.readErr = services.Fail(services.CodeUnavailable)
		return f
	}
	without := func() *fake {
		f := with(nil, lease())
		f.Accounts = nil
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
		"failed":  {broken, "autopay.failed", "", nil, 0},
		"empty":   {func() *fake { return with(nil, lease(), uitest.Closed()) }, "autopay.empty.title", "a3", nil, 0},
	} {
		uitest.EachLook(t, state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			s := app.Show(t, autopay.New(app.Env(), tt.fake().deps(), tt.id), uitest.PageSize.AddWidthHeight(0, tt.high))
			if tt.wait != "" {
				s.WaitFor(app.Printer.T(tt.wait))
			}
			if tt.then != nil {
				tt.then(app, s)
			}
			return s
		})
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

func TestAutopay_Layout(t *testing.T) {
	uitest.EachRoom(t, func(t *testing.T, app *uitest.App, room fyne.Size) *uitest.Screen {
		s := app.Show(t, autopay.New(app.Env(), with(inForce(), lease(), loan()).deps(), "a1"), room)
		s.WaitFor(app.Printer.T("autopay.on.title"))
		s.AssertLayout()
		s = app.Show(t, autopay.New(app.Env(), with(nil, lease(), loan()).deps(), "a2"), room)
		s.WaitFor(app.Printer.T("autopay.form.submit"))
		s.AssertLayout()
		review(app, s)
		return s
	})
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
	f.Lock()
	defer f.Unlock()
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
	f.Lock()
	defer f.Unlock()
	if o := f.set[0]; o.Language != "en" || !o.ShownFR.IsZero() || o.ShownEN.IsZero() || !o.Extra.Equal(uitest.Money("50")) {
		t.Errorf("accepted %+v", o)
	}
}

// A text that has changed meanwhile is shown anew; nothing is accepted that was not read.
func TestAutopay_Outdated(t *testing.T) {
	f := with(nil, loan())
	app, s := show(t, text.French, f, "a2")
	s.WaitFor(app.Printer.T("autopay.form.submit"))
	review(app, s)
	f.Set(func() { f.version = "v2" })
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
	for typed, says := range map[string]string{"-5": "An amount to pay has no minus sign.", "12.345": "Write cents with two digits, like 847.32."} {
		enter(s, extra, typed)
		s.Tap("Read the agreement")
		if !s.Has(says) || s.Field(extra).Text() != typed {
			t.Errorf("%q: the screen says %q", typed, s.Texts())
		}
	}
	enter(s, extra, "99999")
	f.Set(func() { f.textErr = services.Invalid("extra", services.ReasonTooMuch) })
	s.Tap("Read the agreement")
	s.WaitFor("This is more than you owe. Please enter a smaller amount.")
	f.Set(func() { f.textErr = services.Fail(services.CodeGone) })
	enter(s, extra, "10")
	s.Tap("Read the agreement")
	s.WaitFor("No payment is left that autopay could take. Please make the last ones yourself.")
	f.Set(func() { f.textErr = nil })
	review(app, s)
	f.Set(func() { f.setErr = services.Fail(services.CodeUnavailable) })
	accept(app, s, "autopay.text.accept")
	s.Until("a sentence", func() bool { return s.Has(app.Printer.T("nav.error.unavailable")) })
	if !s.Has("Pre-authorized debit agreement") {
		t.Error("the text is gone")
	}
	f.Set(func() { f.setErr = services.Invalid("bank_account_id", services.ReasonUnknown) })
	s.Tap("Accept and turn on autopay")
	s.WaitFor("This account is not there any more. Please choose another one.")
}

// Ending says until when, and what stays; a debit that is past its last day still happens.
func TestAutopay_Stop(t *testing.T) {
	f := with(inForce(), lease())
	app, s := show(t, text.English, f, "a1")
	s.WaitFor("You can change or cancel it until the end of November\u00a028,\u00a02026.")
	f.Set(func() { f.stopErr = services.Fail(services.CodeUnavailable) })
	s.Tap("Cancel autopay")
	if !s.Has("Cancelling does not change your agreement or what you owe. Payments stay due on their dates.") {
		t.Errorf("the dialog says %q", s.Texts())
	}
	confirm(app, s)
	s.Until("a sentence", func() bool { return s.Has(app.Printer.T("nav.error.unavailable")) })
	f.Set(func() { f.stopErr = nil })
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

// Ending one that has nothing left to debit says so too. News keep the focus where it was.
func TestAutopay_StopTheLast(t *testing.T) {
	over := inForce()
	over.Next = nil
	f := with(over, lease())
	app, s := show(t, text.English, f, "a1")
	s.WaitFor("Nothing more is due, so nothing more will be debited.")
	s.Press(fyne.KeyTab)
	before := s.Canvas().Focused().(*kit.Button).Text()
	f.Set(func() { f.autopay = inForce() })
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventPayment})
	s.WaitFor("You can change or cancel it until the end of November\u00a028,\u00a02026.")
	if after, ok := s.Canvas().Focused().(*kit.Button); !ok || after.Text() != before {
		t.Errorf("the focus was on %q", before)
	}
	f.Set(func() { f.autopay = over })
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventPayment})
	s.WaitFor("Nothing more is due, so nothing more will be debited.")
	s.Tap("Cancel autopay")
	confirm(app, s)
	s.WaitFor("Autopay is cancelled")
}

// The agreement opens in the language that the person has by then.
func TestAutopay_LanguageOfTheMoment(t *testing.T) {
	app, s := show(t, text.English, with(nil, loan()), "a2")
	s.WaitFor("Read the agreement")
	app.Printer = uitest.Printer(t, text.French)
	s.Rebuild()
	review(app, s)
	if !s.Has("Accord de débit préautorisé") {
		t.Errorf("the screen says %q", s.Texts())
	}
}

// What the lender takes off is said where it is set, and only where a day can be chosen does the page speak of one.
func TestAutopay_Form(t *testing.T) {
	f := with(nil, uitest.Loan())
	_, s := show(t, text.English, f, "a2")
	s.WaitFor("Each debit comes on the day its payment is due")
	if s.Has("Day of the debit") || s.Has("comes off your rate") {
		t.Errorf("the screen says %q", s.Texts())
	}
	f = with(nil, lease())
	f.rate = "0.25"
	for lang, says := range map[text.Lang]string{
		text.English: "With autopay, 0.25% a year comes off your rate.",
		text.French:  "Avec le paiement automatique, votre taux baisse de 0,25\u00a0% par année.",
	} {
		app, s := show(t, lang, f, "a1")
		s.WaitFor(says)
		if !s.Has(app.Printer.T("autopay.day")) {
			t.Errorf("no day to choose: %q", s.Texts())
		}
	}
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
	if got := s.Field(app.Printer.T("autopay.form.extra")).Text(); got != "12,34\u00a0$" {
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
