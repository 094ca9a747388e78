package nav

import "fyne.io/fyne/v2"

// Places knows what the controls of a page are for, to find the focus again once the page is drawn anew.
type Places map[fyne.Focusable]string

// Redraw lets draw make the page anew and note its controls. The focus stays on what it was on, as long as that is there.
func (p *Places) Redraw(canvas fyne.Canvas, draw func()) {
	before := (*p)[canvas.Focused()]
	*p = Places{}
	draw()
	for f, place := range *p {
		if place == before {
			canvas.Focus(f)
		}
	}
}
