package link_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/link"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// size is what the shell leaves to a page beside its rail, at 1280 by 800.
var size = fyne.NewSize(1056, 800)

// fakeLinking answers what a test sets and remembers what it was asked.
type fakeLinking struct {
	mu       sync.Mutex
	links    []services.LinkRequest
	codes    int
	handed   []services.DeviceAuthorization
	linkErr  error
	sendErr  error
	enterErr error
}

func (f *fakeLinking) receipt() services.CodeReceipt {
	return services.CodeReceipt{
		SentTo: "a•••••••••y@example.ca", ExpiresAt: uitest.Now.Add(9*time.Minute + 42*time.Second), ResendAt: uitest.Now.Add(38 * time.Second),
	}
}

func (f *fakeLinking) Link(_ context.Context, r services.LinkRequest) (services.CodeReceipt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.links = append(f.links, r)
	return f.receipt(), f.linkErr
}

func (f *fakeLinking) SendCode(context.Context) (services.CodeReceipt, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.codes++
	return f.receipt(), f.sendErr
}

func (f *fakeLinking) AuthorizeDevice(_ context.Context, r services.DeviceAuthorization) (services.SessionInfo, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.handed = append(f.handed, r)
	return services.SessionInfo{Linked: true, Device: services.Device{Authorized: true}}, f.enterErr
}

// fixture is a page with what it works on.
type fixture struct {
	*uitest.App
	linking    *fakeLinking
	info       services.SessionInfo
	authorized []services.SessionInfo
	deps       link.Deps
}

func newFixture(t *testing.T, lang text.Lang, look theme.Appearance, scale float32) *fixture {
	f := &fixture{App: uitest.NewApp(t, lang, look, scale), linking: &fakeLinking{}}
	f.info.Person = services.Person{FirstName: "Amélie", LastName: "Tremblay", Email: "amelie.tremblay@example.ca"}
	f.deps = link.Deps{
		Linking: f.linking, Info: func() services.SessionInfo { return f.info },
		Authorized: func(i services.SessionInfo) { f.authorized = append(f.authorized, i) },
		OpenMail:   func() { f.Toasts = append(f.Toasts, "mail") },
	}
	return f
}

func (f *fixture) show(t *testing.T) *uitest.Screen {
	return f.Show(t, link.New(f.Env(), f.deps), size)
}

func (f *fixture) withSample() {
	f.deps.Sample = func(context.Context) ([]services.SamplePerson, error) {
		amount := func(s string) services.Money {
			a, _ := text.ParseMoney(s, "CAD")
			return a
		}
		return []services.SamplePerson{
			{FirstName: "Amélie", LastName: "Tremblay", VIN: "WBY43AW01RF000006", LastPayment: amount("847.32"), BMWID: "B-100234", About: "sample.person.lease"},
			{FirstName: "Noah", LastName: "Singh", VIN: "5UX23EM09S9000003", LastPayment: amount("412.06"), BMWID: "B-100235", About: "sample.person.biweekly"},
			{FirstName: "Chloé", LastName: "Gagnon-Roy", VIN: "WBA43AP0XPC000002", LastPayment: amount("655.10"), BMWID: "B-100236", About: "sample.person.ending"},
		}, nil
	}
}

func fill(s *uitest.Screen, p *text.Printer) {
	s.Type(p.T("link.field.vin"), "wby43aw01rf000006")
	s.Type(p.T("link.field.last_payment"), "$ 847.32")
}

func TestLink_Pictures(t *testing.T) {
	states := map[string]func(*testing.T, *fixture) *uitest.Screen{
		"details": func(t *testing.T, f *fixture) *uitest.Screen {
			s := f.show(t)
			s.Type(f.Printer.T("link.field.last_payment"), "$ 847.32")
			s.Type(f.Printer.T("link.field.vin"), "wby43aw01rf000006")
			return s
		},
		"sample": func(t *testing.T, f *fixture) *uitest.Screen {
			f.withSample()
			s := f.show(t)
			s.WaitFor("Gagnon-Roy")
			return s
		},
		"missed": func(t *testing.T, f *fixture) *uitest.Screen {
			f.linking.linkErr = services.Fail(services.CodeNotFound)
			s := f.show(t)
			fill(s, f.Printer)
			s.Tap(f.Printer.T("link.details.next"))
			s.WaitFor(f.Printer.T("link.missed.title"))
			return s
		},
		"errors": func(t *testing.T, f *fixture) *uitest.Screen {
			s := f.show(t)
			s.Type(f.Printer.T("link.field.vin"), "WBY43AWO")
			s.Tap(f.Printer.T("link.details.next"))
			return s
		},
		"doubtful": func(t *testing.T, f *fixture) *uitest.Screen {
			s := f.show(t)
			s.Type(f.Printer.T("link.field.vin"), "WBA3A5C51DF598123")
			return s
		},
		"bmw_id": func(t *testing.T, f *fixture) *uitest.Screen {
			s := f.show(t)
			s.Canvas().Focus(uitest.All[*kit.Segmented](s)[0])
			s.Press(fyne.KeyRight)
			s.Blur()
			return s
		},
		"code": func(t *testing.T, f *fixture) *uitest.Screen {
			s := f.show(t)
			fill(s, f.Printer)
			s.Tap(f.Printer.T("link.details.next"))
			s.WaitFor("a•••••••••y@example.ca")
			s.TypeFocused("407")
			return s
		},
		"gone": func(t *testing.T, f *fixture) *uitest.Screen {
			f.info.Linked = true
			f.linking.enterErr = services.Fail(services.CodeGone)
			s := f.show(t)
			s.WaitFor("a•••••••••y@example.ca")
			s.TypeFocused("407113")
			s.Press(fyne.KeyReturn)
			s.WaitFor(f.Printer.T("link.gone.title"))
			return s
		},
		"done": func(t *testing.T, f *fixture) *uitest.Screen {
			s := f.show(t)
			fill(s, f.Printer)
			s.Tap(f.Printer.T("link.details.next"))
			s.WaitFor("a•••••••••y@example.ca")
			s.TypeFocused("407113")
			s.Tap(f.Printer.T("link.code.authorize"))
			s.WaitFor(f.Printer.T("link.done.title"))
			return s
		},
	}
	for state, visit := range states {
		for _, look := range uitest.Looks {
			t.Run(state+"-"+look.Name, func(t *testing.T) {
				f := newFixture(t, look.Lang, look.Appearance, 1)
				s := visit(t, f)
				s.AssertLayout()
				s.Golden(state + "-" + look.Name)
				s.AssertKeyboard()
			})
		}
	}
}

// rooms are the windows and text sizes besides those of the pictures.
var rooms = []struct {
	window fyne.Size
	scale  float32
}{{uitest.Small, 1}, {uitest.Small, 1.5}, {uitest.Small, 2}, {uitest.Large, 1}}

func TestLink_Layout(t *testing.T) {
	for _, lang := range []text.Lang{text.English, text.French} {
		for _, room := range rooms {
			f := newFixture(t, lang, theme.HighContrast, room.scale)
			f.withSample()
			s := f.Show(t, link.New(f.Env(), f.deps), room.window.SubtractWidthHeight(224, 0))
			s.WaitFor("Gagnon-Roy")
			s.AssertLayout()
			s.Tap(f.Printer.T("link.sample.use"))
			s.AssertLayout()
			s.Tap(f.Printer.T("link.details.next"))
			s.WaitFor("y@example.ca")
			s.AssertLayout()
		}
	}
}

func TestLink_ByVIN(t *testing.T) {
	for name, tt := range map[string]struct{ vin, amount string }{
		"English notation":     {"WBY43AW01RF000006", "$ 847.32"},
		"French notation":      {"wby43aw01rf000006", "847,32 $"},
		"with spaces, dashes":  {" wby 43aw-01rf 000006", "847.32"},
		"too long by a letter": {"WBY43AW01RF000006X", "847.32"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, text.English, theme.Light, 1)
			s := f.show(t)
			s.TypeFocused(tt.vin) // the names are known, so typing begins here
			s.Type("Exact amount of your last payment", tt.amount)
			s.Press(fyne.KeyReturn)
			s.WaitFor("Enter the 6-digit code")
			got := f.linking.links[0]
			if got.Method != services.LinkByVIN || got.FirstName != "Amélie" || got.LastName != "Tremblay" ||
				got.VIN != "WBY43AW01RF000006" || got.LastPayment.String() != "847.32 CAD" {
				t.Errorf("asked for %+v", got)
			}
		})
	}
}

func TestLink_ByBMWID(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	s := f.show(t)
	s.Canvas().Focus(uitest.All[*kit.Segmented](s)[0])
	s.Press(fyne.KeyRight)
	if s.Has("Where to find your VIN") || !s.Has("Where to find your BMW ID") {
		t.Errorf("the screen says %q", s.Texts())
	}
	s.Type("BMW ID", "B-100234")
	s.Tap("Continue")
	s.WaitFor("Enter the 6-digit code")
	if got := f.linking.links[0]; got.Method != services.LinkByBMWID || got.BMWID != "B-100234" || got.VIN != "" {
		t.Errorf("asked for %+v", got)
	}
}

func TestLink_WhatTheVINSays(t *testing.T) {
	for typed, want := range map[string][]string{
		"wb":                {"2 / 17"},
		"wby43":             {"5 / 17", "BMW i, built in Germany"},
		"WBY43AW01RF000006": {"17 / 17 ✓", "BMW i, built in Germany, model year 2024"},
		"WBA3A5C51DF598123": {"17 / 17", "The check digit does not match."},
		"WBYQ":              {"4 / 17", "At position 4, Q is probably the digit 0."},
	} {
		f := newFixture(t, text.English, theme.Light, 1)
		s := f.show(t)
		s.TypeFocused(typed)
		for _, text := range want {
			if !s.Has(text) {
				t.Errorf("%q: no %q on the screen, which says %q", typed, text, s.Texts())
			}
		}
		if doubtful := typed == "WBA3A5C51DF598123"; s.Has("check digit") != doubtful || s.Has("17 / 17 ✓") && doubtful {
			t.Errorf("%q: the screen says %q", typed, s.Texts())
		}
	}
}

func TestLink_ADoubtfulVINIsNoObstacle(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	s := f.show(t)
	s.TypeFocused("WBA3A5C51DF598123")
	s.Type("Exact amount of your last payment", "1")
	s.Tap("Continue")
	s.WaitFor("Enter the 6-digit code")
}

func TestLink_RefusesABadForm(t *testing.T) {
	for name, tt := range map[string]struct{ vin, amount, says string }{
		"nothing":    {"", "", "Please fill this in."},
		"short":      {"WBY43", "847.32", "This one has 5 characters."},
		"letter":     {"WBY43AW01RFO00006", "847.32", "O is probably the digit 0."},
		"no amount":  {"WBY43AW01RF000006", "a lot", "Enter an amount, like 847.32."},
		"zero":       {"WBY43AW01RF000006", "0", "Enter an amount, like 847.32."},
		"enormous":   {"WBY43AW01RF000006", "9999999999999", "This is too long."},
		"emoji":      {"WBY43AW01RF00000🚗", "847.32", "letters and digits only"},
		"sub-cent":   {"WBY43AW01RF000006", "847.321", "Enter an amount, like 847.32."},
		"right-left": {"WBY43AW01RF000006", "\u202e847.32", "Enter an amount, like 847.32."},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, text.English, theme.Light, 1)
			s := f.show(t)
			s.TypeFocused(tt.vin)
			s.Type("Exact amount of your last payment", tt.amount)
			s.Tap("Continue")
			if !s.Has(tt.says) || len(f.linking.links) != 0 {
				t.Errorf("asked %d times; the screen says %q", len(f.linking.links), s.Texts())
			}
		})
	}
}

func TestLink_NothingIsLostWhenNothingMatches(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	f.linking.linkErr = services.Fail(services.CodeNotFound)
	s := f.show(t)
	fill(s, f.Printer)
	s.Tap("Continue")
	s.WaitFor("We found no agreement that matches all of this")
	s.Rebuild()
	if s.Field("Vehicle Identification Number").Text() != "WBY43AW01RF000006" || !s.Has("We found no agreement") {
		t.Errorf("after drawing anew the screen says %q", s.Texts())
	}
	s.Type("Last name", "-Roy")
	if s.Has("We found no agreement") || s.Field("Last name").Text() != "Tremblay-Roy" {
		t.Errorf("after a change the screen says %q", s.Texts())
	}
}

func TestLink_Sentences(t *testing.T) {
	for want, err := range map[string]error{
		"Your login is linked already.":          services.Fail(services.CodeConflict),
		"You can try again in 12:00.":            services.FailAfter(services.CodeThrottled, 12*time.Minute),
		"We could not reach the service.":        services.Fail(services.CodeUnavailable),
		"This contains characters that cannot":   services.Invalid("last_name", services.ReasonControl),
		"Something went wrong on our side.":      services.Fail(services.CodeInternal),
		"Please check what is marked and try ag": services.Fail(services.CodeInvalid),
	} {
		f := newFixture(t, text.English, theme.Light, 1)
		f.linking.linkErr = err
		s := f.show(t)
		fill(s, f.Printer)
		s.Tap("Continue")
		s.WaitFor(want)
		if throttled := services.CodeOf(err) == services.CodeThrottled; s.Enabled("Continue") == throttled {
			t.Errorf("%s: Continue enabled %t", want, !throttled)
		}
	}
}

func TestLink_UseSample(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	f.withSample()
	s := f.show(t)
	s.WaitFor("Sample data")
	s.Tap("Copy the details of Noah Singh")
	if got, want := fyne.CurrentApp().Clipboard().Content(), "Noah\nSingh\n5UX23EM09S9000003\n$412.06\nB-100235"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	s.Tap("Use")
	s.Tap("Continue")
	s.WaitFor("Enter the 6-digit code")
	if got := f.linking.links[0]; got.VIN != "WBY43AW01RF000006" || got.LastPayment.String() != "847.32 CAD" {
		t.Errorf("asked for %+v", got)
	}
}

// atCode is the page at its second step.
func atCode(t *testing.T) (*fixture, *uitest.Screen) {
	f := newFixture(t, text.English, theme.Light, 1)
	s := f.show(t)
	fill(s, f.Printer)
	s.Tap("Continue")
	s.WaitFor("Enter the 6-digit code")
	return f, s
}

func TestLink_CodeToDone(t *testing.T) {
	f, s := atCode(t)
	s.TypeFocused("0012")
	if s.Enabled("Authorize device") {
		t.Error("four digits can be handed in")
	}
	s.Rebuild()
	s.TypeFocused("34")
	s.Tick("Trust this device for 30 days")
	s.Tap("Authorize device")
	s.WaitFor("Your agreement is linked")
	if got := f.linking.handed[0]; got.Code.Reveal() != "001234" || !got.Trust {
		t.Errorf("handed in %q, trust %t", got.Code.Reveal(), got.Trust)
	}
	if len(f.authorized) != 1 || !f.authorized[0].Ready() || len(f.Replaced) != 0 {
		t.Fatalf("told %d times, went to %v", len(f.authorized), f.Replaced)
	}
	s.Press(fyne.KeyReturn)
	if len(f.Replaced) != 1 || f.Replaced[0].Page != "overview" {
		t.Errorf("went to %v", f.Replaced)
	}
}

func TestLink_WrongCodeCanBeMended(t *testing.T) {
	f, s := atCode(t)
	f.linking.enterErr = services.Invalid("code", services.ReasonMismatch)
	s.TypeFocused("111111")
	s.Press(fyne.KeyReturn)
	s.WaitFor("That is not the code we sent.")
	if s.Enabled("Authorize device") {
		t.Error("the same code can be handed in again")
	}
	f.linking.enterErr = nil
	s.Canvas().Focus(uitest.All[*kit.CodeEntry](s)[0].Focusable())
	s.Press(fyne.KeyBackspace)
	s.TypeFocused("2")
	s.Press(fyne.KeyReturn)
	s.WaitFor("Your agreement is linked")
	if got := f.linking.handed[1].Code.Reveal(); got != "111112" {
		t.Errorf("handed in %q", got)
	}
}

func TestLink_ANewCodeAfterGone(t *testing.T) {
	f, s := atCode(t)
	f.linking.enterErr = services.Fail(services.CodeGone)
	s.TypeFocused("111111")
	s.Press(fyne.KeyReturn)
	s.WaitFor("This code no longer works")
	if s.Enabled("Send a new code (0:38)") {
		t.Fatal("a new code can be sent before its time")
	}
	f.Clock.Time = f.Clock.Time.Add(39 * time.Second)
	s.Rebuild()
	s.Tap("Send a new code")
	s.Until("empty boxes", func() bool { return uitest.All[*kit.CodeEntry](s)[0].Code() == "" })
	if s.Has("This code no longer works") || f.linking.codes != 1 {
		t.Errorf("sent %d codes; the screen says %q", f.linking.codes, s.Texts())
	}
}

func TestLink_ACodeExpires(t *testing.T) {
	f, s := atCode(t)
	s.TypeFocused("407113")
	f.Clock.Time = f.Clock.Time.Add(10 * time.Minute)
	s.Rebuild()
	if !s.Has("This code no longer works") || s.Enabled("Authorize device") || !s.Enabled("Send a new code") {
		t.Errorf("the screen says %q", s.Texts())
	}
}

func TestLink_BackToTheDetails(t *testing.T) {
	_, s := atCode(t)
	s.Tap("Back to your details")
	if got := s.Field("Vehicle Identification Number").Text(); got != "WBY43AW01RF000006" {
		t.Errorf("the VIN is %q", got)
	}
}

func TestLink_OpensTheMail(t *testing.T) {
	f, s := atCode(t)
	s.Tap("Mail on this device")
	if len(f.Toasts) != 1 {
		t.Error("the mail was not opened")
	}
	f.deps.OpenMail = nil
	f.info.Linked = true
	if s := f.show(t); s.Has("Mail on this device") {
		t.Error("a link that leads nowhere")
	}
}

func TestLink_DeviceOnly(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	f.info.Linked = true
	s := f.show(t)
	s.WaitFor("We sent it to")
	if !s.Has("Authorize this device") || s.Has("Your details") {
		t.Errorf("the screen says %q", s.Texts())
	}
	s.Rebuild()
	s.Page().Stop()
	s.Page().Start()
	s.Rebuild()
	s.WaitFor("We sent it to")
	if f.linking.codes != 1 {
		t.Errorf("sent %d codes", f.linking.codes)
	}
	s.TypeFocused("407113")
	s.Press(fyne.KeyReturn)
	s.Until("the overview", func() bool { return len(f.Replaced) == 1 })
	if f.Replaced[0].Page != "overview" || len(f.authorized) != 1 || len(f.Toasts) != 1 {
		t.Errorf("went to %v, told %d times, said %q", f.Replaced, len(f.authorized), f.Toasts)
	}
}

func TestLink_DeviceOnlyWithoutACode(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	f.info.Linked = true
	f.linking.sendErr = services.Fail(services.CodeUnavailable)
	s := f.show(t)
	s.WaitFor("We could not reach the service.")
	f.linking.sendErr = services.FailAfter(services.CodeThrottled, 20*time.Second)
	s.Tap("Send a new code")
	s.WaitFor("Send a new code (0:20)")
	if !s.Has("The code is in the latest e-mail that we sent you.") || s.Has("We could not reach") {
		t.Errorf("the screen says %q", s.Texts())
	}
	s.TypeFocused("407113")
	if !s.Enabled("Authorize device") {
		t.Error("a code that was sent before cannot be handed in")
	}
}

func TestLink_AuthorizedWhileElsewhere(t *testing.T) {
	f, s := atCode(t)
	s.Page().Stop()
	f.info.Linked, f.info.Device.Authorized = true, true
	s.Page().Start()
	s.Rebuild()
	if !s.Has("Your agreement is linked") || len(f.authorized) != 1 {
		t.Errorf("told %d times; the screen says %q", len(f.authorized), s.Texts())
	}
}

func TestLink_NothingToDo(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	f.info.Linked, f.info.Device.Authorized = true, true
	f.show(t)
	if len(f.Replaced) != 1 || f.Replaced[0].Page != "overview" || len(f.authorized) != 0 || f.linking.codes != 0 {
		t.Errorf("went to %v, told %d times, sent %d codes", f.Replaced, len(f.authorized), f.linking.codes)
	}
}

func TestLink_TabOrder(t *testing.T) {
	s := newFixture(t, text.English, theme.Light, 1).show(t)
	got := s.TabOrder()
	want := []string{"First name", "Last name", "Vehicle Identification Number", "Exact amount of your last payment", "Continue"}
	if len(got) != len(want)+1 || !slices.Equal(got[1:], want) {
		t.Errorf("TabOrder = %q", got)
	}
}
