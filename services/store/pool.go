package store

import (
	"database/sql"
	"time"
)

// Pool is how a pool of connections is used, for those who measure it.
type Pool struct {
	Name   string // "writer" and "reader"; "all" when they are one
	Most   int    // connections it may hold; 0 for any number
	InUse  int    // connections, now
	Idle   int
	Waits  int64         // for a connection, since the start
	Waited time.Duration // in all
}

// Pools tells how the pools are used.
func (s *Store) Pools() []Pool {
	if s.writer == s.reader {
		return []Pool{poolOf("all", s.writer)}
	}
	return []Pool{poolOf("writer", s.writer), poolOf("reader", s.reader)}
}

func poolOf(name string, db *sql.DB) Pool {
	now := db.Stats()
	return Pool{name, now.MaxOpenConnections, now.InUse, now.Idle, now.WaitCount, now.WaitDuration}
}
