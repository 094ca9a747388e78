package still_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetest "fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/still"
)

func TestLayout_ShownLater(t *testing.T) {
	fynetest.NewApp()
	late, last := widget.NewLabel("late"), widget.NewLabel("last")
	late.Hide()
	w := fynetest.NewTempWindow(t, container.NewVScroll(container.NewVBox(widget.NewLabel("first"), late, last)))
	w.Resize(fyne.NewSize(200, 60))
	before := last.Position().Y
	late.Show()
	still.Layout(w.Canvas())
	if last.Position().Y < before+late.MinSize().Height || late.Size().IsZero() {
		t.Errorf("last stands at %v as before (%v), late has size %v", last.Position().Y, before, late.Size())
	}
}

func TestLayout_Overlay(t *testing.T) {
	fynetest.NewApp()
	w := fynetest.NewTempWindow(t, widget.NewLabel("below"))
	row := widget.NewLabel("a")
	over := container.NewHBox(row, widget.NewLabel("b"))
	w.Canvas().Overlays().Add(over)
	row.SetText("a much longer text than before")
	still.Layout(w.Canvas())
	if row.Size().Width < row.MinSize().Width {
		t.Errorf("the overlay is not laid out: %v wide, needs %v", row.Size().Width, row.MinSize().Width)
	}
}
