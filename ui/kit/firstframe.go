package kit

import (
	"image"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// WithFirstFrame puts a transparent pixel over content that calls shown once, when it is painted for the first time;
// everything below it has been painted by then. The program logs that moment as "first frame", where make bench reads
// it.
func WithFirstFrame(content fyne.CanvasObject, shown func()) fyne.CanvasObject {
	var once sync.Once
	pixel := canvas.NewRaster(func(int, int) image.Image {
		once.Do(shown)
		return image.NewNRGBA(image.Rect(0, 0, 1, 1))
	})
	pixel.Resize(fyne.NewSquareSize(1))
	return container.NewStack(content, container.NewWithoutLayout(pixel))
}
