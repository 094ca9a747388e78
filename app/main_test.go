package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/urfave/cli/v3"

	"myaccount/assets"
	"myaccount/services/program"
	"myaccount/services/text"
	"myaccount/ui/uitest"
)

// roleVar makes the test binary play another copy of the program; its value says what that copy does.
const roleVar = "APP_TEST_ROLE"

func TestMain(m *testing.M) {
	play, ok := map[string]func(folder string){
		"":      nil,
		"hold":  playHolder,
		"crash": playCrasher,
	}[os.Getenv(roleVar)]
	if !ok {
		fmt.Fprintln(os.Stderr, "unknown role")
		os.Exit(exitUsage)
	}
	if play == nil {
		uitest.LocalTime() // before anything asks for the time in the background
		os.Exit(m.Run())
	}
	play(os.Args[1])
}

// copyOf starts the test binary in a role on a folder.
func copyOf(t *testing.T, role, folder string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0], folder)
	cmd.Env = append(os.Environ(), roleVar+"="+role)
	return cmd
}

// printers gives a printer for a language.
func printers(t *testing.T, lang text.Lang) *text.Printer {
	t.Helper()
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.Printer(lang)
}

func TestRunMain(t *testing.T) {
	tests := []struct {
		name   string
		lang   string
		args   []string
		code   int
		out    string
		errOut string
	}{
		{"version", "C", []string{"--version"}, exitDone, "my-account 0.1.0\n", ""},
		{"help", "en_CA.UTF-8", []string{"--help"}, exitDone, "--import FILE", ""},
		{"help in French", "fr_CA.UTF-8", []string{"-h"}, exitDone, "--import FICHIER", ""},
		{"unknown flag", "C", []string{"--colour"}, exitUsage, "", "Add --help"},
		{"unknown flag in French", "fr", []string{"--colour"}, exitUsage, "", "Ajoutez --help"},
		{"flag without a value", "C", []string{"--data"}, exitUsage, "", "Add --help"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("LC_ALL", test.lang)
			var out, errOut bytes.Buffer
			code := runMain(t.Context(), append([]string{programName}, test.args...), &out, &errOut)
			if code != test.code {
				t.Errorf("exit code %d", code)
			}
			for what, pair := range map[string][2]string{"out": {out.String(), test.out}, "err": {errOut.String(), test.errOut}} {
				if !strings.Contains(pair[0], pair[1]) || pair[1] == "" && pair[0] != "" {
					t.Errorf("%s: %q", what, pair[0])
				}
			}
		})
	}
}

func TestCommand_ReadsTheStart(t *testing.T) {
	here, err := filepath.Abs("p.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	const link = "mybmwaccount://messages"
	tests := []struct {
		name string
		args []string
		sets config // what the flags set
		ask  request
		key  string // of the fault
	}{
		{name: "nothing"},
		{
			name: "everything",
			args: []string{"--data", "d", "--lang", "fr", "--theme=dark", "--sample", "--import", "p.jsonl", link},
			sets: config{Data: "d", Language: "fr", Appearance: "dark", Sample: true},
			ask:  request{Link: link, Import: here},
		},
		{name: "flags after the link", args: []string{link, "--lang", "en"}, sets: config{Language: "en"}, ask: request{Link: link}},
		{name: "not a link", args: []string{"https://example.ca"}, key: "app.cli.link"},
		{name: "two links", args: []string{link, link}, key: "app.cli.arguments"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got start
			opened := false
			command := newCommand(printers(t, text.English), "1", func(_ context.Context, s start) error {
				got, opened = s, true
				return nil
			})
			err := command.Run(t.Context(), append([]string{programName}, test.args...))
			if test.key != "" {
				var f *program.Fault
				if !errors.As(err, &f) || f.Key != test.key || !f.Usage || opened {
					t.Fatalf("got %v, opened %v", err, opened)
				}
				return
			}
			if err != nil || !opened || got.ask != test.ask {
				t.Fatalf("got %+v, %v", got, err)
			}
			var sets config
			if err := program.Load(&sets, sets.check, got.flags...); err != nil || sets != test.sets {
				t.Fatalf("the flags set %+v, %v", sets, err)
			}
		})
	}
}

func TestCommand_HelpOfACommand(t *testing.T) {
	for lang, headings := range map[text.Lang][]string{
		text.English: {"Usage:", "Commands:", "Options:"}, text.French: {"Utilisation:", "Commandes:", "Options:"},
	} {
		for _, args := range [][]string{{programName, "--help"}, {programName, "walk", "--help"}} {
			var out bytes.Buffer
			command := newCommand(printers(t, lang), "1", nil)
			command.Commands = []*cli.Command{{Name: "walk", Usage: "walks about"}}
			command.Writer = &out
			if err := command.Run(t.Context(), args); err != nil {
				t.Fatal(err)
			}
			for _, heading := range headings {
				if isRoot := len(args) == 2; strings.Contains(out.String(), heading) != (isRoot || heading != headings[1]) {
					t.Errorf("%v: %q in\n%s", args, heading, &out)
				}
			}
			if !strings.Contains(out.String(), "walks about") {
				t.Errorf("%v: the command is not told:\n%s", args, &out)
			}
		}
	}
}

func TestReport(t *testing.T) {
	english := printers(t, text.English)
	tests := []struct {
		name string
		p    *text.Printer
		err  error
		code int
		says string
	}{
		{"nothing", english, nil, exitDone, ""},
		{"handed over", english, fmt.Errorf("start: %w", errHandedOver), exitDone, ""},
		{"a fault", english, fmt.Errorf("start: %w", folderFault("/data", os.ErrPermission)), exitFailure, "You may not write to the data folder /data."},
		{"usage", english, usageFault(errors.New("no such flag")), exitUsage, "no such flag"},
		{"foreign", english, errors.New("broken"), exitFailure, "my-account: broken"},
		{"without words", nil, usageFault(errors.New("broken")), exitFailure, "my-account: app.cli.wrong: broken"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			if code := report(&out, test.p, test.err); code != test.code {
				t.Errorf("exit code %d", code)
			}
			if !strings.Contains(out.String(), test.says) || test.says == "" && out.Len() > 0 {
				t.Errorf("says %q", &out)
			}
		})
	}
}

func TestSystemLanguage(t *testing.T) {
	tests := []struct {
		env  map[string]string
		want text.Lang
	}{
		{map[string]string{"LANG": "fr_CA.UTF-8"}, text.French},
		{map[string]string{"LANG": "fr_CA.UTF-8", "LC_ALL": "C"}, text.English},
		{map[string]string{"LANG": "C", "LC_MESSAGES": "fr"}, text.French},
		{map[string]string{"LANG": "de_DE"}, text.English},
	}
	for _, test := range tests {
		if got := systemLanguage(func(name string) string { return test.env[name] }); got != test.want {
			t.Errorf("%v: got %s", test.env, got)
		}
	}
}

func TestMetadata(t *testing.T) {
	meta, err := metadata("Portal")
	if err != nil {
		t.Fatal(err)
	}
	if meta.ID != "app.myaccount.desktop" || meta.Name != "Portal" || meta.Version == "" || meta.Build < 1 || !meta.Migrations["fyneDo"] {
		t.Errorf("got %+v", meta)
	}
}
