package profile_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"

	"myaccount/services"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/profile"
	"myaccount/ui/uitest"
)

// tapRemove presses the link that removes the n-th device.
func (f *fixture) tapRemove(s *uitest.Screen, n int) {
	f.t.Helper()
	var links []*kit.Button
	for _, b := range uitest.All[*kit.Button](s) {
		if b.Text() == f.say("remove") {
			links = append(links, b)
		}
	}
	links = links[len(links)-len(f.fake.devices):] // the first is the authenticator app's
	fynetest.Tap(links[n])
	s.Drain()
}

func (f *fixture) home() *uitest.Screen {
	f.t.Helper()
	s := f.open("", uitest.PageSize)
	s.WaitFor("Windows laptop")
	s.WaitFor(f.say("signing.again"))
	return s
}

func TestHome_LeadsToTheParts(t *testing.T) {
	f := english(t)
	s := f.home()
	for words, want := range map[string]string{
		"Set up again": profile.PartFactor, "Show": profile.PartSignIns, "Delete my account": profile.PartDelete,
	} {
		f.Went = nil
		s.Tap(words)
		if len(f.Went) != 1 || f.Went[0] != (nav.Route{Page: nav.PageProfile, Arg: want}) {
			t.Errorf("%s goes to %v", words, f.Went)
		}
	}
}

func TestHome_RemovesAnotherDeviceAtOnce(t *testing.T) {
	f := english(t)
	s := f.home()
	f.tapRemove(s, 1)
	s.Until("the list again", func() bool { return f.fake.called("devices") == 2 })
	if f.fake.called("revoke laptop") != 1 || f.ended != "" {
		t.Errorf("calls %q, ended %q", f.fake.calls, f.ended)
	}
}

func TestHome_AsksBeforeThisDevice(t *testing.T) {
	f := english(t)
	s := f.home()
	f.tapRemove(s, 0)
	s.Press(fyne.KeyEscape)
	if f.fake.called("revoke here") != 0 || s.Canvas().Overlays().Top() != nil {
		t.Fatal("Escape did not leave the question")
	}
	f.tapRemove(s, 0)
	s.Tap("Remove and sign out")
	s.Until("the end", func() bool { return f.ended == "left" })
	if f.fake.called("revoke here") != 1 {
		t.Errorf("calls %q", f.fake.calls)
	}
}

func TestHome_DeviceIsNotRemoved(t *testing.T) {
	f := english(t)
	f.fake.fails = services.Fail(services.CodeUnavailable)
	s := f.home()
	f.tapRemove(s, 1)
	s.WaitFor("The device was not removed")
	f.fake.fails = services.Fail(services.CodeNotFound) // somebody did so elsewhere
	f.tapRemove(s, 1)
	s.WaitGone("The device was not removed")
}

func TestHome_Language(t *testing.T) {
	f := english(t)
	s := f.home()
	s.Tap("Français")
	s.Until("the other language", func() bool {
		return slices.ContainsFunc(uitest.All[*kit.Button](s), func(b *kit.Button) bool { return b.Text() == "English" && !b.Busy() })
	})
	f.fake.fails = services.Fail(services.CodeUnavailable)
	s.Tap("English")
	s.WaitFor("The language was not changed")
}

func TestHome_TriesAgain(t *testing.T) {
	f := english(t)
	f.fake.err = services.Fail(services.CodeUnavailable)
	s := f.open("", uitest.PageSize)
	s.Until("two sentences", func() bool { return count(s, "Try again") == 2 })
	f.fake.err = nil
	s.Tap("Try again")
	s.WaitFor("Windows laptop")
	s.WaitFor("Set up again")
}

func TestHome_FollowsEvents(t *testing.T) {
	f := english(t)
	s := f.home()
	f.fake.mu.Lock()
	f.fake.info.Person.Email = "carol@example.ca"
	f.fake.mu.Unlock()
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventSession})
	s.WaitFor("carol@example.ca")
}

func TestHome_Export(t *testing.T) {
	for name, tt := range map[string]struct {
		exportErr, saveErr error
		path, says         string
		saved              bool
	}{
		"saved":      {path: "/tmp/x.zip", says: "Your data is saved.", saved: true},
		"cancelled":  {saved: true},
		"not saved":  {saveErr: errors.New("full"), says: "The file could not be written. Choose another place and try again.", saved: true},
		"no service": {exportErr: services.Fail(services.CodeUnavailable)},
	} {
		t.Run(name, func(t *testing.T) {
			f := english(t)
			f.fake.fails, f.Files.SaveAs, f.Files.SaveTo = tt.exportErr, tt.path, tt.saveErr
			s := f.home()
			s.Tap("Export my data")
			s.Until("the end", func() bool { return s.Enabled("Export my data") })
			if got, ok := f.Files.Saved["my-account-2026-11-21.zip"]; ok != tt.saved || ok && string(got) != "zip" {
				t.Errorf("saved %q, %t", got, ok)
			}
			if said := strings.Join(f.Toasts, " "); said != tt.says {
				t.Errorf("said %q, want %q", said, tt.says)
			}
			if tt.exportErr != nil && !s.Has("We could not reach the service") {
				t.Errorf("screen says %q", s.Texts())
			}
		})
	}
}

func TestPassword_Change(t *testing.T) {
	f := english(t)
	s := f.open(profile.PartPassword, uitest.PageSize)
	if s.Canvas().Focused() != s.Field("Present password").Focusable() {
		t.Error("typing does not begin at the first field")
	}
	s.Press(fyne.KeyReturn)
	if count(s, f.Printer.T("nav.reason.required")) < 2 || len(f.fake.calls) != 0 {
		t.Fatalf("with nothing typed: %q, says %q", f.fake.calls, s.Texts())
	}
	f.enter(s, "password.current", "wrong")
	f.enter(s, "password.new", another)
	f.enter(s, "password.confirm", another)
	s.Press(fyne.KeyReturn)
	s.WaitFor("This is not your present password.")
	if s.Canvas().Focused() != s.Field("Present password").Focusable() || s.Field("New password").Text() != another {
		t.Error("the focus is not at what is wrong, or what was typed is lost")
	}
	s.TypeFocused(right.Reveal()) // in place of the wrong one
	s.Press(fyne.KeyReturn)
	s.Until("the end", func() bool { return f.Backs == 1 })
	if f.fake.called("change password to "+another) != 2 || len(f.Toasts) != 1 {
		t.Errorf("calls %q, said %q", f.fake.calls, f.Toasts)
	}
}

func TestPassword_WeakIsToldBeforeItIsSent(t *testing.T) {
	f := english(t)
	s := f.open(profile.PartPassword, uitest.PageSize)
	f.enter(s, "password.current", right.Reveal())
	f.enter(s, "password.new", "amelie.tremblay")
	f.enter(s, "password.confirm", "amelie.tremblay")
	s.Until("the judgement", func() bool { return s.Field("New password").Error() != "" })
	s.Press(fyne.KeyReturn)
	if len(f.fake.calls) != 0 {
		t.Errorf("sent: %q", f.fake.calls)
	}
}

func TestForm_StopForgets(t *testing.T) {
	f := english(t)
	s := f.open(profile.PartPassword, uitest.PageSize)
	f.enter(s, "password.current", right.Reveal())
	s.Rebuild()
	if s.Field("Present password").Text() != right.Reveal() {
		t.Error("drawing anew loses what was typed")
	}
	s.Page().Stop()
	s.Page().Start()
	s.Rebuild()
	if s.Field("Present password").Text() != "" {
		t.Error("a password waits for the next visit")
	}
}

func TestEmail_Change(t *testing.T) {
	f := english(t)
	s := f.open(profile.PartEmail, uitest.PageSize)
	f.enter(s, "email.new", " AMELIE.tremblay@example.ca")
	f.enter(s, "form.password", right.Reveal())
	s.Press(fyne.KeyReturn)
	if !s.Has("This is your present address.") || len(f.fake.calls) != 0 {
		t.Fatalf("the present address: %q, says %q", f.fake.calls, s.Texts())
	}
	s.TypeFocused("carol@example.ca")
	s.Press(fyne.KeyReturn)
	s.WaitFor("sent to carol@example.ca")
	s.Tap("Open the e-mail")
	s.Tap("Paste the link")
	if !slices.Equal(f.mails, []string{"carol@example.ca"}) || len(f.Went) != 1 || f.Went[0].Page != nav.PageConfirm {
		t.Errorf("mails %q, went %v", f.mails, f.Went)
	}
	s.Tap("Use another address")
	if s.Field("New e-mail address").Text() != "carol@example.ca" || s.Field("Your password").Text() != "" {
		t.Error("the form is not as it was, but for the password")
	}
}

func TestEmail_GoesBackWhenConfirmed(t *testing.T) {
	f := english(t)
	s := f.open(profile.PartEmail, uitest.PageSize)
	f.enter(s, "email.new", "carol@example.ca")
	f.enter(s, "form.password", right.Reveal())
	s.Press(fyne.KeyReturn)
	s.WaitFor("sent to carol@example.ca")
	confirmed := func() { s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventSession}) }
	confirmed() // of something else
	if f.Backs != 0 {
		t.Fatal("went back before it was confirmed")
	}
	f.fake.info.Person.Email = "carol@example.ca"
	confirmed()
	if f.Backs != 1 {
		t.Error("stays after it was confirmed")
	}
}

func TestFactor_SetUp(t *testing.T) {
	f := english(t)
	s := f.scanning(uitest.PageSize)
	if !s.Has("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP") {
		t.Errorf("the key is not in groups: %q", s.Texts())
	}
	s.Tap("Copy the key")
	if got := fyne.CurrentApp().Clipboard().Content(); got != secret {
		t.Errorf("copied %q", got)
	}
	f.enter(s, "factor.code", "12")
	s.Press(fyne.KeyReturn)
	if !s.Has("The code has six digits.") {
		t.Errorf("half a code: says %q", s.Texts())
	}
	s.TypeFocused("123 456") // in place of what was refused
	s.Press(fyne.KeyReturn)
	s.WaitFor("Your app is set up")
	if s.Enabled("Done") {
		t.Error("can go on before the codes are kept")
	}
	f.Files.SaveAs = "/tmp/codes.txt"
	s.Tap("Save as text")
	if words := string(f.Files.Saved["recovery-codes.txt"]); !strings.Contains(words, "ABCD-EFGH-IJKL-MNOP\nQRST-") || !strings.Contains(words, "My BMW Account") {
		t.Errorf("saved %q", words)
	}
	s.Tap("Copy")
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.HasPrefix(got, "ABCD-EFGH-IJKL-MNOP\n") {
		t.Errorf("copied %q", got)
	}
	s.Rebuild()
	if !s.Has("ABCD-EFGH-IJKL-MNOP") {
		t.Fatal("drawing anew loses the codes")
	}
	s.Tick("I have kept them")
	s.Tap("Done")
	if f.Backs != 1 {
		t.Error("stays on the page")
	}
	s.Page().Stop()
	s.Page().Start()
	s.Rebuild()
	if s.Has("ABCD-EFGH-IJKL-MNOP") {
		t.Error("the codes are shown again")
	}
}

func TestFactor_LateBeginsAnew(t *testing.T) {
	f := english(t)
	s := f.scanning(uitest.PageSize)
	f.fake.fails = services.Fail(services.CodeGone)
	s.TypeFocused("123456")
	s.Press(fyne.KeyReturn)
	s.WaitFor("This key has expired")
	f.fake.fails = nil
	s.Press(fyne.KeyReturn)
	f.enter(s, "form.password", right.Reveal())
	s.Press(fyne.KeyReturn)
	s.WaitFor("1. Scan this picture")
	if f.fake.called("set up") != 2 {
		t.Errorf("calls %q", f.fake.calls)
	}
}

func TestFactor_SecretDoesNotWait(t *testing.T) {
	f := english(t)
	s := f.scanning(uitest.PageSize)
	s.Page().Stop()
	s.Page().Start()
	s.Rebuild()
	if s.Has("JBSW") || !s.Has("Your password") {
		t.Errorf("after coming back the screen says %q", s.Texts())
	}
}

func TestFactor_Remove(t *testing.T) {
	f := english(t)
	s := f.open(profile.PartNoFactor, uitest.PageSize)
	s.TypeFocused("wrong")
	s.Press(fyne.KeyReturn)
	s.WaitFor("This is not your password.")
	s.TypeFocused(right.Reveal())
	s.Press(fyne.KeyReturn)
	s.Until("the end", func() bool { return f.Backs == 1 })
	if f.fake.called("remove factor") != 2 || len(f.Toasts) != 1 {
		t.Errorf("calls %q, said %q", f.fake.calls, f.Toasts)
	}
}

func TestDelete_IsHeardAfterLeaving(t *testing.T) {
	for _, err := range []error{nil, services.Fail(services.CodeUnavailable)} {
		f := english(t)
		f.fake.fails = err
		hold := make(chan struct{})
		s := f.open(profile.PartDelete, uitest.PageSize)
		f.fake.hold = hold
		s.TypeFocused(right.Reveal())
		s.Press(fyne.KeyReturn)
		s.Press(fyne.KeyReturn) // once
		s.Page().Stop()
		close(hold)
		s.Until("the answer", func() bool { return f.fake.called("delete") == 1 && (f.ended == "deleted") == (err == nil) })
	}
}

func TestSignIns_ReadsOnAtTheEnd(t *testing.T) {
	f := english(t)
	f.fake.history = nil
	for i := range 40 {
		f.fake.history = append(f.fake.history, services.SignInRecord{ID: strconv.Itoa(i), At: day(1), Device: "Computer " + strconv.Itoa(i), Outcome: services.SignInOK})
	}
	s := f.open(profile.PartSignIns, uitest.PageSize)
	s.WaitFor("Computer 0")
	s.Until("the last", func() bool {
		s.Press(fyne.KeyEnd)
		return s.Has("Computer 39")
	})
	if f.fake.called("history after ") != 1 || f.fake.called("history after 16") != 1 {
		t.Errorf("calls %q", f.fake.calls)
	}
}
