package sqlitefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Setting reads a value from the table setting (name, value), before the rest of
// the schema counts; "" when there is no such row, or no such table yet.
func (f *File) Setting(ctx context.Context, name string) (string, error) {
	value, err := f.setting(ctx, name)
	if err != nil {
		return "", fmt.Errorf("sqlitefile: setting: %w", Classify(err))
	}
	return value, nil
}

func (f *File) setting(ctx context.Context, name string) (string, error) {
	var tables int
	err := f.Reader.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = 'setting'").Scan(&tables)
	if err != nil || tables == 0 {
		return "", err
	}
	var value string
	err = f.Reader.QueryRowContext(ctx, "SELECT value FROM setting WHERE name = $1", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// ReadSetting is Setting for a file that nobody has opened; "" when there is no
// file. Errors: those of Open.
func ReadSetting(ctx context.Context, path, name string) (string, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	file, err := Open(ctx, path, Options{})
	if err != nil {
		return "", err
	}
	value, err := file.Setting(ctx, name)
	return value, errors.Join(err, file.Close())
}
