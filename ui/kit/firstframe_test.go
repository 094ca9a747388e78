package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestWithFirstFrame(t *testing.T) {
	test.NewTempApp(t)
	calls := 0
	tapped := false
	button := widget.NewButton("", func() { tapped = true })
	content := WithFirstFrame(button, func() { calls++ })
	window := test.NewTempWindow(t, content)
	window.SetPadded(false)
	window.Resize(fyne.NewSize(100, 50))
	if calls != 0 {
		t.Error("called before anything was painted")
	}
	window.Canvas().Capture()
	window.Canvas().Capture()
	if calls != 1 {
		t.Errorf("called %d times", calls)
	}
	if button.Size() != content.Size() {
		t.Errorf("the content has %v of %v", button.Size(), content.Size())
	}
	test.TapCanvas(window.Canvas(), fyne.NewPos(0.5, 0.5))
	if !tapped {
		t.Error("the pixel takes the tap")
	}
}
