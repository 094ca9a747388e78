//go:build !windows

package printing_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"myaccount/services/printing"
)

// programs puts programs, shell scripts, in place of all others.
func programs(t *testing.T, scripts map[string]string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", folder)
	return folder
}

func TestPrint(t *testing.T) {
	const refuses = "echo no such destination >&2; exit 1"
	for what, test := range map[string]struct {
		scripts map[string]string
		want    string // part of the error; "" for none, "none" for ErrNoPrinter
	}{
		"nothing to print with":    {nil, "none"},
		"a printer":                {map[string]string{"lp": "exit 0"}, ""},
		"only lpr":                 {map[string]string{"lpr": "exit 0"}, ""},
		"no printer is set up":     {map[string]string{"lp": refuses, "lpstat": "exit 0"}, "none"},
		"the printer is refused":   {map[string]string{"lp": refuses, "lpstat": "echo office"}, "no such destination"},
		"nobody knows of printers": {map[string]string{"lp": refuses}, "no such destination"},
	} {
		t.Run(what, func(t *testing.T) {
			programs(t, test.scripts)
			err := printing.Print(t.Context(), "/tmp/a.pdf")
			switch {
			case test.want == "none" && !errors.Is(err, printing.ErrNoPrinter), test.want == "" && err != nil,
				test.want != "" && test.want != "none" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestPrint_HandsOverTheFile(t *testing.T) {
	folder := programs(t, map[string]string{"lp": `echo "$@" > "${0%/*}/asked"`})
	if err := printing.Print(t.Context(), "/private/a b.pdf"); err != nil {
		t.Fatal(err)
	}
	if asked, err := os.ReadFile(filepath.Join(folder, "asked")); err != nil || string(asked) != "/private/a b.pdf\n" {
		t.Errorf("asked for %q, %v", asked, err)
	}
}
