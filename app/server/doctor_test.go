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
		if strings.Contains(out, "✗") || strings.Count(out, "✓") != 8 || !strings.Contains(out, "Everything is as it should be.") {
			t.Errorf("%s: %s", name, out)
		}
	}
}

func TestDoctor_Problems(t *testing.T) {
	t.Parallel()
	data, other := t.TempDir(), t.TempDir()
	does(t, "migrate", "--data", data)
	does(t, "doctor", "--data", other) // makes a certificate
	certificate := filepath.Join(other, "tls", "self-made.crt")
	file := filepath.Join(data, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	tests := []struct {
		says    string
		environ string
		args    []string
	}{
		{"is not there", "", []string{"--keyset", filepath.Join(data, "none")}},
		{"The database cannot be reached", "", []string{"--database", "postgres://127.0.0.1:1/none?connect_timeout=2"}},
		{"The database is of an earlier version, or empty", "", []string{"--data", other, "--database", pgtest.Empty(t)}},
		{"clocks of this machine and of the database are", aheadVar + "=1h", []string{"--data", other, "--database", pgtest.Empty(t)}},
		{"Attachments cannot be kept", "", []string{"--blobs", file}},
		{"The mail server cannot be used", "", []string{"--smtp", "smtp://127.0.0.1:1"}},
		{"The certificate ends on", aheadVar + "=8600h", []string{"--tls-cert", certificate, "--tls-key", filepath.Join(other, "tls", "self-made.key")}},
		{"not for portal.example.ca", "", []string{
			"--tls-cert", certificate, "--tls-key", filepath.Join(other, "tls", "self-made.key"), "--public-url", "https://portal.example.ca",
		}},
		{"The certificate cannot be used", "", []string{"--tls-cert", file, "--tls-key", file}},
		{"which others cannot reach", "", []string{"--listen", "0.0.0.0:8443"}},
	}
	for _, test := range tests {
		out, errOut, code := runs(t, []string{test.environ}, append([]string{"doctor", "--data", data}, test.args...)...)
		if code != exitFailure || !strings.Contains(out, "✗ ") || !strings.Contains(out, test.says) || !strings.Contains(errOut, "Problems found: ") {
			t.Errorf("%v: exit code %d: %s%s", test.args, code, out, errOut)
		}
	}
}
