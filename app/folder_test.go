package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"myaccount/services/program"
)

func TestDataFolder(t *testing.T) {
	tests := []struct {
		name string
		goos string
		env  map[string]string
		want string
	}{
		{"Linux", "linux", map[string]string{"HOME": "/home/a"}, "/home/a/.local/share/my-account"},
		{"Linux, chosen", "linux", map[string]string{"HOME": "/home/a", "XDG_DATA_HOME": "/data"}, "/data/my-account"},
		{"Linux, relative", "linux", map[string]string{"HOME": "/home/a", "XDG_DATA_HOME": "d"}, "/home/a/.local/share/my-account"},
		{"macOS", "darwin", map[string]string{"HOME": "/Users/a"}, "/Users/a/Library/Application Support/my-account"},
		{"Windows", "windows", map[string]string{"LocalAppData": "/Local"}, "/Local/my-account"},
		{"no home", "linux", nil, ""},
		{"Windows without", "windows", map[string]string{"HOME": "/home/a"}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := dataFolder(test.goos, func(name string) string { return test.env[name] })
			if got != filepath.FromSlash(test.want) || (err == nil) != (test.want != "") {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestMakeFolder_New(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := makeFolder(dir); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v", info.Mode())
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 0 {
		t.Errorf("left %v, %v", entries, err)
	}
}

func TestMakeFolder_IsAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	var f *program.Fault
	if err := makeFolder(path); !errors.As(err, &f) || f.Key != "app.folder.failed" || f.Vars["Folder"] != path {
		t.Fatalf("got %v", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "kept" {
		t.Errorf("the file changed: %q, %v", data, err)
	}
}

func TestFolderFault(t *testing.T) {
	tests := []struct {
		err  error
		want string
	}{
		{syscall.EROFS, "app.folder.readonly"},
		{syscall.ENOSPC, "app.folder.full"},
		{syscall.EACCES, "app.folder.denied"},
		{fs.ErrPermission, "app.folder.denied"},
		{syscall.ENOTDIR, "app.folder.failed"},
	}
	for _, test := range tests {
		var f *program.Fault
		err := folderFault("/data", fmt.Errorf("mkdir: %w", test.err))
		if !errors.As(err, &f) || f.Key != test.want || !errors.Is(err, test.err) {
			t.Errorf("%v: got %v", test.err, err)
		}
	}
}
