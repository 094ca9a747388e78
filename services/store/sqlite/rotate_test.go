package sqlite_test

import (
	"path/filepath"
	"testing"

	"myaccount/services"
	"myaccount/services/seal"
	"myaccount/services/sqlitefile"
	"myaccount/services/store"
	"myaccount/services/store/sqlite"
	"myaccount/services/store/storetest"
)

func TestRotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "portal.db")
	file, err := sqlitefile.Open(t.Context(), path, sqlitefile.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, file.Close()) })
	var sealed []string
	for _, c := range store.Sealed {
		sealed = append(sealed, c.String())
	}
	storetest.RunRotation(t, storetest.Rotation{
		Open: func(t *testing.T, box *seal.Box, clock services.Clock) (storetest.Rotating, error) {
			db, err := sqlite.Open(t.Context(), path, box, clock)
			if err == nil {
				t.Cleanup(func() { must(t, db.Close()) })
			}
			return db, err
		},
		Raw: file.Reader, Tables: `SELECT name FROM sqlite_schema WHERE type = 'table'`,
		Sealed: sealed, Missing: store.ErrMissingKey, Other: sqlite.ErrOtherKey,
	})
}
