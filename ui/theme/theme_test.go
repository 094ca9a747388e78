package theme_test

import (
	"fmt"
	"image/color"
	"io/fs"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"

	"myaccount/assets"
	"myaccount/services/brand"
	"myaccount/ui/theme"
)

var appearances = map[string]theme.Appearance{"light": theme.Light, "dark": theme.Dark, "contrast": theme.HighContrast}

func TestTheme_Contrast(t *testing.T) {
	for name, appearance := range appearances {
		th := theme.New(appearance, 1)
		least := theme.MinContrast
		if appearance == theme.HighContrast {
			least = theme.MinContrastHigh
		}
		check := func(pairs []theme.Pair, least float64) {
			for _, p := range pairs {
				got := theme.Contrast(th.Color(p.Text, 0), th.Color(p.Ground, 0))
				if got < least {
					t.Errorf("%s: %s on %s has %.2f:1, not %.1f:1", name, p.Text, p.Ground, got, least)
				}
			}
		}
		check(theme.Pairs, least)
		check(theme.Marks, theme.MinMark)
	}
}

func TestContrast(t *testing.T) {
	cases := []struct {
		a, b color.Color
		want string
	}{
		{color.Black, color.White, "21.00"},
		{color.White, color.White, "1.00"},
		{color.NRGBA{R: 0x77, G: 0x77, B: 0x77, A: 0xff}, color.White, "4.48"}, // the known grey just below AA
	}
	for _, c := range cases {
		if got := fmt.Sprintf("%.2f", theme.Contrast(c.a, c.b)); got != c.want {
			t.Errorf("contrast of %v and %v is %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

func TestTheme_DesignTokens(t *testing.T) {
	cases := map[fyne.ThemeColorName][2]string{
		theme.Ground: {"#f4f5f7", "#0f1216"}, theme.Card: {"#ffffff", "#171b21"}, theme.Hairlines: {"#e3e6ea", "#2a3038"},
		theme.Text: {"#16191d", "#eef1f4"}, theme.QuietText: {"#5b6570", "#9aa5b1"},
		theme.Primary: {"#1c69d4", "#4c8fea"}, theme.OnPrimary: {"#ffffff", "#0b1220"}, theme.Link: {"#0b4fa8", "#8fbaf5"},
		theme.SelectedGround: {"#e8f0fb", "#1c2a3d"},
		theme.Good:           {"#18794e", "#5cc28d"}, theme.Warn: {"#8a5a00", "#e3b04b"}, theme.Bad: {"#c62b2b", "#f28b82"},
		theme.Border: {"#aeb6bf", "#4a535e"},
	}
	for name, want := range cases {
		for i, a := range []theme.Appearance{theme.Light, theme.Dark} {
			r, g, b, _ := theme.New(a, 1).Color(name, 0).RGBA()
			if got := fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8); got != want[i] {
				t.Errorf("%s is %s, want %s", name, got, want[i])
			}
		}
	}
}

// The pages of the backend have the colours of the brand file: they look like the program.
func TestTheme_IsTheBrands(t *testing.T) {
	b, err := brand.Load(assets.Brand)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in   theme.Appearance
		name fyne.ThemeColorName
		want string
	}{
		{theme.Light, theme.Primary, b.Colours.PrimaryLight},
		{theme.Dark, theme.Primary, b.Colours.PrimaryDark},
		{theme.Light, theme.HeroTop, b.Colours.PanelFrom},
		{theme.Light, theme.HeroBottom, b.Colours.PanelTo},
	} {
		r, g, b, _ := theme.New(c.in, 1).Color(c.name, 0).RGBA()
		if got := fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8); got != c.want {
			t.Errorf("%s is %s, in the brand file %s", c.name, got, c.want)
		}
	}
}

func TestTheme_SystemFollowsTheDesktop(t *testing.T) {
	th := theme.New(theme.System, 1)
	for variant, same := range map[fyne.ThemeVariant]theme.Appearance{fynetheme.VariantLight: theme.Light, fynetheme.VariantDark: theme.Dark} {
		if got, want := th.Color(theme.Ground, variant), theme.New(same, 1).Color(theme.Ground, 0); got != want {
			t.Errorf("variant %d: ground is %v, want %v", variant, got, want)
		}
	}
	if got, want := theme.New(theme.Light, 1).Color(theme.Ground, fynetheme.VariantDark), th.Color(theme.Ground, fynetheme.VariantLight); got != want {
		t.Errorf("light on a dark desktop: ground is %v, want %v", got, want)
	}
}

func TestTheme_EveryNamedColour(t *testing.T) {
	test.NewTempApp(t)
	for name, a := range appearances {
		th := theme.New(a, 1)
		for _, p := range append(append([]theme.Pair{}, theme.Pairs...), theme.Marks...) {
			for _, c := range []fyne.ThemeColorName{p.Text, p.Ground} {
				if _, _, _, alpha := th.Color(c, 0).RGBA(); alpha != 0xffff {
					t.Errorf("%s: %s is not an opaque colour", name, c)
				}
			}
		}
	}
}

// Fyne lays these over the colour of a control, so they must let it through: a button's words stay readable.
func TestTheme_OverlaysAreTranslucent(t *testing.T) {
	test.NewTempApp(t)
	for name, a := range appearances {
		th := theme.New(a, 1)
		for _, c := range []fyne.ThemeColorName{fynetheme.ColorNameHover, fynetheme.ColorNamePressed} {
			if _, _, _, alpha := th.Color(c, 0).RGBA(); alpha > 0x4000 {
				t.Errorf("%s: %s hides what lies under it", name, c)
			}
		}
	}
}

func TestTheme_TextScale(t *testing.T) {
	cases := []struct {
		scale, text, title, control float32
	}{
		{1, 14, 26, 40},
		{1.25, 18, 33, 44},
		{1.5, 21, 39, 48},
		{2, 28, 52, 56},
		{0.5, 14, 26, 40},
		{9, 28, 52, 56},
	}
	for _, c := range cases {
		th := theme.New(theme.Light, c.scale)
		if got := th.Size(theme.SizeText); got != c.text {
			t.Errorf("scale %v: text is %v, want %v", c.scale, got, c.text)
		}
		if got := th.Size(theme.SizePageTitle); got != c.title {
			t.Errorf("scale %v: title is %v, want %v", c.scale, got, c.title)
		}
		if got := th.Size(theme.SizeControl); got != c.control {
			t.Errorf("scale %v: control is %v, want %v", c.scale, got, c.control)
		}
	}
	if got := theme.New(theme.HighContrast, 1).Size(theme.SizeFocusRing); got != 3 {
		t.Errorf("the ring in high contrast is %v, want 3", got)
	}
}

func TestFonts_HaveWhatTheAppDraws(t *testing.T) {
	const drawn = "ABCXYZabcxyz0123456789 ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ «»“”‘’…–—·•✓‹›×°№€$¢£%\u00a0\u202f−"
	for name, data := range map[string][]byte{
		"regular": assets.InterRegular, "semi-bold": assets.InterSemiBold, "title": assets.InterTitle,
		"tabular": assets.InterTabular, "tabular semi-bold": assets.InterTabularSemiBold,
	} {
		if len(data) > 150<<10 {
			t.Errorf("%s has %d bytes", name, len(data))
		}
		face, err := sfnt.Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var buf sfnt.Buffer
		for _, r := range drawn {
			if i, err := face.GlyphIndex(&buf, r); err != nil || i == 0 {
				t.Errorf("%s has no %q (%v)", name, r, err)
			}
		}
	}
}

func TestFonts_TabularDigitsHaveOneWidth(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	width := func(s string, style fyne.TextStyle) float32 { return fyne.MeasureText(s, 14, style).Width }
	for _, bold := range []bool{false, true} {
		style := fyne.TextStyle{Monospace: true, Bold: bold}
		for _, d := range "023456789" {
			if got, want := width(strings.Repeat(string(d), 10), style), width("1111111111", style); got != want {
				t.Errorf("bold %v: ten %c are %v wide, ten 1 are %v", bold, d, got, want)
			}
		}
	}
	if width("1111111111", fyne.TextStyle{}) == width("0000000000", fyne.TextStyle{}) {
		t.Error("the text face has tabular digits too: the test proves nothing")
	}
}

func TestNewIcon(t *testing.T) {
	red := color.NRGBA{R: 0xff, A: 0xff}
	err := fs.WalkDir(assets.Icons, "icons", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := theme.IconName(strings.TrimSuffix(d.Name(), ".svg"))
		res, err := theme.NewIcon(name, red)
		if err != nil {
			return err
		}
		if svg := string(res.Content()); strings.Contains(svg, "currentColor") || !strings.Contains(svg, "#ff0000") {
			t.Errorf("%s is not in the colour asked for", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := theme.NewIcon("none such", red); err == nil {
		t.Error("an unknown icon gives no error")
	}
}
