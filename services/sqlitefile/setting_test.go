package sqlitefile_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"myaccount/services/sqlitefile"
)

func TestReadSetting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	want := func(name, value string) {
		t.Helper()
		if got, err := sqlitefile.ReadSetting(t.Context(), path, name); err != nil || got != value {
			t.Errorf("%s: %q, %v; want %q", name, got, err, value)
		}
	}
	want("colour", "")
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("asking made the file")
	}
	file := open(t, path, quick)
	want("colour", "")
	must(t, file.Writer, "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT)")
	want("colour", "")
	must(t, file.Writer, "INSERT INTO setting VALUES ('colour', 'blue')")
	want("colour", "blue")
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	want("colour", "blue")
	if err := os.WriteFile(path, []byte("not a database, but long enough to be taken for one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlitefile.ReadSetting(t.Context(), path, "colour"); !errors.Is(err, sqlitefile.ErrDamaged) {
		t.Errorf("a file of something else: %v", err)
	}
}
