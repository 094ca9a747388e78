package mail

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math/big"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"myaccount/services/text"
)

const from = "My Account <no-reply@lender.example>"

var sample = Message{
	ID: "0198a2c4", Kind: Activate, Lang: text.French, To: "amelie@example.ca", ToName: "Amélie Tremblay",
	Subject: "Activez votre accès à l’espace client, où tout est réuni au même endroit pour vous",
	Text:    "Bonjour Amélie,\n\n.une ligne qui commence par un point\n" + strings.Repeat("très long ", 200) + "\n",
	HTML:    "<p>Bonjour Amélie =3D</p>\n",
}

// server is an SMTP server on loopback that keeps what it gets.
type server struct {
	mu       sync.Mutex
	helo     string
	mails    []received
	rcptErr  error         // answer to RCPT
	dataErr  error         // answer at the end of DATA
	slow     chan struct{} // DATA waits for it
	user     string        // asked for when not ""
	password string
}

// received is one mail as it came.
type received struct{ from, to, data string }

func (s *server) NewSession(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.helo = c.Hostname()
	return &session{server: s}, nil
}

// got returns the mails so far.
func (s *server) got() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

type session struct {
	server   *server
	mail     received
	signedIn bool
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.server.user || password != s.server.password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "no such user " + user}
		}
		s.signedIn = true
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.user != "" && !s.signedIn {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "sign in first"}
	}
	s.mail.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.to = to
	return s.server.rcptErr
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.server.slow != nil {
		<-s.server.slow
	}
	if s.server.dataErr != nil {
		return s.server.dataErr
	}
	s.mail.data = string(data)
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.mails = append(s.server.mails, s.mail)
	return nil
}

func (s *session) Reset()        { s.mail = received{} }
func (s *session) Logout() error { return nil }

// start runs the server until the test ends and returns its port.
func start(t *testing.T, s *server, config *tls.Config, implicit bool) (port int) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port = listener.Addr().(*net.TCPAddr).Port
	if implicit {
		listener = tls.NewListener(listener, config)
	}
	srv := smtp.NewServer(s)
	srv.Domain, srv.TLSConfig, srv.AllowInsecureAuth = "test", config, true
	srv.ErrorLog = log.New(io.Discard, "", 0)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = srv.Serve(listener)
	}()
	t.Cleanup(func() {
		_ = srv.Close()
		_ = listener.Close() // in case Serve had not begun
		<-done
	})
	return port
}

// certificate returns the two sides of a TLS connection to 127.0.0.1.
func certificate(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(cert)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12},
		&tls.Config{RootCAs: roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}
}

func sender(t *testing.T, address string, config *tls.Config) *SMTP {
	t.Helper()
	s, err := NewSMTP(address, from, config)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plain returns a sender for an unencrypted server on loopback.
func plain(t *testing.T, port int) *SMTP {
	return sender(t, fmt.Sprintf("smtp://127.0.0.1:%d?tls=none", port), nil)
}

// parse reads a MIME message: its header and its parts by type.
func parse(t *testing.T, data string) (header netmail.Header, parts map[string]string) {
	t.Helper()
	msg, err := netmail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("type %q, %v", kind, err)
	}
	parts = map[string]string{}
	reader := multipart.NewReader(msg.Body, params["boundary"])
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return msg.Header, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		if encoding := part.Header.Get("Content-Transfer-Encoding"); encoding != "quoted-printable" {
			t.Errorf("encoding %q", encoding)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		parts[part.Header.Get("Content-Type")] = strings.ReplaceAll(string(body), "\r\n", "\n")
	}
}

func TestSMTP_Send(t *testing.T) {
	srv := &server{}
	s := plain(t, start(t, srv, nil, false))
	at := time.Date(2026, 11, 20, 10, 11, 12, 0, time.UTC)
	s.now = func() time.Time { return at }
	if err := s.Send(t.Context(), sample); err != nil {
		t.Fatal(err)
	}
	mails := srv.got()
	if len(mails) != 1 || mails[0].from != "no-reply@lender.example" || mails[0].to != "amelie@example.ca" {
		t.Fatalf("got %+v", mails)
	}
	header, parts := parse(t, mails[0].data)
	if got := parts["text/plain; charset=UTF-8"]; strings.TrimSpace(got) != strings.TrimSpace(sample.Text) {
		t.Errorf("text part %q", got)
	}
	if got := parts["text/html; charset=UTF-8"]; strings.TrimSpace(got) != strings.TrimSpace(sample.HTML) {
		t.Errorf("HTML part %q", got)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
	if err != nil || subject != sample.Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	to, err := header.AddressList("To")
	if err != nil || len(to) != 1 || *to[0] != (netmail.Address{Name: "Amélie Tremblay", Address: "amelie@example.ca"}) {
		t.Errorf("to %v, %v", to, err)
	}
	if date, err := header.Date(); err != nil || !date.Equal(at) {
		t.Errorf("date %v, %v", date, err)
	}
	for name, want := range map[string]string{
		"From": `"My Account" <no-reply@lender.example>`, "Message-ID": "<0198a2c4@lender.example>",
		"Content-Language": "fr", "Auto-Submitted": "auto-generated", "User-Agent": "My Account",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestSMTP_NoHostName: the name of this machine and the library stay here.
func TestSMTP_NoHostName(t *testing.T) {
	srv := &server{}
	if err := plain(t, start(t, srv, nil, false)).Send(t.Context(), sample); err != nil {
		t.Fatal(err)
	}
	if srv.helo != "lender.example" {
		t.Errorf("said %q to greet", srv.helo)
	}
	data := srv.got()[0].data
	if host, err := os.Hostname(); err == nil && strings.Contains(data, "@"+host) {
		t.Error("the mail names this machine")
	}
	if strings.Contains(data, "go-mail") {
		t.Error("the mail names the library")
	}
}

func TestSMTP_TLS(t *testing.T) {
	serverTLS, clientTLS := certificate(t)
	for mode, implicit := range map[string]bool{"starttls": false, "tls": true} {
		srv := &server{user: "postman", password: "p@ss:word/1"}
		port := start(t, srv, serverTLS, implicit)
		address := func(password string) string {
			return fmt.Sprintf("smtp://postman:%s@127.0.0.1:%d?tls=%s", password, port, mode)
		}
		if err := sender(t, address("p%40ss%3Aword%2F1"), clientTLS).Send(t.Context(), sample); err != nil {
			t.Errorf("%s: %v", mode, err)
		}
		if len(srv.got()) != 1 {
			t.Errorf("%s: got %d mails", mode, len(srv.got()))
		}
		// Settings that can be mended: the mail is not lost.
		for what, s := range map[string]*SMTP{
			"wrong password":      sender(t, address("wrong"), clientTLS),
			"unknown certificate": sender(t, address("p%40ss%3Aword%2F1"), nil),
			"no password":         sender(t, fmt.Sprintf("smtp://127.0.0.1:%d?tls=%s", port, mode), clientTLS),
		} {
			if err := s.Send(t.Context(), sample); !errors.Is(err, ErrTemporary) {
				t.Errorf("%s, %s: %v, want ErrTemporary", mode, what, err)
			}
		}
	}
}

// TestSMTP_NoDowngrade: a server without STARTTLS gets no mail.
func TestSMTP_NoDowngrade(t *testing.T) {
	srv := &server{}
	port := start(t, srv, nil, false)
	s := sender(t, fmt.Sprintf("smtp://127.0.0.1:%d", port), nil)
	if err := s.Send(t.Context(), sample); !errors.Is(err, ErrTemporary) {
		t.Errorf("error %v, want ErrTemporary", err)
	}
	if len(srv.got()) != 0 {
		t.Error("the mail went out in clear")
	}
}

func TestSMTP_Refused(t *testing.T) {
	answer := func(code int) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "about amelie@example.ca"}
	}
	for _, c := range []struct {
		name string
		srv  *server
		want error
	}{
		{"busy at RCPT", &server{rcptErr: answer(451)}, ErrTemporary},
		{"unknown at RCPT", &server{rcptErr: answer(550)}, ErrPermanent},
		{"full at DATA", &server{dataErr: answer(452)}, ErrTemporary},
		{"refused at DATA", &server{dataErr: answer(554)}, ErrPermanent},
		{"sign in first", &server{user: "somebody"}, ErrTemporary},
	} {
		err := plain(t, start(t, c.srv, nil, false)).Send(t.Context(), sample)
		other := ErrPermanent
		if c.want == ErrPermanent { //nolint:errorlint // compares the table's own value
			other = ErrTemporary
		}
		if !errors.Is(err, c.want) || errors.Is(err, other) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "amelie") {
			t.Errorf("%s: the error names the address: %v", c.name, err)
		}
	}
}

func TestSMTP_Closed(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := plain(t, listener.Addr().(*net.TCPAddr).Port)
	_ = listener.Close()
	if err := s.Send(t.Context(), sample); !errors.Is(err, ErrTemporary) {
		t.Errorf("error %v, want ErrTemporary", err)
	}
}

// TestSMTP_Silent: a server that takes the connection and says nothing.
func TestSMTP_Silent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err = plain(t, listener.Addr().(*net.TCPAddr).Port).Send(ctx, sample)
	if !errors.Is(err, ErrTemporary) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want ErrTemporary with its cause", err)
	}
}

// TestSMTP_Slow: a server that takes long over DATA; the caller goes first.
func TestSMTP_Slow(t *testing.T) {
	srv := &server{slow: make(chan struct{})}
	s := plain(t, start(t, srv, nil, false))
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := s.Send(ctx, sample); !errors.Is(err, ErrTemporary) {
		t.Errorf("error %v, want ErrTemporary", err)
	}
	close(srv.slow)
	if err := s.Send(t.Context(), sample); err != nil {
		t.Fatal(err)
	}
	for _, m := range srv.got() { // the first may have arrived after all
		if header, _ := parse(t, m.data); header.Get("Message-ID") != "<0198a2c4@lender.example>" {
			t.Error("sent again under another Message-ID")
		}
	}
}

func TestSMTP_HeaderInjection(t *testing.T) {
	srv := &server{}
	s := plain(t, start(t, srv, nil, false))
	for name, change := range map[string]func(*Message){
		"subject":    func(m *Message) { m.Subject = "Hello\r\nBcc: evil@example.com" },
		"address":    func(m *Message) { m.To = "a@example.ca\r\nRCPT TO:<evil@example.com>" },
		"addresses":  func(m *Message) { m.To = "a@example.ca, evil@example.com" },
		"no address": func(m *Message) { m.To = "amelie" },
		"name":       func(m *Message) { m.ToName = "A\nBcc: evil@example.com" },
		"id":         func(m *Message) { m.ID = "1\nX: y" },
		"id's end":   func(m *Message) { m.ID = "1> <2" },
		"no id":      func(m *Message) { m.ID = "" },
		"NUL":        func(m *Message) { m.Subject = "a\x00b" },
	} {
		m := sample
		change(&m)
		err := s.Send(t.Context(), m)
		if !errors.Is(err, ErrPermanent) {
			t.Errorf("%s: %v, want ErrPermanent", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "example") {
			t.Errorf("%s: the error shows the address: %v", name, err)
		}
	}
	if len(srv.got()) != 0 {
		t.Errorf("the server got %+v", srv.got())
	}
}

// TestSMTP_NameWithMarkup: a name cannot add an address.
func TestSMTP_NameWithMarkup(t *testing.T) {
	srv := &server{}
	m := sample
	m.ToName = `Evil" <evil@example.com>, "x`
	if err := plain(t, start(t, srv, nil, false)).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	header, _ := parse(t, srv.got()[0].data)
	to, err := header.AddressList("To")
	if err != nil || len(to) != 1 || *to[0] != (netmail.Address{Name: m.ToName, Address: sample.To}) {
		t.Errorf("sent to %v, %v", to, err)
	}
}

func TestNewSMTP_Refuses(t *testing.T) {
	for _, c := range []struct{ address, from string }{
		{"", from},
		{"mail.example.ca:25", from},
		{"http://mail.example.ca", from},
		{"smtp://", from},
		{"smtp://mail.example.ca?tls=maybe", from},
		{"smtp://mail.example.ca?tls=%zz", from},
		{"smtp://mail.example.ca:0", from},
		{"smtp://mail.example.ca:99999", from},
		{"smtp://mail.example.ca:x", from},
		{"smtp://user:hunter2@mail.example.ca?tls=none", from}, // a password in clear
		{"smtp://user:hunter2%zz@mail.example.ca", from},
		{"smtp://mail.example.ca", ""},
		{"smtp://mail.example.ca", "nobody"},
		{"smtp://mail.example.ca", "a@example.ca\r\nBcc: b@example.ca"},
	} {
		_, err := NewSMTP(c.address, c.from, nil)
		if !errors.Is(err, ErrURL) {
			t.Errorf("%q from %q: %v, want ErrURL", c.address, c.from, err)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

func TestSMTP_Masked(t *testing.T) {
	s := sender(t, "smtp://user:hunter2@localhost?tls=none", nil)
	var out strings.Builder
	slog.New(slog.NewTextHandler(&out, nil)).Info("mail", "server", s)
	printed := out.String() + fmt.Sprint(s) + s.String()
	if strings.Contains(printed, "hunter2") || !strings.Contains(printed, "localhost") {
		t.Errorf("printed as %s", printed)
	}
}
