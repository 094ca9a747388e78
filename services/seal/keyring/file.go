package keyring

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// others are the permission bits of everybody but the owner.
const others = 0o077

// readPrivate reads a file that only its owner may read. Where others could, it
// takes that right away first and says so. Windows has no such bits: there the
// data folder lies in the person's profile.
func readPrivate(path string) (data []byte, tightened bool, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, false, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&others != 0 {
		if err := os.Chmod(path, 0o600); err != nil {
			return nil, false, err
		}
		tightened = true
	}
	data, err = os.ReadFile(path)
	return data, tightened, err
}

// writePrivate replaces a file whole, with mode 0600, and makes it durable.
func writePrivate(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	file, err := os.CreateTemp(dir, filepath.Base(path)+".*.tmp") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	_, err = file.Write(data)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err = os.Rename(file.Name(), path); err != nil || runtime.GOOS == "windows" {
		return err
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
