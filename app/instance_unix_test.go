//go:build unix

package main

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"
)

func TestInstance_PrivateSocket(t *testing.T) {
	folder := t.TempDir()
	i := claim(t, folder)
	info, err := os.Lstat(socketPath(folder))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := i.Close(); err != nil {
		t.Error(err)
	}
}

func TestSend_RefusesAnotherPersonsSocket(t *testing.T) {
	if os.Getuid() != 0 {
		t.Log("giving a file to somebody else needs root: only the folder above is looked at")
		if isOwn("/") {
			t.Error("/ is taken for one's own")
		}
		return
	}
	dir := t.TempDir()
	socket := filepath.Join(dir, "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	for _, path := range []string{socket, dir} {
		if err := os.Lchown(path, 65534, 65534); err != nil {
			t.Fatal(err)
		}
		if err := send(t.Context(), socket, []byte("{}")); !errors.Is(err, os.ErrPermission) {
			t.Errorf("%s of somebody else: got %v", path, err)
		}
		if err := os.Lchown(path, os.Getuid(), os.Getgid()); err != nil {
			t.Fatal(err)
		}
	}
}
