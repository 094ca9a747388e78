package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/ui/theme"
)

// NewFileLine names a file, with what can be done with it at the end of the
// line, or under it where the whole name would find no room. A name that is
// longer than a line is cut; detail, its size, is not.
func NewFileLine(name, detail string, actions ...fyne.CanvasObject) *fyne.Container {
	l := &fileLine{name: NewStrong(name).SetTruncate(true)}
	head := HStack(theme.Gap3, NewIcon(theme.IconFile, theme.QuietText), HFill(l.name), NewHint(detail))
	return container.New(l, head, HStack(theme.Gap3, actions...))
}

// fileLine lays out a file's name and what can be done with it. It remembers the
// width it got, because how high it is depends on that.
type fileLine struct {
	name  *Text
	width float32
}

// beside says whether the whole name and the actions fit into one line.
func (l *fileLine) beside(objects []fyne.CanvasObject, width float32) bool {
	cut := l.name.MinSize().Width
	whole := objects[0].MinSize().Width - cut + l.name.style.measure(l.name, l.name.text).Width
	return whole+theme.Gap3+objects[1].MinSize().Width <= width+0.5
}

func (l *fileLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	head, actions := objects[0].MinSize(), objects[1].MinSize()
	size := fyne.NewSize(max(head.Width, actions.Width), max(head.Height, actions.Height))
	if l.width > 0 && actions.Width > 0 && !l.beside(objects, l.width) {
		size.Height = head.Height + theme.Gap1 + actions.Height
	}
	return size
}

func (l *fileLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	head, actions := objects[0], objects[1]
	a, h := actions.MinSize(), head.MinSize().Height
	if a.Width == 0 {
		head.Resize(size)
		return
	}
	actions.Resize(a)
	if !l.beside(objects, size.Width) {
		head.Resize(fyne.NewSize(size.Width, h))
		actions.Move(fyne.NewPos(size.Width-a.Width, h+theme.Gap1))
		return
	}
	head.Resize(fyne.NewSize(size.Width-a.Width-theme.Gap3, size.Height))
	actions.Move(fyne.NewPos(size.Width-a.Width, (size.Height-a.Height)/2))
}
