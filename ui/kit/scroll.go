package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// PageScroll scrolls a page up and down, and brings the control that gets the
// focus into view.
type PageScroll struct {
	widget.BaseWidget
	scroll  *container.Scroll
	content fyne.CanvasObject
}

// NewPageScroll makes a scroll around a page.
func NewPageScroll(content fyne.CanvasObject) *PageScroll {
	p := &PageScroll{content: content, scroll: container.NewVScroll(content)}
	p.ExtendBaseWidget(p)
	return p
}

// ScrollToTop shows the beginning.
func (p *PageScroll) ScrollToTop() { p.scroll.ScrollToTop() }

// ScrollToBottom shows the end.
func (p *PageScroll) ScrollToBottom() { p.scroll.ScrollToBottom() }

// Resize settles wrapped text in the new width before the scroll asks how high
// the content is.
func (p *PageScroll) Resize(size fyne.Size) {
	settle(p.content, size.Width)
	p.BaseWidget.Resize(size)
}

// onScreen holds the page scrolls that are drawn, so that a control which gets
// the focus finds the one it stands in: Fyne's objects do not know their
// parents. Touched on the UI goroutine only.
var onScreen = map[*PageScroll]struct{}{}

// CreateRenderer is part of fyne.Widget.
func (p *PageScroll) CreateRenderer() fyne.WidgetRenderer {
	onScreen[p] = struct{}{}
	return &pageScrollRenderer{WidgetRenderer: widget.NewSimpleRenderer(p.scroll), page: p}
}

type pageScrollRenderer struct {
	fyne.WidgetRenderer
	page *PageScroll
}

func (r *pageScrollRenderer) Destroy() {
	delete(onScreen, r.page)
	r.WidgetRenderer.Destroy()
}

// reveal scrolls the pages that o stands in until o is seen.
func reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(o)
	if c == nil {
		return
	}
	at := driver.AbsolutePositionForObject(o)
	for p := range onScreen {
		if driver.CanvasForObject(p) == c {
			p.reveal(at.Subtract(driver.AbsolutePositionForObject(p)), o.Size())
		}
	}
}

// reveal brings a rectangle, given in the visible part's coordinates, into
// view; what is not part of the content is left alone.
func (p *PageScroll) reveal(at fyne.Position, size fyne.Size) {
	view, offset := p.scroll.Size(), p.scroll.Offset
	inside := at.X >= 0 && at.X < view.Width &&
		at.Y+offset.Y >= 0 && at.Y+offset.Y+size.Height <= p.content.Size().Height
	if !inside {
		return
	}
	switch room := theme.Gap6; {
	case at.Y < room:
		offset.Y += at.Y - room
	case at.Y+size.Height > view.Height-room:
		offset.Y += at.Y + size.Height - view.Height + room
	default:
		return
	}
	p.scroll.ScrollToOffset(fyne.NewPos(0, max(offset.Y, 0)))
}
