package ui

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
)

// fullDisk takes some bytes, and no more.
type fullDisk struct {
	*os.File
	room int
}

func (d fullDisk) URI() fyne.URI { return storage.NewFileURI(d.Name()) }

func (d fullDisk) Write(data []byte) (int, error) {
	if len(data) <= d.room {
		return d.File.Write(data)
	}
	n, err := d.File.Write(data[:d.room])
	return n, errors.Join(errors.New("no space left"), err)
}

// Of a file that does not fit nothing is left, and that is an error.
func TestPut(t *testing.T) {
	for room, whole := range map[int]bool{3: false, 10: true} {
		path := filepath.Join(t.TempDir(), "payments.csv")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		err = put(fullDisk{file, room}, []byte("0123456789"))
		data, missing := os.ReadFile(path)
		if (err == nil) != whole || (missing == nil) != whole || whole && string(data) != "0123456789" {
			t.Errorf("room for %d: %v; left is %q, %v", room, err, data, missing)
		}
	}
}
