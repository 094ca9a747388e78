package remote_test

import (
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/captcha"
	"myaccount/services/sample"
)

const alice = "alice.tremblay@example.ca"

// patience is how long something that has to come may take on a busy machine.
const patience = 60 * time.Second

// eventually waits until something holds. What is waited for happens in another process or after a real wait, so there is
// nothing to wait on.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
	}
}

func credentials() services.Credentials {
	return services.Credentials{Email: alice, Password: password, Device: services.DeviceClaim{Name: "Linux computer", Kind: "personal"}}
}

// register makes alice's login.
func (w *world) register() {
	w.t.Helper()
	ctx := w.t.Context()
	policy, err := w.portal.Policy(ctx)
	must(w.t, err)
	challenge, err := w.portal.Captcha(ctx)
	must(w.t, err)
	solved, err := captcha.Solve(ctx, captcha.Challenge(challenge), nil)
	must(w.t, err)
	must(w.t, w.portal.Register(ctx, services.Registration{
		FirstName: "Alice", LastName: "Tremblay", Email: alice, Password: password, Language: "en",
		TermsVersion: policy.TermsVersion, TermsLanguage: "en", Captcha: solved,
	}))
	must(w.t, w.portal.Activate(ctx, w.mail("activate").Token))
}

// mail gives the latest mail of a kind to alice.
func (w *world) mail(kind string) services.Mail {
	w.t.Helper()
	for _, m := range w.backend.mails(alice) {
		if m.Kind == kind {
			return m
		}
	}
	w.t.Fatalf("no mail %q", kind)
	return services.Mail{}
}

func (w *world) signIn() services.CustomerSession {
	w.t.Helper()
	session, err := w.portal.SignIn(w.t.Context(), credentials())
	must(w.t, err)
	return session.(services.CustomerSession)
}

// customer makes alice's login, linked to a customer of the sample, on a device that she trusts.
func (w *world) customer() services.CustomerSession {
	w.t.Helper()
	ctx := w.t.Context()
	w.register()
	today := civil.DateOf(w.Now())
	portfolio, err := sample.Portfolio(today)
	must(w.t, err)
	w.backend.importFile(portfolio)
	people, err := sample.People(today)
	must(w.t, err)
	s := w.signIn()
	for _, p := range people {
		if strings.HasSuffix(p.Key, ".lease") {
			_, err := s.Link(ctx, services.LinkRequest{
				Method: services.LinkByBMWID, FirstName: p.FirstName, LastName: p.LastName, BMWID: p.CustomerID,
			})
			must(w.t, err)
		}
	}
	_, err = s.AuthorizeDevice(ctx, services.DeviceAuthorization{Code: w.mail("code").Code, Trust: true})
	must(w.t, err)
	return s
}

// outgoing is a message about the first agreement.
func (w *world) outgoing(s services.CustomerSession, key, body string, files ...string) services.Outgoing {
	w.t.Helper()
	list, err := s.Agreements(w.t.Context())
	must(w.t, err)
	return services.Outgoing{
		Topic: "payment", AgreementID: list[0].ID, Body: body, AttachmentIDs: files, IdempotencyKey: "key-of-" + key,
	}
}

// attach keeps a text file of a size.
func (w *world) attach(s services.Attachments, name string, size int) services.Attachment {
	w.t.Helper()
	file, err := s.Attach(w.t.Context(), services.Upload{Name: name, Data: []byte(strings.Repeat(name+"\n", size/(len(name)+1)+1))})
	must(w.t, err)
	return file
}

// newRunning makes the World of a backend on SQLite whose clock goes on.
func newRunning(t *testing.T) *world {
	t.Helper()
	w := emptyWorld(t, basetest.Running(basetest.Start), "", 1)
	w.backend.secure = false
	w.open()
	t.Cleanup(w.close)
	return w
}

// address is alice's, with a solved challenge.
func (w *world) address() services.AddressRequest {
	w.t.Helper()
	challenge, err := w.backend.cores[0].Captcha(w.t.Context())
	must(w.t, err)
	solved, err := captcha.Solve(w.t.Context(), captcha.Challenge(challenge), nil)
	must(w.t, err)
	return services.AddressRequest{Email: alice, Captcha: solved}
}

// hold starts the replica and does something before anybody can reach it.
func (b *backend) hold(do func()) {
	ready := b.start(1)
	do()
	b.target.Store(&ready)
}
