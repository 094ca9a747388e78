package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// After runs a function later on the UI goroutine and returns how to call that
// off. The shell makes one of time.AfterFunc and its dispatcher.
type After func(d time.Duration, f func()) (stop func())

// toastTime is how long a message stands.
const toastTime = 5 * time.Second

// Toaster shows one quiet message at the bottom for five seconds. It lies over
// the window's content in a stack, so clicks pass beside it.
type Toaster struct {
	widget.BaseWidget
	after  After
	label  *Text
	ground *canvas.Rectangle
	pill   *fyne.Container
	body   *fyne.Container
	stop   func()
}

// NewToaster makes a toaster; put it on top: container.NewStack(content, toaster).
func NewToaster(after After) *Toaster {
	t := &Toaster{after: after, ground: canvas.NewRectangle(nil)}
	t.label = NewText("", Style{Size: theme.SizeText, Color: theme.OnToast})
	t.label.SetTruncate(true)
	t.pill = container.NewStack(t.ground, Inset(11, 18, 11, 18, t.label))
	t.pill.Hide()
	t.body = container.New(bottom{t.label}, t.pill)
	t.ExtendBaseWidget(t)
	return t
}

// Say shows a message for five seconds, in place of the one before.
func (t *Toaster) Say(message string) {
	if t.stop != nil {
		t.stop()
	}
	t.label.SetText(message)
	t.pill.Show()
	t.Refresh()
	t.body.Refresh()
	t.stop = t.after(toastTime, t.Clear)
}

// Clear takes the message away.
func (t *Toaster) Clear() { t.pill.Hide() }

// Message returns what is shown, or "".
func (t *Toaster) Message() string {
	if !t.pill.Visible() {
		return ""
	}
	return t.label.Text()
}

// Refresh is part of fyne.CanvasObject.
func (t *Toaster) Refresh() {
	t.paint()
	t.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (t *Toaster) CreateRenderer() fyne.WidgetRenderer {
	t.paint()
	return widget.NewSimpleRenderer(t.body)
}

func (t *Toaster) paint() {
	t.ground.FillColor, t.ground.CornerRadius = colorOf(t, theme.ToastGround), theme.RadiusCard
}

// bottom places the pill at the bottom, as wide as its words.
type bottom struct{ label *Text }

func (bottom) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (b bottom) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	words := fyne.MeasureText(b.label.Text(), sizeOf(b.label, theme.SizeText), fyne.TextStyle{}).Width + 1
	m := objects[0].MinSize()
	w := min(words+36, max(size.Width-2*theme.PageMargin, 0))
	objects[0].Resize(fyne.NewSize(w, m.Height))
	objects[0].Move(fyne.NewPos((size.Width-w)/2, size.Height-m.Height-theme.Gap6))
}
