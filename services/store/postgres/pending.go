package postgres

import (
	"context"
	"database/sql"
)

// Pending tells whether Open would change the schema of the database at a URL. Errors: ErrNewer.
func Pending(ctx context.Context, url string) (pending bool, err error) {
	err = briefly(url, func(db *sql.DB) error {
		plan, err := planSchema(ctx, db)
		pending = plan.current != plan.newest
		return err
	})
	return pending, err
}
