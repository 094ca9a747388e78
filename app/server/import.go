package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"cloud.google.com/go/civil"
	"github.com/urfave/cli/v3"

	"myaccount/services"
	"myaccount/services/program"
	"myaccount/services/sample"
	"myaccount/services/text"
)

// tellEvery is how often an import says how far it is; a process of a test tells more.
var tellEvery = 2 * time.Second

// breath is how long an import leaves SQLite's writer to others after each batch. A process that waits for it looks
// every 100 ms, and without a pause would never find it free.
const breath = 120 * time.Millisecond

// importMemory is how many bytes an import lets Go take before it tidies up more often: to tell numbers that stand twice,
// it remembers 8 bytes of each, 2 million in a file of a million customers.
const importMemory = 120 << 20

// importFile imports a lender's portfolio. It may run while the server does, and goes on where it was cut off.
func (o *operator) importFile(ctx context.Context, c config, cmd *cli.Command) error {
	path := cmd.Args().First()
	open := func() (io.ReadCloser, error) {
		file, err := os.Open(path)
		if err != nil {
			return nil, &program.Fault{Key: "server.import.file", Vars: text.Vars{"File": path}, Err: err}
		}
		return file, nil
	}
	debug.SetMemoryLimit(importMemory)
	return o.with(ctx, c, func(b *backend) error { return o.importFrom(ctx, b, open) })
}

// importFrom imports what open opens, and says what came of it.
func (o *operator) importFrom(ctx context.Context, b *backend, open func() (io.ReadCloser, error)) error {
	tell := o.progress()
	report, err := b.ImportPortfolio(ctx, open, func(p services.ImportProgress) {
		tell(p)
		if !p.Checking && b.config.onSQLite() {
			time.Sleep(breath)
		}
	})
	if faults, ok := errors.AsType[*services.PortfolioError](err); ok {
		return o.sayFaults(faults)
	}
	switch {
	case ctx.Err() != nil:
		return &program.Fault{Key: "server.import.stopped", Err: ctx.Err()}
	case services.CodeOf(err) == services.CodeConflict:
		return &program.Fault{Key: "server.import.changed", Err: err}
	case err != nil:
		return err
	}
	if report.Resumed {
		o.say("server.import.resumed")
	}
	o.say("server.import.done", o.counts(report))
	return nil
}

// counts are the figures of a report as they are written.
func (o *operator) counts(r services.ImportReport) text.Vars {
	number := func(n int) string { return o.printer.Number(int64(n)) }
	return text.Vars{
		"Customers": number(r.Customers), "Agreements": number(r.Agreements), "Payments": number(r.Payments),
	}
}

// progress says now and then how far an import is.
func (o *operator) progress() func(services.ImportProgress) {
	last := now()
	return func(p services.ImportProgress) {
		if now().Sub(last) < tellEvery {
			return
		}
		last = now()
		key := "server.import.writing"
		if p.Checking {
			key = "server.import.checking"
		}
		o.say(key, text.Vars{"Customers": o.printer.Number(int64(p.Customers))})
	}
}

// sayFaults lists what is wrong with a file.
func (o *operator) sayFaults(e *services.PortfolioError) error {
	for _, f := range e.Lines {
		place := f.Field
		if place == "" {
			place = o.printer.T("portfolio.whole_line")
		}
		line := o.printer.T("server.import.line", text.Vars{"Line": f.Line, "Field": place, "Reason": o.reason(f.Reason)})
		_, _ = fmt.Fprintln(o.errOut, line)
	}
	return &program.Fault{Key: "server.import.faults", Vars: text.Vars{"Count": o.printer.Number(int64(e.Total))}}
}

// reason says in words why a field was refused.
func (o *operator) reason(code string) string {
	for _, key := range []string{"portfolio.reason." + code, "nav.reason." + code} {
		if o.printer.Has(key) {
			return o.printer.T(key)
		}
	}
	return o.printer.T("nav.reason.format")
}

// loadSample imports made-up customers and invites the made-up advisor.
func (o *operator) loadSample(ctx context.Context, c config, _ *cli.Command) error {
	file, err := sample.Portfolio(civil.DateOf(now()))
	if err != nil {
		return err
	}
	who, err := sample.TheAdvisor()
	if err != nil {
		return err
	}
	return o.with(ctx, c, func(b *backend) error {
		open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(file)), nil }
		if err := o.importFrom(ctx, b, open); err != nil {
			return err
		}
		return o.invite(ctx, b, advisor{first: who.FirstName, last: who.LastName, email: who.Email})
	})
}
