package remote_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/remote"
)

// TestDocuments_StayReadableOffline: what was opened is there without the service, in the other language if need be, and is
// said to be; what was not is said not to be. All of it is counted, and removed when the person asks for it.
func TestDocuments_StayReadableOffline(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	query := services.DocumentQuery{AgreementID: first(t, s)}
	list := func() []services.Document {
		t.Helper()
		page, err := s.Documents(ctx, query)
		must(t, err)
		return page.Items
	}
	before := list()
	if slices.ContainsFunc(before, func(d services.Document) bool { return d.KeptHere }) {
		t.Error("kept before it was opened")
	}
	kept, other := before[0].ID, before[1].ID
	opened, err := s.OpenDocument(ctx, kept, "fr")
	must(t, err)
	if !opened.KeptHere {
		t.Error("what was opened is not kept")
	}
	size, err := s.(services.Kept).Kept(ctx)
	must(t, err)
	if size.Bytes < int64(len(opened.Data)) {
		t.Errorf("%d bytes are said to be kept, the document has %d", size.Bytes, len(opened.Data))
	}
	w.away()
	again := list()
	if !again[0].KeptHere || again[1].KeptHere || len(again) != len(before) {
		t.Errorf("without the service: %+v", again[:2])
	}
	for _, language := range []string{"fr", "en", ""} {
		content, err := s.OpenDocument(ctx, kept, language)
		must(t, err)
		if !bytes.Equal(content.Data, opened.Data) || content.FileName != opened.FileName || !content.KeptHere {
			t.Errorf("%q without the service: %+v", language, content.Document)
		}
	}
	if _, err := s.OpenDocument(ctx, other, "fr"); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("one that was never opened: %v", err)
	}
	must(t, s.(services.Kept).RemoveKept(ctx, true))
	if _, err := s.OpenDocument(ctx, kept, "fr"); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("once it was removed: %v", err)
	}
}

// TestDocuments_KeptInBothLanguages gives the language that is asked for, if it is there.
func TestDocuments_KeptInBothLanguages(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	page, err := s.Documents(ctx, services.DocumentQuery{AgreementID: first(t, s)})
	must(t, err)
	id, want := page.Items[0].ID, map[string][]byte{}
	for _, language := range []string{"fr", "en"} {
		content, err := s.OpenDocument(ctx, id, language)
		must(t, err)
		want[language] = content.Data
	}
	w.away()
	for language, data := range want {
		content, err := s.OpenDocument(ctx, id, language)
		if must(t, err); !bytes.Equal(content.Data, data) {
			t.Errorf("%s comes in another language", language)
		}
	}
}

// TestDocuments_KeptForATime: after a year it is not there any more.
func TestDocuments_KeptForATime(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	page, err := s.Documents(ctx, services.DocumentQuery{AgreementID: first(t, s)})
	must(t, err)
	_, err = s.OpenDocument(ctx, page.Items[0].ID, "fr")
	must(t, err)
	w.away()
	w.Move(366*24*time.Hour + time.Second)
	if _, err := s.OpenDocument(ctx, page.Items[0].ID, "fr"); err == nil {
		t.Error("it is kept for ever")
	}
}

// TestDocuments_KeptAreBounded: those opened longest ago make room.
func TestDocuments_KeptAreBounded(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	page, err := s.Documents(ctx, services.DocumentQuery{AgreementID: first(t, s)})
	must(t, err)
	open := func(i int) services.DocumentContent {
		t.Helper()
		content, err := s.OpenDocument(ctx, page.Items[i].ID, "fr")
		must(t, err)
		return content
	}
	remote.LimitDocuments(t, 5*int64(len(open(0).Data))/2) // room for two
	for _, i := range []int{1, 0, 2} {
		open(i)
	}
	w.away()
	for i, want := range map[int]bool{0: true, 1: false, 2: true} {
		if _, err := s.OpenDocument(ctx, page.Items[i].ID, "fr"); (err == nil) != want {
			t.Errorf("document %d: %v", i, err)
		}
	}
	remote.LimitDocuments(t, 10)
	w.back()
	eventually(t, "one that is too large is given, and not kept", func() bool {
		content, err := s.OpenDocument(ctx, page.Items[3].ID, "fr")
		return err == nil && !content.KeptHere
	})
}

// TestCopyThread_NeedsTheService: offline nothing is kept that is not at the service, and it says so.
func TestCopyThread_NeedsTheService(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	agreement := first(t, s)
	sent, err := s.Send(ctx, services.Outgoing{
		Topic: "payment", AgreementID: agreement, Body: "How much is it?", IdempotencyKey: "key of a question",
	})
	must(t, err)
	w.away()
	_, err = s.CopyThread(ctx, sent.ThreadID, "fr")
	if services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("without the service: %v", err)
	}
	w.back()
	kept, err := s.CopyThread(ctx, sent.ThreadID, "fr")
	must(t, err)
	_, err = s.OpenDocument(ctx, kept.ID, "fr")
	must(t, err)
	w.away()
	_, err = s.OpenDocument(ctx, kept.ID, "fr") // as every document that was opened
	must(t, err)
	if err := s.RemoveDocument(ctx, kept.ID); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("removed without the service: %v", err)
	}
	w.back()
	must(t, s.RemoveDocument(ctx, kept.ID))
	w.away()
	if _, err := s.OpenDocument(ctx, kept.ID, "fr"); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("this machine keeps what was removed: %v", err)
	}
}
