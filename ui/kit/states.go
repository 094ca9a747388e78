package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// State is one of the four states of a page.
type State int

// The states.
const (
	Loading State = iota
	Empty
	Failed
	Full
)

// States shows one of four objects, each as large as all of its room. The other
// three stay in the window, hidden, so that a change of theme reaches them.
type States struct {
	widget.BaseWidget
	faces [4]fyne.CanvasObject
	state State
	stack *fyne.Container
}

// NewStates makes a stack that shows loading at first. Nil stands for nothing.
func NewStates(loading, empty, failed, full fyne.CanvasObject) *States {
	s := &States{faces: [4]fyne.CanvasObject{loading, empty, failed, full}, stack: container.NewStack()}
	s.ExtendBaseWidget(s)
	s.SetState(Loading)
	return s
}

// SetState shows one of the four states. (Show is Fyne's: it makes the widget
// visible.)
func (s *States) SetState(state State) {
	s.state = state
	s.stack.Objects = nil
	for i, face := range s.faces {
		if face != nil {
			setVisible(face, State(i) == state)
			s.stack.Objects = append(s.stack.Objects, face)
		}
	}
	s.stack.Refresh()
	s.Refresh()
}

// State returns what is shown.
func (s *States) State() State { return s.state }

// Set changes the object of one state.
func (s *States) Set(state State, face fyne.CanvasObject) {
	s.faces[state] = face
	s.SetState(s.state)
}

// CreateRenderer is part of fyne.Widget.
func (s *States) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.stack) }

// Skeleton is a grey block where text will stand.
type Skeleton struct {
	widget.BaseWidget
	block *canvas.Rectangle
	min   fyne.Size
}

// NewSkeletonBlock makes one block.
func NewSkeletonBlock(width, height float32) *Skeleton {
	s := &Skeleton{block: canvas.NewRectangle(nil), min: fyne.NewSize(width, height)}
	s.ExtendBaseWidget(s)
	return s
}

// NewSkeleton makes lines of grey; each number is the width of a line in
// device-independent pixels.
func NewSkeleton(lines ...float32) fyne.CanvasObject {
	column := VStack(theme.Gap3)
	for _, w := range lines {
		column.Add(container.New(skeletonLine{}, NewSkeletonBlock(w, 14)))
	}
	return column
}

// skeletonLine lays out a line of grey, which is shorter where there is less room: what stands for a text that wraps
// must not make the window wider than the text will.
type skeletonLine struct{}

// MinSize asks for no width.
func (skeletonLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[0].MinSize().Height)
}

// Layout gives the line its width, if there is as much.
func (skeletonLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	line := objects[0].MinSize()
	objects[0].Resize(fyne.NewSize(min(line.Width, size.Width), line.Height))
	objects[0].Move(fyne.Position{})
}

// NewSkeletonRows makes n lines of a small table, each with its hairline: a
// name at the left and a figure at the right.
func NewSkeletonRows(n int) fyne.CanvasObject {
	column := VStack(0)
	for range n {
		column.Add(VStack(0, Inset(12, theme.Gap2, 11, theme.Gap2,
			HStack(0, NewSkeletonBlock(130, 14), Spacer(), NewSkeletonBlock(70, 14))), NewRule()))
	}
	return column
}

// MinSize is part of fyne.CanvasObject. It grows with the text.
func (s *Skeleton) MinSize() fyne.Size {
	return fyne.NewSize(grown(s, s.min.Width), grown(s, s.min.Height))
}

// Refresh is part of fyne.CanvasObject.
func (s *Skeleton) Refresh() {
	s.paint()
	s.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (s *Skeleton) CreateRenderer() fyne.WidgetRenderer {
	s.paint()
	return widget.NewSimpleRenderer(s.block)
}

func (s *Skeleton) paint() {
	s.block.FillColor, s.block.CornerRadius = colorOf(s, theme.Skeleton), 4
}

// Note is an icon, a title, a text and something to do, in the middle of its
// room: the empty and the failed state of a page.
type Note struct {
	widget.BaseWidget
	icon        *Icon
	title, text *Wrapped
	reference   *fyne.Container
	action      *fyne.Container
	content     fyne.CanvasObject
}

func newNote(icon theme.IconName, title, text string, action fyne.CanvasObject) *Note {
	n := &Note{
		icon:      NewDrawing(icon, theme.QuietText, fyne.NewSize(32, 32)),
		title:     NewWrapped(title, StyleCardTitle).SetAlignment(fyne.TextAlignCenter),
		text:      NewWrapped(text, StyleQuiet).SetAlignment(fyne.TextAlignCenter),
		reference: container.NewCenter(),
		action:    container.NewCenter(),
	}
	if action != nil {
		n.action.Add(action)
	}
	setVisible(n.action, action != nil)
	n.content = CenterBox(420, Inset(theme.Gap5, theme.Gap4, theme.Gap5, theme.Gap4, VStack(theme.Gap3,
		container.NewCenter(n.icon), n.title, n.text, n.action, n.reference)))
	n.ExtendBaseWidget(n)
	return n
}

// NewEmptyState says that there is nothing yet, and what to do; action may be
// nil.
func NewEmptyState(icon theme.IconName, title, text string, action fyne.CanvasObject) *Note {
	return newNote(icon, title, text, action)
}

// NewFailedState says what happened and offers to try again. The reference, if
// there is one, stands under it and can be copied.
func NewFailedState(title, text, retryLabel string, retry func(), reference Reference) *Note {
	n := newNote(theme.IconWarn, title, text, NewButton(retryLabel, retry))
	n.SetReference(reference)
	return n
}

// Set changes title and text.
func (n *Note) Set(title, text string) {
	n.title.SetText(title)
	n.text.SetText(text)
}

// SetReference sets the small line under the action; one without an id hides it.
func (n *Note) SetReference(r Reference) {
	n.reference.Objects = []fyne.CanvasObject{NewReference(r)}
	n.reference.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (n *Note) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(n.content) }
