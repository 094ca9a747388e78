package uitest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"

	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/still"
)

// patience is how long a test waits for work in another goroutine before it fails.
const patience = 30 * time.Second

// TB is what a Screen needs of a *testing.T. The tour, which is no test, has one of its own: its Fatal and Fatalf must
// not return.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// Screen is a window without a display, to be read and used as a person does.
type Screen struct {
	t      TB
	window fyne.Window
	queue  *nav.Queue
	app    *App     // nil for a window of the shell
	page   nav.Page // nil when none is shown by itself
	size   fyne.Size
}

// On gives a window of the shell as a Screen. queue is the shell's Dispatcher.
func On(t TB, window fyne.Window, queue *nav.Queue, size fyne.Size) *Screen {
	return &Screen{t: t, window: window, queue: queue, size: size}
}

// Show starts a page and draws it in a window of the given size, with the focus where the page wants it. The visit
// ends with the test.
func (a *App) Show(t *testing.T, page nav.Page, size fyne.Size) *Screen {
	t.Helper()
	s := &Screen{t: t, window: a.window, queue: a.Queue, app: a, page: page, size: size}
	page.Start()
	t.Cleanup(page.Stop)
	s.Rebuild()
	return s
}

// ShowObject draws an object that is not a page in a window of the given size.
func (a *App) ShowObject(t *testing.T, o fyne.CanvasObject, size fyne.Size) *Screen {
	t.Helper()
	s := &Screen{t: t, window: a.window, queue: a.Queue, app: a, size: size}
	s.place(o)
	return s
}

// Rebuild draws the page anew, as the shell does when language, theme or text size change.
func (s *Screen) Rebuild() {
	s.t.Helper()
	s.place(s.page.Build(s.app.Printer))
	if f, ok := s.page.(nav.Focuser); ok && f.Focus() != nil {
		s.Canvas().Focus(f.Focus())
	}
}

func (s *Screen) place(o fyne.CanvasObject) {
	s.window.SetContent(o)
	s.window.Resize(s.size)
	still.Layout(s.Canvas())
}

// Page is the page that is shown, for tests that look at its state.
func (s *Screen) Page() nav.Page { return s.page }

// Canvas is the window's canvas.
func (s *Screen) Canvas() fyne.Canvas { return s.window.Canvas() }

// Drain runs what other goroutines have handed over so far, and lays out what has changed, as a window does.
func (s *Screen) Drain() {
	s.queue.Drain()
	still.Layout(s.Canvas())
}

// Until drains until cond holds, and fails the test when it does not in time.
func (s *Screen) Until(what string, cond func() bool) {
	s.t.Helper()
	late := time.After(patience)
	for {
		s.Drain()
		if cond() {
			return
		}
		select {
		case <-s.queue.More():
		case <-late:
			s.t.Fatalf("waited in vain for %s; the screen says %q", what, s.Texts())
		}
	}
}

// WaitFor drains until a text can be read on the screen.
func (s *Screen) WaitFor(text string) {
	s.t.Helper()
	s.Until("text "+text, func() bool { return s.Has(text) })
}

// WaitGone drains until a text can no longer be read.
func (s *Screen) WaitGone(text string) {
	s.t.Helper()
	s.Until("the end of text "+text, func() bool { return !s.Has(text) })
}

// Texts is everything that can be read, from the top overlay if there is one, in drawing order.
func (s *Screen) Texts() []string {
	var all []string
	texts(s.top(), func(text string) { all = append(all, text) })
	return all
}

// Has says whether some text on the screen contains the given one.
func (s *Screen) Has(text string) bool {
	return slices.ContainsFunc(s.Texts(), func(have string) bool { return strings.Contains(have, text) })
}

// Field finds a field by its label.
func (s *Screen) Field(label string) *kit.Field {
	s.t.Helper()
	for _, f := range All[*kit.Field](s) {
		if slices.Contains(textsOf(f), label) {
			return f
		}
	}
	s.t.Fatalf("no field %q; the screen says %q", label, s.Texts())
	return nil
}

// Button finds a button or link by its words.
func (s *Screen) Button(label string) *kit.Button {
	s.t.Helper()
	for _, b := range All[*kit.Button](s) {
		if b.Text() == label || b.AccessibilityLabel() == label {
			return b
		}
	}
	s.t.Fatalf("no button %q; the screen says %q", label, s.Texts())
	return nil
}

// Check finds a box to tick by its words.
func (s *Screen) Check(label string) *kit.Check {
	s.t.Helper()
	for _, c := range All[*kit.Check](s) {
		if slices.Contains(textsOf(c), label) {
			return c
		}
	}
	s.t.Fatalf("no check %q; the screen says %q", label, s.Texts())
	return nil
}

// Enabled says whether a button can be pressed.
func (s *Screen) Enabled(label string) bool {
	s.t.Helper()
	b := s.Button(label)
	return !b.Disabled() && !b.Busy()
}

// Tap presses a button or link as a person does, then drains.
func (s *Screen) Tap(label string) {
	s.t.Helper()
	fynetest.Tap(s.Button(label))
	s.Drain()
}

// Tick ticks or unticks a box, then drains.
func (s *Screen) Tick(label string) {
	s.t.Helper()
	c := s.Check(label)
	s.Canvas().Focus(c.Focusable())
	s.Press(fyne.KeySpace)
}

// Type puts the focus into a field and types behind what is there, then drains.
func (s *Screen) Type(label, text string) {
	s.t.Helper()
	s.Canvas().Focus(s.Field(label).Focusable())
	s.TypeFocused(text)
}

// TypeFocused types into what has the focus, then drains.
func (s *Screen) TypeFocused(text string) {
	s.t.Helper()
	if s.Canvas().Focused() == nil {
		s.t.Fatal("nothing has the focus")
	}
	fynetest.Type(s.Canvas().Focused(), text)
	s.Drain()
}

// Press sends a key to what has the focus, else to the canvas, then drains.
func (s *Screen) Press(key fyne.KeyName) {
	s.t.Helper()
	ev := &fyne.KeyEvent{Name: key}
	if f := s.Canvas().Focused(); f != nil {
		f.TypedKey(ev)
	} else if handle := s.Canvas().OnTypedKey(); handle != nil {
		handle(ev)
	}
	s.Drain()
}

// Blur takes the focus away from everything, then drains.
func (s *Screen) Blur() {
	s.Canvas().Unfocus()
	s.Drain()
}

// TabOrder walks once through everything that Tab reaches, from the beginning, and names it by its label.
func (s *Screen) TabOrder() []string {
	var order []string
	for _, f := range s.tabStops() {
		order = append(order, s.nameOf(f))
	}
	return order
}

// labelled is a widget of the kit of which a part takes the focus.
type labelled interface {
	fyne.CanvasObject
	Focusable() fyne.Focusable
}

// nameOf is the label of what has the focus.
func (s *Screen) nameOf(f fyne.Focusable) string {
	if b, ok := f.(*kit.Button); ok {
		return b.AccessibilityLabel()
	}
	for _, l := range All[labelled](s) {
		if l.Focusable() == f {
			if all := textsOf(l); len(all) > 0 {
				return all[0]
			}
		}
	}
	if o, ok := f.(fyne.CanvasObject); ok {
		return strings.Join(textsOf(o), " ")
	}
	return ""
}
