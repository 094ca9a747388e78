package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"myaccount/ui/theme"
)

// settle gives a child its width first and asks for its height afterwards:
// wrapped text knows its height only then.
func settle(o fyne.CanvasObject, width float32) float32 {
	if o.Size().Width != width {
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
	}
	return o.MinSize().Height
}

type vstack struct{ gap float32 }

// VStack puts objects under each other, exactly gap apart, each as wide as the
// stack. Spacers share the height that is left.
func VStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&vstack{gap}, objects...)
}

func (l *vstack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height
		n++
	}
	size.Height += l.gap * float32(max(n-1, 0))
	return size
}

func (l *vstack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	heights, spacers, used := make([]float32, len(objects)), 0, float32(0)
	n := 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		n++
		if isSpacer(o) {
			spacers++
			continue
		}
		heights[i] = settle(o, size.Width)
		used += heights[i]
	}
	rest := max(size.Height-used-l.gap*float32(max(n-1, 0)), 0)
	y := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		if isSpacer(o) {
			heights[i] = rest / float32(spacers)
		}
		o.Resize(fyne.NewSize(size.Width, heights[i]))
		o.Move(fyne.NewPos(0, y))
		y += heights[i] + l.gap
	}
}

type hstack struct{ gap float32 }

// HStack puts objects beside each other, exactly gap apart, each as wide as it
// needs and centred in height. Spacers, and what HFill wraps, share the width
// that is left.
func HStack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&hstack{gap}, objects...)
}

func (l *hstack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Height = max(size.Height, m.Height)
		size.Width += m.Width
		n++
	}
	size.Width += l.gap * float32(max(n-1, 0))
	return size
}

func (l *hstack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var used float32
	n, fills := 0, 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		n++
		if fillsWidth(o) {
			fills++
		} else {
			used += o.MinSize().Width
		}
	}
	rest := max(size.Width-used-l.gap*float32(max(n-1, 0)), 0)
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		w := o.MinSize().Width
		if fillsWidth(o) {
			w = rest / float32(fills)
		}
		h := min(settle(o, w), size.Height)
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
		x += w + l.gap
	}
}

// spacer takes the room that is left in a stack.
type spacer struct{ *canvas.Rectangle }

// Spacer takes the room that is left in a VStack or HStack.
func Spacer() fyne.CanvasObject { return &spacer{canvas.NewRectangle(color.Transparent)} }

// MinSize is part of fyne.CanvasObject.
func (*spacer) MinSize() fyne.Size { return fyne.Size{} }

func isSpacer(o fyne.CanvasObject) bool {
	_, ok := o.(*spacer)
	return ok
}

type hfill struct{}

// HFill makes an object take the width that is left in an HStack.
func HFill(o fyne.CanvasObject) *fyne.Container { return container.New(&hfill{}, o) }

func (*hfill) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (*hfill) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[0].Move(fyne.Position{})
}

func fillsWidth(o fyne.CanvasObject) bool {
	if isSpacer(o) {
		return true
	}
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(*hfill)
	return ok
}

type headBody struct{}

// HeadBody puts a head at its own height above a body that takes the rest: a
// title over a list. (Fyne's border container puts its centre first in the Tab
// order.)
func HeadBody(head, body fyne.CanvasObject) *fyne.Container {
	return container.New(headBody{}, head, body)
}

func (headBody) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return (&vstack{}).MinSize(objects)
}

func (headBody) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h := float32(0)
	if objects[0].Visible() {
		h = settle(objects[0], size.Width)
	}
	objects[0].Resize(fyne.NewSize(size.Width, h))
	objects[0].Move(fyne.Position{})
	objects[1].Resize(fyne.NewSize(size.Width, max(size.Height-h, 0)))
	objects[1].Move(fyne.NewPos(0, h))
}

type bodyFoot struct{}

// BodyFoot puts a foot at its own height below a body that takes the rest.
func BodyFoot(body, foot fyne.CanvasObject) *fyne.Container {
	return container.New(bodyFoot{}, body, foot)
}

func (bodyFoot) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return (&vstack{}).MinSize(objects)
}

func (bodyFoot) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	foot := settle(objects[1], size.Width)
	objects[0].Resize(fyne.NewSize(size.Width, max(size.Height-foot, 0)))
	objects[0].Move(fyne.Position{})
	objects[1].Resize(fyne.NewSize(size.Width, foot))
	objects[1].Move(fyne.NewPos(0, size.Height-foot))
}

type headFit struct {
	gap     float32
	natural func() float32
}

// HeadFit is HeadBody, gap apart, with a body that is never higher than natural
// says: a table that ends with its last row.
func HeadFit(gap float32, head, body fyne.CanvasObject, natural func() float32) *fyne.Container {
	return container.New(&headFit{gap, natural}, head, body)
}

func (l *headFit) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return (&vstack{l.gap}).MinSize(objects)
}

func (l *headFit) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top := settle(objects[0], size.Width)
	objects[0].Resize(fyne.NewSize(size.Width, top))
	objects[0].Move(fyne.Position{})
	least := settle(objects[1], size.Width)
	objects[1].Resize(fyne.NewSize(size.Width, max(min(size.Height-top-l.gap, l.natural()), least)))
	objects[1].Move(fyne.NewPos(0, top+l.gap))
}

// Gap is an empty object of n by n device-independent pixels.
func Gap(n float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(n, n))
	return r
}

type inset struct{ top, right, bottom, left float32 }

// Inset puts exact room around an object: top, right, bottom, left.
func Inset(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&inset{top, right, bottom, left}, o)
}

// PageMargin puts the margin of a page around its content: 28 above, 36 on the
// other sides.
func PageMargin(o fyne.CanvasObject) *fyne.Container {
	return Inset(theme.PageTop, theme.PageMargin, theme.PageMargin, theme.PageMargin, o)
}

func (l *inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(l.left+l.right, l.top+l.bottom)
}

func (l *inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	inner := size.SubtractWidthHeight(l.left+l.right, l.top+l.bottom)
	settle(o, inner.Width)
	o.Resize(inner)
	o.Move(fyne.NewPos(l.left, l.top))
}

type maxWidth struct {
	width  float32
	centre bool
}

// MaxWidth keeps an object at most w wide, at the left of its room. The width
// grows with the text.
func MaxWidth(w float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&maxWidth{width: w}, o)
}

// CenterBox centres an object, at most w wide, in both directions. The width
// grows with the text.
func CenterBox(w float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&maxWidth{width: w, centre: true}, o)
}

func (l *maxWidth) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (l *maxWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	w := min(size.Width, max(grown(currentTheme{}, l.width), o.MinSize().Width))
	h := min(settle(o, w), size.Height)
	if !l.centre {
		o.Resize(fyne.NewSize(w, size.Height))
		o.Move(fyne.Position{})
		return
	}
	o.Resize(fyne.NewSize(w, h))
	o.Move(fyne.NewPos((size.Width-w)/2, max((size.Height-h)/2, 0)))
}
