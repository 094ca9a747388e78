package postgres_test

import (
	"testing"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/store/postgres"
	"myaccount/services/store/postgres/pgtest"
	"myaccount/services/store/storetest"
)

// TestStore runs the store's own suite on PostgreSQL.
func TestStore(t *testing.T) {
	box := newBox(t)
	storetest.Run(t, func(t *testing.T, clock services.Clock) core.Store {
		db, err := postgres.Open(t.Context(), pgtest.Database(t), box, clock)
		must(t, err)
		t.Cleanup(func() { must(t, db.Close()) })
		return db
	})
}
