package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// tableLine draws an item in the columns of a table.
type tableLine[T any] struct {
	widget.BaseWidget
	table *Table[T]
	texts []*Text
	pills []*Badge // nil where a column has none
}

// tableLinePad is the room above and below the text of a row.
const tableLinePad = 12

func newTableLine[T any](t *Table[T]) *tableLine[T] {
	r := &tableLine[T]{table: t, texts: make([]*Text, len(t.columns)), pills: make([]*Badge, len(t.columns))}
	for i, c := range t.columns {
		r.texts[i] = NewText("", c.style(false)).SetAlignment(c.Align).SetTruncate(true)
		if c.Pill {
			r.pills[i] = NewBadge("", Neutral)
		}
	}
	r.ExtendBaseWidget(r)
	return r
}

// Set puts an item into the row.
func (r *tableLine[T]) Set(item T) {
	for i, c := range r.table.columns {
		cell := c.Cell(item)
		if r.pills[i] != nil {
			setVisible(r.pills[i], cell.Text != "")
			r.pills[i].Set(cell.Text, cell.Kind)
			continue
		}
		r.texts[i].SetStyle(c.style(cell.Loud))
		r.texts[i].SetText(cell.Text)
	}
	r.place(r.Size())
}

// place lays the cells out as the header is; a pill is as wide as its word.
func (r *tableLine[T]) place(size fyne.Size) {
	for i := range r.texts {
		r.texts[i].Hide()
		if r.pills[i] != nil {
			r.pills[i].Hide()
		}
	}
	for _, at := range r.table.shown {
		inner := fyne.NewSize(max(at.width-2*tablePad, 0), size.Height)
		pos := fyne.NewPos(at.x+tablePad, 0)
		if pill := r.pills[at.column]; pill != nil {
			m := pill.MinSize()
			setVisible(pill, pill.label.Text() != "")
			pill.Resize(fyne.NewSize(min(m.Width, inner.Width+tablePad), m.Height))
			pill.Move(pos.AddXY(0, (size.Height-m.Height)/2))
			continue
		}
		r.texts[at.column].Show()
		r.texts[at.column].Resize(inner)
		r.texts[at.column].Move(pos)
	}
}

// MinSize is part of fyne.CanvasObject.
func (r *tableLine[T]) MinSize() fyne.Size {
	height := whole(StyleLabel.measure(r, "Ég")).Height
	return fyne.NewSize(0, height+2*tableLinePad)
}

// CreateRenderer is part of fyne.Widget.
func (r *tableLine[T]) CreateRenderer() fyne.WidgetRenderer {
	d := &tableLineRenderer[T]{row: r}
	for i, text := range r.texts {
		d.objects = append(d.objects, text)
		if r.pills[i] != nil {
			d.objects = append(d.objects, r.pills[i])
		}
	}
	return d
}

type tableLineRenderer[T any] struct {
	row     *tableLine[T]
	objects []fyne.CanvasObject
}

func (d *tableLineRenderer[T]) Destroy() {}

func (d *tableLineRenderer[T]) Objects() []fyne.CanvasObject { return d.objects }

func (d *tableLineRenderer[T]) MinSize() fyne.Size { return d.row.MinSize() }

func (d *tableLineRenderer[T]) Layout(size fyne.Size) { d.row.place(size) }

func (d *tableLineRenderer[T]) Refresh() { d.row.place(d.row.Size()) }
