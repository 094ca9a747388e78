package documents_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/printing"
	"myaccount/services/text"
	"myaccount/ui/documents"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// wait waits until the first page is drawn.
func wait(s *uitest.Screen, p *text.Printer) {
	s.WaitFor(p.T("documents.page", text.Vars{"Count": 1}))
}

func TestDocuments_Pictures(t *testing.T) {
	held := full(t)
	held.Hold = make(chan struct{})
	defer close(held.Hold)
	away, fresh, unreadable := full(t), full(t), full(t)
	away.Err, fresh.documents = services.Fail(services.CodeUnavailable), nil
	unreadable.openErr = services.Fail(services.CodeUnavailable)
	states := map[string]struct {
		fake *fake
		wait func(s *uitest.Screen, p *text.Printer)
	}{
		"full":    {full(t), wait},
		"loading": {held, func(*uitest.Screen, *text.Printer) {}},
		"failed":  {away, func(s *uitest.Screen, p *text.Printer) { s.WaitFor(p.T("documents.failed.title")) }},
		"empty":   {fresh, func(s *uitest.Screen, p *text.Printer) { s.WaitFor(p.T("documents.empty.title")) }},
		"closed-to": {unreadable, func(s *uitest.Screen, p *text.Printer) {
			s.WaitFor(p.T("documents.preview.failed"))
		}},
	}
	for state, tt := range states {
		uitest.EachLook(t, state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			s := app.Show(t, documents.New(app.Env(), tt.fake.deps(), "a1"), uitest.PageSize)
			tt.wait(s, app.Printer)
			return s
		})
	}
}

func TestDocuments_Layout(t *testing.T) {
	uitest.EachRoom(t, func(t *testing.T, app *uitest.App, room fyne.Size) *uitest.Screen {
		s := app.Show(t, documents.New(app.Env(), full(t).deps(), "a1"), room)
		s.WaitFor(app.Printer.T("documents.kind.statement", text.Vars{"Month": app.Printer.Month(uitest.Date(2026, 10, 1))}))
		s.AssertLayout()
		s.Press(fyne.KeyDown) // where there is room for one of both, the document is shown
		s.Until("the page is drawn", func() bool { return s.Has(app.Printer.T("documents.page", text.Vars{"Count": 1})) })
		return s
	})
}

func show(t *testing.T, lang text.Lang, f *fake) (*uitest.App, *uitest.Screen) {
	t.Helper()
	app := uitest.NewApp(t, lang, theme.Light, 1)
	s := app.Show(t, documents.New(app.Env(), f.deps(), "a1"), uitest.PageSize)
	wait(s, app.Printer)
	return app, s
}

func (f *fake) seen() []string {
	f.Lock()
	defer f.Unlock()
	return slices.Clone(f.opened)
}

func TestDocuments_List(t *testing.T) {
	_, s := show(t, text.English, full(t))
	for _, want := range []string{
		"Statement, October\u00a02026", "Statement, June\u00a02026", "Purchase quote.pdf", "Pre-authorized debit agreement", "Lease agreement 4471", "scan.heic",
		"Contract end options", "M-7K3F-92QD · Jun\u00a02,\u00a02025",
		"PDF · Jun\u00a02,\u00a02025 · English and French", "PDF · 24\u00a0KB · kept on this device", "PDF · 2\u00a0MB · Jun\u00a01,\u00a02025",
	} {
		if !s.Has(want) {
			t.Errorf("%q is not shown; the screen says %q", want, s.Texts())
		}
	}
	if !s.Has("kept on this device") {
		t.Error("what was opened is not kept")
	}
}

// The keyboard walks the list; each document that is chosen is shown beside it, and Enter opens it.
func TestDocuments_Keyboard(t *testing.T) {
	f := full(t)
	app, s := show(t, text.French, f)
	s.Press(fyne.KeyDown)
	s.Until("the next one is read", func() bool { return slices.Contains(f.seen(), "a1~2026-09 fr") })
	s.Press(fyne.KeyEnd)
	s.WaitFor("Il n’y a pas d’aperçu de ce document")
	s.Press(fyne.KeyReturn)
	s.Until("it is opened", func() bool { return len(app.Files.Shown) == 1 })
}

func TestDocuments_Filter(t *testing.T) {
	f := full(t)
	_, s := show(t, text.English, f)
	s.Canvas().Focus(uitest.All[*kit.Select](s)[0].Focusable())
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDown)
	if s.Has("Statement, October") || !s.Has("Lease agreement 4471") || !s.Has("Pre-authorized debit agreement") || s.Has("Purchase quote.pdf") {
		t.Errorf("agreements: %q", s.Texts())
	}
	s.Until("the first of them is read", func() bool { return slices.Contains(f.seen(), "debit en") })
	f.Lock()
	f.documents["a1"] = f.documents["a1"][:5]
	f.Unlock()
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventDocument})
	s.WaitFor("There are no documents of this kind.")
	s.AssertLayout()
}

// A month is found by its name or number, a conversation by its reference; what is not there is said not to be.
func TestDocuments_Search(t *testing.T) {
	for typed, want := range map[string]string{
		"  JUNE 2026": "Statement, June\u00a02026", "2026-06": "Statement, June\u00a02026", "7k3f": "M-7K3F-92QD", "conversation": "M-7K3F-92QD",
	} {
		_, s := show(t, text.English, full(t))
		field := uitest.All[*kit.Field](s)[0]
		s.Canvas().Focus(field.Focusable())
		s.TypeFocused(typed)
		if !s.Has(want) || s.Has("Statement, October") || s.Has("Lease agreement") {
			t.Errorf("%q: %q", typed, s.Texts())
		}
		s.TypeFocused("x")
		s.WaitFor("No document has “" + typed + "x”")
		s.Press(fyne.KeyEscape)
		s.WaitFor("Statement, October")
	}
}

// A copy of a conversation says that it stays, and can be removed; nothing else can.
func TestDocuments_Remove(t *testing.T) {
	f := full(t)
	app, s := show(t, text.English, f)
	if s.Has("Remove") {
		t.Error("a statement can be removed")
	}
	s.Canvas().Focus(uitest.All[*kit.Select](s)[0].Focusable())
	for range 4 {
		s.Press(fyne.KeyDown)
	}
	s.WaitFor("This copy stays here")
	wait(s, app.Printer)
	s.AssertLayout()
	s.Tap("Remove")
	s.Tap("Keep it")
	f.Lock()
	f.removeErr = services.Fail(services.CodeUnavailable)
	f.Unlock()
	s.Tap("Remove")
	s.Tap("Remove")
	s.Until("a word", func() bool { return len(app.Toasts) == 1 })
	if !s.Has("M-7K3F-92QD") {
		t.Error("it is gone although it could not be removed")
	}
	f.Lock()
	f.removeErr = nil
	f.Unlock()
	s.Tap("Remove")
	s.Tap("Remove")
	s.WaitFor("There are no documents of this kind.")
	if len(app.Toasts) != 2 || app.Toasts[1] != "The copy is removed." {
		t.Errorf("said %q", app.Toasts)
	}
}

func TestDocuments_OpenSavePrint(t *testing.T) {
	f := full(t)
	app, s := show(t, text.English, f)
	before := len(f.seen())
	s.Tap("Print")
	s.Until("it was told", func() bool { return len(app.Toasts) == 1 })
	if want := "a1~2026-10.pdf was sent to the printer."; app.Toasts[0] != want {
		t.Errorf("said %q", app.Toasts)
	}
	f.Lock()
	f.printErr = printing.ErrNoPrinter
	f.Unlock()
	s.Tap("Print")
	s.Until("it was told", func() bool { return len(app.Toasts) == 2 && strings.HasPrefix(app.Toasts[1], "No printer is set up") })
	f.Lock()
	f.printErr = errors.New("out of paper")
	f.Unlock()
	s.Tap("Print")
	s.Until("it was told", func() bool { return len(app.Toasts) == 3 && strings.Contains(app.Toasts[2], "could not be printed") })
	if n := len(f.seen()); n != before {
		t.Errorf("what is shown was read %d times more", n-before)
	}
}

func TestDocuments_Failures(t *testing.T) {
	f := full(t)
	f.openErr = services.Fail(services.CodeUnavailable)
	app := uitest.NewApp(t, text.English, theme.Light, 1)
	s := app.Show(t, documents.New(app.Env(), f.deps(), "a1"), uitest.PageSize)
	s.WaitFor("it is not kept on this device")
	if s.Enabled("Print") {
		t.Error("what could not be had can be printed")
	}
	f.Lock()
	f.openErr = nil
	f.Unlock()
	s.Tap("Try again")
	wait(s, app.Printer)
	f.Lock()
	f.Err = services.Fail(services.CodeUnavailable)
	f.Unlock()
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventRefetch})
	s.Drain()
	if !s.Has("Statement, October") {
		t.Error("what was there is gone because it could not be read again")
	}
}

func TestDocuments_RetryAndWrite(t *testing.T) {
	f := full(t)
	f.Err = services.Fail(services.CodeInternal)
	app := uitest.NewApp(t, text.English, theme.Light, 1)
	s := app.Show(t, documents.New(app.Env(), f.deps(), ""), uitest.PageSize)
	s.WaitFor("Something went wrong on our side")
	f.Lock()
	f.Err, f.documents = nil, nil
	f.Unlock()
	s.Tap("Try again")
	s.WaitFor("No documents yet")
	s.Tap("Message us")
	want := nav.Route{Page: nav.PageCompose, Payload: nav.ComposePreset{Topic: "documents", AgreementID: "a1"}}
	if len(app.Went) != 1 || app.Went[0] != want {
		t.Errorf("went to %v", app.Went)
	}
}

// In the other language, the statement that is shown is read again.
func TestDocuments_Language(t *testing.T) {
	f := full(t)
	app, s := show(t, text.English, f)
	app.Printer = uitest.Printer(t, text.French)
	s.Rebuild()
	wait(s, app.Printer)
	if got := f.seen(); !slices.Equal(got, []string{"a1~2026-10 en", "a1~2026-10 fr"}) {
		t.Errorf("read %q", got)
	}
}

// From an agreement that has no documents there is a way to one that has.
func TestDocuments_SwitchFromNothing(t *testing.T) {
	f := full(t)
	f.documents = map[string][]services.Document{"a3": papers()}
	app := uitest.NewApp(t, text.English, theme.Light, 1)
	s := app.Show(t, documents.New(app.Env(), f.deps(), "a1"), uitest.PageSize)
	s.WaitFor("No documents yet")
	s.Page().Stop() // the person goes away and comes back
	s.Rebuild()
	s.Page().Start()
	s.Tap("Lease ending 4471")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyReturn)
	s.WaitFor("Statement, October")
}

func TestDocuments_Switch(t *testing.T) {
	_, s := show(t, text.English, full(t))
	s.Tap("Lease ending 4471")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyReturn)
	s.WaitFor("No documents yet")
	if !s.Has("Loan ending 1177 (closed)") {
		t.Errorf("the screen says %q", s.Texts())
	}
}
