package main

import (
	"crypto/tls"
	"net/url"
	"strings"
	"testing"
)

// TestServe_OldTLS connects with versions of TLS that are not safe any more, which is refused, and with those that are.
func TestServe_OldTLS(t *testing.T) {
	t.Parallel()
	s := serves(t, nil, "--data", t.TempDir())
	address, err := url.Parse(s.url)
	must(t, err)
	for version, safe := range map[uint16]bool{
		tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true,
	} {
		conn, err := tls.Dial("tcp", address.Host, &tls.Config{
			InsecureSkipVerify: true, MinVersion: version, MaxVersion: version, //nolint:gosec // that is what is tried
		})
		switch {
		case err == nil:
			must(t, conn.Close())
			if !safe {
				t.Errorf("%s is spoken", tls.VersionName(version))
			}
		case safe || !strings.Contains(err.Error(), "protocol version"):
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
	}
}
