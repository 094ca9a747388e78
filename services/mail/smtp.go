package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// ErrURL says that an SMTP setting is not usable. It never quotes the setting,
// which may hold a password.
var ErrURL = errors.New("mail: not a usable SMTP address")

// timeout is how long the server may take to be reached, and again to take a
// mail.
const timeout = 20 * time.Second

// SMTP sends mails to one server, one connection for each.
type SMTP struct {
	origin
	host    string
	options []gomail.Option
}

var _ Sender = (*SMTP)(nil)

// NewSMTP returns a sender for an address like
//
//	smtp://user:password@mail.example.ca:587?tls=starttls
//
// where tls is starttls (the default; a server without it gets no mail), tls
// (from the first byte on) or none. A password without TLS is refused unless the
// server is on this machine. The from address may have a name. A nil config
// trusts the certificates that the system trusts. Errors: ErrURL.
func NewSMTP(address, from string, config *tls.Config) (*SMTP, error) {
	server, err := url.Parse(address)
	if err != nil || server.Scheme != "smtp" || server.Hostname() == "" {
		return nil, fmt.Errorf("%w: want smtp://host:port", ErrURL)
	}
	sender, err := newOrigin(from)
	if err != nil {
		return nil, err
	}
	s := &SMTP{origin: sender, host: server.Hostname()}
	s.options = []gomail.Option{gomail.WithTimeout(timeout), gomail.WithHELO(s.domain)}
	if config != nil {
		s.options = append(s.options, gomail.WithTLSConfig(config))
	}
	mode, err := s.security(server)
	if err != nil {
		return nil, err
	}
	if user := server.User.Username(); user != "" {
		if mode == "none" && !local(s.host) {
			return nil, fmt.Errorf("%w: a password needs TLS", ErrURL)
		}
		password, _ := server.User.Password()
		s.options = append(s.options, gomail.WithUsername(user), gomail.WithPassword(password),
			gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover))
	}
	return s, nil
}

// security adds the options for encryption and port, and returns the mode.
func (s *SMTP) security(server *url.URL) (mode string, err error) {
	query, err := url.ParseQuery(server.RawQuery)
	if err != nil {
		return "", fmt.Errorf("%w: query", ErrURL)
	}
	mode, port := "starttls", 587
	if query.Has("tls") {
		mode = query.Get("tls")
	}
	switch mode {
	case "starttls":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case "tls":
		port = 465
		s.options = append(s.options, gomail.WithSSL())
	case "none":
		port = 25
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return "", fmt.Errorf("%w: tls must be starttls, tls or none", ErrURL)
	}
	if server.Port() != "" {
		if port, err = strconv.Atoi(server.Port()); err != nil || port < 1 || port > 65535 {
			return "", fmt.Errorf("%w: port", ErrURL)
		}
	}
	s.options = append(s.options, gomail.WithPort(port))
	return mode, nil
}

// local reports whether a host is this machine.
func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// String names the server, without the password.
func (s *SMTP) String() string { return "smtp server " + s.host }

// LogValue keeps the password out of logs.
func (s *SMTP) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Check opens a session with the server, with encryption and password as
// configured, and ends it without a mail. Errors: ErrTemporary.
func (s *SMTP) Check(ctx context.Context) error {
	client, err := gomail.NewClient(s.host, s.options...)
	if err == nil {
		err = client.DialWithContext(ctx)
	}
	if err != nil {
		return fmt.Errorf("%w: no session: %w", ErrTemporary, err)
	}
	_ = client.Close() // only saying good-bye
	return nil
}

// Send hands the mail to the server. When ctx ends first, the server may still
// get the mail; sent again, it has the same Message-ID.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := s.compose(m)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrTemporary, err)
	}
	done := make(chan error, 1)
	go func() {
		err := client.DialAndSendWithContext(ctx, msg)
		if msg.IsDelivered() {
			err = nil // only saying good-bye failed
		}
		done <- err
	}()
	select {
	case err := <-done:
		return classify(err)
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrTemporary, ctx.Err())
	}
}

// classify tells temporary from permanent failures. A server's own words are
// left out: they often repeat the address.
func classify(err error) error {
	var refused *gomail.SendError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &refused):
		// Not connected, no TLS, wrong password: a matter of settings or of the
		// network, which can be mended without losing the mail.
		return fmt.Errorf("%w: no session: %w", ErrTemporary, err)
	case refused.ErrorCode() >= 500 && !settings(refused.ErrorCode()):
		return fmt.Errorf("%w: %s, code %d", ErrPermanent, refused.Reason, refused.ErrorCode())
	default:
		return fmt.Errorf("%w: %s, code %d", ErrTemporary, refused.Reason, refused.ErrorCode())
	}
}

// settings reports whether a code complains about the session, not the mail:
// 530 authentication required, 534 mechanism too weak, 535 wrong password
// (RFC 4954), 538 encryption required.
func settings(code int) bool {
	return code == 530 || code == 534 || code == 535 || code == 538
}
