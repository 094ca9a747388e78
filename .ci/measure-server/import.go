package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"myaccount/services/store/postgres/pgtest"
)

// importing is what an import took.
type importing struct {
	Engine      string  `json:"engine"`
	Customers   int     `json:"customers"`
	Seconds     float64 `json:"seconds"`
	PeakMB      float64 `json:"peak_mb"`                // of resident memory
	LongestHold float64 `json:"longest_hold,omitempty"` // seconds that SQLite's writer was not free
}

// importWith lets the real binary import a portfolio into the empty place.
func (s *site) importWith(ctx context.Context, program string) (out importing, err error) {
	out = importing{Engine: s.engine, Customers: s.customers}
	if out, err := s.command(ctx, program, "migrate").CombinedOutput(); err != nil {
		return importing{}, fmt.Errorf("migrate: %w: %s", err, out)
	}
	file := filepath.Join(s.folder, "portfolio.jsonl")
	if err := writePortfolio(file, s.customers); err != nil {
		return importing{}, err
	}
	holds := make(chan time.Duration, 1)
	watching, stop := context.WithCancel(ctx)
	defer stop()
	var failed error // of watching; known once holds has a value
	go func() {
		var longest time.Duration
		if s.database == "" {
			longest, failed = longestHold(watching, s.sqlitePath())
		}
		holds <- longest
	}()
	begun := time.Now()
	var said bytes.Buffer
	command := s.command(ctx, program, "import", file)
	command.Stdout, command.Stderr = &said, &said
	if err := command.Start(); err != nil {
		return importing{}, err
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	out.PeakMB, err = (&process{Cmd: command, role: "import"}).watchMemory(ended)
	out.Seconds = time.Since(begun).Seconds()
	stop()
	out.LongestHold = (<-holds).Seconds()
	if err != nil {
		return importing{}, fmt.Errorf("import: %w: %s", err, &said)
	}
	return out, errors.Join(failed, os.Remove(file))
}

// longestHold asks for SQLite's writer every other millisecond, until ctx ends, and tells for how long at most somebody
// else had it.
func longestHold(ctx context.Context, path string) (longest time.Duration, err error) {
	query := url.Values{"_pragma": {"busy_timeout(0)"}, "_txlock": {"immediate"}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: query.Encode()}).String())
	if err != nil {
		return 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	free := time.Now()
	for {
		tx, err := db.Begin() //nolint:noctx // ended by ctx below
		if err == nil {
			longest, free = max(longest, time.Since(free)), time.Now()
			if err := tx.Rollback(); err != nil {
				return 0, err
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return longest, nil
		}
	}
}

// createDatabase makes an empty database and gives its address.
func createDatabase(ctx context.Context, server *pgtest.Server, name string) (string, error) {
	conn, err := pgx.Connect(ctx, server.URL("postgres"))
	if err != nil {
		return "", err
	}
	_, err = conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize())
	return server.URL(name), errors.Join(err, conn.Close(ctx))
}
