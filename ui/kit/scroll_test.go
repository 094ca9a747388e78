package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"
)

func TestPageScroll_SetContent(t *testing.T) {
	fynetest.NewTempApp(t)
	p := NewPageScroll(Gap(1000))
	fynetest.NewTempWindow(t, p).Resize(fyne.NewSize(300, 200))
	p.scroll.ScrollToOffset(fyne.NewPos(0, 400))
	for _, tt := range []struct {
		height, want float32
	}{{900, 400}, {500, 500 - p.scroll.Size().Height}, {100, 0}} {
		p.SetContent(Gap(tt.height))
		if got := p.scroll.Offset.Y; got != tt.want {
			t.Errorf("with %v to show it stands at %v, want %v", tt.height, got, tt.want)
		}
	}
}
