package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"myaccount/services/store/postgres/pgtest"
)

func TestDoctor(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	if out := does(t, "doctor", "--data", data); !strings.Contains(out, "made at the first start") {
		t.Errorf("said %s", out)
	}
	if _, err := os.Stat(filepath.Join(data, databaseFile)); err == nil {
		t.Error("it made a database")
	}
	does(t, "migrate", "--data", data)
	smtp, _ := mailServer(t)
	url, folder := pgtest.Empty(t), t.TempDir()
	for name, args := range map[string][]string{
		"SQLite":     {"--data", data},
		"PostgreSQL": {"--data", folder, "--database", url, "--smtp", smtp, "--public-url", "https://portal.example.ca"},
	} {
		does(t, append([]string{"migrate"}, args...)...)
		out := does(t, append([]string{"doctor"}, args...)...)
		if strings.Contains(out, "✗") || strings.Count(out, "✓") != 9 || !strings.Contains(out, "Everything is as it should be.") {
			t.Errorf("%s: %s", name, out)
		}
	}
}

// TestDoctor_Problems: each run has several problems, and names them all.
func TestDoctor_Problems(t *testing.T) {
	t.Parallel()
	data, other := t.TempDir(), t.TempDir()
	does(t, "migrate", "--data", data)
	does(t, "doctor", "--data", other) // makes a certificate
	certificate, key := filepath.Join(other, "tls", "self-made.crt"), filepath.Join(other, "tls", "self-made.key")
	file := filepath.Join(data, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	tests := []struct {
		says  []string
		ahead string // of the clock
		args  []string
	}{
		{
			[]string{"is not there", "Attachments cannot be kept", "The mail server cannot be used", "not for portal.example.ca"},
			"0s",
			[]string{
				"--data", data, "--keyset", filepath.Join(data, "none"), "--blobs", file, "--smtp", "smtp://127.0.0.1:1",
				"--tls-cert", certificate, "--tls-key", key, "--public-url", "https://portal.example.ca",
			},
		},
		{
			[]string{"The database cannot be reached", "The certificate cannot be used", "which others cannot reach", "BMW Login cannot be used"},
			"0s",
			[]string{
				"--oidc-issuer", "http://127.0.0.1:1", "--oidc-client-id", "app",
				"--data", data, "--database", "postgres://127.0.0.1:1/none?connect_timeout=2", "--tls-cert", file, "--tls-key", file,
				"--listen", "0.0.0.0:8443",
			},
		},
		{
			[]string{"is of an earlier version, or empty", "clocks of this machine and of the database are", "The certificate ends on"},
			"8600h",
			[]string{"--data", other, "--database", pgtest.Empty(t), "--tls-cert", certificate, "--tls-key", key},
		},
	}
	for _, test := range tests {
		out, errOut, code := runs(t, []string{aheadVar + "=" + test.ahead}, append([]string{"doctor"}, test.args...)...)
		for _, want := range test.says {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in %s", want, out)
			}
		}
		if code != exitFailure || !strings.Contains(errOut, "Problems found: ") || strings.Count(out, "✗ ") < len(test.says) {
			t.Errorf("exit code %d: %s%s", code, out, errOut)
		}
	}
}
