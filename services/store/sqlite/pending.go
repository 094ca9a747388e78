package sqlite

import (
	"context"
	"errors"
	"io/fs"

	"myaccount/services/sqlitefile"
)

// Pending tells whether Open would change the schema of the database at path, which exists. Errors: ErrNewer, and those
// of sqlitefile.Open.
func Pending(ctx context.Context, path string) (bool, error) {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return false, err
	}
	file, err := sqlitefile.Open(ctx, path, sqlitefile.Options{})
	if err != nil {
		return false, err
	}
	plan, err := file.PlanMigration(ctx, folder)
	return plan.Pending(), errors.Join(err, file.Close())
}
