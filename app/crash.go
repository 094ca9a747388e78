package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"
)

const (
	// keptReports is how many crash reports stay.
	keptReports = 5
	// maxReport is how much of a report is shown, in bytes; the first goroutine, which crashed, comes first.
	maxReport = 64 << 10
)

// crashReport is what a copy of the program that crashed left behind: Go's message and the stacks. Stacks name
// functions and lines and give arguments as addresses and numbers, never the text of a string.
type crashReport struct {
	Path string
	At   time.Time
	Text string
}

// crashes keeps the crash reports of a data folder. It is used by the one running copy only.
type crashes struct {
	file    *os.File // takes the report, should this run crash
	pending *crashReport
}

// watchCrashes sends the report of a crash, in whatever goroutine, to a file in dir, and reads what the last run left.
func watchCrashes(dir string, now time.Time) (*crashes, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("crash reports: %w", err)
	}
	pending, err := leftReport(dir)
	if err != nil {
		return nil, fmt.Errorf("crash reports: %w", err)
	}
	name := filepath.Join(dir, now.UTC().Format("20060102T150405.000000000")+".txt")
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("crash reports: %w", err)
	}
	if err := debug.SetCrashOutput(file, debug.CrashOptions{}); err != nil {
		return nil, errors.Join(fmt.Errorf("crash reports: %w", err), file.Close())
	}
	return &crashes{file: file, pending: pending}, nil
}

// leftReport removes what killed runs (empty) and long past ones left, and reads the latest report; nil when there is
// none.
func leftReport(dir string) (*crashReport, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	var reports []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err == nil && info.Size() > 0 {
			reports = append(reports, path)
		} else if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	slices.Sort(reports)
	for len(reports) > keptReports {
		if err := os.Remove(reports[0]); err != nil {
			return nil, err
		}
		reports = reports[1:]
	}
	if len(reports) == 0 {
		return nil, nil
	}
	return readReport(reports[len(reports)-1])
}

// readReport reads one report.
func readReport(path string) (*crashReport, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, maxReport))
	if err != nil {
		return nil, err
	}
	return &crashReport{Path: path, At: info.ModTime(), Text: string(data)}, nil
}

// Pending gives the report of an earlier crash until it is dismissed.
func (c *crashes) Pending() (crashReport, bool) {
	if c.pending == nil {
		return crashReport{}, false
	}
	return *c.pending, true
}

// Dismiss removes the pending report. Without one it does nothing.
func (c *crashes) Dismiss() error {
	if c.pending == nil {
		return nil
	}
	path := c.pending.Path
	c.pending = nil
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("crash reports: %w", err)
	}
	return nil
}

// Close ends the watch at a clean end of the program and removes its empty file.
func (c *crashes) Close() error {
	if err := debug.SetCrashOutput(nil, debug.CrashOptions{}); err != nil {
		return fmt.Errorf("crash reports: %w", err)
	}
	if err := errors.Join(c.file.Close(), os.Remove(c.file.Name())); err != nil {
		return fmt.Errorf("crash reports: %w", err)
	}
	return nil
}
