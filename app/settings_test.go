package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"myaccount/ui/nav"
)

var defaults = nav.Settings{Appearance: "system", TextScale: 1}

// settingsOf opens the settings of a folder.
func settingsOf(t *testing.T, dir string, c config) *settingsFile {
	t.Helper()
	s, err := openSettings(dir, c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSettings_SurviveARestart(t *testing.T) {
	dir := t.TempDir()
	s := settingsOf(t, dir, config{})
	if got := s.Load(); got != defaults {
		t.Fatalf("at first %+v", got)
	}
	want := nav.Settings{Language: "fr", Appearance: "contrast", TextScale: 1.5}
	if err := s.Save(want); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveWindow(windowSize{1280, 800}); err != nil {
		t.Fatal(err)
	}
	again := settingsOf(t, dir, config{})
	if got := again.Load(); got != want {
		t.Errorf("settings %+v", got)
	}
	if got := again.Window(); got != (windowSize{1280, 800}) {
		t.Errorf("window %+v", got)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*")); len(names) != 1 {
		t.Errorf("left %v", names)
	}
}

func TestSettings_Damaged(t *testing.T) {
	for name, content := range map[string]string{
		"empty": "", "cut off": `{"language": "f`, "of another type": `{"language": 1}`, "a list": `[]`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "settings.json")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			s := settingsOf(t, dir, config{})
			if got := s.Load(); got != defaults {
				t.Errorf("got %+v", got)
			}
			if kept, err := os.ReadFile(path + ".damaged"); err != nil || string(kept) != content {
				t.Errorf("not set aside: %q, %v", kept, err)
			}
			if err := s.Save(nav.Settings{Language: "fr"}); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSettings_ValuesThatAreNoChoice(t *testing.T) {
	dir := t.TempDir()
	content := `{"language": "de", "appearance": "pink", "text_scale": 40}`
	if err := os.WriteFile(filepath.Join(dir, "settings.json"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := settingsOf(t, dir, config{}).Load(); got != defaults {
		t.Errorf("got %+v", got)
	}
}

func TestSettings_ConfigurationHolds(t *testing.T) {
	dir := t.TempDir()
	if err := settingsOf(t, dir, config{}).Save(nav.Settings{Language: "en", Appearance: "light", TextScale: 2}); err != nil {
		t.Fatal(err)
	}
	forced := settingsOf(t, dir, config{Language: "fr", Appearance: "dark", TextScale: 1.25})
	want := nav.Settings{Language: "fr", Appearance: "dark", TextScale: 1.25}
	if got := forced.Load(); got != want {
		t.Errorf("this run: %+v", got)
	}
	want.Appearance = "contrast"
	if err := forced.Save(want); err != nil {
		t.Fatal(err)
	}
	if got := forced.Load(); got != want {
		t.Errorf("this run, changed: %+v", got)
	}
	next := settingsOf(t, dir, config{}).Load()
	if want := (nav.Settings{Language: "en", Appearance: "contrast", TextScale: 2}); next != want {
		t.Errorf("the next run without a configuration: %+v", next)
	}
}

func TestSettings_FolderIsGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s := settingsOf(t, dir, config{})
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	err := s.Save(nav.Settings{Language: "fr", Appearance: "dark", TextScale: 1})
	if err == nil || !strings.HasPrefix(err.Error(), "app.folder.failed") {
		t.Errorf("got %v", err)
	}
	if s.Load().Language != "fr" {
		t.Error("the choice does not hold for this run")
	}
}
