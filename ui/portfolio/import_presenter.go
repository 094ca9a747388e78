package portfolio

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// state is what the page shows.
type state int

const (
	choosing state = iota
	working
	imported
	faulty  // the file has errors: nothing was imported
	failed  // something else went wrong
	stopped // the person stopped it, or went elsewhere
)

// presenter decides what the page shows.
type presenter struct {
	scope   nav.Scope
	deps    Deps
	changed func()

	waiting  string // path to import on arriving
	path     string // of the import that is or was under way
	state    state
	progress services.ImportProgress
	report   services.ImportReport
	faults   services.PortfolioError
	err      error
	cancel   context.CancelFunc
	run      int // tells one import from the next
}

func newPresenter(d nav.Dispatcher, deps Deps, path string) *presenter {
	return &presenter{scope: nav.Scope{Dispatcher: d}, deps: deps, waiting: path, changed: func() {}}
}

// start begins a visit, with the import that the person came for.
func (p *presenter) start() {
	p.scope.Start()
	if path := p.waiting; path != "" {
		p.waiting = ""
		p.importFile(path)
	}
}

// stop ends the visit and with it what is under way; importing the same file again goes on from there.
func (p *presenter) stop() {
	p.halt()
	p.scope.Stop()
}

// halt stops the import. What was written so far stays.
func (p *presenter) halt() {
	if p.state != working {
		return
	}
	p.cancel()
	p.run++
	p.state = stopped
	p.changed()
}

// importFile imports a file, unless one is being imported or the person has gone elsewhere while choosing it.
func (p *presenter) importFile(path string) {
	if p.state == working || !p.scope.Active() {
		return
	}
	p.run++
	p.path, p.state, p.err = path, working, nil
	p.progress = services.ImportProgress{Checking: true}
	ctx, cancel := context.WithCancel(p.scope.Context())
	p.cancel = cancel
	source := &source{open: p.deps.Open, path: path}
	tell := p.teller(p.run)
	run := p.run
	nav.Run(&p.scope, func(context.Context) (services.ImportReport, error) {
		defer cancel()
		report, err := p.deps.Importer.ImportPortfolio(ctx, source.reader, tell)
		return report, source.cause(err)
	}, func(report services.ImportReport, err error) {
		if run == p.run {
			p.answered(report, err)
		}
	})
	p.changed()
}

// teller brings progress to the user interface's goroutine, the latest only: a file may have very many lines.
func (p *presenter) teller(run int) func(services.ImportProgress) {
	var mu sync.Mutex
	var latest services.ImportProgress
	waiting := false
	take := func() services.ImportProgress {
		mu.Lock()
		defer mu.Unlock()
		waiting = false
		return latest
	}
	return func(progress services.ImportProgress) {
		mu.Lock()
		defer mu.Unlock()
		latest = progress
		if waiting {
			return
		}
		waiting = true
		p.scope.Dispatcher.Do(func() {
			if progress := take(); run == p.run && p.state == working {
				p.progress = progress
				p.changed()
			}
		})
	}
}

func (p *presenter) answered(report services.ImportReport, err error) {
	faults, isFaulty := errors.AsType[*services.PortfolioError](err)
	switch {
	case err == nil:
		p.state, p.report = imported, report
	case isFaulty:
		p.state, p.faults = faulty, *faults
	default:
		p.state, p.err = failed, err
	}
	p.changed()
}

// name is the file without its folders.
func (p *presenter) name() string { return filepath.Base(p.path) }

// sourceError is a fault of the file itself: it cannot be opened or read.
type sourceError struct{ error }

func (e sourceError) Unwrap() error { return e.error }

// source opens the file and remembers why it could not be read, whatever the importer makes of that.
type source struct {
	open func(path string) (io.ReadCloser, error)
	path string
	err  error // touched by the importer's goroutine only
}

func (s *source) reader() (io.ReadCloser, error) {
	r, err := s.open(s.path)
	if err != nil {
		s.err = err
		return nil, err
	}
	return &watched{ReadCloser: r, source: s}, nil
}

// cause is the error of the file if there was one, else the importer's.
func (s *source) cause(err error) error {
	if err != nil && s.err != nil {
		return sourceError{s.err}
	}
	return err
}

type watched struct {
	io.ReadCloser
	source *source
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.ReadCloser.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		w.source.err = err
	}
	return n, err
}

// problem says why the import failed.
func (p *presenter) problem(pr *text.Printer, now time.Time) string {
	_, ofFile := errors.AsType[sourceError](p.err)
	switch {
	case !ofFile:
		return nav.Sentence(pr, p.err, now)
	case errors.Is(p.err, fs.ErrNotExist):
		return pr.T("portfolio.file.missing")
	case errors.Is(p.err, fs.ErrPermission):
		return pr.T("portfolio.file.denied")
	default:
		return pr.T("portfolio.file.unreadable")
	}
}

// reason says in words why a field of the file was refused.
func reason(pr *text.Printer, e services.LineError) string {
	for _, key := range []string{"portfolio.reason." + e.Reason, "nav.reason." + e.Reason} {
		if pr.Has(key) {
			return pr.T(key)
		}
	}
	return pr.T("nav.reason.format")
}

// place says which part of a line is at fault.
func place(pr *text.Printer, e services.LineError) string {
	if e.Field == "" {
		return pr.T("portfolio.whole_line")
	}
	return e.Field
}
