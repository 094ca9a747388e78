package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOpenLog(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "log")
	log, file, err := openLog(dir, "warn")
	if err != nil {
		t.Fatal(err)
	}
	log.Info("quiet")
	log.Warn("loud", "email", "PRIVATE")
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "my-account.log"))
	if err != nil || strings.Contains(string(data), "quiet") || !strings.Contains(string(data), `"loud"`) {
		t.Errorf("got %s, %v", data, err)
	}
	if strings.Contains(string(data), "PRIVATE") {
		t.Error("the log has what is private")
	}
}
