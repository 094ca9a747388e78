package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"myaccount/services/disk"
	"myaccount/ui/nav"
)

// windowSize is the size of the window in Fyne's units; zero when it was never kept.
type windowSize struct {
	Width  float32 `json:"width"`
	Height float32 `json:"height"`
}

// keptSettings is the content of the settings file.
type keptSettings struct {
	nav.Settings
	Window windowSize `json:"window"`
}

// settingsFile keeps what the person chose for this machine in a small file, written whole or not at all. It is safe
// for concurrent use.
type settingsFile struct {
	path string
	log  *slog.Logger

	mu     sync.Mutex
	kept   keptSettings // in the file
	now    nav.Settings // of this run
	forced nav.Settings // what the configuration decides for this run; zero values decide nothing
}

var _ nav.SettingsStore = (*settingsFile)(nil)

// openSettings reads the settings of a data folder. A damaged file is set aside beside it and the defaults hold. What
// the configuration decides holds for this run over what was kept, and does not replace it.
func openSettings(dir string, c config, log *slog.Logger) (*settingsFile, error) {
	s := &settingsFile{
		path: filepath.Join(dir, "settings.json"), log: log,
		forced: nav.Settings{Language: c.Language, Appearance: c.Appearance, TextScale: c.TextScale},
	}
	if err := s.read(); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	s.now = nav.Settings{
		Language:   cmp.Or(s.forced.Language, s.kept.Language),
		Appearance: cmp.Or(s.forced.Appearance, s.kept.Appearance),
		TextScale:  cmp.Or(s.forced.TextScale, s.kept.TextScale),
	}
	return s, nil
}

// Load gives the settings of this run.
func (s *settingsFile) Load() nav.Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// Save keeps what the person chose. A value that the configuration decided and the person left alone is not kept.
func (s *settingsFile) Save(chosen nav.Settings) error {
	return s.change(func() {
		s.now = sane(chosen)
		if s.now.Language != s.forced.Language {
			s.kept.Language = s.now.Language
		}
		if s.now.Appearance != s.forced.Appearance {
			s.kept.Appearance = s.now.Appearance
		}
		if s.now.TextScale != s.forced.TextScale {
			s.kept.TextScale = s.now.TextScale
		}
	})
}

// Window gives the size that the window had.
func (s *settingsFile) Window() windowSize {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.Window
}

// SaveWindow keeps the size of the window.
func (s *settingsFile) SaveWindow(size windowSize) error {
	return s.change(func() { s.kept.Window = size })
}

// change writes what edit makes of the settings. They hold for this run even when the file cannot be written.
func (s *settingsFile) change(edit func()) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	edit()
	data, err := json.MarshalIndent(s.kept, "", "  ")
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	if err := disk.Write(s.path, append(data, '\n')); err != nil {
		return folderFault(filepath.Dir(s.path), err)
	}
	return nil
}

// read fills in what the file holds, or the defaults.
func (s *settingsFile) read() error {
	s.kept = keptSettings{Settings: sane(nav.Settings{})}
	data, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var kept keptSettings
	if err := json.Unmarshal(data, &kept); err != nil {
		s.log.Warn("settings are damaged: set aside", "err", err)
		return os.Rename(s.path, s.path+".damaged")
	}
	kept.Settings = sane(kept.Settings)
	s.kept = kept
	return nil
}

// sane puts the default in place of every value that is not a choice there is.
func sane(s nav.Settings) nav.Settings {
	if !slices.Contains(languages, s.Language) {
		s.Language = ""
	}
	if !slices.Contains(appearances, s.Appearance) {
		s.Appearance = "system"
	}
	if !isTextScale(s.TextScale) {
		s.TextScale = 1
	}
	return s
}
