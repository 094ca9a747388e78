package blob

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// write puts data at path in steps that leave the old value, or the new one, or
// (at worst) a temporary file that Open removes.
func (f *Folder) write(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	if err := f.makeDir(dir); err != nil {
		return err
	}
	if err := f.before("create"); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, "*"+temporary)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // else the next Open does it
		}
	}()
	if err := f.fill(file, data); err != nil {
		_ = file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	if err := f.before("rename"); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// fill writes and syncs a new file.
func (f *Folder) fill(file *os.File, data []byte) error {
	if err := f.before("write"); err != nil {
		return err
	}
	if _, err := file.Write(data); err != nil {
		return err
	}
	if err := f.before("sync"); err != nil {
		return err
	}
	return file.Sync()
}

// makeDir makes a sub-folder and makes its name durable.
func (f *Folder) makeDir(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return syncDir(f.dir)
}

// before is where a test makes a step fail.
func (f *Folder) before(step string) error {
	if f.step == nil {
		return nil
	}
	return f.step(step)
}

// syncDir makes renames and removals in a folder durable. Windows has no such
// call and needs none: its file system journals names.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// classify gives the errors that a caller can act on their type.
func classify(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrNotFound
	case isFull(err):
		return fmt.Errorf("%w: %w", ErrFull, err)
	default:
		return err
	}
}
