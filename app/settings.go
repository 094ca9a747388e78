package main

import (
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

	mu   sync.Mutex
	kept keptSettings
}

var _ nav.SettingsStore = (*settingsFile)(nil)

// openSettings reads the settings of a data folder. A damaged file is set aside beside it and the defaults hold. What
// the configuration decides holds over what was kept.
func openSettings(dir string, c config, log *slog.Logger) (*settingsFile, error) {
	s := &settingsFile{path: filepath.Join(dir, "settings.json"), log: log}
	if err := s.read(); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	if c.Language != "" {
		s.kept.Language = c.Language
	}
	if c.Appearance != "" {
		s.kept.Appearance = c.Appearance
	}
	if c.TextScale != 0 {
		s.kept.TextScale = c.TextScale
	}
	return s, nil
}

// Load gives the settings.
func (s *settingsFile) Load() nav.Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.Settings
}

// Save keeps the settings.
func (s *settingsFile) Save(settings nav.Settings) error {
	return s.change(func(kept *keptSettings) { kept.Settings = settings })
}

// Window gives the size that the window had.
func (s *settingsFile) Window() windowSize {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.Window
}

// SaveWindow keeps the size of the window.
func (s *settingsFile) SaveWindow(size windowSize) error {
	return s.change(func(kept *keptSettings) { kept.Window = size })
}

// change writes what edit makes of the settings. The settings hold for this run even when the file cannot be written.
func (s *settingsFile) change(edit func(*keptSettings)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	edit(&s.kept)
	s.kept.Settings = sane(s.kept.Settings)
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
