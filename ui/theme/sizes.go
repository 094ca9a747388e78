package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Text sizes: they grow with the text scale.
const (
	SizePageTitle fyne.ThemeSizeName = "pageTitle" // 26
	SizeFigure    fyne.ThemeSizeName = "figure"    // 30
	SizeClaim     fyne.ThemeSizeName = "claim"     // 34, the sentence on the blue panel
	SizeSection   fyne.ThemeSizeName = "section"   // 19
	SizeBrand     fyne.ThemeSizeName = "brand"     // 17, the product's name on the rail
	SizeHero      fyne.ThemeSizeName = "hero"      // 20, the same on the blue panel
	SizeCardTitle fyne.ThemeSizeName = "cardTitle" // 15
	SizeText      fyne.ThemeSizeName = fynetheme.SizeNameText
	SizeFieldName fyne.ThemeSizeName = "fieldName" // 13, the label over a field
	SizeHint      fyne.ThemeSizeName = "hint"      // 12.5, drawn as 13
	SizeSmall     fyne.ThemeSizeName = "small"     // 12, badges and counters
)

// Sizes of controls: the height grows with the text, the ring is thicker in
// high contrast.
const (
	SizeControl        fyne.ThemeSizeName = "control"        // 40 at text scale 1
	SizeControlCompact fyne.ThemeSizeName = "controlCompact" // 34 at text scale 1
	SizeFocusRing      fyne.ThemeSizeName = "focusRing"      // 2, high contrast 3
)

// Spacing on the 4 px grid, in device-independent pixels.
const (
	Gap1       float32 = 4
	Gap2       float32 = 8
	Gap3       float32 = 12
	Gap4       float32 = 16 // between cards and between fields
	Gap5       float32 = 20
	Gap6       float32 = 24
	CardInset  float32 = 20
	PageMargin float32 = 36
	PageTop    float32 = 28
	Hairline   float32 = 1
)

// Corner radii in device-independent pixels.
const (
	RadiusControl float32 = 6
	RadiusCard    float32 = 8
)

// A control is 40 px high at scale 1 and 57 (56 on the grid) at scale 2: the
// part that is text grows, the room around it does not.
const (
	controlBase   float32 = 23
	controlGrowth float32 = 17
)

var textSizes = map[fyne.ThemeSizeName]float32{
	SizePageTitle: 26,
	SizeFigure:    30,
	SizeClaim:     34,
	SizeSection:   19,
	SizeBrand:     17,
	SizeHero:      20,
	SizeCardTitle: 15,
	SizeText:      14,
	SizeFieldName: 13,
	SizeHint:      12.5,
	SizeSmall:     12,

	fynetheme.SizeNameCaptionText:    12.5,
	fynetheme.SizeNameHeadingText:    26,
	fynetheme.SizeNameSubHeadingText: 19,
	fynetheme.SizeNameInlineIcon:     18,
}

var fixedSizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNamePadding:            4,
	fynetheme.SizeNameInnerPadding:       10,
	fynetheme.SizeNameLineSpacing:        4,
	fynetheme.SizeNameInputBorder:        1,
	fynetheme.SizeNameInputRadius:        RadiusControl,
	fynetheme.SizeNameButtonRadius:       RadiusControl,
	fynetheme.SizeNameSelectionRadius:    3,
	fynetheme.SizeNameCardRadius:         RadiusCard,
	fynetheme.SizeNameDialogRadius:       RadiusCard,
	fynetheme.SizeNamePopupRadius:        RadiusControl,
	fynetheme.SizeNameMenuRadius:         RadiusControl,
	fynetheme.SizeNameSeparatorThickness: Hairline,
	fynetheme.SizeNameScrollBar:          10,
	fynetheme.SizeNameScrollBarSmall:     4,
	fynetheme.SizeNameModalBlurRadius:    0,
}
