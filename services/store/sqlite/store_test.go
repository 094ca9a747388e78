package sqlite_test

import (
	"path/filepath"
	"testing"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/store/sqlite"
	"myaccount/services/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, clock services.Clock) core.Store {
		db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "portal.db"), newBox(t), clock)
		must(t, err)
		t.Cleanup(func() { must(t, db.Close()) })
		return db.Store
	})
}
