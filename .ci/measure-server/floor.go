package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"myaccount/services/seal"
	"myaccount/services/sqlitefile"
)

// floor is what the backend is measured beside: handlers as somebody would write them who wants nothing but speed. They
// look the session up, run prepared statements in one transaction as the backend does, over the same handles, open and
// seal the same values, and write the same JSON. There is nothing else: no checks of what is sent, no problems, no
// request ids, log or metrics, no layers. They may only be asked what the measuring asks.
type floor struct {
	box            *seal.Box
	passwords      *seal.Passwords
	writer, reader *sql.DB
	update, view   *sql.TxOptions
	known          map[string]*sql.Stmt // of reader and writer, by a letter and the statement
	turn           sync.Mutex           // of those that lost against others
}

// floor is the handler of the role.
func (p place) floor(ctx context.Context) (http.Handler, error) {
	box, err := p.box()
	if err != nil {
		return nil, err
	}
	f := &floor{box: box, passwords: seal.NewPasswords(seal.DefaultParams()), known: map[string]*sql.Stmt{}}
	if p.database == "" {
		file, err := sqlitefile.Open(ctx, p.sqlitePath(), sqlitefile.Options{})
		if err != nil {
			return nil, err
		}
		f.writer, f.reader, f.view = file.Writer, file.Reader, &sql.TxOptions{ReadOnly: true}
	} else {
		config, err := pgx.ParseConfig(p.database)
		if err != nil {
			return nil, err
		}
		f.writer = stdlib.OpenDB(*config)
		f.writer.SetMaxOpenConns(16)
		f.writer.SetMaxIdleConns(16)
		f.reader = f.writer
		f.update = &sql.TxOptions{Isolation: sql.LevelSerializable}
		f.view = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	for _, statement := range readStatements {
		if f.known["r"+statement], err = f.reader.PrepareContext(ctx, statement); err != nil {
			return nil, err
		}
	}
	for _, statement := range writeStatements {
		if f.known["w"+statement], err = f.writer.PrepareContext(ctx, statement); err != nil {
			return nil, err
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/threads", f.answer(http.StatusOK, f.list))
	mux.HandleFunc("GET /v1/threads/{id}", f.answer(http.StatusOK, f.thread))
	mux.HandleFunc("POST /v1/threads", f.answer(http.StatusCreated, f.create))
	mux.HandleFunc("POST /v1/sessions", f.answer(http.StatusCreated, f.signIn))
	return mux, nil
}

// answer writes what do gives as JSON.
func (f *floor) answer(status int, do func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		content, err := do(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(content) // whoever is gone needs no answer
	}
}

// tx is a transaction of prepared statements.
type tx struct {
	*sql.Tx
	ctx   context.Context
	floor *floor
	kind  string // "r" or "w"
	now   int64  // microseconds
}

func (t *tx) statement(query string) *sql.Stmt {
	return t.StmtContext(t.ctx, t.floor.known[t.kind+query])
}

func (t *tx) row(query string, args ...any) *sql.Row {
	return t.statement(query).QueryRowContext(t.ctx, args...)
}

func (t *tx) rows(query string, args ...any) (*sql.Rows, error) {
	return t.statement(query).QueryContext(t.ctx, args...)
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.statement(query).ExecContext(t.ctx, args...)
	return err
}

// open opens a sealed value.
func (t *tx) open(table, column, id string, sealed []byte) (string, error) {
	plain, err := t.floor.box.Open(sealed, seal.AD(table, column, id))
	return string(plain), err
}

// seal seals a value.
func (t *tx) seal(table, column, id, plain string) []byte {
	sealed, err := t.floor.box.Seal([]byte(plain), seal.AD(table, column, id))
	if err != nil {
		panic(err) // the key does not seal: net/http cuts the answer off
	}
	return sealed
}

// read runs a transaction that reads.
func (f *floor) read(ctx context.Context, do func(*tx) error) error {
	return f.run(ctx, "r", f.reader, f.view, do)
}

// write runs one that writes, again until it does not lose against another; those that lost take turns.
func (f *floor) write(ctx context.Context, do func(*tx) error) error {
	err := f.run(ctx, "w", f.writer, f.update, do)
	if !lost(err) {
		return err
	}
	f.turn.Lock()
	defer f.turn.Unlock()
	for lost(err) {
		err = f.run(ctx, "w", f.writer, f.update, do)
	}
	return err
}

func lost(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == "40001" || e.Code == "40P01")
}

func (f *floor) run(ctx context.Context, kind string, db *sql.DB, options *sql.TxOptions, do func(*tx) error) error {
	inner, err := db.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	if err := do(&tx{inner, ctx, f, kind, time.Now().UnixMicro()}); err != nil {
		return errors.Join(err, inner.Rollback())
	}
	return inner.Commit()
}

const selectSession = `SELECT s.id, s.person_id, s.authorized, s.seen_at, s.expires_at, s.ended_at,
	coalesce(p.customer_id, '') FROM session s JOIN person p ON p.id = s.person_id WHERE s.token_hash = $1`

var errSession = errors.New("no session that lasts, on a trusted device, of somebody who is linked")

// session looks the session of a request up.
func (t *tx) session(r *http.Request) (id, person, customer string, expires int64, err error) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	var authorized, seen, ended int64
	err = t.row(selectSession, seal.HashToken(token)).Scan(&id, &person, &authorized, &seen, &expires, &ended, &customer)
	if err == nil && (authorized == 0 || ended != 0 || t.now > expires || t.now-seen > time.Hour.Microseconds() || customer == "") {
		err = errSession
	}
	return id, person, customer, expires, err
}
