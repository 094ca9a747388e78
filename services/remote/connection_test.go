package remote_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/basetest"
	"myaccount/services/remote"
	"myaccount/services/remote/cache"
)

// What was seen counts as seen when the service last answered, also after a restart without it.
func TestLastContact_OutlivesTheProgram(t *testing.T) {
	w := newWorld(t, "", 1)
	must(t, w.portal.Reconnect(t.Context()))
	last := w.Now()
	w.backend.close()
	w.Move(time.Hour)
	if err := w.portal.Reconnect(t.Context()); services.CodeOf(err) != services.CodeUnavailable {
		t.Fatalf("without the service: %v", err)
	}
	if online, since := w.portal.Online(); online || !since.Equal(w.Now()) {
		t.Errorf("online %t since %v", online, since)
	}
	must(t, w.portal.Close())
	w.openPortal(w.backend.front.URL)
	if got := w.portal.LastContact(); !got.Equal(last) {
		t.Errorf("last contact at %v, want %v", got, last)
	}
	if policy, err := w.portal.Policy(t.Context()); err != nil || policy.Product == "" {
		t.Errorf("the policy of the last contact: %+v, %v", policy, err)
	}
	w.backend.open(1)
}

// halfway is a service that tells its policy and fails in all else, as while its database is moved.
type halfway struct{ calls atomic.Int64 }

func (h *halfway) RoundTrip(r *http.Request) (*http.Response, error) {
	answer := httptest.NewRecorder()
	answer.Header().Set("Content-Type", api.TypeJSON)
	if r.URL.Path != api.PathPolicy {
		h.calls.Add(1)
		answer.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = answer.WriteString("{}")
	return answer.Result(), nil
}

// TestConnection_ComesAndGoes is somebody who tries again whenever such a service seems to be back: not for ever at the
// same pace.
func TestConnection_ComesAndGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		service := &halfway{}
		p, err := remote.Open(t.Context(), remote.Options{
			URL: "http://portal.example", Folder: filepath.Join(t.TempDir(), "cache"), Box: newBox(t), Secrets: &secrets{},
			Clock: basetest.Running(basetest.Start), NewID: newID, Passwords: weak, Transport: service,
		})
		must(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		changed := p.WatchConnection(ctx)
		for ctx.Err() == nil {
			if online, _ := p.Online(); online {
				_, _ = p.Captcha(ctx)
			}
			<-changed
		}
		if calls := service.calls.Load(); calls < 100 || calls > 1000 {
			t.Errorf("%d calls in an hour", calls)
		}
		must(t, p.Close())
	})
}

// A session that the service has ended takes the last words all the same; one that the person has ended does not.
func TestSaveDraft_AfterTheEnd(t *testing.T) {
	w := newWorld(t, "", 1)
	s := w.customer()
	other := w.signIn()
	must(t, s.ChangePassword(t.Context(), services.PasswordChange{Current: password, Password: password + "-new"}))
	if err := other.Touch(t.Context()); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Fatalf("the other session: %v", err)
	}
	if _, err := other.SaveDraft(t.Context(), services.Draft{Body: "last words"}); err != nil {
		t.Errorf("after the service has ended the session: %v", err)
	}
	if _, err := other.Drafts(t.Context()); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Errorf("reading afterwards: %v", err)
	}
	drafts, err := s.Drafts(t.Context())
	if err != nil || len(drafts) != 1 || drafts[0].Body != "last words" {
		t.Errorf("drafts %+v, %v", drafts, err)
	}
	must(t, s.SignOut(t.Context()))
	if _, err := s.SaveDraft(t.Context(), services.Draft{Body: "too late"}); services.CodeOf(err) != services.CodeUnauthenticated {
		t.Errorf("after signing out: %v", err)
	}
}

// Whoever helps a person finds the failed request by its id.
func TestErrors_NameTheirRequest(t *testing.T) {
	w := newWorld(t, "", 1)
	_, err := w.portal.SignIn(t.Context(), credentials())
	if id := services.RequestIDOf(err); id == "" || id != w.portal.LastRequestID() {
		t.Errorf("%v names %q, the portal %q", err, id, w.portal.LastRequestID())
	}
	must(t, w.portal.Pin(t.Context(), remote.Fingerprint(w.backend.front.Certificate())))
	info, err := w.portal.Service(t.Context())
	if err != nil || info.Host != w.backend.front.Listener.Addr().String() || info.Fingerprint == "" {
		t.Errorf("service %+v, %v", info, err)
	}
}

// What was just sent can be read without the service, though nobody has looked at it before.
func TestOutbox_WhatWasSentIsThereOffline(t *testing.T) {
	w := newWorld(t, "", 1)
	s := w.customer()
	if page, err := s.Threads(t.Context(), services.ThreadQuery{}); err != nil || len(page.Items) != 0 {
		t.Fatalf("before: %+v, %v", page, err)
	}
	receipt, err := s.Send(t.Context(), w.outgoing(s, "first", "Sent just before the cut."))
	must(t, err)
	kept, err := cache.Open(t.Context(), w.folder, newBox(t), w.Clock, newID)
	must(t, err)
	eventually(t, "the list is read again", func() bool {
		list, _, err := kept.Person(s.Info().Person.ID).Recall(t.Context(), "threads")
		return err == nil && strings.Contains(string(list), receipt.ThreadID)
	})
	must(t, kept.Close())
	w.backend.close()
	page, err := s.Threads(t.Context(), services.ThreadQuery{})
	if err != nil || len(page.Items) != 1 || page.Items[0].ID != receipt.ThreadID {
		t.Errorf("list %+v, %v", page, err)
	}
	if thread, err := s.Thread(t.Context(), receipt.ThreadID); err != nil || len(thread.Messages) != 1 {
		t.Errorf("thread %+v, %v", thread, err)
	}
	w.backend.open(1)
}
