package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/ui/theme"
)

// columns remembers the width it got, because whether it stacks, and so how
// high it is, depends on that.
type columns struct {
	gap, stackGap float32
	weights       []float32
	width         float32
}

// Columns shares the width by weights, the columns 16 px apart and equally
// high: Columns(1, 1)(left, right). Where they do not fit beside each other, in
// a small window or with large text, they stand under each other.
func Columns(weights ...float32) func(objects ...fyne.CanvasObject) *fyne.Container {
	return func(objects ...fyne.CanvasObject) *fyne.Container {
		return container.New(&columns{gap: theme.Gap4, stackGap: theme.Gap4, weights: weights}, objects...)
	}
}

func (l *columns) weight(i int) float32 {
	if i < len(l.weights) {
		return l.weights[i]
	}
	return 1
}

func (l *columns) sum(n int) (sum float32) {
	for i := range n {
		sum += l.weight(i)
	}
	return sum
}

func (l *columns) gaps(n int) float32 { return l.gap * float32(max(n-1, 0)) }

// beside says whether the objects fit beside each other in a width.
func (l *columns) beside(objects []fyne.CanvasObject, width float32) bool {
	room := width - l.gaps(len(objects))
	for i, o := range objects {
		if o.MinSize().Width > room*l.weight(i)/l.sum(len(objects))+0.5 {
			return false
		}
	}
	return true
}

func (l *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	stacked := (&vstack{l.stackGap}).MinSize(objects)
	if l.width > 0 && !l.beside(objects, l.width) {
		return stacked
	}
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(stacked.Width, height)
}

func (l *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	if !l.beside(objects, size.Width) {
		(&vstack{l.stackGap}).Layout(objects, size)
		return
	}
	room, sum, x := size.Width-l.gaps(len(objects)), l.sum(len(objects)), float32(0)
	for i, o := range objects {
		w := room * l.weight(i) / sum
		settle(o, w)
		o.Resize(fyne.NewSize(w, size.Height))
		o.Move(fyne.NewPos(x, 0))
		x += w + l.gap
	}
}

type sides struct {
	gap   float32
	width float32
}

// Sides puts one object at the left and one at the right, their tops level: a
// title and its buttons. Where they do not fit, the second stands under the
// first.
func Sides(left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&sides{gap: theme.Gap4}, left, right)
}

func (l *sides) beside(objects []fyne.CanvasObject, width float32) bool {
	return objects[0].MinSize().Width+l.gap+objects[1].MinSize().Width <= width+0.5
}

func (l *sides) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if l.width > 0 && !l.beside(objects, l.width) {
		return fyne.NewSize(max(a.Width, b.Width), a.Height+l.gap+b.Height)
	}
	return fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
}

func (l *sides) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	b := objects[1].MinSize()
	if !l.beside(objects, size.Width) {
		height := settle(objects[0], size.Width)
		objects[0].Resize(fyne.NewSize(size.Width, height))
		objects[0].Move(fyne.Position{})
		objects[1].Resize(fyne.NewSize(min(b.Width, size.Width), b.Height))
		objects[1].Move(fyne.NewPos(0, height+l.gap))
		return
	}
	w := size.Width - b.Width - l.gap
	objects[0].Resize(fyne.NewSize(w, settle(objects[0], w)))
	objects[0].Move(fyne.Position{})
	objects[1].Resize(fyne.NewSize(b.Width, b.Height))
	objects[1].Move(fyne.NewPos(size.Width-b.Width, 0))
}

type flow struct {
	gap, rowGap float32
	width       float32
}

// Flow puts objects beside each other, gap apart, and goes on in the next row
// when the width is used up: words and links of one sentence, rows of buttons.
func Flow(gap, rowGap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flow{gap: gap, rowGap: rowGap}, objects...)
}

func (l *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		if o.Visible() {
			widest = max(widest, o.MinSize().Width)
		}
	}
	if l.width == 0 {
		line := (&hstack{l.gap}).MinSize(objects)
		return fyne.NewSize(widest, line.Height)
	}
	return fyne.NewSize(widest, l.place(objects, l.width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
}

func (l *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, p fyne.Position, s fyne.Size) {
		o.Resize(s)
		o.Move(p)
	})
}

// place calls put for each object with its place, and returns the height.
func (l *flow) place(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	y, height := float32(0), float32(0)
	var row []fyne.CanvasObject
	used := float32(0)
	end := func() {
		x := float32(0)
		for _, o := range row {
			m := o.MinSize()
			put(o, fyne.NewPos(x, y+(height-m.Height)/2), m)
			x += m.Width + l.gap
		}
		y += height
		row, used, height = row[:0], 0, 0
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if len(row) > 0 && used+l.gap+m.Width > width+0.5 {
			end()
			y += l.rowGap
		}
		if len(row) > 0 {
			used += l.gap
		}
		row = append(row, o)
		used += m.Width
		height = max(height, m.Height)
	}
	end()
	return y
}

// Settle lays a window out again. The real driver does that by itself when
// something in it needs another size; Fyne's test driver, with which the tour
// and the tests draw, does not.
func Settle(win fyne.Window) {
	size := win.Canvas().Size()
	win.Resize(size.AddWidthHeight(1, 1))
	win.Resize(size)
}
