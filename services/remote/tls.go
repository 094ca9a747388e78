package remote

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"myaccount/services"
)

// CertificateError says that the service shows a certificate that nobody vouches for: one that it made itself. Somebody
// has to compare the fingerprint with the one that the service printed when it started, and Pin it. It reads as
// CodeUnavailable.
type CertificateError struct {
	Host        string // of the service, with its port
	Fingerprint string // SHA-256 of the public key, hex
	Pinned      string // that was accepted before: somebody else answers now, or the service has a new key. "" when none was
}

// Error names the host.
func (e *CertificateError) Error() string {
	if e.Pinned != "" {
		return fmt.Sprintf("%s shows another certificate than the one that was accepted", e.Host)
	}
	return fmt.Sprintf("%s shows a certificate that nobody vouches for", e.Host)
}

// Unwrap makes it read as CodeUnavailable.
func (e *CertificateError) Unwrap() error { return services.Fail(services.CodeUnavailable) }

// refusedCertificate tells whether another try is of no use.
func refusedCertificate(err error) bool {
	var refused *CertificateError
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	return errors.As(err, &refused) || errors.As(err, &invalid) || errors.As(err, &name)
}

// Pin accepts the certificate of the service by its fingerprint, as CertificateError gives it, from now on.
func (p *Portal) Pin(ctx context.Context, fingerprint string) error {
	if raw, err := hex.DecodeString(fingerprint); err != nil || len(raw) != sha256.Size {
		return services.Invalid("fingerprint", services.ReasonFormat)
	}
	return p.cache.SetPin(ctx, p.host, fingerprint)
}

// Pinned gives the fingerprint that was accepted; "" when none was.
func (p *Portal) Pinned(ctx context.Context) (string, error) {
	fingerprint, _, err := p.cache.Pin(ctx, p.host)
	return fingerprint, err
}

// Service names the service, with the fingerprint that was accepted.
func (p *Portal) Service(ctx context.Context) (services.ServiceInfo, error) {
	fingerprint, err := p.Pinned(ctx)
	return services.ServiceInfo{Host: p.host, Fingerprint: fingerprint}, err
}

// pinned judges a certificate that the system does not know.
func (p *Portal) pinned(fingerprint string) error {
	known, err := p.Pinned(p.ctx)
	if err != nil {
		return err
	}
	if known != fingerprint {
		return &CertificateError{Host: p.host, Fingerprint: fingerprint, Pinned: known}
	}
	return nil
}

// Fingerprint is how a certificate is told from others: the SHA-256 of its public key, which stays when the
// certificate is renewed with the same key.
func Fingerprint(certificate *x509.Certificate) string {
	sum := sha256.Sum256(certificate.RawSubjectPublicKeyInfo)
	return hex.EncodeToString(sum[:])
}

// newTransport makes the connections of the client. A certificate is checked as the system does; one that is merely not
// known there is left to pinned. A connection tells no name of a server that is called by its address: host is that.
func newTransport(host string, pinned func(fingerprint string) error) *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 20 * time.Second,
		ExpectContinueTimeout: time.Second,
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConnsPerHost:   8,
		ForceAttemptHTTP2:     true,
		// A connection that died while the computer slept is noticed: nothing else would end it for a quarter of an hour.
		HTTP2: &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second},
		TLSClientConfig: &tls.Config{
			MinVersion:         tls.VersionTLS12,
			InsecureSkipVerify: true, //nolint:gosec // VerifyConnection does it, at every handshake
			VerifyConnection: func(state tls.ConnectionState) error {
				return verify(state, cmp.Or(state.ServerName, host), pinned)
			},
		},
	}
}

// verify checks the certificates of a connection to a host. The name counts only where the system vouches for the
// certificate: one that was accepted by its fingerprint needs none.
func verify(state tls.ConnectionState, host string, pinned func(fingerprint string) error) error {
	if len(state.PeerCertificates) == 0 {
		return errors.New("no certificate")
	}
	options := x509.VerifyOptions{Intermediates: x509.NewCertPool()}
	for _, between := range state.PeerCertificates[1:] {
		options.Intermediates.AddCert(between)
	}
	leaf := state.PeerCertificates[0]
	_, err := leaf.Verify(options)
	if unknown := (x509.UnknownAuthorityError{}); errors.As(err, &unknown) {
		return pinned(Fingerprint(leaf))
	}
	if err != nil {
		return err
	}
	return leaf.VerifyHostname(host)
}
