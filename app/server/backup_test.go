package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"myaccount/services/blob"
)

func TestBackup_Restore(t *testing.T) {
	t.Parallel()
	data, to := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	does(t, "sample", "--data", data)
	s := serves(t, nil, "--http", "--data", data) // a backup does not wait for its end
	does(t, "backup", to, "--data", data)
	before := does(t, "mail", "list", "--data", data)
	s.stop()
	fails := func(says string, args ...string) {
		t.Helper()
		if _, errOut, code := runs(t, nil, args...); code != exitFailure || !strings.Contains(errOut, says) {
			t.Errorf("%v: exit code %d: %s", args, code, errOut)
		}
	}
	fails("is not an empty folder", "backup", to, "--data", data)
	fails("There is a database in", "restore", to, "--data", data)
	fails("is not a whole backup", "restore", t.TempDir(), "--data", t.TempDir())
	fails("is not there", "restore", to, "--data", t.TempDir())
	other := t.TempDir()
	does(t, "migrate", "--data", other)
	fails("the key of another database", "restore", to, "--data", t.TempDir(), "--keyset", filepath.Join(other, keysetFile))
	key, again := filepath.Join(data, keysetFile), t.TempDir()
	does(t, "restore", to, "--data", again, "--keyset", key)
	if after := does(t, "mail", "list", "--data", again, "--keyset", key); after != before || before == "" {
		t.Errorf("before %q, after %q", before, after)
	}
	// Of a database that was moved away after its program had died a log is left, which SQLite would take for the new one's.
	for _, suffix := range []string{"-wal", "-journal"} {
		left := t.TempDir()
		must(t, os.WriteFile(filepath.Join(left, databaseFile+suffix), []byte("of another database"), 0o600))
		fails("There is a database in", "restore", to, "--data", left, "--keyset", key)
	}
	must(t, os.WriteFile(filepath.Join(to, databaseFile), bytes.Repeat([]byte("damaged"), 1000), 0o600))
	fails("is damaged, or was changed", "restore", to, "--data", t.TempDir(), "--keyset", key)
}

func TestCopyBlobs(t *testing.T) {
	from, err := blob.Open(t.TempDir())
	must(t, err)
	to, err := blob.Open(t.TempDir())
	must(t, err)
	must(t, from.Put(t.Context(), "aaaa", []byte("one")))
	for want := 1; want <= 2; want++ {
		count, err := copyBlobs(t.Context(), to, from)
		if err != nil || count != want {
			t.Fatalf("copied %d, %v", count, err)
		}
		must(t, from.Put(t.Context(), "bbbb", []byte("two")))
	}
	for key, want := range map[string]string{"aaaa": "one", "bbbb": "two"} {
		if got, err := to.Get(t.Context(), key); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", key, got, err)
		}
	}
}
