// Package disk writes files so that a crash or a power cut leaves the old
// content or the new, never a part of it.
package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// ErrFull says that the disk or the person's quota has no room left.
var ErrFull = errors.New("no room left on the disk")

// Temporary ends the name of a file that is being written, and of one that a
// crash left half-written.
const Temporary = ".tmp"

// Write replaces the file, or makes it, readable by its owner alone (mode 0600).
// It is durable when Write returns nil; else the old file is still there.
// Errors: ErrFull, and those of package os.
func Write(path string, data []byte) error {
	return Replace(path, func(file *os.File) error {
		_, err := file.Write(data)
		return err
	})
}

// Replace is Write for content that fill puts into a new, empty file.
func Replace(path string, fill func(*os.File) error) (err error) {
	defer func() { err = Classify(err) }()
	dir := filepath.Dir(path)
	file, err := os.CreateTemp(dir, filepath.Base(path)+".*"+Temporary) // mode 0600
	if err != nil {
		return err
	}
	err = fill(file)
	if err == nil {
		err = file.Sync()
	}
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return SyncDir(dir)
}

// SyncDir makes new names, renames and removals in a folder durable. Windows has
// no such call and needs none: its file system journals names.
func SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Classify wraps an error of package os with ErrFull when it means that.
func Classify(err error) error {
	if full(err) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}
