package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// playCrasher watches a folder and crashes in a goroutine.
func playCrasher(folder string) {
	if _, err := watchCrashes(folder, time.Now()); err != nil {
		fmt.Println(err)
		os.Exit(exitDone)
	}
	go crashNow()
	select {}
}

// crashNow is the function that the report must name.
func crashNow() { panic("test of a crash") }

// watch opens the crash reports of a folder and closes them with the test.
func watch(t *testing.T, dir string) *crashes {
	t.Helper()
	c, err := watchCrashes(dir, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// files lists what lies in a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func TestCrashes_CleanEndLeavesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "crash")
	c := watch(t, dir)
	if len(files(t, dir)) != 1 {
		t.Errorf("files %v", files(t, dir))
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if len(files(t, dir)) != 0 {
		t.Errorf("left %v", files(t, dir))
	}
}

func TestCrashes_NextStartOffersTheReport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "crash")
	if err := copyOf(t, "crash", dir).Run(); err == nil {
		t.Fatal("the other copy did not crash")
	}
	c := watch(t, dir)
	report, pending := c.Pending()
	if !pending || !strings.Contains(report.Text, "panic: test of a crash") || !strings.Contains(report.Text, "crashNow") {
		t.Fatalf("report %q", report.Text)
	}
	if age := time.Since(report.At); age < 0 || age > time.Minute {
		t.Errorf("dated %v ago", age)
	}
	if err := c.Close(); err != nil { // not looked at: offered again
		t.Fatal(err)
	}
	c = watch(t, dir)
	if err := c.Dismiss(); err != nil {
		t.Fatal(err)
	}
	if _, pending := c.Pending(); pending {
		t.Error("still pending")
	}
	if err := c.Dismiss(); err != nil {
		t.Errorf("dismissed twice: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if len(files(t, dir)) != 0 {
		t.Errorf("left %v", files(t, dir))
	}
}

func TestCrashes_TidiesUp(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("19990101T000000.txt", "") // of a killed run
	for day := range keptReports + 3 {
		write(fmt.Sprintf("2000010%dT000000.txt", day+1), fmt.Sprint("day ", day+1))
	}
	write("20000109T000000.txt", strings.Repeat("x", maxReport+1))
	c := watch(t, dir)
	report, _ := c.Pending()
	if filepath.Base(report.Path) != "20000109T000000.txt" || len(report.Text) != maxReport {
		t.Errorf("pending %s with %d bytes", report.Path, len(report.Text))
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if left := files(t, dir); len(left) != keptReports || filepath.Base(left[0]) != "20000105T000000.txt" {
		t.Errorf("left %v", left)
	}
}
