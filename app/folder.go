package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"myaccount/services/disk"
	"myaccount/services/program"
	"myaccount/services/text"
)

// dataFolder is where a system keeps a program's data: $XDG_DATA_HOME/my-account, %LocalAppData%\my-account,
// ~/Library/Application Support/my-account.
func dataFolder(goos string, getenv func(string) string) (string, error) {
	var base string
	home := getenv("HOME")
	switch {
	case goos == "windows":
		base = getenv("LocalAppData")
	case goos == "darwin" && home != "":
		base = filepath.Join(home, "Library", "Application Support")
	case filepath.IsAbs(getenv("XDG_DATA_HOME")): // the standard says to ignore a relative one
		base = getenv("XDG_DATA_HOME")
	case home != "":
		base = filepath.Join(home, ".local", "share")
	}
	if base == "" {
		return "", &program.Fault{Key: "app.folder.unknown"}
	}
	return filepath.Join(base, configFolder), nil
}

// makeFolder makes a folder for this person alone and proves that it can be written to. It fails with a *program.Fault that
// names the folder and what is wrong with it. The rights of a folder that is already there are left as they are.
func makeFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return folderFault(dir, err)
	}
	probe, err := os.CreateTemp(dir, ".probe-*")
	if err != nil {
		return folderFault(dir, err)
	}
	_, err = probe.WriteString("probe") // an empty file may fit on a full disk
	if err := errors.Join(err, probe.Close(), os.Remove(probe.Name())); err != nil {
		return folderFault(dir, err)
	}
	return nil
}

// folderFault says what is wrong with a folder.
func folderFault(dir string, err error) error {
	key := "app.folder.failed"
	switch {
	case errors.Is(err, syscall.EROFS):
		key = "app.folder.readonly"
	case errors.Is(disk.Classify(err), disk.ErrFull):
		key = "app.folder.full"
	case errors.Is(err, fs.ErrPermission):
		key = "app.folder.denied"
	}
	return &program.Fault{Key: key, Vars: text.Vars{"Folder": dir}, Err: fmt.Errorf("data folder: %w", err)}
}
