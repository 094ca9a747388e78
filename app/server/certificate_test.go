package main

import (
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// get gives the certificate that is used now.
func get(t *testing.T, c *certificates) *x509.Certificate {
	t.Helper()
	got, err := c.Get(nil)
	must(t, err)
	return got.Leaf
}

// own are self-made certificates in a folder.
func own(dir string, hosts ...string) *certificates {
	return selfMade(dir, hosts, slog.New(slog.DiscardHandler))
}

// travel sets the clock ahead until the test ends.
func travel(t *testing.T, ahead time.Duration) {
	now = func() time.Time { return time.Now().Add(ahead) }
	t.Cleanup(func() { now = time.Now })
}

func TestSelfMade_RenewedWithItsKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tls")
	c := own(dir, "localhost", "127.0.0.1", "portal.example.ca")
	made := get(t, c)
	for _, host := range []string{"localhost", "127.0.0.1", "portal.example.ca"} {
		must(t, made.VerifyHostname(host))
	}
	if key, err := os.Stat(filepath.Join(dir, "self-made.key")); err != nil || key.Mode().Perm() != 0o600 {
		t.Errorf("key: %v, %v", key, err)
	}
	if again := get(t, own(dir, "localhost")); !again.Equal(made) {
		t.Error("another certificate after a restart")
	}
	moved := get(t, own(dir, "other.example.ca"))
	if moved.Equal(made) || pin(moved) != pin(made) || moved.VerifyHostname("other.example.ca") != nil {
		t.Error("other hosts: no certificate for them with the same key")
	}
	if still := get(t, c); !still.Equal(made) {
		t.Error("another certificate while this one holds")
	}
	travel(t, selfMadeFor-renewBefore+time.Hour)
	renewed := get(t, c)
	if renewed.Equal(made) || pin(renewed) != pin(made) || !renewed.NotAfter.After(made.NotAfter) {
		t.Errorf("renewed until %v, pin %s", renewed.NotAfter, pin(renewed))
	}
}

func TestSelfMade_DamagedKey(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "self-made.key"), []byte("no key"), 0o600))
	if _, err := own(dir, "localhost").Get(nil); err == nil {
		t.Error("another key was made")
	}
}

func TestGiven_ReadAgainWhenChanged(t *testing.T) {
	one, two := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two")
	first, second := get(t, own(one, "localhost")), get(t, own(two, "localhost"))
	cert, key := filepath.Join(one, "self-made.crt"), filepath.Join(one, "self-made.key")
	c := given(cert, key, slog.New(slog.DiscardHandler))
	if got := get(t, c); !got.Equal(first) {
		t.Fatal("not the one of the files")
	}
	put := func(from, to string) {
		data, err := os.ReadFile(from)
		must(t, err)
		must(t, os.WriteFile(to, data, 0o600))
		later := time.Now().Add(time.Duration(len(data)) * time.Second)
		must(t, os.Chtimes(to, later, later))
	}
	put(filepath.Join(two, "self-made.crt"), cert)
	if got := get(t, c); !got.Equal(first) { // it does not fit the key
		t.Error("half a change was taken")
	}
	put(filepath.Join(two, "self-made.key"), key)
	if got := get(t, c); !got.Equal(second) {
		t.Error("the new one is not used")
	}
	if _, err := given(cert, filepath.Join(one, "none"), slog.New(slog.DiscardHandler)).Get(nil); err == nil {
		t.Error("no error without a key")
	}
}

func TestServe_PinStays(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	var pins []string
	for _, ahead := range []string{"0s", "8400h"} {
		s := serves(t, []string{aheadVar + "=" + ahead}, "--data", data)
		conn, err := tls.Dial("tcp", s.url[len("https://"):len(s.url)-1], &tls.Config{InsecureSkipVerify: true}) //nolint:gosec // only looks
		must(t, err)
		state := conn.ConnectionState()
		pins = append(pins, pin(state.PeerCertificates[0]), state.PeerCertificates[0].SerialNumber.String())
		must(t, conn.Close())
		s.stop()
	}
	if pins[0] != pins[2] || pins[1] == pins[3] {
		t.Errorf("pins and serial numbers: %v", slices.Compact(pins))
	}
}
