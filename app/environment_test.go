package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestOpenEnvironment(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	e, err := openEnvironment(t.Context(), config{Data: folder, Language: "fr"}, request{})
	if err != nil {
		t.Fatal(err)
	}
	if e.Folder != folder || e.Settings.Load().Language != "fr" {
		t.Errorf("got %+v", e)
	}
	if _, pending := e.Crashes.Pending(); pending {
		t.Error("a crash report at the first start")
	}
	e.Log.Warn("a line")
	if _, err := openEnvironment(t.Context(), config{Data: folder}, request{Link: "l"}); !errors.Is(err, errHandedOver) {
		t.Errorf("second start: %v", err)
	}
	if ask := <-e.Instance.Requests(); ask.Link != "l" {
		t.Errorf("asked %+v", ask)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "log", "my-account.log")); err != nil {
		t.Error(err)
	}
	again, err := openEnvironment(t.Context(), config{Data: folder}, request{})
	if err != nil {
		t.Fatalf("after the end: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

func TestOpenEnvironment_GivesBackWhatItTook(t *testing.T) {
	folder := t.TempDir()
	blocked := filepath.Join(folder, "crash")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := openEnvironment(t.Context(), config{Data: folder}, request{}); err == nil {
		t.Fatal("opened without a place for crash reports")
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	e, err := openEnvironment(t.Context(), config{Data: folder}, request{})
	if err != nil {
		t.Fatalf("the folder is still taken: %v", err)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}
