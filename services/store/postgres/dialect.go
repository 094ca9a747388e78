package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"myaccount/services"
)

// What PostgreSQL calls its errors that matter here: https://www.postgresql.org/docs/15/errcodes-appendix.html
const (
	uniqueViolation      = "23505"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	readOnlyTransaction  = "25006"
	// featureNotSupported is what a standby answers to a serializable transaction, and a server to a statement prepared
	// before the schema changed: both pass with another connection.
	featureNotSupported = "0A000"
	tooManyConnections  = "53300"

	classConnection   = "08"
	classResources    = "53" // disk full, out of memory, too many connections
	classIntervention = "57" // shut down, crashed, starting up, canceled
	classSystem       = "58" // the server's disk has a fault

	wentAway = "57P" // of classIntervention: what is not about one statement alone
)

// errStandby says that the server is a copy that takes no writes.
var errStandby = errors.New("the server is a standby")

// dialect is what is particular to PostgreSQL.
type dialect struct {
	left atomic.Int64 // when a server was last found gone, Unix nanoseconds
}

// gone tells when a server was last found gone: connections made before are of no use.
func (d *dialect) gone() time.Time { return time.Unix(0, d.left.Load()) }

// Options asks for serializable transactions: whatever runs at the same time, the result is that of one after the other,
// as with SQLite. Views see one moment, and never wait or fail for what others write.
func (*dialect) Options() (update, view *sql.TxOptions) {
	return &sql.TxOptions{Isolation: sql.LevelSerializable},
		&sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

// Claim lets several replicas take different rows at the same time.
func (*dialect) Claim() string { return " FOR UPDATE SKIP LOCKED" }

// Duplicate tells whether a unique column was violated.
func (*dialect) Duplicate(err error) bool { return state(err) == uniqueViolation }

// Lost tells whether the server gave the transaction up for another.
func (*dialect) Lost(err error) bool {
	code := state(err)
	return code == serializationFailure || code == deadlockDetected
}

// Broken tells whether the server went away, or takes no writes any more because another one does. Connections to it
// are not used again.
func (d *dialect) Broken(err error) bool {
	broken := lostConnection(err)
	switch code := state(err); {
	case code == "": // not of a server
	case code == tooManyConnections:
		return true // and those there are work
	default:
		broken = code == readOnlyTransaction || code == featureNotSupported ||
			code[:2] == classConnection || code[:3] == wentAway
	}
	if broken {
		d.left.Store(time.Now().UnixNano())
	}
	return broken
}

// Translate makes what passes (no server to be reached, a standby, no room, too little time) read as CodeUnavailable;
// the cause stays within.
func (d *dialect) Translate(err error) error {
	if known := (*services.Error)(nil); err == nil || errors.As(err, &known) {
		return err
	}
	passing := lostConnection(err) || d.Lost(err) || errors.Is(err, errStandby) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
	if code := state(err); code != "" {
		switch code[:2] {
		case classConnection, classResources, classIntervention, classSystem:
			passing = true
		default:
			passing = passing || code == readOnlyTransaction || code == featureNotSupported
		}
	}
	if passing {
		return &services.Error{Code: services.CodeUnavailable, Err: err}
	}
	return err
}

// state is the code of a server's error; "" when it is none.
func state(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok && len(e.Code) == 5 {
		return e.Code
	}
	return ""
}

// lostConnection tells whether there was no connection, or there is none any more.
func lostConnection(err error) bool {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	for _, known := range []error{driver.ErrBadConn, pgconn.ErrConnClosed, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed} {
		if errors.Is(err, known) {
			return true
		}
	}
	return pgconn.SafeToRetry(err)
}
