package messages

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

func TestCompose_FromTheFirstKeyToTheReceipt(t *testing.T) {
	s := english(t)
	s.compose()
	s.write()
	s.screen.Tap(s.say("compose.send"))
	s.screen.Until("the receipt", func() bool { return len(s.Replaced) == 1 })
	got := s.office.sent[0]
	if got.Topic != "payments" || got.AgreementID != "lease" || got.Body != wish || len(got.AttachmentIDs) != 1 || got.IdempotencyKey == "" || got.DraftID == "" {
		t.Errorf("sent %+v", got)
	}
	receipt, ok := s.Replaced[0].Payload.(services.Receipt)
	if !ok || s.Replaced[0].Page != nav.PageSent || s.Replaced[0].Arg != receipt.ThreadID {
		t.Errorf("then %+v", s.Replaced)
	}
	s.screen.Page().(nav.Leaver).Leaving()
	s.screen.Drain()
	if len(s.office.drafts) != 0 {
		t.Error("the draft is still there")
	}
}

func TestCompose_DraftGoesOn(t *testing.T) {
	s := english(t)
	s.office.fill()
	s.office.agreements = []services.Agreement{x5, i4}
	s.open(nav.Route{Page: nav.PageCompose, Arg: "d-address"})
	s.screen.WaitFor(s.say("compose.send"))
	s.screen.Type(s.say("compose.message"), " Thank you.")
	s.screen.Tap(s.say("compose.save"))
	s.screen.Until("the way back", func() bool { return s.Backs == 1 })
	if d := s.office.drafts[0]; len(s.office.drafts) != 1 || d.Body != "I am moving to Québec on December 1. Thank you." || d.Topic != "address" || d.AgreementID != "lease" {
		t.Errorf("drafts %+v", s.office.drafts)
	}
	if !slices.Equal(s.Toasts, []string{s.say("compose.saved")}) {
		t.Errorf("toasts %q", s.Toasts)
	}
}

func TestCompose_SaveDraftThatFailsStays(t *testing.T) {
	s := english(t)
	s.compose()
	s.office.fail["SaveDraft"] = services.Fail(services.CodeUnavailable)
	s.screen.Type(s.say("compose.message"), wish)
	s.screen.Tap(s.say("compose.save"))
	s.screen.WaitFor(s.say("draft.not_saved"))
	if s.Backs != 0 || s.screen.Field(s.say("compose.message")).Text() != wish {
		t.Error("the page was left")
	}
}

func TestCompose_LeavingSaves(t *testing.T) {
	s := english(t)
	s.compose()
	s.screen.Type(s.say("compose.message"), "not finished")
	s.screen.Page().(nav.Leaver).Leaving()
	s.screen.Page().Stop()
	s.screen.Until("the draft", func() bool {
		s.office.mu.Lock()
		defer s.office.mu.Unlock()
		return len(s.office.drafts) == 1 && s.office.drafts[0].Body == "not finished"
	})
}

// A file that is still being attached when the person goes elsewhere comes to the draft all the same.
func TestCompose_LeftWhileAFileIsAttached(t *testing.T) {
	s := english(t)
	s.compose()
	attached := s.office.pause("Attach")
	s.screen.Type(s.say("compose.message"), wish)
	s.screen.Page().(nav.Dropper).Drop([]fyne.URI{storage.NewFileURI(s.file("a.pdf", 9)), storage.NewFileURI(s.file("b.pdf", 9))})
	s.leave()
	s.kept("", wish, 0)
	attached()
	s.kept("", wish, 2)
}

// Who comes back meanwhile goes on where they were: the file arrives, and what is typed stays.
func TestCompose_BackWhileAFileIsAttached(t *testing.T) {
	s := english(t)
	s.compose()
	attached := s.office.pause("Attach")
	s.screen.Type(s.say("compose.message"), wish)
	s.screen.Page().(nav.Dropper).Drop([]fyne.URI{storage.NewFileURI(s.file("a.pdf", 9))})
	s.leave()
	s.screen.Until("the draft", func() bool { return s.writer().state == saved })
	s.open(nav.Route{Page: nav.PageCompose, Arg: s.office.drafts[0].ID})
	s.screen.WaitFor(s.say("file.waiting"))
	s.screen.Type(s.say("compose.message"), " Thanks.")
	attached()
	s.screen.WaitGone(s.say("file.waiting"))
	s.leave()
	s.kept("", wish+" Thanks.", 1)
}

func TestCompose_SentWhileAwayIsNotWrittenAgain(t *testing.T) {
	s := english(t)
	s.compose()
	s.screen.Type(s.say("compose.message"), wish)
	hold := make(chan struct{})
	s.office.mu.Lock()
	s.office.hold["Send"] = hold
	s.office.mu.Unlock()
	s.screen.Tap(s.say("compose.send"))
	page := s.screen.Page()
	page.(nav.Leaver).Leaving()
	page.Stop()
	close(hold)
	s.screen.Until("the sending", func() bool { return page.(*composePage).c.sent != nil })
	if len(s.Replaced) != 0 {
		t.Fatal("a page that was left goes elsewhere")
	}
	page.Start()
	s.screen.Until("the receipt", func() bool { return len(s.Replaced) == 1 })
}

func TestCompose_FilesAreDroppedAndRemoved(t *testing.T) {
	s := english(t)
	s.compose()
	s.screen.Page().(nav.Dropper).Drop([]fyne.URI{storage.NewFileURI(s.file("a.pdf", 9)), storage.NewFileURI(s.file("odd.exe", 9))})
	s.screen.Until("the draft", func() bool { return s.writer().state == saved && len(s.writer().files.Refusals()) == 1 })
	if len(s.office.drafts) != 1 || len(s.office.drafts[0].Attachments) != 1 {
		t.Fatalf("drafts %+v", s.office.drafts)
	}
	s.screen.Tap(s.say("file.dismiss"))
	s.screen.Tap(s.say("file.remove"))
	s.screen.Until("nothing", func() bool {
		s.office.mu.Lock()
		defer s.office.mu.Unlock()
		return len(s.office.drafts) == 0 && len(s.office.files) == 0
	})
	if s.screen.Has("a.pdf") || s.screen.Has("odd.exe") {
		t.Error("a file is still named")
	}
}

func TestCompose_FilesAreRemovedByKeyboard(t *testing.T) {
	s := english(t)
	s.compose()
	s.Files.Choose = []string{s.file("a.pdf", 9), s.file("b.pdf", 9)}
	s.screen.Tap(s.say("attach"))
	s.screen.Until("the files", func() bool { return len(s.writer().files.Files()) == 2 })
	s.screen.Canvas().Focus(s.screen.Button(s.say("file.remove")))
	for range 2 {
		s.screen.Press(fyne.KeyReturn)
		s.screen.Until("the draft", func() bool { return s.writer().state != saving })
	}
	if got := s.writer().files.Files(); len(got) != 0 || s.screen.Canvas().Focused() != s.screen.Button(s.say("attach")) {
		t.Errorf("kept %v; the focus is on %v", got, s.screen.Canvas().Focused())
	}
}

func TestCompose_FailureKeepsEverythingAndIsTriedAgain(t *testing.T) {
	s := english(t)
	s.compose()
	s.write()
	s.office.fail["Send"] = services.Fail(services.CodeUnavailable)
	s.screen.Tap(s.say("compose.send"))
	s.screen.WaitFor(s.say("send.failed"))
	s.office.mu.Lock()
	delete(s.office.fail, "Send")
	s.office.mu.Unlock()
	if s.screen.Field(s.say("compose.message")).Text() != wish || !s.screen.Has("void-cheque.pdf") {
		t.Error("something was lost")
	}
	s.screen.Tap(s.say("compose.send"))
	s.screen.Until("the receipt", func() bool { return len(s.Replaced) == 1 })
}

func TestCompose_TooLongIsRefusedAndKept(t *testing.T) {
	s := english(t)
	s.compose()
	long := strings.Repeat("é", 4001)
	s.screen.Field(s.say("compose.message")).SetText(long)
	s.screen.WaitFor("4,001 / 4,000")
	s.screen.Tap(s.say("compose.send"))
	if s.screen.Field(s.say("compose.message")).Text() != long || len(s.office.sent) != 0 {
		t.Error("a text that is too long was changed or sent")
	}
	s.screen.Press(fyne.KeyTab)
	s.screen.Field(s.say("compose.message")).SetText(long[:8000])
	if got := s.screen.Field(s.say("compose.message")).Error(); got != "" {
		t.Errorf("4,000 characters are refused: %q", got)
	}
}

func TestCompose_LanguageSwitchLosesNothing(t *testing.T) {
	s := english(t)
	s.compose()
	s.write()
	s.Printer = uitest.Printer(t, text.French)
	s.screen.Rebuild()
	if s.screen.Field(s.say("compose.message")).Text() != wish || !s.screen.Has("void-cheque.pdf") || !s.screen.Has("Paiements et débits préautorisés") {
		t.Errorf("the screen says %q", s.screen.Texts())
	}
}

func TestCompose_TabOrderIsReadingOrder(t *testing.T) {
	s := english(t)
	s.compose()
	s.write()
	want := []string{
		"‹ " + s.say("center.title"), s.say("compose.topic"), s.say("compose.account"), s.say("compose.message"), s.say("attach"),
		s.say("file.remove"), s.say("compose.send"), s.say("compose.save"),
	}
	if got := s.screen.TabOrder(); !slices.Equal(got, want) {
		t.Errorf("Tab goes through %q, want %q", got, want)
	}
}

func TestSent_CopiesTheReferenceAndLeadsOn(t *testing.T) {
	s := english(t)
	s.open(nav.Route{Page: nav.PageSent, Arg: "t1", Payload: services.Receipt{ThreadID: "t1", Reference: "M-7K3F-92QD", ReceivedAt: uitest.Now}})
	s.screen.Tap(s.say("sent.copy"))
	if got := fyne.CurrentApp().Clipboard().Content(); got != "M-7K3F-92QD" {
		t.Errorf("copied %q", got)
	}
	s.screen.Canvas().Focus(s.screen.Page().(nav.Focuser).Focus())
	s.screen.Press(fyne.KeyReturn)
	s.screen.Tap(s.say("center.title"))
	want := []nav.Route{{Page: nav.PageMessages, Arg: "t1"}, {Page: nav.PageMessages}}
	if !slices.Equal(s.Went, want) {
		t.Errorf("went to %v", s.Went)
	}
}
