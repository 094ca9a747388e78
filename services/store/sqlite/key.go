package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"

	"myaccount/services/core"
	"myaccount/services/sqlitefile"
)

// KeyID reads the id of the key that the database at path is sealed with, before anything is opened with it; "" when
// there is no database yet, or one that was never finished. Errors: those of sqlitefile.Open.
func KeyID(ctx context.Context, path string) (string, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	file, err := sqlitefile.Open(ctx, path, sqlitefile.Options{})
	if err != nil {
		return "", err
	}
	id, err := keyID(ctx, file.Reader)
	return id, errors.Join(sqlitefile.Classify(err), file.Close())
}

func keyID(ctx context.Context, db *sql.DB) (string, error) {
	var tables int
	err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = 'setting'").Scan(&tables)
	if err != nil || tables == 0 {
		return "", err
	}
	var id string
	err = db.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = $1", core.SettingKeyID).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}
