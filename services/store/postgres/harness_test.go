package postgres_test

import (
	"testing"

	"myaccount/services/basetest"
	"myaccount/services/seal"
	"myaccount/services/store/postgres"
)

// What ends a test on an error, and a box with a key of its own.
var (
	must   = basetest.Must
	newBox = basetest.Box
)

// open opens a database until the test ends.
func open(t *testing.T, url string, box *seal.Box) *postgres.Database {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, box, basetest.NewClock(basetest.Start))
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}
