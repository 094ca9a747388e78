package ui

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"myaccount/services/printing"
	"myaccount/ui/nav"
)

// Opener shows a file with the system's program for it.
type Opener func(*url.URL) error

// Folder is a private folder for files that are shown; it is made when it is needed and removed at the end.
type Folder struct {
	mu   sync.Mutex
	path string
}

// Remove empties and removes the folder.
func (f *Folder) Remove() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.path == "" {
		return nil
	}
	return os.RemoveAll(f.path)
}

// add writes a file that the user alone can read, in a folder of its own so that its name stays as it was.
func (f *Folder) add(name string, data []byte) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.path == "" {
		path, err := os.MkdirTemp("", "my-account-*")
		if err != nil {
			return "", err
		}
		f.path = path
	}
	own, err := os.MkdirTemp(f.path, "file-*")
	if err != nil {
		return "", err
	}
	path := filepath.Join(own, filepath.Base(name))
	return path, os.WriteFile(path, data, 0o600)
}

// files chooses files with Fyne's dialogs.
type files struct {
	window fyne.Window
	open   Opener
	shown  *Folder
}

// NewFiles makes what lets the person choose files in a window. shown is shared by all windows.
func NewFiles(window fyne.Window, open Opener, shown *Folder) nav.Files {
	return &files{window: window, open: open, shown: shown}
}

// dialogShare is the part of the window that a file dialog takes.
const dialogShare = 0.8

// Open asks for a file to read. Fyne's dialog takes one at a time.
func (f *files) Open(_ string, endings []string, done func(paths []string)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil || r == nil {
			done(nil)
			return
		}
		path := r.URI().Path()
		if r.Close() != nil {
			path = ""
		}
		done([]string{path})
	}, f.window)
	if len(endings) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(withDots(endings)))
	}
	f.ask(d)
}

// Save asks where to put a file, and writes it.
func (f *files) Save(_, name string, data []byte, done func(path string, err error)) {
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err != nil || w == nil {
			done("", err)
			return
		}
		done(w.URI().Path(), put(w, data))
	}, f.window)
	d.SetFileName(name)
	f.ask(d)
}

// put writes a file. One that could not be written whole is removed: half a file looks like one.
func put(w fyne.URIWriteCloser, data []byte) error {
	_, err := w.Write(data)
	if err = errors.Join(err, w.Close()); err != nil {
		return errors.Join(err, storage.Delete(w.URI()))
	}
	return nil
}

// ask shows a dialog over most of the window. Fyne's cannot be sized before it shows, and knows nothing of Escape.
func (f *files) ask(d *dialog.FileDialog) {
	canvas := f.window.Canvas()
	before := canvas.OnTypedKey()
	canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			d.Dismiss()
		}
	})
	d.SetOnClosed(func() { canvas.SetOnTypedKey(before) })
	d.Show()
	size := canvas.Size()
	d.Resize(fyne.NewSize(size.Width*dialogShare, size.Height*dialogShare))
}

// Show opens a copy of the data with the system's program for its kind.
func (f *files) Show(name string, data []byte) error {
	path, err := f.shown.add(name, data)
	if err != nil {
		return fmt.Errorf("show a file: %w", err)
	}
	return f.open(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)})
}

// printer is the ability of nav.Files to print.
type printer interface {
	// Print hands a copy of the data to the system's printers. It may be called on any goroutine. Fails with
	// printing.ErrNoPrinter.
	Print(ctx context.Context, name string, data []byte) error
}

// Print is part of printer. The copy stays until the end: a program that prints may take its time.
func (f *files) Print(ctx context.Context, name string, data []byte) error {
	path, err := f.shown.add(name, data)
	if err != nil {
		return fmt.Errorf("print a file: %w", err)
	}
	return printing.Print(ctx, path)
}

func withDots(endings []string) []string {
	dotted := make([]string, 0, 2*len(endings))
	for _, e := range endings {
		dotted = append(dotted, "."+e, "."+strings.ToUpper(e))
	}
	return dotted
}
