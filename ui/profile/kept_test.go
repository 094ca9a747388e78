package profile_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// keeping is the page on a computer that keeps something.
func keeping(t *testing.T, info services.KeptInfo) (*fixture, *uitest.Screen) {
	t.Helper()
	f := english(t)
	f.deps.Kept, f.fake.keeps = f.fake, info
	s := f.open("", uitest.PageSize)
	s.WaitFor("Remove it all")
	s.WaitFor("Set up again")
	return f, s
}

func TestKept_IsRemovedAfterAQuestion(t *testing.T) {
	for name, c := range map[string]struct {
		info services.KeptInfo
		asks string
		call string
	}{
		"figures": {services.KeptInfo{Bytes: 1}, "You will need the connection to sign in here", "remove kept, discard false"},
		"draft":   {services.KeptInfo{Bytes: 1, Drafts: 1}, "The draft is lost", "remove kept, discard false"},
		"message": {services.KeptInfo{Bytes: 1, Waiting: 2}, "The 2 messages that were not sent are lost", "remove kept, discard true"},
	} {
		t.Run(name, func(t *testing.T) {
			f, s := keeping(t, c.info)
			s.Tap("Remove it all")
			s.WaitFor(c.asks)
			s.Press(fyne.KeyEscape)
			if f.fake.called(c.call) != 0 {
				t.Fatal("Escape did not leave the question")
			}
			s.Tap("Remove it all")
			s.Tap("Remove")
			s.WaitFor("This computer keeps nothing of you.")
			if f.fake.called(c.call) != 1 {
				t.Errorf("calls %q", f.fake.calls)
			}
		})
	}
}

func TestKept_FollowsTheOutbox(t *testing.T) {
	f, s := keeping(t, services.KeptInfo{Bytes: 1, Waiting: 1})
	s.WaitFor("1 message that was not sent yet")
	f.fake.keeps.Waiting = 0
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventOutbox})
	s.WaitGone("1 message that was not sent yet")
}

func TestKept_NotRemovedNotRead(t *testing.T) {
	f, s := keeping(t, services.KeptInfo{Bytes: 1})
	f.fake.fails = services.Fail(services.CodeInternal)
	s.Tap("Remove it all")
	s.Tap("Remove")
	s.WaitFor("Nothing was removed")

	f = english(t)
	f.deps.Kept, f.fake.err = f.fake, services.Fail(services.CodeInternal)
	s = f.open("", uitest.PageSize)
	s.Until("three ways to try again", func() bool { return count(s, "Try again") == 3 })
	f.fake.err = nil
	s.Tap("Try again")
	s.WaitFor("This computer keeps nothing of you.")
}
