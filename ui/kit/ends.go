package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/ui/theme"
)

type ends struct{ least, width float32 }

// Ends puts two objects at the two ends of a row, or under each other when they
// do not fit beside each other: a button and a link. The first is at least as
// wide as the given number of device-independent pixels.
func Ends(least float32, first, last fyne.CanvasObject) *fyne.Container {
	return container.New(&ends{least: least}, first, last)
}

func (l *ends) first(o fyne.CanvasObject) fyne.Size {
	return o.MinSize().Max(fyne.NewSize(l.least, 0))
}

func (l *ends) fit(objects []fyne.CanvasObject) bool {
	return l.width == 0 || l.first(objects[0]).Width+theme.Gap4+objects[1].MinSize().Width <= l.width
}

func (l *ends) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := l.first(objects[0]), objects[1].MinSize()
	size := fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
	if !l.fit(objects) {
		size.Height = a.Height + theme.Gap3 + b.Height
	}
	return size
}

func (l *ends) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	a, b := l.first(objects[0]), objects[1].MinSize()
	objects[0].Resize(a)
	objects[1].Resize(b)
	if !l.fit(objects) {
		objects[0].Move(fyne.Position{})
		objects[1].Move(fyne.NewPos(0, a.Height+theme.Gap3))
		return
	}
	height := max(a.Height, b.Height)
	objects[0].Move(fyne.NewPos(0, (height-a.Height)/2))
	objects[1].Move(fyne.NewPos(size.Width-b.Width, (height-b.Height)/2))
}
