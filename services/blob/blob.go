// Package blob keeps attachments and documents as files in one folder. A value
// is there whole or not at all: it is written to a temporary file, synced,
// renamed, and the folder is synced. The bytes are whatever the caller gives;
// core seals them first.
package blob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"myaccount/services/disk"
)

// ErrNotFound says that no value is kept under the key.
var ErrNotFound = errors.New("blob: not found")

// ErrKey says that a key is not one this package accepts: 4 to 128 lower-case
// letters, digits and hyphens (a UUID, a hash in hex), so that it is a plain
// file name on every system.
var ErrKey = errors.New("blob: not a key")

// ErrFull says that the disk or the person's quota has no room left.
var ErrFull = disk.ErrFull

// prefix is how many characters of a key name its sub-folder: the last ones,
// because time-ordered ids (UUIDv7) share their first.
const prefix = 2

var validKey = regexp.MustCompile(`^[a-z0-9-]{4,128}$`)

// Folder is a folder of values. It may be used by several goroutines at once,
// and by several processes when each opens it with Share.
type Folder struct{ dir string }

// Open uses dir, made with mode 0700 when it does not exist, and removes what an
// earlier process left half-written. No other process may use the folder.
func Open(dir string) (*Folder, error) { return open(dir, 0) }

// staleFor is how old what is half-written must be to be an earlier process's:
// no value takes as long to write.
const staleFor = time.Hour

// Share is Open for a folder that other processes may be writing to.
func Share(dir string) (*Folder, error) { return open(dir, staleFor) }

// open removes what was left half-written and not touched for a time.
func open(dir string, untouched time.Duration) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("blob: open: %w", disk.Classify(err))
	}
	f := &Folder{dir: dir}
	err := f.walk(func(path string, entry fs.DirEntry) error {
		if filepath.Ext(path) != disk.Temporary {
			return nil
		}
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) < untouched {
			return nil
		}
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil // somebody else was quicker
	})
	if err != nil {
		return nil, fmt.Errorf("blob: open: %w", err)
	}
	return f, nil
}

// Put keeps data under key and replaces what was there. When it returns nil, the
// value survives a power cut. Errors: ErrKey, ErrFull, that of ctx.
func (f *Folder) Put(ctx context.Context, key string, data []byte) error {
	path, err := f.path(key)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := f.makeDir(filepath.Dir(path)); err != nil {
		return fmt.Errorf("blob: put: %w", err)
	}
	if err := disk.Write(path, data); err != nil {
		return fmt.Errorf("blob: put: %w", err)
	}
	return nil
}

// makeDir makes a sub-folder and makes its name durable.
func (f *Folder) makeDir(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return disk.Classify(err)
	}
	return disk.SyncDir(f.dir)
}

// Get returns what is kept under key. Errors: ErrKey, ErrNotFound, that of ctx.
func (f *Folder) Get(ctx context.Context, key string) ([]byte, error) {
	path, err := f.path(key)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("blob: get: %w", err)
	}
	return data, nil
}

// Delete forgets key. A key that is not there is no error: deleting again after
// a crash must work. Errors: ErrKey, that of ctx.
func (f *Folder) Delete(ctx context.Context, key string) error {
	path, err := f.path(key)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err = os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = disk.SyncDir(filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("blob: delete: %w", err)
	}
	return nil
}

// List calls each for every key with the time it was put (UTC), in no order,
// until each returns an error or ctx ends: to find values without a row. Values
// put meanwhile may or may not be listed.
func (f *Folder) List(ctx context.Context, each func(key string, modTime time.Time) error) error {
	return f.walk(func(path string, entry fs.DirEntry) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !validKey.MatchString(entry.Name()) {
			return nil // a stranger's file, or one being written
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // deleted meanwhile
		}
		if err != nil {
			return fmt.Errorf("blob: list: %w", err)
		}
		return each(entry.Name(), info.ModTime().UTC())
	})
}

// walk calls visit for every plain file in the folder and its sub-folders.
func (f *Folder) walk(visit func(path string, entry fs.DirEntry) error) error {
	return filepath.WalkDir(f.dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // deleted meanwhile
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		return visit(path, entry)
	})
}

// path returns the file of a key.
func (f *Folder) path(key string) (string, error) {
	if !validKey.MatchString(key) {
		return "", ErrKey // without the key: it may be anything
	}
	return filepath.Join(f.dir, key[len(key)-prefix:], key), nil
}
