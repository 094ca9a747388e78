package remote_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/remote"
)

// authority is somebody whom the system believes: Go reads SSL_CERT_FILE once, before the first certificate is checked,
// so it is set before any test runs. Where else it reads is elsewhere on other systems.
var authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func init() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	template := x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err2 := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	certificate, err3 := x509.ParseCertificate(der)
	dir, err4 := os.MkdirTemp("", "authority")
	file := filepath.Join(dir, "authority.pem")
	err5 := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600)
	if err := errors.Join(err, err2, err3, err4, err5, os.Setenv("SSL_CERT_FILE", file)); err != nil {
		panic(err)
	}
	if _, err := certificate.Verify(x509.VerifyOptions{}); err != nil { // reads the file, which is of no use then
		panic(err)
	}
	authority.certificate, authority.key = certificate, key
	_ = os.RemoveAll(dir)
}

// vouched makes a certificate for a name that the authority vouches for.
func vouched(t *testing.T, name string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := x509.Certificate{
		SerialNumber: big.NewInt(8), Subject: pkix.Name{CommonName: "portal"}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, authority.certificate, &key.PublicKey, authority.key)
	must(t, err)
	leaf, err := x509.ParseCertificate(der)
	must(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// TestCertificate_OfAnAuthority is the usual case: nothing is asked, and a certificate for another name is refused, also
// where a service is called by its address, which a handshake does not tell.
func TestCertificate_OfAnAuthority(t *testing.T) {
	front, change := shop(t, vouched(t, "localhost"))
	where, err := url.Parse(front.URL)
	must(t, err)
	byName := opened(t, "https://localhost:"+where.Port())
	if _, err := byName.Captcha(t.Context()); err != nil {
		t.Fatalf("by its name: %v", err)
	}
	var name x509.HostnameError
	if _, err := opened(t, front.URL).Captcha(t.Context()); services.CodeOf(err) != services.CodeUnavailable || !errors.As(err, &name) {
		t.Errorf("by its address: %v", err)
	}
	change(vouched(t, "another.example"))
	if _, err := byName.Captcha(t.Context()); services.CodeOf(err) != services.CodeUnavailable || !errors.As(err, &name) {
		t.Errorf("with the certificate of another: %v", err)
	}
	change(selfMade(t, time.Now().Add(time.Hour)))
	var refused *remote.CertificateError
	if _, err := byName.Captcha(t.Context()); !errors.As(err, &refused) || refused.Pinned != "" {
		t.Errorf("with one that it made itself: %v", err)
	}
}
