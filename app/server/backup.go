package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v3"

	"myaccount/services/blob"
	"myaccount/services/core"
	"myaccount/services/disk"
	"myaccount/services/program"
	"myaccount/services/sqlitefile"
	"myaccount/services/text"
)

// backupNote is the file of a backup that is written last: a folder without it is no whole backup.
const backupNote = "backup.json"

// note says what a backup is.
type note struct {
	Made time.Time `json:"made"`
	Key  string    `json:"key"` // id of the key that it is sealed with; the key itself is not in the backup
}

// backup copies the database and the attachments into a new folder, while the server goes on. The key is kept elsewhere:
// whoever finds a backup with its key can read everything.
func (o *operator) backup(ctx context.Context, c config, cmd *cli.Command) error {
	if !c.onSQLite() {
		return &program.Fault{Key: "server.backup.postgres"}
	}
	to := cmd.Args().First()
	if entries, err := os.ReadDir(to); len(entries) > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &program.Fault{Key: "server.backup.taken", Vars: text.Vars{"Folder": to}, Err: err}
	}
	return o.with(ctx, c, func(b *backend) error {
		copies, err := blob.Open(filepath.Join(to, blobFolder))
		if err != nil {
			return err
		}
		// Files are written before their row and removed after it. With those that are there before and after the
		// database is copied, every row has its file, but for one that was removed at this very moment.
		_, err = copyBlobs(ctx, copies, b.Blobs)
		if err != nil {
			return err
		}
		file := b.data.(sqliteDatabase).File
		if err := file.Backup(ctx, filepath.Join(to, databaseFile)); err != nil {
			return err
		}
		count, err := copyBlobs(ctx, copies, b.Blobs)
		if err != nil {
			return err
		}
		data, err := json.MarshalIndent(note{Made: b.Clock.Now(), Key: b.box.KeyID()}, "", "  ")
		if err != nil {
			return err
		}
		if err := disk.Write(filepath.Join(to, backupNote), append(data, '\n')); err != nil {
			return err
		}
		o.say("server.backup.done", text.Vars{
			"Folder": to, "Files": o.printer.Number(int64(count)), "Key": c.keysetPath(),
		})
		return nil
	})
}

// copyBlobs copies what is not there yet, and counts what is there then. What is removed meanwhile is left out.
func copyBlobs(ctx context.Context, to *blob.Folder, from core.Blobs) (count int, err error) {
	err = from.List(ctx, func(key string, _ time.Time) error {
		_, err := to.Get(ctx, key)
		if errors.Is(err, blob.ErrNotFound) {
			var data []byte
			if data, err = from.Get(ctx, key); errors.Is(err, blob.ErrNotFound) {
				return nil
			}
			if err == nil {
				err = to.Put(ctx, key, data)
			}
		}
		if err == nil {
			count++
		}
		return err
	})
	return count, err
}

// restore puts a backup where no database is yet. Cut off, it can be run again: the database comes last.
func (o *operator) restore(ctx context.Context, c config, cmd *cli.Command) error {
	if !c.onSQLite() {
		return &program.Fault{Key: "server.backup.postgres"}
	}
	from := cmd.Args().First()
	unlock, err := c.alone()
	if err != nil {
		return err
	}
	defer unlock()
	// Also a log that a database has left behind counts as one: SQLite would take it for that of the new one.
	for _, suffix := range []string{"", "-wal", "-journal"} {
		if _, err := os.Lstat(c.databasePath() + suffix); !errors.Is(err, fs.ErrNotExist) {
			named := text.Vars{"Folder": c.Data, "File": databaseFile + suffix}
			return &program.Fault{Key: "server.restore.taken", Vars: named, Err: err}
		}
	}
	if err := c.checkBackup(ctx, from); err != nil {
		return err
	}
	kept, err := blob.Share(filepath.Join(from, blobFolder))
	if err != nil {
		return err
	}
	files, err := c.openBlobs(ctx)
	if err != nil {
		return err
	}
	count := 0
	err = kept.List(ctx, func(key string, _ time.Time) error {
		data, err := kept.Get(ctx, key)
		if err == nil {
			count++
			err = files.Put(ctx, key, data)
		}
		return err
	})
	if err = errors.Join(err, files.Close()); err != nil {
		return c.explain(err)
	}
	if err := copyDatabase(ctx, filepath.Join(from, databaseFile), c.databasePath()); err != nil {
		return c.explain(err)
	}
	o.say("server.restore.done", text.Vars{"Folder": c.Data, "Files": o.printer.Number(int64(count))})
	return nil
}

// checkBackup makes sure that a folder is a whole backup, and that the key at hand opens it.
func (c *config) checkBackup(ctx context.Context, from string) error {
	named := text.Vars{"Folder": from}
	data, err := os.ReadFile(filepath.Join(from, backupNote))
	var n note
	if err == nil {
		err = json.Unmarshal(data, &n)
	}
	if err != nil || n.Key == "" {
		return &program.Fault{Key: "server.restore.none", Vars: named, Err: err}
	}
	key, err := loadKey(c.keysetPath(), n.Key)
	if err != nil {
		return err
	}
	copied := filepath.Join(from, databaseFile)
	if id, err := sqlitefile.ReadSetting(ctx, copied, core.SettingKeyID); err != nil || id != n.Key {
		return &program.Fault{Key: "server.restore.damaged", Vars: named, Err: err}
	}
	keys, err := sqlitefile.ReadSetting(ctx, copied, core.SettingSealing)
	if err == nil {
		err = fits(key, keys)
	}
	return c.explain(err)
}

// copyDatabase copies a database whole, after a look through it.
func copyDatabase(ctx context.Context, from, to string) error {
	file, err := sqlitefile.Open(ctx, from, sqlitefile.Options{})
	if err != nil {
		return err
	}
	err = file.Check(ctx)
	if err == nil {
		err = file.Backup(ctx, to)
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return nil
}
