package profile_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/profile"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// states are the pages in each of their states, for pictures and measures.
var states = []struct {
	name string
	open func(f *fixture, room fyne.Size) *uitest.Screen
}{
	{"home", func(f *fixture, room fyne.Size) *uitest.Screen {
		s := f.open("", room)
		s.WaitFor("Windows laptop")
		s.WaitFor(f.say("signing.again"))
		return s
	}},
	{"home-loading", func(f *fixture, room fyne.Size) *uitest.Screen {
		hold := make(chan struct{})
		f.t.Cleanup(func() { close(hold) })
		f.fake.hold = hold
		return f.open("", room)
	}},
	{"home-failed", func(f *fixture, room fyne.Size) *uitest.Screen {
		f.fake.err = services.Fail(services.CodeUnavailable)
		s := f.open("", room)
		s.Until("both answers", func() bool {
			return f.fake.called("devices") == 1 && f.fake.called("second factor") == 1 && len(s.Texts()) > 0
		})
		s.Until("two sentences", func() bool { return count(s, f.say("retry")) == 2 })
		return s
	}},
	{"home-unlinked", func(f *fixture, room fyne.Size) *uitest.Screen {
		f.fake.info.Linked, f.fake.factor = false, services.SecondFactor{}
		s := f.open("", room)
		s.WaitFor(f.say("signing.none"))
		return s
	}},
	{"home-ask", func(f *fixture, room fyne.Size) *uitest.Screen {
		s := f.open("", room)
		s.WaitFor("Windows laptop")
		s.WaitFor(f.say("signing.again"))
		f.tapRemove(s, 0)
		return s
	}},
	{"home-kept", func(f *fixture, room fyne.Size) *uitest.Screen {
		f.deps.Kept, f.fake.keeps = f.fake, services.KeptInfo{Drafts: 2, Waiting: 1, Bytes: 4711}
		f.fake.fails = services.Fail(services.CodeConflict)
		s := f.open("", room)
		s.WaitFor(f.say("kept.button"))
		s.WaitFor("Windows laptop")
		s.WaitFor(f.say("signing.again"))
		s.Tap(f.say("kept.button"))
		s.Tap(f.say("remove"))
		s.WaitFor(f.say("kept.failed"))
		return s
	}},
	{"password", func(f *fixture, room fyne.Size) *uitest.Screen {
		s := f.open(profile.PartPassword, room)
		f.enter(s, "password.new", "passwordpassword")
		f.enter(s, "password.confirm", "password")
		s.Press(fyne.KeyReturn)
		s.Until("the judgement", func() bool { return s.Field(f.say("password.new")).Error() != "" })
		return s
	}},
	{"email", func(f *fixture, room fyne.Size) *uitest.Screen {
		s := f.open(profile.PartEmail, room)
		f.enter(s, "email.new", "carol.gagnon@example.ca")
		f.enter(s, "form.password", "wrong")
		s.Press(fyne.KeyReturn)
		s.WaitFor(f.Printer.T("nav.field.password.mismatch"))
		return s
	}},
	{"email-sent", func(f *fixture, room fyne.Size) *uitest.Screen {
		s := f.open(profile.PartEmail, room)
		f.enter(s, "email.new", "carol.gagnon@example.ca")
		f.enter(s, "form.password", right.Reveal())
		s.Press(fyne.KeyReturn)
		s.WaitFor(f.say("email.sent.title"))
		return s
	}},
	{"factor", func(f *fixture, room fyne.Size) *uitest.Screen { return f.open(profile.PartFactor, room) }},
	{"factor-scan", func(f *fixture, room fyne.Size) *uitest.Screen { return f.scanning(room) }},
	{"factor-wrong", func(f *fixture, room fyne.Size) *uitest.Screen {
		s := f.scanning(room)
		s.TypeFocused("111111")
		s.Press(fyne.KeyReturn)
		s.WaitFor(f.Printer.T("nav.field.totp.mismatch"))
		return s
	}},
	{"factor-late", func(f *fixture, room fyne.Size) *uitest.Screen {
		s := f.scanning(room)
		f.fake.fails = services.Fail(services.CodeGone)
		s.TypeFocused("123456")
		s.Press(fyne.KeyReturn)
		s.WaitFor(f.say("factor.late.title"))
		return s
	}},
	{"factor-codes", func(f *fixture, room fyne.Size) *uitest.Screen { return f.codes(room) }},
	{"nofactor", func(f *fixture, room fyne.Size) *uitest.Screen { return f.open(profile.PartNoFactor, room) }},
	{"delete", func(f *fixture, room fyne.Size) *uitest.Screen {
		f.fake.fails = services.FailAfter(services.CodeLocked, 24*time.Hour)
		s := f.open(profile.PartDelete, room)
		f.enter(s, "form.password", "wrong")
		s.Press(fyne.KeyReturn)
		s.Until("the answer", func() bool { return f.fake.called("delete") == 1 && s.Enabled(f.say("delete.button")) })
		return s
	}},
	{"notifications", func(f *fixture, room fyne.Size) *uitest.Screen {
		f.fake.notices = everything()
		f.fake.notices.QuietFrom, f.fake.notices.QuietTo = "22:00", "07:00"
		f.fake.fails = services.Fail(services.CodeUnavailable)
		s := f.noticesPage(room)
		press(s, checks(s)[0])
		s.Tap(f.say("notifications.save"))
		s.WaitFor(f.say("notifications.failed"))
		return s
	}},
	{"notifications-loading", func(f *fixture, room fyne.Size) *uitest.Screen {
		hold := make(chan struct{})
		f.t.Cleanup(func() { close(hold) })
		f.fake.hold = hold
		return f.open(profile.PartNotices, room)
	}},
	{"notifications-failed", func(f *fixture, room fyne.Size) *uitest.Screen {
		f.fake.err = services.Fail(services.CodeInternal)
		s := f.open(profile.PartNotices, room)
		s.WaitFor(f.say("notifications.unread"))
		return s
	}},
	{"signins", func(f *fixture, room fyne.Size) *uitest.Screen {
		s := f.open(profile.PartSignIns, room)
		s.WaitFor("Windows laptop")
		return s
	}},
	{"signins-loading", func(f *fixture, room fyne.Size) *uitest.Screen {
		hold := make(chan struct{})
		f.t.Cleanup(func() { close(hold) })
		f.fake.hold = hold
		return f.open(profile.PartSignIns, room)
	}},
	{"signins-empty", func(f *fixture, room fyne.Size) *uitest.Screen {
		f.fake.history = nil
		s := f.open(profile.PartSignIns, room)
		s.WaitFor(f.say("signins.empty.title"))
		return s
	}},
	{"signins-failed", func(f *fixture, room fyne.Size) *uitest.Screen {
		f.fake.err = services.Fail(services.CodeInternal)
		s := f.open(profile.PartSignIns, room)
		s.WaitFor(f.say("signins.failed"))
		return s
	}},
}

// count counts texts on the screen.
func count(s *uitest.Screen, words string) (n int) {
	for _, have := range s.Texts() {
		if have == words {
			n++
		}
	}
	return n
}

// scanning goes as far as the QR code.
func (f *fixture) scanning(room fyne.Size) *uitest.Screen {
	s := f.open(profile.PartFactor, room)
	f.enter(s, "form.password", right.Reveal())
	s.Press(fyne.KeyReturn)
	s.WaitFor(f.say("factor.scan"))
	return s
}

// codes goes as far as the recovery codes.
func (f *fixture) codes(room fyne.Size) *uitest.Screen {
	s := f.scanning(room)
	s.TypeFocused("123456")
	s.Press(fyne.KeyReturn)
	s.WaitFor(f.say("codes.title"))
	return s
}

func TestProfile_Pictures(t *testing.T) {
	for _, state := range states {
		for _, look := range uitest.Looks {
			t.Run(state.name+"-"+look.Name, func(t *testing.T) {
				s := state.open(newFixture(t, look.Lang, look.Appearance, 1), uitest.PageSize)
				s.AssertLayout()
				s.Golden(state.name + "-" + look.Name)
				s.AssertKeyboard()
			})
		}
	}
}

func TestProfile_Layout(t *testing.T) {
	for _, state := range states {
		for _, lang := range text.Langs() {
			for _, room := range uitest.Rooms {
				t.Run(state.name+"-"+string(lang), func(t *testing.T) {
					f := newFixture(t, lang, theme.HighContrast, room.Scale)
					state.open(f, room.Window.SubtractWidthHeight(224*room.Scale, 0)).AssertLayout()
				})
			}
		}
	}
}
