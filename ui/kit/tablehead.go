package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"myaccount/ui/theme"
)

// headStyle is that of the titles of a table.
var headStyle = Style{Size: theme.SizeFieldName, Color: theme.QuietText}

// headed is what the header of a table is about, whatever the table lists.
type headed interface {
	titles() []headTitle
	sortAt(column int)
}

// headTitle is the title of a column in view.
type headTitle struct {
	place
	text     string
	align    fyne.TextAlign
	sortable bool
	arrow    string // "" unless the rows are sorted by it
}

// titles lists the columns in view.
func (t *Table[T]) titles() []headTitle {
	list := make([]headTitle, len(t.shown))
	for i, at := range t.shown {
		c := t.columns[at.column]
		list[i] = headTitle{place: at, text: c.Title, align: c.Align, sortable: c.Compare != nil}
		if c.ID == t.sorted && c.Compare != nil {
			list[i].arrow = "↑"
			if t.descending {
				list[i].arrow = "↓"
			}
		}
	}
	return list
}

// sortAt sorts by a column.
func (t *Table[T]) sortAt(column int) {
	if c := t.columns[column]; c.Compare != nil {
		t.sortBy(c)
	}
}

// tableHead draws the titles over the columns.
type tableHead struct {
	control
	of headed
	at int // index of the title that the keyboard is on
}

func newTableHead(of headed) *tableHead {
	h := &tableHead{of: of}
	h.self, h.key = h, h.typed
	h.ExtendBaseWidget(h)
	return h
}

func (h *tableHead) typed(ev *fyne.KeyEvent) bool {
	titles := h.of.titles()
	h.at = min(h.at, len(titles)-1)
	switch ev.Name {
	case fyne.KeyLeft:
		h.step(titles, -1)
	case fyne.KeyRight:
		h.step(titles, 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if h.at >= 0 {
			h.of.sortAt(titles[h.at].column)
		}
	default:
		return false
	}
	return true
}

// step goes to the next title that can be sorted by.
func (h *tableHead) step(titles []headTitle, by int) {
	for i := h.at + by; i >= 0 && i < len(titles); i += by {
		if titles[i].sortable {
			h.at = i
			h.Refresh()
			return
		}
	}
}

// Tapped sorts by the column under the pointer.
func (h *tableHead) Tapped(ev *fyne.PointEvent) {
	focusOn(h)
	for i, t := range h.of.titles() {
		if ev.Position.X >= t.x && ev.Position.X < t.x+t.width && t.sortable {
			h.at = i
			h.of.sortAt(t.column)
			h.Refresh()
			return
		}
	}
}

// Cursor is a hand over the titles.
func (h *tableHead) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel is part of fyne.Accessible: the title that the keyboard is on.
func (h *tableHead) AccessibilityLabel() string {
	if titles := h.of.titles(); h.at < len(titles) {
		return titles[h.at].text + titles[h.at].arrow
	}
	return ""
}

// AccessibilityRole is part of fyne.Accessible.
func (h *tableHead) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is part of fyne.Widget.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer {
	r := &tableHeadRenderer{head: h, ring: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type tableHeadRenderer struct {
	head       *tableHead
	labels     []*canvas.Text
	ring, line *canvas.Rectangle
}

// headPad is the room above and below the titles.
const headPad = 10

func (r *tableHeadRenderer) Destroy() {}

func (r *tableHeadRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.ring, r.line}
	for _, l := range r.labels {
		objects = append(objects, l)
	}
	return objects
}

func (r *tableHeadRenderer) MinSize() fyne.Size {
	return fyne.NewSize(0, whole(headStyle.measure(r.head, "Ég")).Height+2*headPad)
}

func (r *tableHeadRenderer) Layout(size fyne.Size) {
	r.line.Resize(fyne.NewSize(size.Width, theme.Hairline))
	r.line.Move(fyne.NewPos(0, size.Height-theme.Hairline))
	r.draw(size)
}

func (r *tableHeadRenderer) Refresh() {
	r.line.FillColor = colorOf(r.head, theme.Hairlines)
	r.draw(r.head.Size())
	canvas.Refresh(r.head)
}

// draw puts the titles over their columns. One with an arrow may reach into the
// room between two columns.
func (r *tableHeadRenderer) draw(size fyne.Size) {
	titles := r.head.of.titles()
	for len(r.labels) < len(titles) {
		r.labels = append(r.labels, canvas.NewText("", color.Black))
	}
	r.labels = r.labels[:len(titles)]
	setRing(r.ring, r.head, false, theme.RadiusControl)
	for i, t := range titles {
		l, style := r.labels[i], headStyle
		l.Text, l.Alignment = t.text, t.align
		if t.arrow != "" {
			l.Text, style.Color = t.text+" "+t.arrow, theme.Text
		}
		style.apply(r.head, l)
		inner, x := fyne.NewSize(max(t.width-2*tablePad, 0), size.Height), t.x+tablePad
		if over := l.MinSize().Width - inner.Width; over > 0 {
			over = min(over, 2*tablePad)
			inner.Width += over
			if t.align == fyne.TextAlignTrailing {
				x -= over
			}
			if l.MinSize().Width > inner.Width {
				cut(l, inner.Width)
			}
		}
		l.Resize(inner)
		l.Move(fyne.NewPos(x, 0))
		if i == r.head.at && r.head.focused {
			setRing(r.ring, r.head, true, theme.RadiusControl)
			r.ring.Resize(fyne.NewSize(t.width, size.Height-2*theme.Gap1))
			r.ring.Move(fyne.NewPos(t.x, theme.Gap1))
		}
	}
}
