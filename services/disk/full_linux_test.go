package disk

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestReplace_Full writes to /dev/full, the kernel's own full disk.
func TestReplace_Full(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := Write(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	err := Replace(path, func(*os.File) error {
		return os.WriteFile("/dev/full", []byte("new"), 0o600)
	})
	if !errors.Is(err, ErrFull) || !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("error %v, want ErrFull with its cause", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "old" {
		t.Errorf("content %q, want the old one", got)
	}
	names(t, filepath.Dir(path), "file")
}

func TestClassify(t *testing.T) {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT, &os.PathError{Op: "write", Err: syscall.ENOSPC}} {
		if !errors.Is(Classify(full), ErrFull) {
			t.Errorf("%v is not ErrFull", full)
		}
	}
	if err := Classify(syscall.EIO); errors.Is(err, ErrFull) || !errors.Is(err, syscall.EIO) {
		t.Errorf("EIO became %v", err)
	}
	if Classify(nil) != nil {
		t.Error("nil became an error")
	}
}
