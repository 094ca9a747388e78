package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"github.com/google/uuid"

	"myaccount/assets"
	"myaccount/services/blob"
	"myaccount/services/brand"
	"myaccount/services/core"
	"myaccount/services/seal"
	"myaccount/services/server"
	"myaccount/services/store/postgres"
	"myaccount/services/store/sqlite"
	"myaccount/services/text"
)

// place is where the data of one engine and size lies, as app/server lays it out.
type place struct {
	folder   string
	database string // PostgreSQL's address; "" for SQLite in the folder
	profiled string // optional: file to write a profile of the processor to
}

// sqlitePath is the database in the folder.
func (p place) sqlitePath() string { return filepath.Join(p.folder, "my-account.db") }

// clock tells the machine's time.
type clock struct{}

// Now is the present moment in UTC.
func (clock) Now() time.Time { return time.Now().UTC() }

// box opens the key that the backend made.
func (p place) box() (*seal.Box, error) {
	data, err := os.ReadFile(filepath.Join(p.folder, "sealing.key"))
	if err != nil {
		return nil, err
	}
	key, err := seal.ParseKey(data)
	if err != nil {
		return nil, err
	}
	return seal.Open(key)
}

// database is an open store.
type database interface {
	core.Store
	io.Closer
}

// open makes the rules on the data, as app/server does. Without a sender mails are written and not sent.
func (p place) open(ctx context.Context) (_ *core.Core, _ database, err error) {
	box, err := p.box()
	if err != nil {
		return nil, nil, err
	}
	files, err1 := blob.Share(filepath.Join(p.folder, "attachments"))
	rules, err2 := brand.Load(assets.Brand)
	catalogue, err3 := text.Load(assets.Translations)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, nil, err
	}
	var db database
	if p.database == "" {
		db, err = sqlite.Open(ctx, p.sqlitePath(), box, clock{})
	} else {
		db, err = postgres.Open(ctx, p.database, box, clock{})
	}
	if err != nil {
		return nil, nil, err
	}
	return core.New(core.Config{
		Store: db, Blobs: files, Box: box, Passwords: seal.NewPasswords(seal.DefaultParams()), Clock: clock{},
		NewID: func() string { return uuid.Must(uuid.NewV7()).String() }, NewToken: seal.Token, NewCode: seal.Digits,
		Brand: rules, Catalogue: catalogue, Links: "https://portal.example/",
		Terms: map[string]string{string(text.English): assets.TermsEnglish, string(text.French): assets.TermsFrench},
	}), db, nil
}

// server is the backend's handler. It writes its log, which goes nowhere; it believes loopback's word on who asks, so
// that the limits of an address do not end the measuring.
func (p place) server(ctx context.Context) (http.Handler, error) {
	rules, _, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	return server.New(server.Config{
		Core: rules, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
	})
}

// serve answers on a free port, whose address it prints, until ctx ends.
func (p place) serve(ctx context.Context, open func(context.Context) (http.Handler, error)) error {
	handler, err := open(ctx)
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	door := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	if own, ok := handler.(*server.Server); ok {
		door = own.HTTP("")
	}
	stop, err := p.profile()
	if err != nil {
		return err
	}
	defer stop()
	fmt.Println(listener.Addr())
	context.AfterFunc(ctx, func() { _ = door.Close() })
	if err := door.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return cmp.Or(err, io.ErrUnexpectedEOF)
	}
	return nil
}

// profile begins to note what the processor does; stop ends that.
func (p place) profile() (stop func(), err error) {
	if p.profiled == "" {
		return func() {}, nil
	}
	file, err := os.Create(p.profiled)
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = file.Close() }, pprof.StartCPUProfile(file)
}
