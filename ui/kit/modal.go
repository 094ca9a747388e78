package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// modal is an object over a dimmed window: it takes the pointer, Escape and
// Enter, and gives them back when it goes.
type modal struct {
	widget.BaseWidget
	canvas   fyne.Canvas
	scrim    *canvas.Rectangle
	content  *fyne.Container
	onScrim  func()
	onKey    func(*fyne.KeyEvent)
	previous func(*fyne.KeyEvent)
	shown    bool
}

func newModal(c fyne.Canvas, panel fyne.CanvasObject, place fyne.Layout) *modal {
	m := &modal{canvas: c, scrim: canvas.NewRectangle(nil)}
	m.content = container.NewStack(m.scrim, container.New(place, panel))
	m.ExtendBaseWidget(m)
	return m
}

// open shows it and gives the focus to first, if that is not nil.
func (m *modal) open(first fyne.Focusable) {
	if m.shown {
		return
	}
	m.shown = true
	m.previous = m.canvas.OnTypedKey()
	m.canvas.SetOnTypedKey(m.onKey)
	m.Resize(m.canvas.Size())
	m.canvas.Overlays().Add(m)
	if first != nil {
		m.canvas.Focus(first)
	}
}

func (m *modal) close() {
	if !m.shown {
		return
	}
	m.shown = false
	m.canvas.Overlays().Remove(m)
	m.canvas.SetOnTypedKey(m.previous)
}

// Tapped is a click beside the panel.
func (m *modal) Tapped(*fyne.PointEvent) {
	if m.onScrim != nil {
		m.onScrim()
	}
}

func (m *modal) Refresh() {
	m.scrim.FillColor = colorOf(m, theme.Scrim)
	m.BaseWidget.Refresh()
}

func (m *modal) CreateRenderer() fyne.WidgetRenderer {
	m.scrim.FillColor = colorOf(m, theme.Scrim)
	return widget.NewSimpleRenderer(m.content)
}

// blocker is a ground that keeps clicks from falling through to the scrim.
type blocker struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

func newBlocker(content fyne.CanvasObject) *blocker {
	b := &blocker{content: content}
	b.ExtendBaseWidget(b)
	return b
}

func (b *blocker) Tapped(*fyne.PointEvent) {}

func (b *blocker) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.content) }

// Dialog is a question over the window.
type Dialog struct {
	modal   *modal
	confirm *Button
	dismiss *Button
	closed  func(ok bool)
	// Validate, if set, is asked on confirming; false keeps the dialog open.
	Validate func() bool
}

// dialogWidth is that of a dialog at text scale 1.
const dialogWidth = 440

// ShowDialog asks a question and calls closed once, however it is answered:
// Enter and the confirm button mean yes, Escape and the dismiss button no.
// Without a dismissLabel there is only one button. closed may be nil.
func ShowDialog(win fyne.Window, title string, content fyne.CanvasObject, confirmLabel, dismissLabel string, danger bool, closed func(ok bool)) *Dialog {
	d := &Dialog{closed: closed}
	d.confirm = NewPrimary(confirmLabel, func() { d.Close(true) })
	if danger {
		d.confirm = NewDanger(confirmLabel, func() { d.Close(true) })
	}
	d.dismiss = NewButton(dismissLabel, func() { d.Close(false) })
	setVisible(d.dismiss, dismissLabel != "")
	column := container.New(dialogColumn{content}, NewWrapped(title, StyleSection), NewPageScroll(content),
		Flow(theme.Gap4, theme.Gap2, d.confirm, d.dismiss))
	panel := newBlocker(NewCard(column, CardInset(theme.Gap6, theme.Gap6)))
	d.modal = newModal(win.Canvas(), panel, &maxWidth{width: dialogWidth, centre: true})
	d.modal.onKey = d.typed
	var first fyne.Focusable = d.confirm
	if danger && dismissLabel != "" {
		first = d.dismiss
	}
	d.modal.open(first)
	return d
}

// dialogColumn stands title, content and buttons under each other. It asks for
// the whole height of the content, which scrolls if the window has less.
type dialogColumn struct{ content fyne.CanvasObject }

func (l dialogColumn) MinSize(objects []fyne.CanvasObject) fyne.Size {
	title, content, buttons := objects[0].MinSize(), l.content.MinSize(), objects[2].MinSize()
	return fyne.NewSize(max(title.Width, content.Width, buttons.Width),
		title.Height+theme.Gap3+content.Height+theme.Gap5+buttons.Height)
}

func (l dialogColumn) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	title, buttons := settle(objects[0], size.Width), settle(objects[2], size.Width)
	room := size.Height - title - buttons - theme.Gap3 - theme.Gap5
	y := float32(0)
	for i, height := range []float32{title, max(room, 0), buttons} {
		objects[i].Resize(fyne.NewSize(size.Width, height))
		objects[i].Move(fyne.NewPos(0, y))
		y += height + theme.Gap3
		if i == 1 {
			y += theme.Gap5 - theme.Gap3
		}
	}
}

// Focus moves the focus to a field of the content.
func (d *Dialog) Focus(f fyne.Focusable) { d.modal.canvas.Focus(f) }

// ConfirmButton returns the confirm button, to disable it or show it busy.
func (d *Dialog) ConfirmButton() *Button { return d.confirm }

func (d *Dialog) typed(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		d.Close(false)
	case fyne.KeyReturn, fyne.KeyEnter:
		d.confirm.press()
	}
}

// Close answers the question.
func (d *Dialog) Close(ok bool) {
	if !d.modal.shown || ok && d.Validate != nil && !d.Validate() {
		return
	}
	d.modal.close()
	if d.closed != nil {
		d.closed(ok)
	}
}

// Drawer is a panel at the right over the dimmed window. Make a new one for each
// opening: what is not in the window misses a change of theme or text size.
type Drawer struct {
	// OnClosed is called when it was closed, however.
	OnClosed func()

	title    *Text
	subtitle *Wrapped
	closing  *Button
	panel    fyne.CanvasObject
	modal    *modal
}

// drawerWidth is that of the design, at text scale 1.
const drawerWidth = 480

// NewDrawer makes a drawer with a title, a line under it, and the content;
// closeLabel is what assistive technology reads on the cross.
func NewDrawer(title, subtitle, closeLabel string, content fyne.CanvasObject) *Drawer {
	d := &Drawer{title: NewSection(title), subtitle: NewWrapped(subtitle, StyleQuiet)}
	d.closing = NewIconButton(theme.IconClose, closeLabel, d.Close)
	head := VStack(6, HStack(theme.Gap2, d.title, Spacer(), d.closing), d.subtitle)
	body := HeadBody(Inset(24, 28, 16, 28, head), content)
	d.panel = newBlocker(container.NewStack(newGround(theme.Card), body))
	return d
}

// SetText changes title and subtitle.
func (d *Drawer) SetText(title, subtitle string) {
	d.title.SetText(title)
	d.subtitle.SetText(subtitle)
}

// Show opens the drawer over a window. Nothing in it has the focus at first: Tab
// goes to the first control, Escape closes.
func (d *Drawer) Show(win fyne.Window) {
	if d.Shown() {
		return
	}
	d.modal = newModal(win.Canvas(), d.panel, rightSide{})
	d.modal.onScrim = d.Close
	d.modal.onKey = func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			d.Close()
		}
	}
	d.modal.open(nil)
}

// Shown says whether it is open.
func (d *Drawer) Shown() bool { return d.modal != nil && d.modal.shown }

// Close closes the drawer.
func (d *Drawer) Close() {
	if !d.Shown() {
		return
	}
	d.modal.close()
	if d.OnClosed != nil {
		d.OnClosed()
	}
}

type rightSide struct{}

func (rightSide) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (rightSide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(max(grown(currentTheme{}, drawerWidth), objects[0].MinSize().Width), size.Width)
	objects[0].Resize(fyne.NewSize(w, size.Height))
	objects[0].Move(fyne.NewPos(size.Width-w, 0))
}

// ground is a plain rectangle in a named colour.
type ground struct {
	widget.BaseWidget
	rect  *canvas.Rectangle
	color fyne.ThemeColorName
}

// NewGround makes a plain rectangle in a named colour, to lie under things.
func NewGround(name fyne.ThemeColorName) fyne.CanvasObject { return newGround(name) }

func newGround(name fyne.ThemeColorName) *ground {
	g := &ground{rect: canvas.NewRectangle(nil), color: name}
	g.ExtendBaseWidget(g)
	return g
}

func (g *ground) Refresh() {
	g.rect.FillColor = colorOf(g, g.color)
	g.BaseWidget.Refresh()
}

func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	g.rect.FillColor = colorOf(g, g.color)
	return widget.NewSimpleRenderer(g.rect)
}
