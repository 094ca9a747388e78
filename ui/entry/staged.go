package entry

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
)

// staged is what the views of pages have in common whose stages look so different that each is drawn by itself.
type staged[S comparable] struct {
	p     *text.Printer
	room  *fyne.Container // holds the stage
	stage S               // as drawn
}

// newStaged makes the room of a page that is drawn anew.
func newStaged[S comparable](p *text.Printer) staged[S] { return staged[S]{p: p, room: kit.VStack(0)} }

// at is the same room for a stage.
func (v staged[S]) at(stage S) staged[S] {
	v.stage = stage
	return v
}

// put puts the form of the stage into the room, with the way back under it if there is one.
func (v staged[S]) put(form *fyne.Container, back fyne.CanvasObject) {
	if back != nil {
		form.Add(kit.NewRule())
		form.Add(back)
	}
	v.room.Objects = []fyne.CanvasObject{form}
	v.room.Refresh()
}
