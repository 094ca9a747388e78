package sqlitefile

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// openHandle makes a pool of connections that keep their statements.
func openHandle(dsn string) *sql.DB { return sql.OpenDB(connector{dsn}) }

// connector makes connections to one file.
type connector struct{ dsn string }

// Driver is that of the connections within.
func (connector) Driver() driver.Driver { return new(sqlite.Driver) }

// Connect makes a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	inner, err := new(sqlite.Driver).Open(c.dsn)
	if err != nil {
		return nil, err
	}
	full, ok := inner.(native)
	if !ok {
		return nil, errors.Join(fmt.Errorf("sqlitefile: a connection without contexts: %T", inner), inner.Close())
	}
	return &conn{native: full, idle: map[string]statement{}}, nil
}

// native is what a connection of the driver can do, but for statements.
type native interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// statement is a prepared statement of the driver.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// statementsMost is how many statements a connection keeps; the program has fewer.
const statementsMost = 300

// conn is a connection that prepares a statement once, at its first use, where the driver would prepare it each time:
// for the short statements of this program that is most of the work. SQLite itself prepares one again when the schema
// has changed. As any connection of database/sql, it is used by one goroutine at a time.
type conn struct {
	native
	idle map[string]statement // those not in use, by their text
}

// ExecContext runs a statement.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	return result, errors.Join(err, c.keep(query, s))
}

// QueryContext runs a statement whose rows are read. Until they are closed the statement is theirs.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	found, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, errors.Join(err, c.keep(query, s))
	}
	return &rows{Rows: found, conn: c, query: query, statement: s}, nil
}

// take gives a statement that nobody uses.
func (c *conn) take(ctx context.Context, query string) (statement, error) {
	if s, ok := c.idle[query]; ok {
		delete(c.idle, query)
		return s, nil
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s, ok := prepared.(statement)
	if !ok {
		return nil, errors.Join(fmt.Errorf("sqlitefile: a statement without contexts: %T", prepared), prepared.Close())
	}
	return s, nil
}

// keep takes a statement back. When there are too many, or it is there a second time because one was used within the
// other, it is closed.
func (c *conn) keep(query string, s statement) error {
	if _, ok := c.idle[query]; ok || len(c.idle) >= statementsMost {
		return s.Close()
	}
	c.idle[query] = s
	return nil
}

// Close closes the connection and its statements.
func (c *conn) Close() error {
	var errs []error
	for _, s := range c.idle {
		errs = append(errs, s.Close())
	}
	c.idle = nil
	return errors.Join(append(errs, c.native.Close())...)
}

// rows gives its statement back when it is closed.
type rows struct {
	driver.Rows
	conn      *conn
	query     string
	statement statement
}

// Close closes the rows.
func (r *rows) Close() error {
	if r.statement == nil {
		return nil
	}
	s := r.statement
	r.statement = nil
	return errors.Join(r.Rows.Close(), r.conn.keep(r.query, s))
}
