package remote_test

import (
	"os"
	"testing"

	"myaccount/services/basetest"
	"myaccount/services/servicetest"
	"myaccount/services/store/postgres"
	"myaccount/services/store/postgres/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m, postgres.Migrate) }

// TestConformance_SQLite runs the suite over HTTP/2 and TLS, with a certificate that the backend made itself.
func TestConformance_SQLite(t *testing.T) {
	empty := newMigrated(t)
	servicetest.Run(t, func(t *testing.T) servicetest.World {
		w := emptyWorld(t, basetest.NewClock(basetest.Start), "", 1)
		must(t, os.CopyFS(w.backend.folder, os.DirFS(empty.backend.folder)))
		must(t, os.CopyFS(w.folder, os.DirFS(empty.folder)))
		w.open()
		t.Cleanup(w.close)
		return w
	})
}

// newMigrated makes the databases of a computer and a backend once: that takes longer than most cases.
func newMigrated(t *testing.T) *world {
	t.Helper()
	w := emptyWorld(t, basetest.NewClock(basetest.Start), "", 1)
	w.open()
	w.close()
	return w
}

func TestConformance_PostgreSQL(t *testing.T) { conformOn(t, 1) }

// TestConformance_Replicas runs the suite over two replicas that take turns, so that no call may count on the one before.
func TestConformance_Replicas(t *testing.T) { conformOn(t, 2) }

func conformOn(t *testing.T, replicas int) {
	empty := newMigrated(t)
	servicetest.Run(t, func(t *testing.T) servicetest.World {
		w := emptyWorld(t, basetest.NewClock(basetest.Start), pgtest.Database(t), replicas)
		must(t, os.CopyFS(w.folder, os.DirFS(empty.folder)))
		w.open()
		t.Cleanup(w.close)
		return w
	})
}
