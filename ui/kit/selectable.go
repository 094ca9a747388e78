package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// unpadded takes away the padding that Fyne's text widgets bring along.
type unpadded struct{}

func (unpadded) pad(o fyne.CanvasObject) float32 {
	if t, ok := o.(themed); ok {
		return sizeOf(t, "innerPadding")
	}
	return 0
}

func (u unpadded) MinSize(objects []fyne.CanvasObject) fyne.Size {
	p := u.pad(objects[0])
	return objects[0].MinSize().SubtractWidthHeight(2*p, 2*p)
}

func (u unpadded) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p := u.pad(objects[0])
	objects[0].Resize(size.AddWidthHeight(2*p, 2*p))
	objects[0].Move(fyne.NewPos(-p, -p))
}

// Selectable is text that can be selected and copied: a reference, a VIN.
type Selectable struct {
	widget.BaseWidget
	label *widget.Label
	box   *fyne.Container
}

// NewSelectable makes text that can be selected and copied.
func NewSelectable(s string, style Style) *Selectable {
	t := &Selectable{label: widget.NewLabelWithStyle(s, fyne.TextAlignLeading, style.textStyle())}
	t.label.Selectable = true
	t.label.SizeName = style.Size
	if style.Color == theme.QuietText {
		t.label.Importance = widget.LowImportance
	}
	t.box = container.New(unpadded{}, t.label)
	t.ExtendBaseWidget(t)
	return t
}

// SetWrapping lets the text break into lines.
func (t *Selectable) SetWrapping(on bool) *Selectable {
	t.label.Wrapping = fyne.TextWrapOff
	if on {
		t.label.Wrapping = fyne.TextWrapWord
	}
	t.label.Refresh()
	return t
}

// Text returns what it says.
func (t *Selectable) Text() string { return t.label.Text }

// SetText changes what it says.
func (t *Selectable) SetText(s string) { t.label.SetText(s) }

// CreateRenderer is part of fyne.Widget.
func (t *Selectable) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.box) }
