package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v3"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/mail"
	"myaccount/services/program"
	"myaccount/services/text"
)

// mailPage is how many mails are read at once for a list.
const mailPage = 200

// listMails lists the mails that are kept, newest first, or those that were given up.
func (o *operator) listMails(ctx context.Context, c config, cmd *cli.Command) error {
	return o.with(ctx, c, func(b *backend) error {
		table := tabwriter.NewWriter(o.out, 0, 0, 2, ' ', 0)
		for before := ""; ; {
			page, err := b.Outbox(ctx, before, mailPage, cmd.Bool("refused"))
			if err != nil {
				return err
			}
			for _, row := range page {
				_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", row.ID, row.CreatedAt.Format(time.RFC3339), row.Kind,
					row.Address, o.fate(row))
				before = row.ID
			}
			if err := table.Flush(); err != nil {
				return err
			}
			if len(page) < mailPage {
				return nil
			}
		}
	})
}

// fate says what became of a mail.
func (o *operator) fate(row core.MailRow) string {
	switch {
	case row.Refusal != "":
		return o.printer.T("server.mail.fate." + row.Refusal)
	case row.DueAt.IsZero():
		return o.printer.T("server.mail.fate.sent")
	default:
		return o.printer.T("server.mail.fate.waiting", text.Vars{"Tries": row.Tries})
	}
}

// retryMail sends a mail now that was refused or waits for its next try.
func (o *operator) retryMail(ctx context.Context, c config, cmd *cli.Command) error {
	return o.with(ctx, c, func(b *backend) error {
		id := cmd.Args().First()
		if err := b.RetryMail(ctx, id); err != nil {
			return mailFault(err, id)
		}
		if _, err := b.SendMails(ctx); err != nil {
			return err
		}
		o.say("server.mail.retried", text.Vars{"ID": id})
		return nil
	})
}

// mailFault says why nothing can be done with a mail.
func mailFault(err error, id string) error {
	keys := map[services.Code]string{
		services.CodeNotFound: "server.mail.unknown", services.CodeConflict: "server.mail.sent", services.CodeGone: "server.mail.late",
	}
	if key, ok := keys[services.CodeOf(err)]; ok {
		return &program.Fault{Key: key, Vars: text.Vars{"ID": id}, Err: err}
	}
	return err
}

// reportMax bounds how much of a report is read.
const reportMax = 1 << 20

// readReport reads what a mail server reports of a mail later, from a file, or with "-" from the standard input, which
// is how a mail server hands it over.
func (o *operator) readReport(ctx context.Context, c config, cmd *cli.Command) error {
	path := cmd.Args().First()
	data, err := readBounded(path)
	if err != nil {
		return &program.Fault{Key: "server.mail.report.file", Vars: text.Vars{"File": path}, Err: err}
	}
	report, err := mail.ParseReport(bytes.NewReader(data))
	if err != nil {
		return &program.Fault{Key: "server.mail.report.format", Vars: text.Vars{"File": path}, Err: err}
	}
	if !report.Failed {
		o.say("server.mail.report.harmless", text.Vars{"ID": report.ID})
		return nil
	}
	return o.with(ctx, c, func(b *backend) error {
		if err := b.ReturnMail(ctx, report.ID); err != nil {
			return mailFault(err, report.ID)
		}
		o.say("server.mail.report.done", text.Vars{"ID": report.ID, "Status": report.Status})
		return nil
	})
}

// readBounded reads the beginning of a file.
func readBounded(path string) (data []byte, err error) {
	if path == "-" {
		return io.ReadAll(io.LimitReader(os.Stdin, reportMax))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	data, err = io.ReadAll(io.LimitReader(file, reportMax))
	return data, errors.Join(err, file.Close())
}
