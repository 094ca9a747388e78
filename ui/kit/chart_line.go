package kit

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"golang.org/x/image/vector"

	"myaccount/ui/theme"
)

// The look of lines, in device-independent pixels.
const (
	lineWidth  = 2.5
	thinWidth  = 1.5
	quietWidth = 1
	dashLength = 6
	dashGap    = 4
)

// stroke is a line of a chart, placed.
type stroke struct {
	points []fyne.Position
	width  float32
	dashed bool
	color  color.Color
}

// newStroke gives a line its look.
func newStroke(w themed, s ChartSeries, points []fyne.Position) stroke {
	switch {
	case s.Quiet:
		return stroke{points, quietWidth, s.Dashed, colorOf(w, theme.QuietText)}
	case s.Dashed:
		return stroke{points, thinWidth, true, colorOf(w, theme.Primary)}
	default:
		return stroke{points, lineWidth, false, colorOf(w, theme.Primary)}
	}
}

// newLines draws lines into one picture: Fyne's own lines begin and end on whole pixels, so that a curve of many of them
// would be a staircase.
func newLines(width func() float32, strokes func() []stroke) *canvas.Raster {
	return canvas.NewRaster(func(w, h int) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		for _, s := range strokes() {
			s.paint(img, float32(w)/max(width(), 1))
		}
		return img
	})
}

// paint draws the line, scaled to the pixels of a picture.
func (s stroke) paint(img *image.RGBA, scale float32) {
	pen := vector.NewRasterizer(img.Rect.Dx(), img.Rect.Dy())
	pieces := [][]fyne.Position{s.points}
	if s.dashed {
		pieces = dashed(s.points, dashLength, dashGap)
	}
	for _, piece := range pieces {
		for i, p := range outline(piece, s.width) {
			if i == 0 {
				pen.MoveTo(p.X*scale, p.Y*scale)
			} else {
				pen.LineTo(p.X*scale, p.Y*scale)
			}
		}
		pen.ClosePath()
	}
	pen.Draw(img, img.Rect, image.NewUniform(s.color), image.Point{})
}

// outline goes along one side of a line and back along the other.
func outline(points []fyne.Position, width float32) []fyne.Position {
	n := len(points)
	if n < 2 {
		return nil
	}
	sides := make([]fyne.Position, 2*n)
	for i, p := range points {
		away := across(points[max(i-1, 0)], points[min(i+1, n-1)], width/2)
		sides[i], sides[2*n-1-i] = p.Add(away), p.Subtract(away)
	}
	return sides
}

// across is the way of a length to the left of the way from a to b.
func across(a, b fyne.Position, length float32) fyne.Position {
	d := b.Subtract(a)
	whole := float32(math.Hypot(float64(d.X), float64(d.Y)))
	if whole == 0 {
		return fyne.Position{}
	}
	return fyne.NewPos(d.Y*length/whole, -d.X*length/whole)
}

// dashed cuts a line into pieces of a length with gaps between them. A piece does not bend: corners have one on each side.
func dashed(points []fyne.Position, length, gap float32) (pieces [][]fyne.Position) {
	way := float32(0) // from the beginning of the last piece
	for i := 1; i < len(points); i++ {
		from, d := points[i-1], points[i].Subtract(points[i-1])
		whole := float32(math.Hypot(float64(d.X), float64(d.Y)))
		along := func(part float32) fyne.Position { return from.AddXY(d.X*part/whole, d.Y*part/whole) }
		for begin := -way; begin < whole; begin += length + gap {
			if end := min(begin+length, whole); end > 0 {
				pieces = append(pieces, []fyne.Position{along(max(begin, 0)), along(end)})
			}
		}
		way = float32(math.Mod(float64(way+whole), float64(length+gap)))
	}
	return pieces
}
