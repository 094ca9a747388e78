// Package theme holds the design tokens: colours, sizes, fonts and icons, as a
// fyne.Theme. Widgets ask for them by name, so a change of appearance or text
// size reaches everything that is on the screen.
//
// Motion: Fyne fades the cursor of a focused entry, which repaints the window
// for as long as it has the focus (14 % of a core without a GPU). No theme can
// turn that off, and fyne.Settings.ShowAnimations has no setter: build with the
// tag no_animations (what is shipped does), or let the person set
// "no_animations" in Fyne's own settings file. The kit itself never animates.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"myaccount/assets"
)

// Appearance is which set of colours the person chose.
type Appearance int

// The appearances. System follows the desktop's light or dark setting.
const (
	System Appearance = iota
	Light
	Dark
	HighContrast
)

// The text scales that the settings offer.
const (
	Scale100 float32 = 1.0
	Scale125 float32 = 1.25
	Scale150 float32 = 1.5
	Scale200 float32 = 2.0
)

// Theme is the app's fyne.Theme. It is immutable: to change appearance or text
// size, hand a new one to fyne.Settings.SetTheme.
type Theme struct {
	appearance Appearance
	scale      float32
	base       fyne.Theme
}

var _ fyne.Theme = (*Theme)(nil)

// New makes a theme. A text scale outside 1 to 2 is taken to the nearest end.
func New(appearance Appearance, textScale float32) *Theme {
	return &Theme{appearance: appearance, scale: min(max(textScale, Scale100), Scale200), base: fynetheme.DefaultTheme()}
}

// Appearance returns what the theme was made for.
func (t *Theme) Appearance() Appearance { return t.appearance }

// TextScale returns the factor on all text sizes, 1 to 2.
func (t *Theme) TextScale() float32 { return t.scale }

// Color returns the colour of a name; a name that is not one of the tokens
// falls back to Fyne's default theme.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	palette, variant := t.palette(variant)
	if c, ok := palette[name]; ok {
		return c
	}
	return t.base.Color(name, variant)
}

// palette picks the colours, and the variant that Fyne's own fit with.
func (t *Theme) palette(variant fyne.ThemeVariant) (map[fyne.ThemeColorName]color.NRGBA, fyne.ThemeVariant) {
	switch {
	case t.appearance == HighContrast:
		return contrastPalette, fynetheme.VariantLight
	case t.appearance == Dark, t.appearance == System && variant == fynetheme.VariantDark:
		return darkPalette, fynetheme.VariantDark
	default:
		return lightPalette, fynetheme.VariantLight
	}
}

// Size returns the size of a name in device-independent pixels, text sizes
// multiplied by the text scale and rounded: at other sizes Fyne draws the glyphs
// at the exact size but sets them as far apart as those of the next whole one.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := textSizes[name]; ok {
		return float32(int(s*t.scale + 0.5))
	}
	if s, ok := fixedSizes[name]; ok {
		return s
	}
	switch name {
	case SizeControl:
		return grid(controlBase + controlGrowth*t.scale)
	case SizeControlCompact:
		return grid(controlBase+controlGrowth*t.scale) - 6
	case SizeFocusRing:
		if t.appearance == HighContrast {
			return 3
		}
		return 2
	}
	return t.base.Size(name)
}

// grid rounds to the 4 px grid.
func grid(v float32) float32 { return float32(int((v+2)/4)) * 4 }

// Fonts of the app as Fyne resources.
var (
	regular         = fyne.NewStaticResource("Inter-Regular.otf", assets.InterRegular)
	semiBold        = fyne.NewStaticResource("Inter-SemiBold.otf", assets.InterSemiBold)
	title           = fyne.NewStaticResource("Inter-Title.otf", assets.InterTitle)
	tabular         = fyne.NewStaticResource("Inter-Tabular.otf", assets.InterTabular)
	tabularSemiBold = fyne.NewStaticResource("Inter-TabularSemiBold.otf", assets.InterTabularSemiBold)
)

// Font returns the face of a style: semi-bold for bold, tabular digits for
// monospace. Inter has no italic here; italics are drawn upright.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return t.base.Font(style)
	case style.Monospace && style.Bold:
		return tabularSemiBold
	case style.Monospace:
		return tabular
	case style.Bold:
		return semiBold
	default:
		return regular
	}
}

// TitleFont is the bold face of page titles and figures, which Fyne has no
// style for: set it as the FontSource of a canvas text.
func TitleFont() fyne.Resource { return title }

// Icon returns Fyne's icon of a name: dialogs and menus of Fyne itself use
// them. The app's own icons are in NewIcon.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.base.Icon(name) }
