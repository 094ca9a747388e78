package messages

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	fynetest "fyne.io/fyne/v2/test"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

var routeMessages = nav.Route{Page: nav.PageMessages}

func (s *stage) refresh(kind services.EventKind, id string) {
	s.screen.Page().(nav.Refresher).Refresh(services.Event{Kind: kind, ID: id})
}

func TestCenter_ReadingMarksAsRead(t *testing.T) {
	s := english(t)
	s.read()
	if s.office.calls["MarkRead"] != 1 || s.office.threads[0].Unread {
		t.Errorf("marked %d times", s.office.calls["MarkRead"])
	}
}

func TestCenter_ReplyIsSentAndShown(t *testing.T) {
	s := english(t)
	s.read()
	s.screen.Type(s.say("reply"), "Thank you.")
	s.screen.Tap(s.say("reply.send"))
	s.screen.Until("the reply", func() bool { return len(s.center().thread.Messages) == 3 })
	if len(s.office.sent) != 1 || s.office.sent[0].ThreadID != "payoff" || s.office.sent[0].Body != "Thank you." {
		t.Fatalf("sent %+v", s.office.sent)
	}
	if s.screen.Field(s.say("reply")).Text() != "" || len(s.office.drafts) != 1 || !slices.Contains(s.Toasts, s.say("reply.sent")) {
		t.Errorf("the field keeps %q, drafts %d, toasts %q", s.screen.Field(s.say("reply")).Text(), len(s.office.drafts), s.Toasts)
	}
	s.screen.Type(s.say("reply"), "One more thing.")
	s.screen.Tap(s.say("reply.send"))
	s.screen.Until("the second reply", func() bool { return len(s.center().thread.Messages) == 4 })
	if s.office.sent[0].IdempotencyKey == s.office.sent[1].IdempotencyKey {
		t.Error("two replies have one key")
	}
}

func TestCenter_RefreshLosesNothing(t *testing.T) {
	s := english(t)
	s.read()
	s.screen.Type(s.say("reply"), "half a sen")
	s.office.mu.Lock()
	s.office.threads[0].Messages = append(s.office.threads[0].Messages, services.Message{
		ID: "payoff-z", From: services.RoleAdvisor, Author: "BMW Financial Services", Body: "One more thing.", SentAt: uitest.Now,
	})
	s.office.mu.Unlock()
	for _, kind := range []services.EventKind{services.EventMessage, services.EventThread, services.EventRefetch} {
		s.refresh(kind, "payoff")
	}
	s.screen.WaitFor("One more thing.")
	s.screen.TypeFocused("tence")
	list := s.screen.Page().(*centerPage).list
	if got := s.center().reply().draft.Body; got != "half a sentence" || list.Items()[list.Selected()].id != "payoff" {
		t.Errorf("typed %q, selected %d", got, list.Selected())
	}
}

func TestCenter_ReplyStaysWithItsConversation(t *testing.T) {
	s := english(t)
	s.read()
	s.screen.Type(s.say("reply"), "about the payoff")
	s.screen.Page().(*centerPage).choose("bank")
	s.screen.Until("the conversation", func() bool { return s.center().thread.ID == "bank" })
	if got := s.screen.Field(s.say("reply")).Text(); got != "" {
		t.Errorf("another conversation begins with %q", got)
	}
	s.screen.Until("the draft", func() bool { s.office.mu.Lock(); defer s.office.mu.Unlock(); return len(s.office.drafts) == 2 })

	again := english(t) // after a restart
	again.office = s.office
	again.office.begun = &Begun{}
	again.open(nav.Route{Page: nav.PageMessages, Arg: "payoff"})
	again.screen.Until("the conversation", func() bool { return again.center().reply() != nil })
	if got := again.screen.Field(again.say("reply")).Text(); got != "about the payoff" {
		t.Errorf("after a restart the reply is %q", got)
	}
}

func TestCenter_LeavingSavesTheReply(t *testing.T) {
	s := english(t)
	s.read()
	s.screen.Type(s.say("reply"), "not finished")
	s.screen.Page().(nav.Leaver).Leaving()
	s.screen.Page().Stop()
	s.screen.Until("the draft", func() bool { s.office.mu.Lock(); defer s.office.mu.Unlock(); return len(s.office.drafts) == 2 })
}

// The focus is never nowhere: where there is nothing to search, it is on the button to write.
func TestCenter_FocusWithoutMessages(t *testing.T) {
	s := english(t)
	s.open(routeMessages)
	s.screen.WaitFor(s.say("empty.title"))
	s.screen.Press(fyne.KeyReturn)
	if want := []nav.Route{{Page: nav.PageCompose}}; !slices.Equal(s.Went, want) {
		t.Errorf("Enter goes to %v", s.Went)
	}
	s.office.fill()
	s.refresh(services.EventRefetch, "")
	s.screen.WaitFor("M-2QXR-0041")
	s.screen.TypeFocused("would")
	if got := s.screen.Page().(*centerPage).search.Text(); got != "would" {
		t.Errorf("the search says %q", got)
	}
}

func TestCenter_LeftWhileAFileIsAttached(t *testing.T) {
	s := english(t)
	s.read()
	attached := s.office.pause("Attach")
	s.screen.Type(s.say("reply"), "Here it is.")
	s.screen.Page().(nav.Dropper).Drop([]fyne.URI{storage.NewFileURI(s.file("quote.pdf", 9))})
	s.leave()
	s.kept("payoff", "Here it is.", 0)
	s.open(nav.Route{Page: nav.PageMessages, Arg: "payoff"})
	s.screen.WaitFor(s.say("file.waiting"))
	s.screen.Type(s.say("reply"), " Thanks.")
	attached()
	s.screen.WaitGone(s.say("file.waiting"))
	s.leave()
	s.kept("payoff", "Here it is. Thanks.", 1)
}

func TestCenter_SearchByKeyboard(t *testing.T) {
	s := english(t)
	s.list()
	s.screen.TypeFocused("would")
	s.screen.Until("the hits", func() bool { return s.center().inbox.searching() })
	s.screen.Press(fyne.KeyDown)
	s.screen.Press(fyne.KeyDown)
	s.screen.Until("the conversation", func() bool { return s.center().thread.ID == "bank" })
	s.screen.Press(fyne.KeyReturn)
	s.screen.Press(fyne.KeyReturn)
	s.screen.TypeFocused("typed")
	if got := s.center().reply(); got == nil || got.draft.Body != "typed" {
		t.Error("Enter does not lead to the reply")
	}
	s.screen.Canvas().Focus(s.screen.Page().(*centerPage).search.Focusable())
	s.screen.Press(fyne.KeyEscape)
	if s.center().inbox.searching() || s.screen.Page().(*centerPage).search.Text() != "" || s.Backs != 0 {
		t.Error("Escape does not end the search")
	}
	if s.screen.Press(fyne.KeyEscape); s.Backs != 1 {
		t.Error("Escape in an empty search does not go back")
	}
}

func TestCenter_RetryAfterAFailure(t *testing.T) {
	s := english(t)
	s.office.fill()
	s.office.fail["Threads"] = services.Fail(services.CodeUnavailable)
	s.open(routeMessages)
	s.screen.WaitFor(s.say("failed.title"))
	s.office.mu.Lock()
	delete(s.office.fail, "Threads")
	s.office.mu.Unlock()
	s.screen.Tap(s.say("retry"))
	s.screen.WaitFor("M-2QXR-0041")
}

func TestCenter_SearchFailsAndIsTriedAgain(t *testing.T) {
	s := english(t)
	s.list()
	s.office.fail["Search"] = services.Fail(services.CodeUnavailable)
	s.screen.TypeFocused("would")
	s.screen.WaitFor(s.say("search.failed"))
	s.office.mu.Lock()
	delete(s.office.fail, "Search")
	s.office.mu.Unlock()
	s.screen.Tap(s.say("retry"))
	s.screen.Until("the hits", func() bool { return len(s.center().inbox.items()) == 2 })
}

func TestCenter_DraftIsContinuedOrDeleted(t *testing.T) {
	s := english(t)
	s.list()
	s.screen.Page().(*centerPage).choose(rowOfDraft("d-address"))
	s.screen.Tap(s.say("draft.continue"))
	if want := (nav.Route{Page: nav.PageCompose, Arg: "d-address"}); len(s.Went) != 1 || s.Went[0] != want {
		t.Fatalf("went to %v", s.Went)
	}
	s.screen.Tap(s.say("draft.delete"))
	s.screen.Tap(s.say("draft.keep"))
	if len(s.office.drafts) != 1 {
		t.Fatal("deleted although the person said no")
	}
	s.screen.Tap(s.say("draft.delete"))
	s.screen.Tap(s.say("draft.delete"))
	s.screen.Until("its end", func() bool { return len(s.center().inbox.kept.drafts) == 0 && !s.screen.Has("I am moving") })
}

func TestCenter_SaveACopy(t *testing.T) {
	for _, lang := range []text.Lang{text.English, text.French} {
		s := newStage(t, lang, theme.Light, 1)
		s.read()
		s.Files.SaveAs = "/somewhere/copy.pdf"
		for _, b := range uitest.All[*kit.Button](s.screen) { // in the list, of what is removed soon, and over the conversation
			if b.Text() == s.say("copy") {
				fynetest.Tap(b)
			}
		}
		s.screen.Until("the copies", func() bool { return len(s.Files.Saved) == 2 && len(s.Toasts) == 2 })
		for _, name := range []string{"M-55TC-1M0P.pdf", "M-7K3F-92QD.pdf"} {
			if !bytes.HasPrefix(s.Files.Saved[name], []byte("%PDF")) || !slices.Contains(s.Toasts, s.say("file.saved", text.Vars{"Name": name})) {
				t.Errorf("%s: toasts %q", name, s.Toasts)
			}
		}
	}
}

// A copy goes among the documents; the person is told that it stays there, and why there is none.
func TestCenter_KeepInDocuments(t *testing.T) {
	for _, lang := range []text.Lang{text.English, text.French} {
		s := newStage(t, lang, theme.Light, 1)
		s.read()
		for i, err := range []error{
			nil, services.Fail(services.CodeUnavailable), services.Invalid("thread", services.ReasonTooMany), services.Fail(services.CodeNotFound),
		} {
			want := []string{s.say("keep.done_files"), s.say("keep.unavailable"), s.say("keep.too_many"), nav.Sentence(s.Printer, err, s.Env().Clock.Now())}[i]
			s.office.mu.Lock()
			s.office.fail["CopyThread"] = err
			s.office.mu.Unlock()
			s.screen.Tap(s.say("keep"))
			s.screen.Until("a word", func() bool { return len(s.Toasts) == i+1 })
			if s.Toasts[i] != want {
				t.Errorf("%v: %q", err, s.Toasts[i])
			}
		}
		if want := []string{s.center().openID + " " + string(lang)}; !slices.Equal(s.office.copies, want) {
			t.Errorf("copies %q, want %q", s.office.copies, want)
		}
	}
}

func TestCenter_Attachment(t *testing.T) {
	s := english(t)
	s.read()
	s.screen.Tap(s.say("file.open"))
	s.screen.Until("the file", func() bool { return string(s.Files.Shown["registration.pdf"]) == "%PDF" })
	s.Files.SaveTo = errors.New("no room")
	s.screen.Tap(s.say("file.save"))
	s.screen.Until("a word", func() bool {
		return slices.Contains(s.Toasts, s.say("file.not_saved", text.Vars{"Name": "registration.pdf"}))
	})
	s.office.mu.Lock()
	delete(s.office.files, "a0")
	s.office.mu.Unlock()
	s.screen.Tap(s.say("file.open"))
	s.screen.Until("a word", func() bool { return len(s.Toasts) == 2 })
}

func TestCenter_LongThreadShowsTheNewest(t *testing.T) {
	s := english(t)
	s.office.fill()
	for range 40 {
		s.office.threads[0].Messages = append(s.office.threads[0].Messages, services.Message{ID: s.office.id("long"), From: services.RoleCustomer, Body: "Again.", SentAt: uitest.Now})
	}
	s.open(nav.Route{Page: nav.PageMessages, Arg: "payoff"})
	s.screen.WaitFor(s.say("reply"))
	s.screen.Drain()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.screen.Button(s.say("reply.send")))
	if at.Y < 0 || at.Y > s.size.Height {
		t.Errorf("the reply is at %v, out of sight", at)
	}
}

func TestCenter_DropAttachesToTheReply(t *testing.T) {
	s := english(t)
	s.read()
	s.screen.Page().(nav.Dropper).Drop([]fyne.URI{storage.NewFileURI(s.file("quote.pdf", 9))})
	s.screen.Until("the draft", func() bool {
		s.office.mu.Lock()
		defer s.office.mu.Unlock()
		return slices.ContainsFunc(s.office.drafts, func(d services.Draft) bool { return d.ThreadID == "payoff" && len(d.Attachments) == 1 })
	})
}

func TestCenter_LanguageSwitchLosesNothing(t *testing.T) {
	s := english(t)
	s.read()
	s.screen.Type(s.say("reply"), "half a sentence")
	s.screen.Canvas().Focus(s.screen.Page().(*centerPage).search.Focusable())
	s.screen.TypeFocused("would")
	s.Printer = uitest.Printer(t, text.French)
	s.screen.Rebuild()
	if s.screen.Field(s.say("reply")).Text() != "half a sentence" || s.screen.Page().(*centerPage).search.Text() != "would" {
		t.Error("something typed was lost")
	}
}
