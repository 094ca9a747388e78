package portfolio_test

import (
	"context"
	"io"
	"io/fs"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/portfolio"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// size is what the shell leaves to a page beside its rail, at 1280 by 800.
var size = fyne.NewSize(1056, 800)

// fake is an importer that a test leads step by step.
type fake struct {
	steps  chan services.ImportProgress // told one by one; closing it ends the import
	report services.ImportReport
	err    error
	read   string // of the file
	runs   int
	ended  chan error // why each run ended
}

func newFake() *fake {
	return &fake{
		steps: make(chan services.ImportProgress), ended: make(chan error, 9),
		report: services.ImportReport{Customers: 7, Agreements: 8, Payments: 1296},
	}
}

func (f *fake) ImportPortfolio(ctx context.Context, open func() (io.ReadCloser, error), progress func(services.ImportProgress)) (services.ImportReport, error) {
	f.runs++
	report, err := f.run(ctx, open, progress)
	f.ended <- err
	return report, err
}

func (f *fake) run(ctx context.Context, open func() (io.ReadCloser, error), progress func(services.ImportProgress)) (services.ImportReport, error) {
	r, err := open()
	if err != nil {
		return services.ImportReport{}, services.Internal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return services.ImportReport{}, services.Internal(err)
	}
	f.read = string(data)
	for {
		select {
		case <-ctx.Done():
			return services.ImportReport{}, ctx.Err()
		case step, ok := <-f.steps:
			if !ok {
				return f.report, f.err
			}
			progress(step)
		}
	}
}

// open gives "lines" for every file but those that are named after an error.
func open(path string) (io.ReadCloser, error) {
	switch {
	case strings.Contains(path, "missing"):
		return nil, fs.ErrNotExist
	case strings.Contains(path, "denied"):
		return nil, fs.ErrPermission
	case strings.Contains(path, "broken"):
		return io.NopCloser(brokenReader{}), nil
	}
	return io.NopCloser(strings.NewReader("lines")), nil
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, fs.ErrInvalid }

func manyFaults() error {
	e := &services.PortfolioError{Total: 1234}
	fields := []string{"first_name", "agreements[0].vin", "agreements[0].payments[3].date", ""}
	reasons := []string{services.ReasonRequired, services.ReasonFormat, services.ReasonMismatch, services.ReasonDuplicate}
	for i := range 100 {
		e.Lines = append(e.Lines, services.LineError{Line: i*13 + 1, Field: fields[i%4], Reason: reasons[i%4]})
	}
	return e
}

func TestImport_Pictures(t *testing.T) {
	states := map[string]struct {
		path  string
		lead  func(*fake)
		until string // catalogue key
	}{
		"choose":   {"", func(*fake) {}, "portfolio.choose.title"},
		"working":  {"/data/portfolio.jsonl", func(f *fake) { f.steps <- services.ImportProgress{Customers: 4200} }, ""},
		"imported": {"/data/portfolio.jsonl", func(f *fake) { f.report.Resumed = true; close(f.steps) }, "portfolio.done.title"},
		"faulty":   {"/data/portfolio.jsonl", func(f *fake) { f.err = manyFaults(); close(f.steps) }, "portfolio.column.line"},
		"failed":   {"/data/missing.jsonl", func(*fake) {}, "portfolio.file.missing"},
	}
	for state, tt := range states {
		uitest.EachLook(t, state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			f := newFake()
			s := app.Show(t, portfolio.NewImport(app.Env(), portfolio.Deps{Importer: f, Open: open}, tt.path), size)
			tt.lead(f)
			if tt.until == "" {
				s.WaitFor(app.Printer.Number(4200))
			} else {
				s.WaitFor(app.Printer.T(tt.until))
			}
			return s
		})
	}
}

func TestImport_Layout(t *testing.T) {
	for _, lang := range []text.Lang{text.English, text.French} {
		for _, scale := range []float32{1, 1.5, 2} {
			app, f := uitest.NewApp(t, lang, theme.HighContrast, scale), newFake()
			f.err = manyFaults()
			close(f.steps)
			s := app.Show(t, portfolio.NewImport(app.Env(), portfolio.Deps{Importer: f, Open: open}, "/data/p.jsonl"), uitest.Small.SubtractWidthHeight(224, 0))
			s.WaitFor(app.Printer.T("portfolio.column.line"))
			s.AssertLayout()
		}
	}
}

// fixture is the page after choosing nothing yet.
func fixture(t *testing.T, path string) (*uitest.App, *fake, *uitest.Screen) {
	app, f := uitest.NewApp(t, text.English, theme.Light, 1), newFake()
	return app, f, app.Show(t, portfolio.NewImport(app.Env(), portfolio.Deps{Importer: f, Open: open}, path), size)
}

func TestImport_ChooseAFile(t *testing.T) {
	app, f, s := fixture(t, "")
	s.Tap("Choose a file") // and cancel
	if f.runs != 0 || !s.Has("Choose a file, or drop it") {
		t.Fatal("something is imported although nothing was chosen")
	}
	app.Files.Choose = []string{"/data/lender.jsonl"}
	s.Tap("Choose a file")
	f.steps <- services.ImportProgress{Checking: true, Customers: 1}
	s.WaitFor("Checking: 1 customer so far")
	f.steps <- services.ImportProgress{Customers: 500}
	s.WaitFor("Importing: 500 customers so far")
	close(f.steps)
	s.WaitFor("7 customers, 8 agreements and 1,296 payments.")
	if f.read != "lines" || s.Has("interrupted") {
		t.Errorf("read %q; the screen says %q", f.read, s.Texts())
	}
}

func TestImport_Drop(t *testing.T) {
	_, f, s := fixture(t, "")
	s.Page().(interface{ Drop([]fyne.URI) }).Drop([]fyne.URI{storage.NewFileURI("/data/lender.jsonl")})
	s.WaitFor("lender.jsonl")
	close(f.steps)
	s.WaitFor("The portfolio is imported")
}

func TestImport_OneAtATime(t *testing.T) {
	_, f, s := fixture(t, "/data/first.jsonl")
	f.steps <- services.ImportProgress{Customers: 1}
	s.Page().(interface{ Drop([]fyne.URI) }).Drop([]fyne.URI{storage.NewFileURI("/data/second.jsonl")})
	close(f.steps)
	s.WaitFor("The portfolio is imported")
	if f.runs != 1 {
		t.Errorf("%d imports", f.runs)
	}
}

func TestImport_CancelAndGoOn(t *testing.T) {
	_, f, s := fixture(t, "/data/lender.jsonl")
	f.steps <- services.ImportProgress{Customers: 500}
	s.WaitFor("500")
	s.Tap("Cancel")
	s.WaitFor("The import was stopped")
	if err := <-f.ended; err == nil {
		t.Fatal("the importer was not told")
	}
	f.report.Resumed = true
	close(f.steps)
	s.Tap("Go on with this file")
	s.WaitFor("it was continued")
}

func TestImport_LeavingStopsAndComingBackTells(t *testing.T) {
	_, f, s := fixture(t, "/data/lender.jsonl")
	f.steps <- services.ImportProgress{Customers: 500}
	s.Page().Stop()
	if err := <-f.ended; err == nil {
		t.Fatal("the importer was not told")
	}
	s.Page().Start()
	s.Rebuild()
	if !s.Has("The import was stopped") || f.runs != 1 {
		t.Errorf("%d imports; the screen says %q", f.runs, s.Texts())
	}
}

func TestImport_ChosenAfterLeaving(t *testing.T) {
	_, f, s := fixture(t, "")
	s.Page().Stop()
	s.Page().(interface{ Drop([]fyne.URI) }).Drop([]fyne.URI{storage.NewFileURI("/data/lender.jsonl")})
	s.Page().Start()
	s.Rebuild()
	if f.runs != 0 || !s.Has("Choose a file, or drop it") {
		t.Errorf("%d imports; the screen says %q", f.runs, s.Texts())
	}
}

func TestImport_Failures(t *testing.T) {
	for path, says := range map[string]string{
		"/data/missing.jsonl": "There is no such file.",
		"/data/denied.jsonl":  "You may not read this file.",
		"/data/broken.jsonl":  "The file could not be read.",
		"/data/lender.jsonl":  "We could not reach the service.",
	} {
		_, f, s := fixture(t, path)
		f.err = services.Fail(services.CodeUnavailable)
		close(f.steps)
		s.WaitFor(says)
		if !s.Has("was not imported") || !s.Enabled("Choose a file") {
			t.Errorf("%s: the screen says %q", path, s.Texts())
		}
	}
}

func TestImport_Faults(t *testing.T) {
	_, f, s := fixture(t, "/data/lender.jsonl")
	f.err = manyFaults()
	close(f.steps)
	s.WaitFor("1,234 errors were found. The first 100 are listed. Nothing was imported.")
	for _, want := range []string{"Line", "agreements[0].vin", "Missing or empty", "Contradicts another field"} {
		if !s.Has(want) {
			t.Errorf("%q is not shown", want)
		}
	}
	if s.Has("1,288") {
		t.Error("the last line is drawn although it is out of view")
	}
}
