package remote_test

import (
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/remote"
)

func TestSession_SignOutWithoutTheService(t *testing.T) {
	t.Parallel()
	w := newRunning(t)
	s := w.customer()
	w.away()
	must(t, s.SignOut(t.Context()))
	w.back()
	if err := s.Touch(t.Context()); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Errorf("after signing out: %v", err)
	}
}

// TestSession_EndedThere is a session that the service has ended: what this machine keeps is closed with it.
func TestSession_EndedThere(t *testing.T) {
	w := newRunning(t)
	s, other := w.customer(), w.signIn()
	must(t, other.RevokeDevice(t.Context(), s.Info().Device.ID))
	if err := s.Touch(t.Context()); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Fatal(err)
	}
	if _, err := s.Drafts(t.Context()); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Errorf("drafts of an ended session: %v", err)
	}
	if w.signIn().Info().Device.Authorized {
		t.Error("the device is still trusted")
	}
}

// TestDeleteAccount_NoLastWords types on after the account is gone: nothing is kept of it.
func TestDeleteAccount_NoLastWords(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	must(t, s.DeleteAccount(ctx, password))
	if _, err := s.SaveDraft(ctx, services.Draft{Body: "still typing"}); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Errorf("got %v", err)
	}
}

// TestSend_SessionEndedThere sends with a session that the service has ended: the message is a draft again, or stays with
// who wrote it.
func TestSend_SessionEndedThere(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	draft, err := s.SaveDraft(ctx, services.Draft{Topic: "payment", AgreementID: first(t, s), Body: "Written for long"})
	must(t, err)
	w.Move(time.Hour) // nothing was done for so long
	_, err = s.Send(ctx, services.Outgoing{
		Topic: draft.Topic, AgreementID: draft.AgreementID, Body: draft.Body, DraftID: draft.ID, IdempotencyKey: draft.IdempotencyKey,
	})
	if services.CodeOf(err) != services.CodeUnauthenticated {
		t.Fatalf("got %v", err)
	}
	again, err := w.signIn().Drafts(ctx)
	if err != nil || len(again) != 1 || again[0].Body != draft.Body || again[0].IdempotencyKey != draft.IdempotencyKey {
		t.Errorf("drafts %+v, %v", again, err)
	}
}

// TestSend_RefusedIsTheDraftAgain sends a draft that the service refuses.
func TestSend_RefusedIsTheDraftAgain(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	file := w.attach(s, "note.txt", 100)
	draft, err := s.SaveDraft(ctx, services.Draft{
		Topic: "no such topic", AgreementID: first(t, s), Body: "A question", Attachments: []services.Attachment{file},
	})
	must(t, err)
	m := services.Outgoing{
		Topic: draft.Topic, AgreementID: draft.AgreementID, Body: draft.Body, AttachmentIDs: []string{file.ID}, DraftID: draft.ID,
		IdempotencyKey: draft.IdempotencyKey,
	}
	_, err = s.Send(ctx, m)
	if services.FieldsOf(err)["topic"] != services.ReasonUnknown {
		t.Fatalf("got %v", err)
	}
	again, err := s.Draft(ctx, draft.ID)
	if err != nil || again.Body != draft.Body || len(again.Attachments) != 1 {
		t.Fatalf("the draft: %+v, %v", again, err)
	}
	m.Topic = "payment"
	receipt, err := s.Send(ctx, m)
	if err != nil || receipt.Waiting {
		t.Fatalf("once it is right: %+v, %v", receipt, err)
	}
	if _, err := s.Draft(ctx, draft.ID); services.CodeOf(err) != services.CodeNotFound {
		t.Errorf("the draft that was sent: %v", err)
	}
}

// TestOutbox_Cancel takes a message back that waits for the service.
func TestOutbox_Cancel(t *testing.T) {
	w := newRunning(t)
	s, ctx := w.customer(), t.Context()
	m := w.outgoing(s, "one", "A question")
	w.away()
	receipt, err := s.Send(ctx, m)
	if err != nil || !receipt.Waiting {
		t.Fatalf("%+v, %v", receipt, err)
	}
	outbox := s.(services.Outbox)
	changed := outbox.WatchOutbox(ctx)
	must(t, outbox.CancelOutbox(ctx, m.IdempotencyKey))
	select {
	case <-changed:
	case <-time.After(patience):
		t.Error("nobody was told")
	}
	if err := outbox.CancelOutbox(ctx, m.IdempotencyKey); services.CodeOf(err) != services.CodeNotFound {
		t.Errorf("once more: %v", err)
	}
	drafts, err := s.Drafts(ctx)
	if err != nil || len(drafts) != 1 || drafts[0].Body != m.Body {
		t.Errorf("drafts %+v, %v", drafts, err)
	}
	w.back()
	eventually(t, "the service is found again", func() bool { online, _ := w.portal.Online(); return online })
	page, err := s.Threads(ctx, services.ThreadQuery{})
	if err != nil || len(page.Items) != 0 {
		t.Errorf("threads %+v, %v", page, err)
	}
}

func TestPortal_Closed(t *testing.T) {
	w := newRunning(t)
	s := w.customer()
	must(t, w.portal.Close())
	for name, err := range map[string]error{
		"Touch": s.Touch(t.Context()), "Drafts": second(s.Drafts(t.Context())), "Policy": second(w.portal.Terms(t.Context(), "en")),
		"SignIn": second(w.portal.SignIn(t.Context(), credentials())), "Subscribe": subscribed(t, s),
	} {
		if err == nil {
			t.Errorf("%s works on a closed portal", name)
		}
	}
	w.openPortal(w.backend.front.URL)
}

func subscribed(t *testing.T, s services.CustomerSession) error {
	t.Helper()
	events, err := s.Subscribe(t.Context(), 0)
	if err != nil {
		return err
	}
	if _, open := <-events; !open {
		return services.Fail(services.CodeUnavailable)
	}
	return nil
}

var _ services.Support = (*remote.Portal)(nil)
