package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Names of the colours. The first block are Fyne's own, so that its widgets
// follow; the rest are ours.
const (
	Ground    = fynetheme.ColorNameBackground
	Text      = fynetheme.ColorNameForeground
	Primary   = fynetheme.ColorNamePrimary
	OnPrimary = fynetheme.ColorNameForegroundOnPrimary
	Input     = fynetheme.ColorNameInputBackground
	Border    = fynetheme.ColorNameInputBorder
	Link      = fynetheme.ColorNameHyperlink
	Good      = fynetheme.ColorNameSuccess
	Warn      = fynetheme.ColorNameWarning
	Bad       = fynetheme.ColorNameError

	Card           fyne.ThemeColorName = "card"
	Hairlines      fyne.ThemeColorName = "hairline"
	QuietText      fyne.ThemeColorName = "quietText"
	RailText       fyne.ThemeColorName = "railText"
	RailGround     fyne.ThemeColorName = "railGround"
	SelectedGround fyne.ThemeColorName = "selectedGround"
	HoverGround    fyne.ThemeColorName = "hoverGround"
	PrimaryHover   fyne.ThemeColorName = "primaryHover"
	Strong         fyne.ThemeColorName = "strong"   // ground of a selected segment
	OnStrong       fyne.ThemeColorName = "onStrong" // text on it
	Track          fyne.ThemeColorName = "track"    // empty part of a meter or progress bar
	Skeleton       fyne.ThemeColorName = "skeleton"

	DisabledGround fyne.ThemeColorName = "disabledGround"
	OnDisabled     fyne.ThemeColorName = "onDisabled"

	GoodGround fyne.ThemeColorName = "goodGround" // panel
	GoodBorder fyne.ThemeColorName = "goodBorder"
	GoodBadge  fyne.ThemeColorName = "goodBadge" // pill
	WarnGround fyne.ThemeColorName = "warnGround"
	WarnBorder fyne.ThemeColorName = "warnBorder"
	BadGround  fyne.ThemeColorName = "badGround"
	BadBorder  fyne.ThemeColorName = "badBorder"
	InfoBorder fyne.ThemeColorName = "infoBorder"
	QuietBadge fyne.ThemeColorName = "quietBadge"

	HeroTop       fyne.ThemeColorName = "heroTop"
	HeroMiddle    fyne.ThemeColorName = "heroMiddle"
	HeroBottom    fyne.ThemeColorName = "heroBottom"
	OnHero        fyne.ThemeColorName = "onHero"
	OnHeroQuiet   fyne.ThemeColorName = "onHeroQuiet"
	Scrim         fyne.ThemeColorName = "scrim"
	ToastGround   fyne.ThemeColorName = "toastGround"
	OnToast       fyne.ThemeColorName = "onToast"
	MessageGround fyne.ThemeColorName = "messageGround" // the lender's side of a thread
)

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func rgba(hex uint32, alpha uint8) color.NRGBA {
	c := rgb(hex)
	c.A = alpha
	return c
}

var lightPalette = map[fyne.ThemeColorName]color.NRGBA{
	Ground: rgb(0xF4F5F7), Text: rgb(0x16191D), Primary: rgb(0x1C69D4), OnPrimary: rgb(0xFFFFFF),
	Input: rgb(0xFFFFFF), Border: rgb(0xAEB6BF), Link: rgb(0x0B4FA8),
	Good: rgb(0x18794E), Warn: rgb(0x8A5A00), Bad: rgb(0xC62B2B),

	Card: rgb(0xFFFFFF), Hairlines: rgb(0xE3E6EA), QuietText: rgb(0x5B6570),
	RailText: rgb(0x3A424B), RailGround: rgb(0xFFFFFF), SelectedGround: rgb(0xE8F0FB), HoverGround: rgb(0xF1F3F6),
	PrimaryHover: rgb(0x175BBA), Strong: rgb(0x16191D), OnStrong: rgb(0xFFFFFF),
	Track: rgb(0xE3E6EA), Skeleton: rgb(0xE9ECEF),
	DisabledGround: rgb(0xC9D3DF), OnDisabled: rgb(0x434C56),

	GoodGround: rgb(0xF1FAF5), GoodBorder: rgb(0xB7DFC8), GoodBadge: rgb(0xE4F5EC),
	WarnGround: rgb(0xFDF6E6), WarnBorder: rgb(0xE9CF95), BadGround: rgb(0xFDF0F0), BadBorder: rgb(0xEFC0C0),
	InfoBorder: rgb(0xBBD3F5), QuietBadge: rgb(0xEEF0F3),

	HeroTop: rgb(0x0B1A33), HeroMiddle: rgb(0x114284), HeroBottom: rgb(0x1C69D4),
	OnHero: rgb(0xFFFFFF), OnHeroQuiet: rgb(0xEAF1FB),
	Scrim: rgba(0x16191D, 0x59), ToastGround: rgb(0x16191D), OnToast: rgb(0xFFFFFF), MessageGround: rgb(0xF4F5F7),

	fynetheme.ColorNameButton:              rgb(0xFFFFFF),
	fynetheme.ColorNameDisabled:            rgb(0x66707B),
	fynetheme.ColorNameDisabledButton:      rgb(0xC9D3DF),
	fynetheme.ColorNameFocus:               rgba(0x1C69D4, 0x33),
	fynetheme.ColorNameHover:               rgba(0x16191D, 0x0F),
	fynetheme.ColorNamePressed:             rgba(0x16191D, 0x14),
	fynetheme.ColorNameSelection:           rgb(0xC7DCF8),
	fynetheme.ColorNamePlaceHolder:         rgb(0x5B6570),
	fynetheme.ColorNameSeparator:           rgb(0xE3E6EA),
	fynetheme.ColorNameMenuBackground:      rgb(0xFFFFFF),
	fynetheme.ColorNameOverlayBackground:   rgb(0xFFFFFF),
	fynetheme.ColorNameHeaderBackground:    rgb(0xFFFFFF),
	fynetheme.ColorNameShadow:              rgba(0x16191D, 0x1F),
	fynetheme.ColorNameScrollBar:           rgba(0x16191D, 0x66),
	fynetheme.ColorNameForegroundOnError:   rgb(0xFFFFFF),
	fynetheme.ColorNameForegroundOnSuccess: rgb(0xFFFFFF),
	fynetheme.ColorNameForegroundOnWarning: rgb(0xFFFFFF),
}

var darkPalette = map[fyne.ThemeColorName]color.NRGBA{
	Ground: rgb(0x0F1216), Text: rgb(0xEEF1F4), Primary: rgb(0x4C8FEA), OnPrimary: rgb(0x0B1220),
	Input: rgb(0x171B21), Border: rgb(0x4A535E), Link: rgb(0x8FBAF5),
	Good: rgb(0x5CC28D), Warn: rgb(0xE3B04B), Bad: rgb(0xF28B82),

	Card: rgb(0x171B21), Hairlines: rgb(0x2A3038), QuietText: rgb(0x9AA5B1),
	RailText: rgb(0xC8D0D8), RailGround: rgb(0x171B21), SelectedGround: rgb(0x1C2A3D), HoverGround: rgb(0x20262E),
	PrimaryHover: rgb(0x6BA3EF), Strong: rgb(0xEEF1F4), OnStrong: rgb(0x0F1216),
	Track: rgb(0x2A3038), Skeleton: rgb(0x222830),
	DisabledGround: rgb(0x2E3640), OnDisabled: rgb(0xA3ADB8),

	GoodGround: rgb(0x12231B), GoodBorder: rgb(0x245539), GoodBadge: rgb(0x14291F),
	WarnGround: rgb(0x282112), WarnBorder: rgb(0x5C4A1E), BadGround: rgb(0x2B1919), BadBorder: rgb(0x6B3431),
	InfoBorder: rgb(0x2E4A70), QuietBadge: rgb(0x262C34),

	HeroTop: rgb(0x0B1A33), HeroMiddle: rgb(0x103A74), HeroBottom: rgb(0x1A5FC0),
	OnHero: rgb(0xFFFFFF), OnHeroQuiet: rgb(0xEAF1FB),
	Scrim: rgba(0x000000, 0x8C), ToastGround: rgb(0xEEF1F4), OnToast: rgb(0x16191D), MessageGround: rgb(0x20262E),

	fynetheme.ColorNameButton:              rgb(0x171B21),
	fynetheme.ColorNameDisabled:            rgb(0x8F9AA6),
	fynetheme.ColorNameDisabledButton:      rgb(0x2E3640),
	fynetheme.ColorNameFocus:               rgba(0x4C8FEA, 0x40),
	fynetheme.ColorNameHover:               rgba(0xEEF1F4, 0x0C),
	fynetheme.ColorNamePressed:             rgba(0xEEF1F4, 0x14),
	fynetheme.ColorNameSelection:           rgb(0x2A4A78),
	fynetheme.ColorNamePlaceHolder:         rgb(0x9AA5B1),
	fynetheme.ColorNameSeparator:           rgb(0x2A3038),
	fynetheme.ColorNameMenuBackground:      rgb(0x1D222A),
	fynetheme.ColorNameOverlayBackground:   rgb(0x171B21),
	fynetheme.ColorNameHeaderBackground:    rgb(0x171B21),
	fynetheme.ColorNameShadow:              rgba(0x000000, 0x80),
	fynetheme.ColorNameScrollBar:           rgba(0xEEF1F4, 0x66),
	fynetheme.ColorNameForegroundOnError:   rgb(0x0B1220),
	fynetheme.ColorNameForegroundOnSuccess: rgb(0x0B1220),
	fynetheme.ColorNameForegroundOnWarning: rgb(0x0B1220),
}

// contrastPalette is black on white, with colours dark enough for 7:1.
var contrastPalette = map[fyne.ThemeColorName]color.NRGBA{
	Ground: rgb(0xFFFFFF), Text: rgb(0x000000), Primary: rgb(0x00308F), OnPrimary: rgb(0xFFFFFF),
	Input: rgb(0xFFFFFF), Border: rgb(0x000000), Link: rgb(0x00308F),
	Good: rgb(0x004D25), Warn: rgb(0x5A3A00), Bad: rgb(0x8F0000),

	Card: rgb(0xFFFFFF), Hairlines: rgb(0x000000), QuietText: rgb(0x000000),
	RailText: rgb(0x000000), RailGround: rgb(0xFFFFFF), SelectedGround: rgb(0xE0EAFA), HoverGround: rgb(0xE6E6E6),
	PrimaryHover: rgb(0x001F5C), Strong: rgb(0x000000), OnStrong: rgb(0xFFFFFF),
	Track: rgb(0xBDBDBD), Skeleton: rgb(0xD0D0D0),
	DisabledGround: rgb(0xE0E0E0), OnDisabled: rgb(0x3D3D3D),

	GoodGround: rgb(0xFFFFFF), GoodBorder: rgb(0x004D25), GoodBadge: rgb(0xFFFFFF),
	WarnGround: rgb(0xFFFFFF), WarnBorder: rgb(0x5A3A00), BadGround: rgb(0xFFFFFF), BadBorder: rgb(0x8F0000),
	InfoBorder: rgb(0x00308F), QuietBadge: rgb(0xFFFFFF),

	HeroTop: rgb(0x000000), HeroMiddle: rgb(0x000000), HeroBottom: rgb(0x000000),
	OnHero: rgb(0xFFFFFF), OnHeroQuiet: rgb(0xFFFFFF),
	Scrim: rgba(0x000000, 0x99), ToastGround: rgb(0x000000), OnToast: rgb(0xFFFFFF), MessageGround: rgb(0xF2F2F2),

	fynetheme.ColorNameButton:              rgb(0xFFFFFF),
	fynetheme.ColorNameDisabled:            rgb(0x4A4A4A),
	fynetheme.ColorNameDisabledButton:      rgb(0xE0E0E0),
	fynetheme.ColorNameFocus:               rgba(0x00308F, 0x55),
	fynetheme.ColorNameHover:               rgba(0x000000, 0x1A),
	fynetheme.ColorNamePressed:             rgba(0x000000, 0x22),
	fynetheme.ColorNameSelection:           rgb(0xB7D0FF),
	fynetheme.ColorNamePlaceHolder:         rgb(0x3D3D3D),
	fynetheme.ColorNameSeparator:           rgb(0x000000),
	fynetheme.ColorNameMenuBackground:      rgb(0xFFFFFF),
	fynetheme.ColorNameOverlayBackground:   rgb(0xFFFFFF),
	fynetheme.ColorNameHeaderBackground:    rgb(0xFFFFFF),
	fynetheme.ColorNameShadow:              rgba(0x000000, 0x66),
	fynetheme.ColorNameScrollBar:           rgb(0x000000),
	fynetheme.ColorNameForegroundOnError:   rgb(0xFFFFFF),
	fynetheme.ColorNameForegroundOnSuccess: rgb(0xFFFFFF),
	fynetheme.ColorNameForegroundOnWarning: rgb(0xFFFFFF),
}
