package kit

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Column is one column of a Table.
type Column[T any] struct {
	ID    string
	Title string
	// Widest is the longest text to expect: the column is at least as wide as
	// that and its title. A longer one is cut with an ellipsis.
	Widest string
	Weight float32        // of the width that is left; 0 takes none
	Align  fyne.TextAlign // of title and cells
	Style  Style          // of the cells; the zero Style is StyleLabel
	Pill   bool           // the cells are drawn as pills of their kind
	Cell   func(T) TableCell
	// Compare orders two items, ascending; nil for a column that cannot be
	// sorted by.
	Compare func(a, b T) int
	// Rank decides which columns give way where there is no room for all: those
	// of the highest rank first, together; 0 always stays.
	Rank int
}

// TableCell is what stands in a row under a column.
type TableCell struct {
	Text string
	Kind Kind // of a pill
	Loud bool // semi-bold
}

// Table lists items in columns under a header. Only the rows in view exist.
// The header is one stop of the keyboard: Left and Right choose a column, Enter
// sorts by it, again the other way round. The rows are the next: Up, Down, Page
// Up, Page Down, Home and End move the selection, Enter opens it.
type Table[T any] struct {
	widget.BaseWidget
	// OnOpened is called on Enter and on a second click.
	OnOpened func(item T)
	// OnSorted is called when the person sorts.
	OnSorted func(id string, descending bool)

	columns    []Column[T]
	items      []T // in the order shown
	sorted     string
	descending bool
	shown      []place // of the columns in view
	width      float32 // that they are placed for
	head       *tableHead
	list       *List[T]
}

// place is where a column is drawn.
type place struct {
	column   int
	x, width float32
}

// NewTable makes an empty table, sorted by the first column, descending. key
// tells items apart, so that the selection stays when they change.
func NewTable[T any](columns []Column[T], key func(T) string) *Table[T] {
	t := &Table[T]{columns: columns, sorted: columns[0].ID, descending: true}
	t.list = NewList(func() Row[T] { return newTableLine(t) })
	t.list.Key = key
	t.list.OnOpened = func(_ int, item T) {
		if t.OnOpened != nil {
			t.OnOpened(item)
		}
	}
	t.list.gained = func() { reveal(t.list) }
	t.head = newTableHead(t)
	t.ExtendBaseWidget(t)
	return t
}

// SetItems changes what is listed and keeps the order chosen, the selection and
// the place.
func (t *Table[T]) SetItems(items []T) {
	t.items = items
	t.sort()
}

// Items returns what is listed, in the order shown.
func (t *Table[T]) Items() []T { return t.items }

// Sorted returns the column that the rows are ordered by.
func (t *Table[T]) Sorted() (id string, descending bool) { return t.sorted, t.descending }

// SetSorted orders the rows by a column without calling OnSorted.
func (t *Table[T]) SetSorted(id string, descending bool) {
	t.sorted, t.descending = id, descending
	t.sort()
	t.head.Refresh()
}

// sortBy orders the rows by a column, or the other way round if they are so
// already.
func (t *Table[T]) sortBy(c Column[T]) {
	t.SetSorted(c.ID, c.ID == t.sorted && !t.descending)
	if t.list.Selected() < 0 {
		t.list.ScrollToTop()
	}
	t.list.reveal()
	t.list.show()
	if t.OnSorted != nil {
		t.OnSorted(t.sorted, t.descending)
	}
}

// sort is stable, so that sorting by one column and then by another leaves
// equal rows as they were. The list still holds the old order: by it, it knows
// what is selected.
func (t *Table[T]) sort() {
	t.items = slices.Clone(t.items)
	i := slices.IndexFunc(t.columns, func(c Column[T]) bool { return c.ID == t.sorted && c.Compare != nil })
	if i >= 0 {
		compare := t.columns[i].Compare
		if t.descending {
			ascending := compare
			compare = func(a, b T) int { return ascending(b, a) }
		}
		slices.SortStableFunc(t.items, compare)
	}
	t.list.SetItems(t.items)
}

// Focus gives the rows the focus.
func (t *Table[T]) Focus(c fyne.Canvas) { t.list.Focus(c) }

// Focusable returns the rows, which take the focus.
func (t *Table[T]) Focusable() fyne.Focusable { return t.list }

// Head returns the header, which takes the focus too.
func (t *Table[T]) Head() fyne.Focusable { return t.head }

// Selected returns the item that is selected.
func (t *Table[T]) Selected() (item T, ok bool) {
	if i := t.list.Selected(); i >= 0 {
		return t.items[i], true
	}
	return item, false
}

// SelectKey selects the item with this key, and says whether there is one.
func (t *Table[T]) SelectKey(key string) bool { return t.list.SelectKey(key) }

// ScrollToTop shows the first rows.
func (t *Table[T]) ScrollToTop() { t.list.ScrollToTop() }

// tableRows is how many rows are in view at least.
const tableRows = 6

// MinSize is part of fyne.CanvasObject.
func (t *Table[T]) MinSize() fyne.Size { return t.high(min(max(len(t.items), 1), tableRows)) }

// Natural is how high the table is when no row is out of view.
func (t *Table[T]) Natural() float32 { return t.high(max(len(t.items), 1)).Height }

func (t *Table[T]) high(rows int) fyne.Size {
	return fyne.NewSize(160, t.head.MinSize().Height+float32(rows)*t.list.rowHeight())
}

// Refresh is part of fyne.CanvasObject.
func (t *Table[T]) Refresh() {
	t.width = 0
	t.arrange(t.Size().Width)
	t.head.Refresh()
	t.list.Refresh()
	t.BaseWidget.Refresh()
}

// Resize is part of fyne.CanvasObject.
func (t *Table[T]) Resize(size fyne.Size) {
	t.arrange(size.Width)
	t.BaseWidget.Resize(size)
}

// CreateRenderer is part of fyne.Widget.
func (t *Table[T]) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(HeadBody(t.head, t.list))
}

// tablePad is the room at both sides of a column's text.
const tablePad = 8

// arrange places the columns in a width. Those that there is no room for are
// left out by their rank.
func (t *Table[T]) arrange(width float32) {
	if width == t.width || width <= 0 {
		return
	}
	t.width = width
	need, in, least := t.needs()
	for least > width {
		rank := t.columns[slices.MaxFunc(in, func(a, b int) int { return cmp.Compare(t.columns[a].Rank, t.columns[b].Rank) })].Rank
		if rank == 0 {
			break
		}
		in = slices.DeleteFunc(in, func(i int) bool {
			out := t.columns[i].Rank == rank
			if out {
				least -= need[i]
			}
			return out
		})
	}
	t.share(in, need, width, least)
}

// needs is the least width of every column.
func (t *Table[T]) needs() (need []float32, all []int, sum float32) {
	need = make([]float32, len(t.columns))
	for i, c := range t.columns {
		need[i] = max(headStyle.measure(t, c.Title).Width, c.style(true).measure(t, c.Widest).Width)
		need[i] = float32(int(need[i])) + 2*tablePad + 2
		if c.Pill {
			need[i] += 2 * tablePad
		}
		all, sum = append(all, i), sum+need[i]
	}
	return need, all, sum
}

// share gives the columns what they need and by their weights what is left; too
// little is taken from all alike.
func (t *Table[T]) share(in []int, need []float32, width, least float32) {
	weights := float32(0)
	for _, i := range in {
		weights += t.columns[i].Weight
	}
	t.shown = t.shown[:0]
	x, left := float32(0), width-least
	for _, i := range in {
		w := need[i]
		switch {
		case left < 0:
			w *= width / least
		case weights > 0:
			w += left * t.columns[i].Weight / weights
		}
		t.shown = append(t.shown, place{i, x, w})
		x += w
	}
}

func (c Column[T]) style(loud bool) Style {
	s := c.Style
	if s == (Style{}) {
		s = StyleLabel
	}
	s.Bold = s.Bold || loud
	return s
}
