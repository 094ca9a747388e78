package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// presence is an invisible ground that tells when the pointer moves over it. Under a page it sees every movement but
// those over controls, which tell by being used.
type presence struct {
	widget.BaseWidget
	seen func()
}

var _ desktop.Hoverable = (*presence)(nil)

func newPresence(seen func()) *presence {
	p := &presence{seen: seen}
	p.ExtendBaseWidget(p)
	return p
}

// MouseIn notes the pointer.
func (p *presence) MouseIn(*desktop.MouseEvent) { p.seen() }

// MouseMoved notes the pointer.
func (p *presence) MouseMoved(*desktop.MouseEvent) { p.seen() }

// MouseOut is nothing to note.
func (p *presence) MouseOut() {}

// CreateRenderer draws nothing.
func (p *presence) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
