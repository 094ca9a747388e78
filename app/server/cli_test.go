package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestRunMain(t *testing.T) {
	tests := []struct {
		name, lang string
		args       []string
		code       int
		out, err   string
	}{
		{"version", "C", []string{"--version"}, exitDone, programName + " 0.1.0\n", ""},
		{"help", "en_CA.UTF-8", []string{"--help"}, exitDone, "--listen ADDRESS", ""},
		{"nothing", "C", nil, exitDone, "doctor", ""},
		{"help in French", "fr_CA.UTF-8", []string{"serve", "-h"}, exitDone, "--listen ADRESSE", ""},
		{"help of a group", "C", []string{"mail", "--help"}, exitDone, "retry", ""},
		{"unknown flag", "C", []string{"serve", "--colour"}, exitUsage, "", "Add --help"},
		{"unknown flag in French", "fr", []string{"serve", "--colour"}, exitUsage, "", "Ajoutez --help"},
		{"unknown command", "C", []string{"dance"}, exitUsage, "", `"dance"`},
		{"too few arguments", "C", []string{"import"}, exitUsage, "", "needs something else"},
		{"too many arguments", "C", []string{"serve", "x"}, exitUsage, "", "needs something else"},
		{"group without a command", "C", []string{"mail"}, exitUsage, "", "needs something else"},
		{"missing flag", "C", []string{"advisor", "add", "--email", "a@example.ca"}, exitUsage, "", "first"},
		{"wrong value", "C", []string{"serve", "--listen", "nowhere"}, exitUsage, "", "--listen"},
		{"no configuration", "C", []string{"serve", "--config", "/none.toml"}, exitFailure, "", "/none.toml"},
		{"not alone", "C", []string{"serve", "--http", "--listen", "0.0.0.0:1"}, exitFailure, "", "trusted_proxy"},
		{"backup of PostgreSQL", "C", []string{"backup", "x", "--database", "postgres://h/d"}, exitFailure, "", "pg_dump"},
		{"restore of PostgreSQL", "C", []string{"restore", "x", "--database", "postgres://h/d"}, exitFailure, "", "pg_dump"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("LC_ALL", test.lang)
			t.Setenv("MYACCOUNT_DATA", t.TempDir())
			var out, errOut bytes.Buffer
			if code := runMain(t.Context(), append([]string{programName}, test.args...), &out, &errOut); code != test.code {
				t.Errorf("exit code %d", code)
			}
			for said, want := range map[string]string{out.String(): test.out, errOut.String(): test.err} {
				if !strings.Contains(said, want) {
					t.Errorf("no %q in %q", want, said)
				}
			}
		})
	}
}

func TestAdvisor(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	_, errOut, code := runs(t, nil, "advisor", "add", "--data", data, "--first", "S", "--last", "", "--email", "nobody")
	if code != exitUsage || !strings.Contains(errOut, "--email, --last") {
		t.Errorf("exit code %d: %s", code, errOut)
	}
	_, errOut, code = runs(t, nil, "customer", "unlock", "nobody@example.ca", "--data", data)
	if code != exitFailure || !strings.Contains(errOut, "Nobody has a login with nobody@example.ca.") {
		t.Errorf("exit code %d: %s", code, errOut)
	}
	if out := does(t, "sample", "--data", data); !strings.Contains(out, "Imported: 7 customers") || !strings.Contains(out, "lies in") {
		t.Errorf("said %q", out)
	}
	if out := does(t, "customer", "unlock", "Sophie.Nguyen@example.ca", "--data", data); !strings.Contains(out, "can try again") {
		t.Errorf("said %q", out)
	}
	does(t, "purge", "--data", data)
}
