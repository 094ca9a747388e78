package entry

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

func dump(o fyne.CanvasObject, depth int) {
	w := o.MinSize().Width
	if w < 800 || depth > 12 {
		return
	}
	fmt.Printf("%s%T %v vis=%v\n", strings.Repeat(" ", depth), o, o.MinSize(), o.Visible())
	switch c := o.(type) {
	case *fyne.Container:
		for _, x := range c.Objects {
			dump(x, depth+1)
		}
	case fyne.Widget:
		for _, x := range c.CreateRenderer().Objects() {
			dump(x, depth+1)
		}
	}
}

func TestZZ(t *testing.T) {
	s := newStage(t, text.French, theme.Light, 2)
	s.open(nav.Route{Page: nav.PageTerms})
	s.screen.Until("full", func() bool { return true })
	dump(s.screen.Canvas().Content(), 0)
}
