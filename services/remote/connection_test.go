package remote_test

import (
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/remote"
)

// What was seen counts as seen when the service last answered, also after a restart without it.
func TestLastContact_OutlivesTheProgram(t *testing.T) {
	w := newWorld(t, "", 1)
	must(t, w.portal.Reconnect(t.Context()))
	last := w.Now()
	w.backend.close()
	w.move(time.Hour)
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
