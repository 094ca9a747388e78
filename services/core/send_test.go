package core_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	netmail "net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"myaccount/services/core"
	"myaccount/services/mail"
)

// mailServer is an SMTP server on loopback that keeps what it gets.
type mailServer struct {
	mu     sync.Mutex
	answer error // to the recipient of every mail
	ids    []string
	bodies []string
}

func (s *mailServer) NewSession(*smtp.Conn) (smtp.Session, error) { return &mailSession{s}, nil }

type mailSession struct{ server *mailServer }

func (s *mailSession) Mail(string, *smtp.MailOptions) error { return nil }
func (s *mailSession) Reset()                               {}
func (s *mailSession) Logout() error                        { return nil }

func (s *mailSession) Rcpt(string, *smtp.RcptOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	return s.server.answer
}

func (s *mailSession) Data(r io.Reader) error {
	m, err := netmail.ReadMessage(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(m.Body)
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.ids = append(s.server.ids, m.Header.Get("Message-Id"))
	s.server.bodies = append(s.server.bodies, string(body))
	return err
}

// got lists the Message-IDs of what came.
func (s *mailServer) got() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.ids)
}

func (s *mailServer) answers(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = err
}

// sendingHarness is a portal that sends its mails to a server of its own.
func sendingHarness(t *testing.T, change ...func(*core.Config)) (*harness, *mailServer) {
	t.Helper()
	server := &mailServer{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	s := smtp.NewServer(server)
	s.Domain, s.ErrorLog = "test", log.New(io.Discard, "", 0)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Serve(listener) // ends with an error when it is closed
	}()
	t.Cleanup(func() {
		must(t, s.Close())
		<-done
	})
	sender, err := mail.NewSMTP("smtp://"+listener.Addr().String()+"?tls=none", "Lender <no-reply@lender.example>", nil)
	must(t, err)
	changes := append([]func(*core.Config){func(c *core.Config) { c.Sender = sender }}, change...)
	return newHarness(t, changes...), server
}

// sends works through what is due and says when the next is.
func (h *harness) sends() time.Time {
	h.t.Helper()
	next, err := h.SendMails(h.ctx)
	must(h.t, err)
	return next
}

// outbox reads a column of the only mail.
func (h *harness) outbox(column string) (value string) {
	h.t.Helper()
	row := h.db.File.Reader.QueryRowContext(h.ctx, "SELECT coalesce("+column+", '') FROM mail")
	must(h.t, row.Scan(&value))
	return value
}

func TestSendMails_Once(t *testing.T) {
	h, server := sendingHarness(t)
	must(t, h.Register(t.Context(), h.registration(alice)))
	if next := h.sends(); !next.IsZero() {
		t.Errorf("something is due at %v", next)
	}
	h.clock.Move(time.Hour)
	h.sends()
	m := h.mail(alice, "activate")
	if got := server.got(); !slices.Equal(got, []string{"<" + m.ID + "@lender.example>"}) {
		t.Fatalf("sent %v", got)
	}
	if m.Token == "" {
		t.Error("the tray forgot the token")
	}
	if !strings.Contains(strings.ReplaceAll(server.bodies[0], "=\r\n", ""), m.Token.Reveal()) {
		t.Error("the mail has no token")
	}
}

func TestSendMails_WithoutTrayForgetsSecret(t *testing.T) {
	h, _ := sendingHarness(t, func(c *core.Config) { c.Tray = false })
	must(t, h.Register(t.Context(), h.registration(alice)))
	if h.outbox("length(secret)") == "" {
		t.Fatal("the secret is gone before it was sent")
	}
	h.sends()
	if h.outbox("length(secret)") != "" {
		t.Error("the secret is kept after it was sent")
	}
}

func TestSendMails_WaitsGrow(t *testing.T) {
	h, server := sendingHarness(t)
	server.answers(&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"})
	must(t, h.Register(t.Context(), h.registration(alice)))
	for _, minutes := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
		next := h.sends()
		if wait := next.Sub(h.clock.Now()); wait != minutes*time.Minute {
			t.Fatalf("waits %v, want %d minutes", wait, minutes)
		}
		h.clock.Move(minutes * time.Minute)
	}
	server.answers(nil)
	h.sends()
	if got := server.got(); len(got) != 1 || got[0] != "<"+h.mail(alice, "activate").ID+"@lender.example>" {
		t.Errorf("sent %v", got)
	}
}

func TestSendMails_Refused(t *testing.T) {
	h, server := sendingHarness(t)
	server.answers(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"})
	must(t, h.Register(t.Context(), h.registration(alice)))
	if next := h.sends(); !next.IsZero() {
		t.Errorf("a refused mail is due again at %v", next)
	}
	if got := h.outbox("refusal"); got != "refused" {
		t.Errorf("refusal %q", got)
	}
}

func TestSendMails_NotWhenUseless(t *testing.T) {
	for name, before := range map[string]func(*harness){
		"expired": func(h *harness) { h.clock.Move(24 * time.Hour) },
		"used":    func(h *harness) { must(h.t, h.Activate(h.ctx, h.mail(alice, "activate").Token)) },
		"another used": func(h *harness) {
			must(h.t, h.Register(h.ctx, h.registration(alice)))
			must(h.t, h.Activate(h.ctx, h.mail(alice, "activate").Token))
		},
	} {
		t.Run(name, func(t *testing.T) {
			h, server := sendingHarness(t)
			must(t, h.Register(t.Context(), h.registration(alice)))
			first := h.mail(alice, "activate").ID
			before(h)
			h.sends()
			if slices.Contains(server.got(), "<"+first+"@lender.example>") {
				t.Error("sent a mail whose link is worth nothing")
			}
		})
	}
}

func TestSendMails_GivenUpAfterTwoDays(t *testing.T) {
	h, server := sendingHarness(t)
	h.person(alice)
	h.sends()
	server.answers(&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"})
	must(t, h.Register(t.Context(), h.registration(alice)))
	h.clock.Move(48*time.Hour - time.Second)
	if h.sends().IsZero() {
		t.Error("given up too early")
	}
	h.clock.Move(time.Hour)
	server.answers(nil)
	h.sends()
	if n := len(server.got()); n != 0 {
		t.Errorf("sent %d mails", n)
	}
	var refusal string
	row := h.db.File.Reader.QueryRowContext(t.Context(), "SELECT refusal FROM mail WHERE kind = 'already_registered'")
	must(t, row.Scan(&refusal))
	if refusal != "late" {
		t.Errorf("refusal %q", refusal)
	}
}

func TestSendMails_WithoutSender(t *testing.T) {
	h, server := sendingHarness(t)
	must(t, h.Register(t.Context(), h.registration(alice)))
	whole := h.Sender
	h.Sender = nil
	h.sends()
	h.Sender = whole
	h.sends()
	if n := len(server.got()); n != 1 {
		t.Errorf("sent %d mails", n)
	}
}

// cutOff sends, and then the process is stopped before it can note it.
type cutOff struct {
	mail.Sender
	stop context.CancelFunc
}

func (s cutOff) Send(ctx context.Context, m mail.Message) error {
	if err := s.Sender.Send(ctx, m); err != nil {
		return err
	}
	s.stop()
	return ctx.Err()
}

func TestSendMails_AtLeastOnce(t *testing.T) {
	h, server := sendingHarness(t)
	must(t, h.Register(t.Context(), h.registration(alice)))
	ctx, stop := context.WithCancel(t.Context())
	whole := h.Sender
	h.Sender = cutOff{whole, stop}
	if _, err := h.SendMails(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("unexpected: %v", err)
	}
	h.Sender = whole
	h.sends() // another process must not take it meanwhile
	if n := len(server.got()); n != 1 {
		t.Fatalf("sent %d times while the lease lasts", n)
	}
	h.clock.Move(5 * time.Minute)
	h.sends()
	if got := server.got(); len(got) != 2 || got[0] != got[1] {
		t.Errorf("sent %v, want twice with one Message-ID", got)
	}
}

func TestSendMails_ClockSetBack(t *testing.T) {
	h, server := sendingHarness(t)
	must(t, h.Register(t.Context(), h.registration(alice)))
	h.clock.Move(-365 * 24 * time.Hour)
	h.sends()
	if n := len(server.got()); n != 1 {
		t.Errorf("sent %d mails", n)
	}
}

func TestSendMails_SeveralWorkers(t *testing.T) {
	h, server := sendingHarness(t)
	for i := range 12 {
		must(t, h.Register(t.Context(), h.registration(string(rune('a'+i))+"@example.ca")))
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if _, err := h.SendMails(t.Context()); err != nil {
				t.Errorf("unexpected: %v", err)
			}
		})
	}
	all.Wait()
	got := server.got()
	slices.Sort(got)
	if len(got) != 12 || len(slices.Compact(got)) != 12 {
		t.Errorf("sent %d mails, want 12 different ones", len(got))
	}
}

func TestWorkMail_UntilStopped(t *testing.T) {
	wake := make(chan struct{}, 1)
	h, server := sendingHarness(t, func(c *core.Config) {
		c.Wake = func() {
			select {
			case wake <- struct{}{}:
			default:
			}
		}
	})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- h.WorkMail(ctx, wake) }()
	must(t, h.Register(t.Context(), h.registration(alice)))
	deadline := time.After(20 * time.Second)
	for len(server.got()) == 0 {
		select {
		case <-deadline:
			t.Fatal("the mail was not sent")
		case <-time.After(5 * time.Millisecond):
		}
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}
