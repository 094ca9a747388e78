package profile_test

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/profile"
	"myaccount/ui/uitest"
)

func (f *fake) Notifications(context.Context) (services.NotificationSettings, error) {
	return f.notices, f.call("notifications", f.err)
}

func (f *fake) SetNotifications(_ context.Context, set services.NotificationSettings) error {
	if f.fails == nil {
		f.notices = set
	}
	return f.call("set notifications", f.fails)
}

// everything is told in every way.
func everything() services.NotificationSettings {
	set := services.NotificationSettings{DaysAhead: 3, Events: map[services.NotificationEvent]services.Channels{}}
	for _, event := range services.NotificationEvents() {
		set.Events[event] = services.Channels{Mail: true, Desktop: true}
	}
	return set
}

// notices shows the page once it is loaded.
func (f *fixture) noticesPage(room fyne.Size) *uitest.Screen {
	s := f.open(profile.PartNotices, room)
	s.WaitFor(f.say("notifications.quiet_text"))
	return s
}

// checks are the boxes: of each event those of its ways, and of the quiet hours.
func checks(s *uitest.Screen) []*kit.Check { return uitest.All[*kit.Check](s) }

// press turns a box by keyboard.
func press(s *uitest.Screen, c *kit.Check) {
	s.Canvas().Focus(c.Focusable())
	s.Press(fyne.KeySpace)
}

func TestNotifications_AreSaved(t *testing.T) {
	f := english(t)
	f.fake.notices = everything()
	s := f.noticesPage(uitest.PageSize)
	if s.Enabled("Save") {
		t.Error("nothing is changed, and can be saved")
	}
	press(s, checks(s)[0]) // the mail of a payment that is due
	press(s, checks(s)[1]) // and the computer's word
	press(s, checks(s)[12])
	s.WaitFor("From")
	s.Tap("Save")
	s.Until("the word that it is saved", func() bool { return len(f.Toasts) == 1 })
	want := everything()
	want.Events[services.NotifyDue] = services.Channels{}
	want.QuietFrom, want.QuietTo = "22:00", "07:00"
	got := f.fake.notices
	if got.Events[services.NotifyDue] != (services.Channels{}) || got.Events[services.NotifyReply] != want.Events[services.NotifyReply] ||
		got.QuietFrom != want.QuietFrom || got.QuietTo != want.QuietTo || got.DaysAhead != 3 {
		t.Errorf("set %+v", got)
	}
	if s.Enabled("Save") {
		t.Error("what is saved can be saved again")
	}
}

// What is always told by mail has no box for it, and saving keeps it so.
func TestNotifications_SafetyStays(t *testing.T) {
	f := english(t)
	f.fake.notices = everything()
	s := f.noticesPage(uitest.PageSize)
	if n := count(s, "E-mail"); n != len(services.NotificationEvents())-2 {
		t.Errorf("%d boxes for mails", n)
	}
	press(s, checks(s)[4]) // the computer's word of a payment that was returned
	s.Tap("Save")
	s.Until("the word that it is saved", func() bool { return len(f.Toasts) == 1 })
	if got := f.fake.notices.Events[services.NotifyReturned]; got != (services.Channels{Mail: true}) {
		t.Errorf("set %+v", got)
	}
}

func TestNotifications_Failures(t *testing.T) {
	f := english(t)
	f.fake.notices, f.fake.err = everything(), services.Fail(services.CodeUnavailable)
	s := f.open(profile.PartNotices, uitest.PageSize)
	s.WaitFor("Your choices could not be loaded")
	f.fake.err, f.fake.fails = nil, services.Fail(services.CodeUnavailable)
	s.Tap("Try again")
	s.WaitFor("What happens then")
	press(s, checks(s)[0])
	s.Tap("Save")
	s.WaitFor("Your choices were not saved")
	if checks(s)[0].Checked() || !s.Enabled("Save") {
		t.Error("the choice is lost")
	}
}

// Quiet hours that were set elsewhere to the minute stay; such that begin and end at once cannot be saved.
func TestNotifications_Hours(t *testing.T) {
	f := english(t)
	f.fake.notices = everything()
	f.fake.notices.QuietFrom, f.fake.notices.QuietTo = "21:30", "07:00"
	s := f.noticesPage(uitest.PageSize)
	s.WaitFor("9:30\u00a0p.m.")
	hours := uitest.All[*kit.Select](s)
	for _, list := range hours[len(hours)-2:] {
		list.OnChanged("07:00")
	}
	s.Drain()
	s.WaitFor("The hours begin and end at the same time")
	if s.Enabled("Save") {
		t.Error("it can be saved")
	}
}

func TestHome_LeadsToNotifications(t *testing.T) {
	f := english(t)
	s := f.home()
	for _, b := range uitest.All[*kit.Button](s) {
		if b.Text() == "Change" {
			s.Canvas().Focus(b)
			s.Press(fyne.KeyReturn)
		}
	}
	want := nav.Route{Page: nav.PageProfile, Arg: profile.PartNotices}
	for _, went := range f.Went {
		if went == want {
			return
		}
	}
	t.Errorf("went %v", f.Went)
}
