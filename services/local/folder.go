package local

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"myaccount/services"
	"myaccount/services/sqlitefile"
	"myaccount/services/store/sqlite"
)

// Storage says where the data lies and how it is sealed.
func (p *Portal) Storage(context.Context) (services.StorageInfo, error) {
	kind, path := p.options.Keys.Place()
	info := services.StorageInfo{Folder: p.options.Folder, KeyPlace: kind, KeyFile: path}
	err := filepath.WalkDir(p.options.Folder, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			if file, err := entry.Info(); err == nil {
				info.Bytes += file.Size()
			}
		}
		return nil // a file that went away meanwhile does not count
	})
	return info, err
}

// DeleteEverything closes the portal and removes the database, its backups, what was set aside as damaged, and the
// attachments. The folder itself may hold other things (it can be any folder), so it stays.
func (p *Portal) DeleteEverything(context.Context) error {
	err := p.Close()
	path := Database(p.options.Folder)
	for _, ending := range []string{"", "-wal", "-shm", "-journal"} {
		err = errors.Join(err, ignoreMissing(os.Remove(path+ending)))
	}
	for _, folder := range []string{blobFolder, sqlite.BackupFolder} {
		err = errors.Join(err, os.RemoveAll(filepath.Join(p.options.Folder, folder)))
	}
	return errors.Join(err, sqlitefile.RemoveSetAside(path))
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
