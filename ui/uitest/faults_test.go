package uitest

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

func TestScreen_Faults(t *testing.T) {
	size := fyne.NewSize(200, 100)
	long := "A sentence that is far too long for a window of this width"
	tests := []struct {
		name    string
		content fyne.CanvasObject
		bad     bool
	}{
		{"fits", kit.NewLabel("short"), false},
		{"too wide", container.NewWithoutLayout(sized(kit.NewLabel(long))), true},
		{"wrapped", kit.NewWrapped(long, kit.StyleLabel), false},
		{"covered", container.NewStack(kit.NewLabel("one"), kit.NewLabel("two")), true},
		{"too high in a scroll", kit.NewPageScroll(kit.VStack(60, kit.NewLabel("a"), kit.NewLabel("b"), kit.NewLabel("c"))), false},
		{"too high without", kit.VStack(60, kit.NewLabel("a"), kit.NewLabel("b"), kit.NewLabel("c")), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := NewApp(t, text.English, theme.Light, 1).ShowObject(t, tt.content, size)
			if got := s.faults(); (len(got) > 0) != tt.bad {
				t.Errorf("faults = %q, want some: %t", got, tt.bad)
			}
		})
	}
}

func sized(o fyne.CanvasObject) fyne.CanvasObject {
	o.Resize(o.MinSize())
	return o
}

func TestCompare(t *testing.T) {
	plain := image.NewNRGBA(image.Rect(0, 0, 50, 50))
	for name, tt := range map[string]struct {
		change func(*image.NRGBA)
		same   bool
	}{
		"same":       {func(*image.NRGBA) {}, true},
		"a shade":    {func(i *image.NRGBA) { fill(i, 50, color.NRGBA{R: 20, A: 255}) }, true},
		"few pixels": {func(i *image.NRGBA) { i.Set(1, 1, color.White) }, true},
		"a block":    {func(i *image.NRGBA) { fill(i, 5, color.NRGBA{R: 255, A: 255}) }, false},
	} {
		other := image.NewNRGBA(plain.Bounds())
		tt.change(other)
		if err := compare(other, plain); (err == nil) != tt.same {
			t.Errorf("%s: compare = %v", name, err)
		}
	}
	if compare(plain, image.NewNRGBA(image.Rect(0, 0, 49, 50))) == nil {
		t.Error("pictures of other sizes are the same")
	}
}

func fill(i *image.NRGBA, n int, c color.NRGBA) {
	for y := range n {
		for x := range n {
			i.SetNRGBA(x, y, c)
		}
	}
}
