package theme

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Pair is a colour of text and the ground it stands on.
type Pair struct{ Text, Ground fyne.ThemeColorName }

// The least contrast of text on its ground: WCAG 2.1, 1.4.3 (AA) and, for high
// contrast, 1.4.6 (AAA); MinMark is 1.4.11, for what is not text.
const (
	MinContrast     = 4.5
	MinContrastHigh = 7.0
	MinMark         = 3.0
)

// Pairs is every pair of text and ground that the app draws. Add a pair here
// when a screen uses a new one: the test of the tokens reads this table.
var Pairs = pairs(map[fyne.ThemeColorName][]fyne.ThemeColorName{
	Text: {
		Ground, Card, Input, SelectedGround, HoverGround, MessageGround, RailGround, GoodGround, WarnGround, BadGround,
		fynetheme.ColorNameSelection, fynetheme.ColorNameMenuBackground, fynetheme.ColorNameOverlayBackground,
	},
	QuietText: {
		Ground, Card, Input, SelectedGround, HoverGround, MessageGround, RailGround, GoodGround, WarnGround, BadGround, QuietBadge,
	},
	Link:      {Ground, Card, SelectedGround, MessageGround, GoodGround, WarnGround, BadGround, RailGround},
	RailText:  {RailGround, HoverGround},
	Good:      {Ground, Card, Input, GoodGround, GoodBadge, SelectedGround, RailGround},
	Warn:      {Ground, Card, Input, WarnGround, SelectedGround},
	Bad:       {Ground, Card, Input, BadGround, HoverGround},
	OnPrimary: {Primary, PrimaryHover},
	OnStrong:  {Strong},

	OnDisabled:  {DisabledGround},
	OnToast:     {ToastGround},
	OnHero:      {HeroTop, HeroMiddle, HeroBottom},
	OnHeroQuiet: {HeroTop, HeroMiddle, HeroBottom},

	fynetheme.ColorNamePlaceHolder: {Input, Card},
	fynetheme.ColorNameDisabled:    {Ground, Input},
})

// Marks are the pairs of rings, bars and dots, which are not text.
var Marks = pairs(map[fyne.ThemeColorName][]fyne.ThemeColorName{
	Primary:   {Ground, Card, Track, RailGround},
	Good:      {Ground, Card, Track},
	Warn:      {Ground, Card},
	Bad:       {Ground, Card},
	OnPrimary: {Good},
})

func pairs(table map[fyne.ThemeColorName][]fyne.ThemeColorName) (list []Pair) {
	for text, grounds := range table {
		for _, ground := range grounds {
			list = append(list, Pair{text, ground})
		}
	}
	return list
}

// Contrast is the contrast of two opaque colours, 1 to 21 (WCAG 2.1, relative
// luminance).
func Contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// linear undoes the gamma of sRGB.
func linear(v uint32) float64 {
	s := float64(v) / 0xffff
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}
