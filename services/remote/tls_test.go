package remote_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/remote"
)

// selfMade makes a certificate that nobody vouches for.
func selfMade(t *testing.T, ends time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "portal"}, DNSNames: []string{"portal.example"},
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: ends,
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	must(t, err)
	leaf, err := x509.ParseCertificate(der)
	must(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// shop is a server whose certificate can be changed.
func shop(t *testing.T, certificate tls.Certificate) (front *httptest.Server, change func(tls.Certificate)) {
	t.Helper()
	var current atomic.Pointer[tls.Certificate]
	current.Store(&certificate)
	front = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", api.TypeJSON)
		_, _ = w.Write([]byte(`{}`))
	}))
	front.EnableHTTP2 = true
	front.TLS = &tls.Config{GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
		return &tls.Config{Certificates: []tls.Certificate{*current.Load()}, NextProtos: []string{"h2", "http/1.1"}}, nil
	}}
	front.StartTLS()
	t.Cleanup(front.Close)
	return front, func(c tls.Certificate) {
		front.CloseClientConnections()
		current.Store(&c)
	}
}

func TestCertificate_IsPinned(t *testing.T) {
	first, second := selfMade(t, time.Now().Add(time.Hour)), selfMade(t, time.Now().Add(time.Hour))
	front, change := shop(t, first)
	p := opened(t, front.URL)
	var refused *remote.CertificateError
	_, err := p.Captcha(t.Context())
	if !errors.As(err, &refused) || services.CodeOf(err) != services.CodeUnavailable {
		t.Fatalf("a certificate that nobody knows: %v", err)
	}
	if refused.Fingerprint != remote.Fingerprint(first.Leaf) || refused.Pinned != "" || refused.Host != front.Listener.Addr().String() {
		t.Errorf("it says %+v", refused)
	}
	must(t, p.Pin(t.Context(), refused.Fingerprint))
	if _, err := p.Captcha(t.Context()); err != nil {
		t.Fatalf("once accepted: %v", err)
	}

	change(second)
	_, err = p.Captcha(t.Context())
	if !errors.As(err, &refused) || refused.Pinned != remote.Fingerprint(first.Leaf) || refused.Fingerprint != remote.Fingerprint(second.Leaf) {
		t.Fatalf("another certificate: %v", err)
	}
	change(first)
	if _, err := p.Captcha(t.Context()); err != nil {
		t.Errorf("the first again: %v", err)
	}
}

func TestCertificate_PastItsTimeIsRefused(t *testing.T) {
	old := selfMade(t, time.Now().Add(-time.Hour))
	front, _ := shop(t, old)
	p := opened(t, front.URL)
	must(t, p.Pin(t.Context(), remote.Fingerprint(old.Leaf)))
	_, err := p.Captcha(t.Context())
	var invalid x509.CertificateInvalidError
	if services.CodeOf(err) != services.CodeUnavailable || !errors.As(err, &invalid) || invalid.Reason != x509.Expired {
		t.Errorf("got %v", err)
	}
}

func TestPin_RefusesWhatIsNone(t *testing.T) {
	p := opened(t, "https://127.0.0.1:1")
	for _, typed := range []string{"", "abc", "zz", "00", "'"} {
		if err := p.Pin(t.Context(), typed); services.FieldsOf(err)["fingerprint"] != services.ReasonFormat {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestCertificate_OldProtocolsAreRefused(t *testing.T) {
	certificate := selfMade(t, time.Now().Add(time.Hour))
	front := httptest.NewUnstartedServer(http.NotFoundHandler())
	front.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10} //nolint:gosec // that is the point
	front.StartTLS()
	t.Cleanup(front.Close)
	p := opened(t, front.URL)
	must(t, p.Pin(t.Context(), remote.Fingerprint(certificate.Leaf)))
	if _, err := p.Captcha(t.Context()); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("got %v", err)
	}
}
