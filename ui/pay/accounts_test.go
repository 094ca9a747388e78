package pay_test

import (
	"testing"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/pay"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// showAccounts opens the page.
func showAccounts(t *testing.T, lang text.Lang, f *fake) (*uitest.App, *uitest.Screen) {
	t.Helper()
	app := uitest.NewApp(t, lang, theme.Light, 1)
	return app, app.Show(t, pay.NewAccounts(app.Env(), f.deps()), uitest.PageSize)
}

// used is an account that an autopay and a payment need, beside one that nothing does.
func used() *fake {
	f := with(lease())
	f.Accounts[0].InUse = true
	f.Accounts = append(f.Accounts, services.BankAccount{ID: "b9", Institution: "815", LastDigits: "009", Holder: "Tremblay inc.", Business: true})
	f.autopay = &services.Autopay{AgreementID: "a1", Account: f.Accounts[0]}
	f.debits = []services.Debit{{Kind: services.DebitOnce, Status: services.DebitScheduled, LastDigits: "214", Amount: uitest.Money("500"), On: uitest.Date(2026, 12, 4)}}
	return f
}

// none has no account yet.
func none() *fake {
	f := with(lease())
	f.Accounts = nil
	return f
}

// fill types an account.
func fill(app *uitest.App, s *uitest.Screen, transit, institution, number string) {
	s.WaitFor(app.Printer.T("pay.accounts.save"))
	s.Type(app.Printer.T("pay.accounts.transit"), transit)
	s.Type(app.Printer.T("pay.accounts.institution"), institution)
	s.Type(app.Printer.T("pay.accounts.number"), number)
}

func TestAccounts_Pictures(t *testing.T) {
	held := with(lease())
	held.Hold = make(chan struct{})
	held.Accounts[0].InUse = true
	defer close(held.Hold)
	for state, tt := range map[string]struct {
		fake func() *fake
		wait string // catalogue key
		then func(app *uitest.App, s *uitest.Screen)
	}{
		"list":   {used, "pay.accounts.remove", nil},
		"empty":  {none, "pay.accounts.save", nil},
		"typing": {none, "pay.accounts.save", func(app *uitest.App, s *uitest.Screen) { fill(app, s, "00012", "00", "0012345") }},
		"refused": {none, "pay.accounts.save", func(app *uitest.App, s *uitest.Screen) {
			fill(app, s, "12", "3", "12")
			s.Tap(app.Printer.T("pay.accounts.save"))
		}},
		"added": {none, "pay.accounts.save", func(app *uitest.App, s *uitest.Screen) {
			fill(app, s, "00012", "003", "0012345")
			s.Tap(app.Printer.T("pay.accounts.save"))
			s.WaitFor(app.Printer.T("pay.accounts.remove"))
		}},
		"loading": {func() *fake { return held }, "", nil},
		"failed": {func() *fake {
			f := with()
			f.Err = services.Fail(services.CodeUnavailable)
			return f
		}, "pay.accounts.failed", nil},
	} {
		uitest.EachLook(t, "accounts-"+state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			s := app.Show(t, pay.NewAccounts(app.Env(), tt.fake().deps()), uitest.PageSize.AddWidthHeight(0, 60))
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

func TestAccounts_Layout(t *testing.T) {
	uitest.EachRoom(t, func(t *testing.T, app *uitest.App, room fyne.Size) *uitest.Screen {
		s := app.Show(t, pay.NewAccounts(app.Env(), used().deps()), room)
		s.WaitFor(app.Printer.T("pay.accounts.remove"))
		s.AssertLayout()
		s.Tap(app.Printer.T("pay.accounts.add"))
		fill(app, s, "00012", "003", "001234567890")
		return s
	})
}

// Leading zeros are kept, and what is typed appears in the drawing.
func TestAccounts_Add(t *testing.T) {
	f := none()
	app, s := showAccounts(t, text.English, f)
	fill(app, s, "0001", "00a3", "0012 345")
	if !s.Has("0001·") || !s.Has("4 / 5") || !s.Has("0012345") {
		t.Errorf("the drawing says %q", s.Texts())
	}
	s.Tap("Keep this account")
	s.WaitFor("A transit number has 5 digits.")
	if len(f.Added) != 0 {
		t.Error("an account without a whole transit number is asked for")
	}
	s.Type("Transit number", "2")
	f.Set(func() { f.AddErr = services.Fail(services.CodeUnavailable) })
	s.Tap("Keep this account")
	s.WaitFor(app.Printer.T("nav.error.unavailable"))
	f.Set(func() { f.AddErr = nil })
	app.Printer = uitest.Printer(t, text.French)
	s.Rebuild()
	s.Tap("Enregistrer ce compte")
	s.WaitFor("Le compte •••345 a été ajouté")
	f.Lock()
	defer f.Unlock()
	want := services.NewBankAccount{Institution: "003", Transit: "00012", Number: "0012345", Holder: "Amélie Tremblay", IdempotencyKey: "key-1"}
	if len(f.Added) != 1 || f.Added[0] != want {
		t.Errorf("added %d accounts, not what was typed", len(f.Added))
	}
}

// The whole line of a cheque is understood, in whichever field it is pasted.
func TestAccounts_Paste(t *testing.T) {
	app, s := showAccounts(t, text.English, none())
	s.WaitFor(app.Printer.T("pay.accounts.save"))
	clipboard := fynetest.NewClipboard()
	clipboard.SetContent("⑈001⑈ ⑆00012⑉003⑆ 0123456⑈")
	field := s.Field("Account number").Focusable()
	s.Canvas().Focus(field)
	field.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	for label, want := range map[string]string{"Transit number": "00012", "Institution number": "003", "Account number": "0123456"} {
		if got := s.Field(label).Text(); got != want {
			t.Errorf("%s: %q", label, got)
		}
	}
	clipboard.SetContent("98-76")
	transit := s.Field("Transit number")
	transit.SetText("")
	transit.Focusable().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	if got := transit.Text(); got != "9876" {
		t.Errorf("digits that are pasted are %q", got)
	}
	clipboard.SetContent("1234-5678-9012-3")
	field.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	field.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	s.WaitFor("An account number has 7 to 12 digits.") // and not twelve of its digits
	if got := s.Field("Account number").Text(); got != "1234567890123" || !s.Has("13 / 12") {
		t.Errorf("a number that is too long is %q", got)
	}
}

func TestAccounts_Refused(t *testing.T) {
	for field, refused := range map[string]struct{ reason, says string }{
		"number":   {services.ReasonDuplicate, "in your list already"},
		"transit":  {services.ReasonFormat, "A transit number has 5 digits"},
		"accounts": {services.ReasonTooMany, "as many accounts as can be kept"},
	} {
		f := none()
		f.AddErr = services.Invalid(field, refused.reason)
		app, s := showAccounts(t, text.English, f)
		fill(app, s, "00012", "003", "0012345")
		s.Tap("Keep this account")
		s.WaitFor(refused.says)
	}
}

func TestAccounts_Remove(t *testing.T) {
	f := used()
	_, s := showAccounts(t, text.English, f)
	s.WaitFor("In use by your payment of $500.00 on December\u00a04,\u00a02026.")
	if !s.Has("In use by autopay of 2024 BMW i4 eDrive40") {
		t.Errorf("the screen says %q", s.Texts())
	}
	removing := 0
	for _, b := range uitest.All[*kit.Button](s) {
		if b.Text() == "Remove" {
			removing++
		}
	}
	if removing != 1 {
		t.Errorf("%d accounts can be removed", removing)
	}
	s.Tap("Remove")
	confirm(s, "Remove the account")
	s.WaitGone("•••009")
}
