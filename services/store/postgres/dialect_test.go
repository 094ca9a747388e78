package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"myaccount/services"
)

func TestDialect(t *testing.T) {
	server := func(code string) error { return fmt.Errorf("wrapped: %w", &pgconn.PgError{Code: code}) }
	for name, c := range map[string]struct {
		err             error
		lost, broken    bool
		duplicate, stop bool // stop: connections of before are not used again
		code            services.Code
	}{
		"none":                   {},
		"serialization failure":  {err: server("40001"), lost: true, code: services.CodeUnavailable},
		"deadlock":               {err: server("40P01"), lost: true, code: services.CodeUnavailable},
		"duplicate":              {err: server("23505"), duplicate: true, code: services.CodeInternal},
		"wrong SQL":              {err: server("42601"), code: services.CodeInternal},
		"shut down":              {err: server("57P01"), broken: true, stop: true, code: services.CodeUnavailable},
		"starting up":            {err: server("57P03"), broken: true, stop: true, code: services.CodeUnavailable},
		"read only":              {err: server("25006"), broken: true, stop: true, code: services.CodeUnavailable},
		"standby":                {err: server("0A000"), broken: true, stop: true, code: services.CodeUnavailable},
		"connection failure":     {err: server("08006"), broken: true, stop: true, code: services.CodeUnavailable},
		"too many connections":   {err: server("53300"), broken: true, code: services.CodeUnavailable},
		"disk full":              {err: server("53100"), code: services.CodeUnavailable},
		"disk fault":             {err: server("58030"), code: services.CodeUnavailable},
		"canceled":               {err: server("57014"), code: services.CodeUnavailable},
		"bad connection":         {err: driver.ErrBadConn, broken: true, stop: true, code: services.CodeUnavailable},
		"closed":                 {err: pgconn.ErrConnClosed, broken: true, stop: true, code: services.CodeUnavailable},
		"cut off":                {err: io.ErrUnexpectedEOF, broken: true, stop: true, code: services.CodeUnavailable},
		"refused":                {err: &net.OpError{Op: "dial", Err: errors.New("no")}, broken: true, stop: true, code: services.CodeUnavailable},
		"too late":               {err: context.Canceled, code: services.CodeUnavailable},
		"of the caller":          {err: errors.New("of the caller"), code: services.CodeInternal},
		"known already":          {err: services.Fail(services.CodeGone), code: services.CodeGone},
		"a code of another kind": {err: server(""), code: services.CodeInternal},
	} {
		t.Run(name, func(t *testing.T) {
			d := &dialect{}
			before := d.gone()
			if d.Lost(c.err) != c.lost || d.Broken(c.err) != c.broken || d.Duplicate(c.err) != c.duplicate {
				t.Errorf("lost %v, broken %v, duplicate %v", d.Lost(c.err), d.Broken(c.err), d.Duplicate(c.err))
			}
			if d.gone().After(before) != c.stop {
				t.Errorf("connections are of use from %v on", d.gone())
			}
			err := d.Translate(c.err)
			if services.CodeOf(err) != c.code || !errors.Is(err, c.err) {
				t.Errorf("translated to %v", err)
			}
		})
	}
}
