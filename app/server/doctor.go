package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"myaccount/services/mail"
	"myaccount/services/program"
	"myaccount/services/store/postgres"
	"myaccount/services/store/sqlite"
	"myaccount/services/text"
)

const (
	checkWithin = 30 * time.Second // each check
	clockApart  = 30 * time.Second // between this machine and the database
	spaceLeast  = 1 << 30          // bytes
	expiresSoon = 14 * 24 * time.Hour
)

// finding is what a check found: a sentence, and whether that is as it should be.
type finding struct {
	bad  bool
	key  string
	vars text.Vars
	err  error // the cause
}

// fine is a finding that is as it should be.
func fine(key string, vars ...text.Vars) finding { return finding{key: key, vars: first(vars)} }

// bad is one that is not.
func bad(key string, err error, vars ...text.Vars) finding {
	return finding{bad: true, key: key, vars: first(vars), err: err}
}

func first(vars []text.Vars) text.Vars {
	if len(vars) == 0 {
		return nil
	}
	return vars[0]
}

// doctor checks what the server needs and says of each thing how it is. It fails when something is not as it should be.
// It changes nothing that is there: neither a key nor a database is made, and no schema is brought up to date.
func (o *operator) doctor(ctx context.Context, c config, _ *cli.Command) error {
	problems := 0
	for _, check := range []func(context.Context, config) finding{
		o.checkKey, o.checkDatabase, o.checkClock, o.checkFiles, o.checkMail, o.checkCertificate, o.checkSpace, o.checkPublic,
		o.checkIdentity,
	} {
		limited, cancel := context.WithTimeout(ctx, checkWithin)
		found := check(limited, c)
		cancel()
		mark := "✓"
		if found.bad {
			mark = "✗"
			problems++
		}
		_, _ = fmt.Fprintln(o.out, mark, o.printer.T(found.key, found.vars))
		if found.err != nil {
			_, _ = fmt.Fprintln(o.out, "   ", found.err)
		}
	}
	if problems > 0 {
		return &program.Fault{Key: "server.doctor.problems", Vars: text.Vars{"Count": problems}}
	}
	o.say("server.doctor.well")
	return nil
}

// faulty makes a finding of an error, with the fault's own sentence where there is one.
func (o *operator) faulty(c config, key string, err error) finding {
	if fault, ok := errors.AsType[*program.Fault](c.explain(err)); ok {
		return bad(fault.Key, fault.Err, fault.Vars)
	}
	return bad(key, err)
}

func (o *operator) checkKey(ctx context.Context, c config) finding {
	named := text.Vars{"File": c.keysetPath()}
	want, err := c.keyID(ctx)
	if err != nil {
		return o.faulty(c, "server.doctor.database.bad", err)
	}
	if _, err := os.Stat(c.keysetPath()); errors.Is(err, fs.ErrNotExist) && want == "" {
		return fine("server.doctor.key.later", named)
	}
	key, err := loadKey(c.keysetPath(), want)
	if err != nil {
		return o.faulty(c, "server.key.unreadable", err)
	}
	keys, err := c.sealingKeys(ctx)
	if err == nil {
		err = fits(key, keys)
	}
	if err != nil {
		return o.faulty(c, "server.doctor.database.bad", err)
	}
	return fine(map[step]string{
		resting: "server.doctor.key.good", prepared: "server.doctor.key.prepared", promoted: "server.doctor.key.promoted",
	}[stepOf(key, keys)], named)
}

func (o *operator) checkDatabase(ctx context.Context, c config) finding {
	var pending bool
	var err error
	if c.onSQLite() {
		if _, err := os.Stat(c.databasePath()); errors.Is(err, fs.ErrNotExist) {
			return fine("server.doctor.database.later", text.Vars{"File": c.databasePath()})
		}
		pending, err = sqlite.Pending(ctx, c.databasePath())
	} else {
		pending, err = postgres.Pending(ctx, c.Database.Reveal())
	}
	switch {
	case err != nil:
		return o.faulty(c, "server.doctor.database.bad", err)
	case pending:
		return bad("server.doctor.database.pending", nil)
	}
	return fine("server.doctor.database.good")
}

// checkClock compares this machine's clock with the database's, on which links and codes expire.
func (o *operator) checkClock(ctx context.Context, c config) finding {
	if c.onSQLite() {
		return fine("server.doctor.clock.own")
	}
	conn, err := pgx.Connect(ctx, c.Database.Reveal())
	if err != nil {
		return bad("server.data.unavailable", err)
	}
	var theirs time.Time
	err = conn.QueryRow(ctx, "SELECT clock_timestamp()").Scan(&theirs)
	if err = errors.Join(err, conn.Close(ctx)); err != nil {
		return bad("server.data.unavailable", err)
	}
	if apart := now().Sub(theirs).Abs(); apart > clockApart {
		return bad("server.doctor.clock.apart", nil, text.Vars{"Seconds": int(apart.Seconds())})
	}
	return fine("server.doctor.clock.good")
}

// checkFiles writes, reads and removes an attachment.
func (o *operator) checkFiles(ctx context.Context, c config) finding {
	files, err := c.openBlobs(ctx)
	if err == nil {
		err = errors.Join(tryBlobs(ctx, files), files.Close())
	}
	if err != nil {
		return bad("server.blobs.unusable", err)
	}
	return fine("server.doctor.blobs.good")
}

func tryBlobs(ctx context.Context, files blobs) error {
	key, data := "doctor-"+uuid.NewString(), []byte("doctor")
	if err := files.Put(ctx, key, data); err != nil {
		return err
	}
	back, err := files.Get(ctx, key)
	if err == nil && !bytes.Equal(back, data) {
		err = errors.New("what was read is not what was written")
	}
	return errors.Join(err, files.Delete(ctx, key))
}

func (o *operator) checkMail(ctx context.Context, c config) finding {
	sender, err := o.sender(c)
	if err != nil {
		return o.faulty(c, "server.smtp.address", err)
	}
	server, ok := sender.(*mail.SMTP)
	if !ok {
		return fine("server.doctor.mail.files", text.Vars{"Folder": c.mailFolder()})
	}
	if err := server.Check(ctx); err != nil {
		return bad("server.doctor.mail.bad", err)
	}
	return fine("server.doctor.mail.good")
}

func (o *operator) checkCertificate(_ context.Context, c config) finding {
	if c.HTTP {
		return fine("server.doctor.certificate.none")
	}
	certificate, err := c.certificates(slog.New(slog.DiscardHandler)).Get(nil)
	if err != nil {
		return bad("server.serve.certificate", err)
	}
	public, err := url.Parse(c.PublicURL)
	if err == nil && public.Hostname() != "" && certificate.Leaf.VerifyHostname(public.Hostname()) != nil {
		return bad("server.doctor.certificate.host", nil, text.Vars{"Host": public.Hostname()})
	}
	until := text.Vars{"Until": o.printer.DateLong(civil.DateOf(certificate.Leaf.NotAfter))}
	if now().After(certificate.Leaf.NotAfter.Add(-expiresSoon)) {
		return bad("server.doctor.certificate.expires", nil, until)
	}
	return fine("server.doctor.certificate.good", until)
}

func (o *operator) checkSpace(_ context.Context, c config) finding {
	free, known := space(c.Data)
	vars := text.Vars{"Folder": c.Data, "Free": o.printer.Size(free)}
	switch {
	case !known:
		return fine("server.doctor.space.unknown", vars)
	case free < spaceLeast:
		return bad("server.doctor.space.little", nil, vars)
	}
	return fine("server.doctor.space.good", vars)
}

// checkPublic sees to it that the links of mails lead somewhere.
func (o *operator) checkPublic(_ context.Context, c config) finding {
	host, _, _ := net.SplitHostPort(c.Listen)
	vars := text.Vars{"URL": c.base(c.Listen)}
	if c.PublicURL == "" && !isLoopback(host) {
		return bad("server.doctor.public.missing", nil, vars)
	}
	return fine("server.doctor.public.good", vars)
}
