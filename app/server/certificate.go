package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/disk"
)

const (
	selfMadeFor = 365 * 24 * time.Hour // browsers and systems refuse more than 398 days
	renewBefore = 30 * 24 * time.Hour
)

// errCertificate says that a file holds no certificate or key.
var errCertificate = errors.New("not a certificate with its key")

// certificates gives the server's certificate to TLS, and the new one once it was renewed.
type certificates struct {
	load  func() (*tls.Certificate, error) // reads it anew
	fresh func(*tls.Certificate) bool      // tells whether what was read still holds; cheap
	log   *slog.Logger

	mu   sync.Mutex
	last *tls.Certificate
}

// Get is for tls.Config. When a new certificate cannot be read the last one goes on being used.
func (c *certificates) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last != nil && c.fresh(c.last) {
		return c.last, nil
	}
	loaded, err := c.load()
	switch {
	case err == nil:
		c.last = loaded
	case c.last == nil:
		return nil, err
	default:
		c.log.Error("the new certificate cannot be read; the last one is used", "error", err)
	}
	return c.last, nil
}

// given are certificates of two PEM files, read again whenever one of them changes.
func given(certFile, keyFile string, log *slog.Logger) *certificates {
	var seen [2]string
	look := func() (now [2]string) {
		for i, name := range []string{certFile, keyFile} {
			if info, err := os.Stat(name); err == nil {
				now[i] = fmt.Sprint(info.ModTime().UnixNano(), info.Size())
			}
		}
		return now
	}
	return &certificates{
		log:   log,
		fresh: func(*tls.Certificate) bool { return look() == seen },
		load: func() (*tls.Certificate, error) {
			seen = look() // also of files that cannot be read: they are tried again when they change
			pair, err := tls.LoadX509KeyPair(certFile, keyFile)
			return &pair, err
		},
	}
}

// selfMade are certificates that this server makes for itself, in a folder. One that is about to expire, or is for other
// hosts, is made anew with the same key, so that whoever has pinned the key notices nothing.
func selfMade(dir string, hosts []string, log *slog.Logger) *certificates {
	holds := func(c *tls.Certificate) bool { return now().Before(c.Leaf.NotAfter.Add(-renewBefore)) }
	return &certificates{
		log: log, fresh: holds,
		load: func() (*tls.Certificate, error) {
			if err := os.MkdirAll(dir, 0o700); err != nil {
				return nil, err
			}
			key, err := ownKey(filepath.Join(dir, "self-made.key"))
			if err != nil {
				return nil, err
			}
			path := filepath.Join(dir, "self-made.crt")
			if kept, err := readCertificate(path, key); err == nil && holds(kept) && isFor(kept.Leaf, hosts) {
				return kept, nil
			}
			if err := makeCertificate(path, key, hosts); err != nil {
				return nil, err
			}
			return readCertificate(path, key)
		},
	}
}

// isFor tells whether a certificate names hosts.
func isFor(c *x509.Certificate, hosts []string) bool {
	return !slices.ContainsFunc(hosts, func(host string) bool { return c.VerifyHostname(host) != nil })
}

// ownKey reads the key, or makes one where there is none.
func ownKey(path string) (*ecdsa.PrivateKey, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return nil, err
		}
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return nil, err
		}
		return key, disk.Write(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	}
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, fmt.Errorf("%s: %w", path, errCertificate)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	key, ok := parsed.(*ecdsa.PrivateKey)
	if err != nil || !ok {
		return nil, fmt.Errorf("%s: %w", path, errCertificate)
	}
	return key, nil
}

// readCertificate reads the certificate of a key.
func readCertificate(path string, key *ecdsa.PrivateKey) (*tls.Certificate, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(data)
	if block == nil {
		return nil, fmt.Errorf("%s: %w", path, errCertificate)
	}
	leaf, err := x509.ParseCertificate(block.Bytes)
	if err != nil || !key.PublicKey.Equal(leaf.PublicKey) {
		return nil, fmt.Errorf("%s: %w", path, errCertificate)
	}
	return &tls.Certificate{Certificate: [][]byte{block.Bytes}, PrivateKey: key, Leaf: leaf}, nil
}

// makeCertificate writes a certificate for hosts.
func makeCertificate(path string, key *ecdsa.PrivateKey, hosts []string) error {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: programName},
		NotBefore: now().Add(-time.Hour), NotAfter: now().Add(selfMadeFor), // for clients whose clock is slow
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return err
	}
	return disk.Write(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// hosts are the names that the server goes by: this machine's own, what it listens on and what people reach it by.
func (c *config) hosts() []string {
	names := []string{"localhost", "127.0.0.1", "::1"}
	listen, _, _ := net.SplitHostPort(c.Listen)
	public, err := url.Parse(c.PublicURL)
	if err != nil {
		public = &url.URL{}
	}
	for _, name := range []string{listen, public.Hostname()} {
		ip := net.ParseIP(name)
		if name != "" && !slices.Contains(names, name) && (ip == nil || !ip.IsUnspecified()) {
			names = append(names, name)
		}
	}
	return names
}

// certificates are those that the configuration asks for.
func (c *config) certificates(log *slog.Logger) *certificates {
	if c.TLSCert != "" {
		return given(c.TLSCert, c.TLSKey, log)
	}
	return selfMade(filepath.Join(c.Data, "tls"), c.hosts(), log)
}

// fingerprint is what people compare: the same sum as pin, as the desktop program shows it.
func fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return services.FingerprintGroups(hex.EncodeToString(sum[:]))
}

// pin is how a certificate's key is pinned: the SHA-256 of its SubjectPublicKeyInfo in base64, as RFC 7469 and curl's
// --pinnedpubkey write it.
func pin(c *x509.Certificate) string {
	sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return "sha256//" + base64.StdEncoding.EncodeToString(sum[:])
}
