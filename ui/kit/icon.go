package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Icon is a line icon that follows the theme.
type Icon struct {
	widget.BaseWidget
	name  theme.IconName
	color fyne.ThemeColorName
	size  fyne.Size
	grows bool
	image *canvas.Image
}

// NewIcon makes an icon of 20 px that grows with the text.
func NewIcon(name theme.IconName, color fyne.ThemeColorName) *Icon {
	return newIcon(name, color, 20)
}

func newIcon(name theme.IconName, color fyne.ThemeColorName, side float32) *Icon {
	i := NewDrawing(name, color, fyne.NewSquareSize(side))
	i.grows = true
	return i
}

// NewDrawing makes a picture of the given size in device-independent pixels.
func NewDrawing(name theme.IconName, color fyne.ThemeColorName, size fyne.Size) *Icon {
	i := &Icon{name: name, color: color, size: size, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	i.ExtendBaseWidget(i)
	return i
}

// SetColorName changes the colour.
func (i *Icon) SetColorName(name fyne.ThemeColorName) {
	i.color = name
	i.Refresh()
}

// SetName changes the icon.
func (i *Icon) SetName(name theme.IconName) {
	i.name = name
	i.Refresh()
}

// MinSize is part of fyne.CanvasObject.
func (i *Icon) MinSize() fyne.Size {
	if i.grows {
		return fyne.NewSquareSize(grown(i, i.size.Width))
	}
	return i.size
}

// Refresh is part of fyne.CanvasObject.
func (i *Icon) Refresh() {
	i.paint()
	i.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	i.paint()
	return widget.NewSimpleRenderer(i.image)
}

func (i *Icon) paint() {
	res, err := theme.NewIcon(i.name, colorOf(i, i.color))
	if err != nil {
		fyne.LogError("the icon is not drawn", err)
		return
	}
	i.image.Resource = res
	i.image.Refresh()
}
