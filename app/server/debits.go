package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"cloud.google.com/go/civil"
	"github.com/urfave/cli/v3"

	"myaccount/services/core"
	"myaccount/services/debitfile"
	"myaccount/services/disk"
	"myaccount/services/program"
	"myaccount/services/text"
)

// exportDebits writes the file in which the debits that are due go to the bank. The number of a file and its debits are
// kept before a byte is written, and a file that was begun is finished before the next: each debit is in one file,
// wherever the command is cut off.
func (o *operator) exportDebits(ctx context.Context, c config, cmd *cli.Command) error {
	if cmd.IsSet("number") {
		return o.with(ctx, c, func(b *backend) error { return o.writeAgain(ctx, b, cmd.Int64("number"), cmd.String("out")) })
	}
	day := civil.DateOf(now())
	if asked := cmd.String("date"); asked != "" {
		var err error
		if day, err = civil.ParseDate(asked); err != nil {
			return misunderstood(fmt.Errorf("--date %q", asked))
		}
	}
	sender := c.debitSender()
	if wrong := sender.Check(); wrong != nil {
		keys := slices.Sorted(maps.Keys(wrong))
		return &program.Fault{Key: "server.debits.sender", Vars: text.Vars{"Keys": debitPrefix + strings.Join(keys, ", "+debitPrefix)}}
	}
	return o.with(ctx, c, func(b *backend) error { return o.exportAll(ctx, b, day, sender, cmd.String("out")) })
}

// exportAll writes files until nothing more is due, or one into the file that was named.
func (o *operator) exportAll(ctx context.Context, b *backend, day civil.Date, sender debitfile.Sender, out string) error {
	for some := false; ; some = true {
		file, begun, err := b.ClaimDebitFile(ctx, day, sender)
		if errors.Is(err, core.ErrNoDebits) {
			if !some {
				o.say("server.debits.none", text.Vars{"Date": o.printer.Date(day)})
			}
			return nil
		}
		if err != nil {
			return err
		}
		if begun {
			o.say("server.debits.begun", text.Vars{"Number": file.Number})
		}
		if err := o.writeDebits(ctx, b, file.Number, out); err != nil {
			return err
		}
		if err := b.NoteDebitFile(ctx, file.Number); err != nil {
			return err
		}
		if out != "" {
			more, err := b.DebitsDue(ctx, day)
			if more {
				o.say("server.debits.more")
			}
			return err
		}
	}
}

// writeAgain writes a file once more, with the bytes that it had. Nothing else changes.
func (o *operator) writeAgain(ctx context.Context, b *backend, number int64, out string) error {
	err := o.writeDebits(ctx, b, number, out)
	switch {
	case errors.Is(err, core.ErrNoRow):
		return &program.Fault{Key: "server.debits.number", Vars: text.Vars{"Number": number}}
	case errors.Is(err, core.ErrForgotten):
		return &program.Fault{Key: "server.debits.forgotten", Vars: text.Vars{"Number": number}}
	}
	return err
}

// writeDebits writes a file by its number, whole or not at all and over no other, under a name or one made of the number, and
// says so.
func (o *operator) writeDebits(ctx context.Context, b *backend, number int64, out string) error {
	if out == "" {
		out = fmt.Sprintf("debits-%04d.txt", number)
	}
	var written *os.PathError
	err := writeOut(out, func(w io.Writer) error { return b.WriteDebitFile(ctx, number, w) })
	switch {
	case errors.Is(err, fs.ErrExist):
		return &program.Fault{Key: "server.debits.exists", Vars: text.Vars{"File": out}}
	case errors.As(err, &written), errors.Is(err, disk.ErrFull):
		return &program.Fault{Key: "server.debits.file", Vars: text.Vars{"File": out}, Err: err}
	case err != nil:
		return err
	}
	o.say("server.debits.written", text.Vars{"Number": number, "File": out})
	return nil
}

// takeReturns takes the bank's file of returns.
func (o *operator) takeReturns(ctx context.Context, c config, cmd *cli.Command) error {
	path := cmd.Args().First()
	open := func() (io.ReadCloser, error) { return os.Open(path) }
	return o.with(ctx, c, func(b *backend) error {
		report, err := b.ReturnDebits(ctx, open)
		var unread *os.PathError
		switch {
		case errors.Is(err, debitfile.ErrFormat):
			return &program.Fault{Key: "server.debits.format", Vars: text.Vars{"File": path}, Err: err}
		case errors.As(err, &unread) && unread.Path == path:
			return &program.Fault{Key: "server.import.file", Vars: text.Vars{"File": path}, Err: err}
		case err != nil:
			return err
		}
		o.say("server.debits.returned", text.Vars{
			"Returned": o.printer.Number(int64(report.Returned)), "Known": o.printer.Number(int64(report.Known)),
		})
		return o.sayReturnFaults(report.Faults)
	})
}

// sayReturnFaults lists the returns that are of no debit.
func (o *operator) sayReturnFaults(faults []core.ReturnFault) error {
	for _, f := range faults {
		line := o.printer.T("server.debits.fault", text.Vars{
			"Record": f.Record, "Reference": text.Line(f.Reference), "Reason": o.printer.T("server.debits.fault." + f.Reason),
		})
		_, _ = fmt.Fprintln(o.errOut, line)
	}
	if len(faults) == 0 {
		return nil
	}
	return &program.Fault{Key: "server.debits.faults", Vars: text.Vars{"Count": o.printer.Number(int64(len(faults)))}}
}
