package theme

import (
	"strings"
	"unicode"
)

// covered is what every face of the app has and most texts need no more than: ASCII, Latin-1, Latin Extended-A, dashes,
// quotes, the bullet, the ellipsis, the narrow blank, per mille, the euro sign and the check mark.
var covered = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x20, Hi: 0x7E, Stride: 1},
	{Lo: 0xA0, Hi: 0x148, Stride: 1},
	{Lo: 0x14A, Hi: 0x17F, Stride: 1},
	{Lo: 0x2010, Hi: 0x2015, Stride: 1},
	{Lo: 0x2018, Hi: 0x2022, Stride: 1},
	{Lo: 0x2026, Hi: 0x2026, Stride: 1},
	{Lo: 0x202F, Hi: 0x2030, Stride: 1},
	{Lo: 0x20AC, Hi: 0x20AC, Stride: 1},
	{Lo: 0x2713, Hi: 0x2713, Stride: 1},
}, LatinOffset: 1}

// Covers says whether the app's faces alone can draw a text. Then a canvas text may name its face as FontSource: by
// TextStyle, Fyne loads the large fonts to fall back on anew for every combination of weight, digits and underline, 8 MB
// and 10 ms each. Other scripts and emoji need those fonts.
func Covers(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.Is(covered, r) })
}
