package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	// poolSize is how many connections a replica holds at most.
	poolSize = 16
	// connectTimeout is short: behind a proxy that knows the primary the next try is likely to find it.
	connectTimeout = time.Second
	// idleTime and lifeTime bound how long a connection is kept, so that the pool shrinks after a rush and finds its
	// way back after a proxy has moved.
	idleTime = time.Minute
	lifeTime = 30 * time.Minute
	// abandoned is after how many milliseconds the server gives up a transaction that a replica has left open, with
	// its locks.
	abandoned = "60000"
)

// parse reads a URL. pool_max_conns goes by the name that pgx's own pool gives it.
func parse(url string) (config *pgx.ConnConfig, size int, err error) {
	if config, err = pgx.ParseConfig(url); err != nil {
		return nil, 0, err
	}
	size = poolSize
	if asked, ok := config.RuntimeParams["pool_max_conns"]; ok {
		delete(config.RuntimeParams, "pool_max_conns")
		if size, err = strconv.Atoi(asked); err != nil || size < 2 {
			return nil, 0, fmt.Errorf("pool_max_conns is %q: it has to be a number of 2 or more", asked)
		}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	setDefault(config.RuntimeParams, "application_name", "myaccount")
	setDefault(config.RuntimeParams, "idle_in_transaction_session_timeout", abandoned)
	return config, size, nil
}

func setDefault(params map[string]string, name, value string) {
	if params[name] == "" {
		params[name] = value
	}
}

// born is where a connection keeps when it was made.
const born = "myaccount.born"

// openPool makes the pool, which does not connect yet. A connection that has not been used for a second is tried before
// it is used again; those that were made before the dialect noticed that a server went away are not used again.
func openPool(config *pgx.ConnConfig, size int, own *dialect) *sql.DB {
	db := stdlib.OpenDB(*config,
		stdlib.OptionAfterConnect(func(_ context.Context, conn *pgx.Conn) error {
			conn.PgConn().CustomData()[born] = time.Now()
			return nil
		}),
		stdlib.OptionResetSession(func(_ context.Context, conn *pgx.Conn) error {
			if made, ok := conn.PgConn().CustomData()[born].(time.Time); ok && made.Before(own.gone()) {
				return driver.ErrBadConn
			}
			return nil
		}))
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	db.SetConnMaxIdleTime(idleTime)
	db.SetConnMaxLifetime(lifeTime)
	return db
}
