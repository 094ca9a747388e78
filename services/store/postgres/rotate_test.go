package postgres_test

import (
	"database/sql"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"myaccount/services"
	"myaccount/services/seal"
	"myaccount/services/store"
	"myaccount/services/store/postgres"
	"myaccount/services/store/postgres/pgtest"
	"myaccount/services/store/storetest"
)

func TestRotation(t *testing.T) {
	url := pgtest.Database(t)
	raw, err := sql.Open("pgx", url)
	must(t, err)
	t.Cleanup(func() { must(t, raw.Close()) })
	var sealed []string
	for _, c := range store.Sealed {
		sealed = append(sealed, c.String())
	}
	storetest.RunRotation(t, storetest.Rotation{
		Open: func(t *testing.T, box *seal.Box, clock services.Clock) (storetest.Rotating, error) {
			db, err := postgres.Open(t.Context(), url, box, clock)
			if err == nil {
				t.Cleanup(func() { must(t, db.Close()) })
			}
			return db, err
		},
		Raw: raw, Tables: `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
		Sealed: sealed, Missing: store.ErrMissingKey, Other: postgres.ErrOtherKey,
	})
}
