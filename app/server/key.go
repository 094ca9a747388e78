package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/google/uuid"

	"myaccount/services/disk"
	"myaccount/services/program"
	"myaccount/services/seal"
	"myaccount/services/text"
)

// keysetFile is the key file's name in the data folder.
const keysetFile = "sealing.key"

// everybody are the permission bits of those who neither own a file nor are of its group.
const everybody = 0o007

// keysetPath is where the key lies.
func (c *config) keysetPath() string {
	if c.Keyset != "" {
		return c.Keyset
	}
	return filepath.Join(c.Data, keysetFile)
}

// loadKey reads the key with the id that the database names. Only when the database names none, because nothing was
// sealed yet, a key that is missing is made. Faults name the file.
func loadKey(path, want string) (seal.Key, error) {
	key, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) && want == "" {
		if err = makeKey(path); err == nil {
			key, err = readKey(path)
		}
	}
	var fault *program.Fault
	switch {
	case errors.As(err, &fault):
		return seal.Key{}, fault
	case errors.Is(err, fs.ErrNotExist):
		return seal.Key{}, keyFault("server.key.missing", path, err)
	case err != nil:
		return seal.Key{}, keyFault("server.key.unreadable", path, err)
	case want != "" && key.ID() != want:
		return seal.Key{}, keyFault("server.key.other", path, nil)
	}
	return key, nil
}

// readKey reads a key file that not everybody can read.
func readKey(path string) (seal.Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return seal.Key{}, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&everybody != 0 {
		return seal.Key{}, keyFault("server.key.open", path, nil)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return seal.Key{}, err
	}
	return seal.ParseKey(data)
}

// makeKey makes a key file (mode 0600) where there is none: of several who try at once, one does.
func makeKey(path string) error {
	key, err := seal.NewKey()
	if err != nil {
		return err
	}
	draft := path + "." + uuid.NewString()
	if err := disk.Write(draft, key.Marshal()); err != nil {
		return err
	}
	err = os.Link(draft, path) // fails when the file is there
	if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	return errors.Join(err, os.Remove(draft), disk.SyncDir(filepath.Dir(path)))
}

// replaceKey writes another key into a key file, which keeps its owner and mode. Cut off, it leaves the one or the other.
func replaceKey(path string, key seal.Key) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	before, err := os.Stat(path)
	if err != nil {
		return err
	}
	return disk.Replace(path, func(file *os.File) error {
		_, err := file.Write(key.Marshal())
		return errors.Join(err, file.Chmod(before.Mode().Perm()), keepOwner(file, before))
	})
}

// keepKey copies a key file beside it, and names the copy by the date.
func keepKey(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	kept := path + "." + now().Format("20060102-150405")
	if _, err := os.Lstat(kept); !errors.Is(err, fs.ErrNotExist) {
		return "", errors.Join(&fs.PathError{Op: "copy", Path: kept, Err: fs.ErrExist}, err)
	}
	return kept, disk.Write(kept, data)
}

func keyFault(key, path string, err error) *program.Fault {
	return &program.Fault{Key: key, Vars: text.Vars{"File": path}, Err: err}
}
