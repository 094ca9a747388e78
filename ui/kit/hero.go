package kit

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// Hero is the blue panel at the left of the entry pages.
type Hero struct {
	widget.BaseWidget
	title, subtitle *Text
	claim, text     *Wrapped
	raster          *canvas.Raster
	content         *fyne.Container
}

// NewHero makes the panel: the product's name and line above, a claim and a
// text below. A line break in the claim is kept.
func NewHero(title, subtitle, claim, text string) *Hero {
	h := &Hero{
		title:    NewText(title, Style{Size: theme.SizeHero, Color: theme.OnHero, Title: true}),
		subtitle: NewText(subtitle, Style{Size: theme.SizeText, Color: theme.OnHeroQuiet}),
		claim:    NewWrapped(claim, Style{Size: theme.SizeClaim, Color: theme.OnHero, Title: true}),
		text:     NewWrapped(text, Style{Size: theme.SizeText, Color: theme.OnHeroQuiet}),
	}
	h.raster = canvas.NewRaster(h.gradient)
	column := VStack(0, h.title, Gap(4), h.subtitle, Spacer(), h.claim, Gap(10), h.text)
	h.content = container.NewStack(h.raster, Inset(48, 48, 70, 48, column))
	h.ExtendBaseWidget(h)
	return h
}

// Set changes the words.
func (h *Hero) Set(title, subtitle, claim, text string) {
	h.title.SetText(title)
	h.subtitle.SetText(subtitle)
	h.claim.SetText(claim)
	h.text.SetText(text)
}

// Refresh is part of fyne.CanvasObject.
func (h *Hero) Refresh() {
	h.raster.Refresh()
	h.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (h *Hero) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.content) }

// heroAngle is the direction of the gradient, in CSS degrees: almost downwards,
// a little to the right.
const heroAngle = 160 * math.Pi / 180

// gradient paints the three colours along the angle. It stands in the way of the first frame, so the colours are mixed
// once for each step of the way, and written in the format that Fyne hands on as it is.
func (h *Hero) gradient(w, height int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, height))
	dx, dy := math.Sin(heroAngle), -math.Cos(heroAngle)
	length := math.Abs(float64(w)*dx) + math.Abs(float64(height)*dy)
	colors := h.colors(int(length) + 1)
	for y := range height {
		row := img.Pix[y*img.Stride:]
		way := (float64(y)-float64(height)/2)*dy - float64(w)/2*dx + length/2
		for x := range w {
			c := colors[min(max(int(way), 0), len(colors)-1)]
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = c.R, c.G, c.B, c.A
			way += dx
		}
	}
	return img
}

// colors are the gradient's, in steps of one pixel.
func (h *Hero) colors(steps int) []color.NRGBA {
	top, middle, bottom := nrgba(colorOf(h, theme.HeroTop)), nrgba(colorOf(h, theme.HeroMiddle)), nrgba(colorOf(h, theme.HeroBottom))
	colors := make([]color.NRGBA, steps)
	for i := range colors {
		t := (float64(i) + 0.5) / float64(steps)
		colors[i] = mix(top, middle, t/heroStop)
		if t > heroStop {
			colors[i] = mix(middle, bottom, (t-heroStop)/(1-heroStop))
		}
	}
	return colors
}

// heroStop is where the middle colour stands, as a part of the way.
const heroStop = 0.65

func nrgba(c color.Color) color.NRGBA { return color.NRGBAModel.Convert(c).(color.NRGBA) }

func mix(a, b color.NRGBA, t float64) color.NRGBA {
	t = min(max(t, 0), 1)
	part := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + (float64(y)-float64(x))*t)) }
	return color.NRGBA{R: part(a.R, b.R), G: part(a.G, b.G), B: part(a.B, b.B), A: 0xff}
}

// heroShare is the part of the width that the panel takes: 520 of 1280.
const heroShare = 520.0 / 1280

type heroSplit struct{}

// NewHeroSplit puts the panel at the left and the content at the right of it.
func NewHeroSplit(hero *Hero, content fyne.CanvasObject) *fyne.Container {
	return container.New(heroSplit{}, hero, content)
}

func (heroSplit) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[1].MinSize()
	return fyne.NewSize(m.Width/(1-heroShare), m.Height)
}

func (heroSplit) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(float32(math.Round(float64(size.Width)*heroShare)), 640)
	w = max(min(w, size.Width-objects[1].MinSize().Width), 0)
	objects[0].Resize(fyne.NewSize(w, size.Height))
	objects[0].Move(fyne.Position{})
	settle(objects[1], size.Width-w)
	objects[1].Resize(fyne.NewSize(size.Width-w, size.Height))
	objects[1].Move(fyne.NewPos(w, 0))
}
