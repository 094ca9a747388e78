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

// SetContent changes what is shown, and stays where it is as far as there is
// enough to show.
func (p *PageScroll) SetContent(content fyne.CanvasObject) {
	p.content, p.scroll.Content = content, content
	if width := p.Size().Width; width > 0 {
		settle(content, width)
	}
	p.scroll.Refresh()
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
	for p := range onScreen {
		if driver.CanvasForObject(p) == c && p.holds(o) {
			p.reveal(driver.AbsolutePositionForObject(o).Y-driver.AbsolutePositionForObject(p).Y, o.Size().Height)
		}
	}
}

// holds says whether o stands in the page: if so, it moves along with it.
func (p *PageScroll) holds(o fyne.CanvasObject) bool {
	driver, at := fyne.CurrentApp().Driver(), p.content.Position()
	before := driver.AbsolutePositionForObject(o)
	p.content.Move(at.AddXY(1, 0))
	after := driver.AbsolutePositionForObject(o)
	p.content.Move(at)
	return before != after
}

// reveal brings what stands at y below the top of the visible part into view.
func (p *PageScroll) reveal(y, height float32) {
	offset, room, bottom := p.scroll.Offset.Y, theme.Gap6, p.scroll.Size().Height
	switch {
	case y < room:
		offset += y - room
	case y+height > bottom-room:
		offset += min(y+height-bottom+room, y-room)
	default:
		return
	}
	p.scroll.ScrollToOffset(fyne.NewPos(0, max(offset, 0)))
}
