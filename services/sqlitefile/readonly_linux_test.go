package sqlitefile_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"myaccount/services/sqlitefile"
)

// unprivileged runs f on a thread whose file accesses are those of another
// person, because root may write everywhere. The thread ends with it.
func unprivileged(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // never unlocked: the runtime drops the thread
		if os.Geteuid() == 0 {
			if err := syscall.Setfsuid(65534); err != nil {
				t.Error(err)
				return
			}
		}
		f()
	}()
	<-done
}

// readOnly takes the write permission from a file or folder for the test.
func readOnly(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(path, 0o700) })
}

func TestReadOnly(t *testing.T) {
	t.Run("file", func(t *testing.T) {
		path := filled(t, 1)
		readOnly(t, path, 0o444)
		wantReadOnly(t, path)
	})
	t.Run("folder", func(t *testing.T) {
		path := filled(t, 1)
		readOnly(t, path, 0o444)
		readOnly(t, filepath.Dir(path), 0o555)
		wantReadOnly(t, path)
	})
	t.Run("folder of a writable file", func(t *testing.T) {
		path := filled(t, 1)
		readOnly(t, path, 0o666)
		readOnly(t, filepath.Dir(path), 0o555)
		wantReadOnly(t, path)
	})
	t.Run("new file", func(t *testing.T) {
		dir := t.TempDir()
		readOnly(t, dir, 0o555)
		wantReadOnly(t, filepath.Join(dir, "new.db"))
	})
}

func wantReadOnly(t *testing.T, path string) {
	t.Helper()
	unprivileged(t, func() {
		_, err := sqlitefile.Open(t.Context(), path, quick)
		if !errors.Is(err, sqlitefile.ErrReadOnly) {
			t.Errorf("error %v, want ErrReadOnly", err)
		}
	})
}
