package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Row draws one item of a List. Rows are used again for other items. It must be
// a widget: a type that only embeds a *fyne.Container is not drawn by Fyne.
// NewRow makes one.
type Row[T any] interface {
	fyne.CanvasObject
	Set(item T)
}

type row[T any] struct {
	widget.BaseWidget
	content fyne.CanvasObject
	set     func(T)
}

// NewRow makes a row of any object; set puts an item into it.
func NewRow[T any](content fyne.CanvasObject, set func(item T)) Row[T] {
	r := &row[T]{content: content, set: set}
	r.ExtendBaseWidget(r)
	return r
}

func (r *row[T]) Set(item T) { r.set(item) }

func (r *row[T]) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

// List is a virtualised list: only the rows in view exist. Up, Down, Page Up,
// Page Down, Home and End move the selection, Enter opens it. Fyne's own list
// has gaps between its rows and selects with Space only.
type List[T any] struct {
	control
	// OnSelected is called when the selection moves, by pointer or keyboard.
	OnSelected func(index int, item T)
	// OnOpened is called on Enter and on a second click.
	OnOpened func(index int, item T)
	// OnNearEnd is called when the last rows come into view: load more.
	OnNearEnd func()
	// Key tells items apart when SetItems keeps the selection; without it the
	// index does.
	Key func(item T) string

	gained   func() // told when the list gets the focus; nil for nobody
	items    []T
	version  int // of the items and of the theme: a row that shows it need not be drawn again
	newRow   func() Row[T]
	height   float32
	selected int
	scroll   *container.Scroll
	rows     *listRows[T]
}

// NewList makes an empty list. All rows are as high as newRow's first.
func NewList[T any](newRow func() Row[T]) *List[T] {
	l := &List[T]{newRow: newRow, selected: -1}
	l.rows = &listRows[T]{list: l}
	l.scroll = container.NewVScroll(&fyne.Container{Layout: l.rows})
	l.scroll.OnScrolled = func(fyne.Position) { l.show() }
	l.self, l.key = l, l.typed
	l.ExtendBaseWidget(l)
	return l
}

// SetItems changes what is listed and keeps the selection (by Key) and the
// place.
func (l *List[T]) SetItems(items []T) {
	key, had := l.selectedKey()
	l.items = items
	if had {
		l.selected = l.find(key)
	}
	if l.selected >= len(items) {
		l.selected = -1
	}
	l.version++
	l.scroll.Refresh()
	l.show()
}

func (l *List[T]) selectedKey() (string, bool) {
	if l.Key == nil || l.selected < 0 {
		return "", false
	}
	return l.Key(l.items[l.selected]), true
}

func (l *List[T]) find(key string) int {
	for i, item := range l.items {
		if l.Key(item) == key {
			return i
		}
	}
	return -1
}

// Items returns what is listed.
func (l *List[T]) Items() []T { return l.items }

// Selected returns the index of the selected row, or -1.
func (l *List[T]) Selected() int { return l.selected }

// SetSelected moves the selection without calling OnSelected; -1 takes it away.
func (l *List[T]) SetSelected(index int) {
	l.selected = min(max(index, -1), len(l.items)-1)
	l.reveal()
	l.show()
	l.rows.mark()
}

// SelectKey selects the item with this key without calling OnSelected, and says
// whether there is one.
func (l *List[T]) SelectKey(key string) bool {
	if l.Key == nil {
		return false
	}
	i := l.find(key)
	l.SetSelected(i)
	return i >= 0
}

// ScrollToTop shows the first rows.
func (l *List[T]) ScrollToTop() { l.scroll.ScrollToTop() }

// Focus gives the list the focus.
func (l *List[T]) Focus(c fyne.Canvas) { c.Focus(l) }

// FocusGained is part of fyne.Focusable.
func (l *List[T]) FocusGained() {
	l.focused = true
	l.rows.mark()
	if l.gained != nil {
		l.gained()
	}
}

// FocusLost is part of fyne.Focusable.
func (l *List[T]) FocusLost() {
	l.focused = false
	l.rows.mark()
}

func (l *List[T]) choose(index int) {
	if index < 0 || index >= len(l.items) {
		return
	}
	l.SetSelected(index)
	if l.OnSelected != nil {
		l.OnSelected(index, l.items[index])
	}
}

func (l *List[T]) open() {
	if l.selected >= 0 && l.OnOpened != nil {
		l.OnOpened(l.selected, l.items[l.selected])
	}
}

func (l *List[T]) typed(ev *fyne.KeyEvent) bool {
	last := len(l.items) - 1
	if last < 0 {
		return false
	}
	page := max(int(l.scroll.Size().Height/l.rowHeight())-1, 1)
	switch ev.Name {
	case fyne.KeyUp:
		l.choose(max(l.selected-1, 0))
	case fyne.KeyDown:
		l.choose(min(l.selected+1, last))
	case fyne.KeyPageUp:
		l.choose(max(l.selected-page, 0))
	case fyne.KeyPageDown:
		l.choose(min(l.selected+page, last))
	case fyne.KeyHome:
		l.choose(0)
	case fyne.KeyEnd:
		l.choose(last)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.open()
	default:
		return false
	}
	return true
}

func (l *List[T]) rowHeight() float32 {
	if l.height == 0 {
		l.height = whole(l.newRow().MinSize()).Height + theme.Hairline
	}
	return l.height
}

// reveal scrolls until the selected row is in view.
func (l *List[T]) reveal() {
	if l.selected < 0 {
		return
	}
	y, h, view := float32(l.selected)*l.rowHeight(), l.rowHeight(), l.scroll.Size().Height
	switch offset := l.scroll.Offset.Y; {
	case y < offset:
		l.scroll.ScrollToOffset(fyne.NewPos(0, y))
	case y+h > offset+view && view > 0:
		l.scroll.ScrollToOffset(fyne.NewPos(0, y+h-view))
	}
}

// show draws the rows in view, and asks for more near the end.
func (l *List[T]) show() {
	l.rows.place(l.scroll.Offset.Y, l.scroll.Size())
	near := l.scroll.Offset.Y+2*l.scroll.Size().Height >= float32(len(l.items))*l.rowHeight()
	if near && len(l.items) > 0 && l.scroll.Offset.Y > 0 && l.OnNearEnd != nil {
		l.OnNearEnd()
	}
}

// Resize is part of fyne.CanvasObject.
func (l *List[T]) Resize(size fyne.Size) {
	l.control.Resize(size)
	l.show()
}

// Refresh draws the items again, as after a change of theme.
func (l *List[T]) Refresh() {
	l.height = 0
	l.version++
	l.rows.trim()
	l.scroll.Refresh()
	l.show()
	l.control.Refresh()
}

// MinSize is part of fyne.CanvasObject.
func (l *List[T]) MinSize() fyne.Size { return fyne.NewSize(160, l.rowHeight()) }

// CreateRenderer is part of fyne.Widget.
func (l *List[T]) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.scroll) }

// listRows is the layout of the rows: it keeps just those in view.
type listRows[T any] struct {
	list *List[T]
	pool []*listRow[T]
}

func (r *listRows[T]) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, r.list.rowHeight()*float32(len(r.list.items)))
}

func (r *listRows[T]) Layout([]fyne.CanvasObject, fyne.Size) {}

// trim forgets the rows out of view: they would miss a change of theme.
func (r *listRows[T]) trim() {
	if n := len(r.list.scroll.Content.(*fyne.Container).Objects); n < len(r.pool) {
		r.pool = r.pool[:n]
	}
}

// place gives each row in view its item.
func (r *listRows[T]) place(offset float32, view fyne.Size) {
	l, h := r.list, r.list.rowHeight()
	first := max(int(offset/h), 0)
	last := min(int((offset+view.Height)/h)+1, len(l.items))
	n := max(last-first, 0)
	for len(r.pool) < n {
		r.pool = append(r.pool, newListRow(l))
	}
	content := l.scroll.Content.(*fyne.Container)
	content.Objects = content.Objects[:0]
	for i := range n {
		row := r.pool[(first+i)%len(r.pool)] // a row that stays in view keeps its item
		row.show(first + i)
		row.Resize(fyne.NewSize(view.Width, h))
		row.Move(fyne.NewPos(0, float32(first+i)*h))
		content.Objects = append(content.Objects, row)
	}
	canvas.Refresh(content)
}

// mark shows which row is selected, and whether the list has the focus.
func (r *listRows[T]) mark() {
	for _, row := range r.list.scroll.Content.(*fyne.Container).Objects {
		row.Refresh()
	}
}

// listRow is the ground, bar and hairline of a row around what the page draws.
type listRow[T any] struct {
	widget.BaseWidget
	list      *List[T]
	index     int
	version   int // of the list that it shows
	ground    *frame
	bar, line *canvas.Rectangle
	content   Row[T]
}

func newListRow[T any](l *List[T]) *listRow[T] {
	r := &listRow[T]{list: l, content: l.newRow(), ground: newFrame(), bar: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil)}
	r.ExtendBaseWidget(r)
	return r
}

// show draws the item at an index, unless it does so already.
func (r *listRow[T]) show(index int) {
	if r.index == index && r.version == r.list.version {
		return
	}
	r.index, r.version = index, r.list.version
	r.content.Set(r.list.items[index])
	r.Refresh()
}

// Tapped selects the row; a second tap opens it.
func (r *listRow[T]) Tapped(*fyne.PointEvent) {
	l := r.list
	focusOn(l)
	if l.selected == r.index {
		l.open()
		return
	}
	l.choose(r.index)
}

func (r *listRow[T]) CreateRenderer() fyne.WidgetRenderer {
	d := &listRowRenderer[T]{r}
	d.Refresh()
	return d
}

type listRowRenderer[T any] struct{ r *listRow[T] }

func (d *listRowRenderer[T]) Destroy() {}

func (d *listRowRenderer[T]) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.r.ground.Container, d.r.content, d.r.line, d.r.bar}
}

func (d *listRowRenderer[T]) MinSize() fyne.Size { return d.r.content.MinSize() }

const listBar = 3

func (d *listRowRenderer[T]) Layout(size fyne.Size) {
	r := d.r
	r.ground.Resize(size)
	r.bar.Resize(fyne.NewSize(listBar, size.Height))
	r.content.Resize(size.SubtractWidthHeight(0, theme.Hairline))
	r.line.Resize(fyne.NewSize(size.Width, theme.Hairline))
	r.line.Move(fyne.NewPos(0, size.Height-theme.Hairline))
}

func (d *listRowRenderer[T]) Refresh() {
	r := d.r
	selected := r.index == r.list.selected
	r.ground.Hidden, r.bar.Hidden = !selected, !selected
	width := float32(0)
	if r.list.focused {
		width = theme.Hairline
	}
	r.ground.set(colorOf(r, theme.SelectedGround), colorOf(r, theme.Primary), width, 0)
	r.bar.FillColor = colorOf(r, theme.Primary)
	r.line.FillColor = colorOf(r, theme.Hairlines)
	canvas.Refresh(r)
}
