package core_test

import (
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"myaccount/services"
	"myaccount/services/core"
)

// noSuchMailbox is a refusal for good.
var noSuchMailbox = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}

func withoutTray(c *core.Config) { c.Tray = false }

func TestRetryMail_Refused(t *testing.T) {
	h, server := sendingHarness(t, withoutTray)
	server.answers(noSuchMailbox)
	must(t, h.Register(t.Context(), h.registration(alice)))
	h.sends()
	list, err := h.Outbox(t.Context(), "", 10, true)
	if err != nil || len(list) != 1 || list[0].Refusal != core.RefusedByServer || !list[0].DueAt.IsZero() {
		t.Fatalf("refused: %+v, %v", list, err)
	}
	server.answers(nil)
	h.sends()
	if n := len(server.got()); n != 0 {
		t.Fatalf("%d mails sent though they were refused", n)
	}
	must(t, h.RetryMail(t.Context(), list[0].ID))
	h.sends()
	if got := server.got(); len(got) != 1 || !strings.Contains(got[0], list[0].ID) {
		t.Fatalf("sent %v", got)
	}
	// Its link still works, and now nothing of it is kept.
	if !strings.Contains(strings.ReplaceAll(server.bodies[0], "=\r\n", ""), "token=3D"+list[0].Secret.Reveal()) {
		t.Error("the link is lost")
	}
	if h.outbox("secret") != "" || h.outbox("refusal") != "" {
		t.Error("something of it stays")
	}
	wantCode(t, h.RetryMail(t.Context(), list[0].ID), services.CodeConflict)
	wantCode(t, h.RetryMail(t.Context(), "none"), services.CodeNotFound)
}

func TestRetryMail_TooLate(t *testing.T) {
	h, server := sendingHarness(t, withoutTray)
	server.answers(noSuchMailbox)
	must(t, h.Register(t.Context(), h.registration(alice)))
	h.sends()
	list, err := h.Outbox(t.Context(), "", 10, false)
	must(t, err)
	h.clock.Move(h.Brand.Rules.ActivationTTL)
	wantCode(t, h.RetryMail(t.Context(), list[0].ID), services.CodeGone)
	must(t, h.Work(t.Context()))
	if h.outbox("secret") != "" {
		t.Error("a link that expired is kept")
	}
}

func TestRetryMail_Waiting(t *testing.T) {
	h, server := sendingHarness(t, withoutTray)
	server.answers(&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"})
	must(t, h.Register(t.Context(), h.registration(alice)))
	if next := h.sends(); !next.After(h.clock.Now()) {
		t.Fatalf("due at %v", next)
	}
	server.answers(nil)
	list, err := h.Outbox(t.Context(), "", 10, false)
	must(t, err)
	must(t, h.RetryMail(t.Context(), list[0].ID))
	h.sends()
	if n := len(server.got()); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestReturnMail(t *testing.T) {
	h, server := sendingHarness(t, withoutTray)
	must(t, h.Register(t.Context(), h.registration(alice)))
	h.sends()
	list, err := h.Outbox(t.Context(), "", 10, false)
	must(t, err)
	if refused, err := h.Outbox(t.Context(), "", 10, true); err != nil || len(refused) > 0 {
		t.Fatalf("refused: %+v, %v", refused, err)
	}
	must(t, h.ReturnMail(t.Context(), list[0].ID))
	if refused, err := h.Outbox(t.Context(), "", 10, true); err != nil || len(refused) != 1 || refused[0].Refusal != core.RefusedReturned {
		t.Errorf("refused: %+v, %v", refused, err)
	}
	wantCode(t, h.RetryMail(t.Context(), list[0].ID), services.CodeGone) // its link was forgotten when it was sent
	wantCode(t, h.ReturnMail(t.Context(), "none"), services.CodeNotFound)
	if n := len(server.got()); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestOutbox_Pages(t *testing.T) {
	h, _ := sendingHarness(t)
	h.person(alice)
	for range 4 {
		h.clock.Move(time.Minute)
		must(t, h.requestReset(alice))
	}
	var ids []string
	for before := ""; ; {
		page, err := h.Outbox(t.Context(), before, 2, false)
		must(t, err)
		if len(page) == 0 {
			break
		}
		for _, row := range page {
			if before != "" && row.ID >= before {
				t.Fatalf("%s after %s", row.ID, before)
			}
			before = row.ID
			ids = append(ids, row.ID)
		}
	}
	if len(ids) != 5 {
		t.Errorf("read %v", ids)
	}
}

func TestMails_LinksOfTheBackend(t *testing.T) {
	h := newHarness(t, func(c *core.Config) { c.Links = "https://portal.example/" })
	r := h.registration(alice)
	r.Language = "fr"
	must(t, h.Register(t.Context(), r))
	m := h.mail(alice, "activate")
	if want := "https://portal.example/activate?lang=fr&token=" + m.Token.Reveal(); !strings.Contains(m.Text, want) {
		t.Errorf("no %s in %s", want, m.Text)
	}
}

func TestUnlock(t *testing.T) {
	h := newHarness(t)
	h.person(alice)
	wantCode(t, h.fail(alice, h.Brand.Rules.LockoutAfter+1), services.CodeLocked)
	must(t, h.Unlock(t.Context(), " Alice.Tremblay@EXAMPLE.ca"))
	if s := h.signIn(alice); s == nil {
		t.Error("not signed in")
	}
	wantCode(t, h.Unlock(t.Context(), "nobody@example.ca"), services.CodeNotFound)
}
