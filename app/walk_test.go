package main

import (
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/assets"
	"myaccount/services/brand"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// The journey of a customer and the answer of an advisor, through real widgets, the real rules and a real database, in
// both languages, in every appearance and size of letters. At each picture nothing may be cut or covered; letters twice as
// large, where one pane shows at a time, are looked at by the tests of the pages, as are larger windows.
func TestJourney(t *testing.T) {
	for name, c := range map[string]struct {
		settings nav.Settings
		size     fyne.Size
	}{
		"english light":          {nav.Settings{Language: "en", Appearance: "light", TextScale: 1}, uitest.Normal},
		"french dark small":      {nav.Settings{Language: "fr", Appearance: "dark", TextScale: 1}, uitest.Small},
		"french contrast, large": {nav.Settings{Language: "fr", Appearance: "contrast", TextScale: 1.5}, uitest.Normal},
		"french double":          {nav.Settings{Language: "fr", Appearance: "light", TextScale: 2}, uitest.Normal},
	} {
		t.Run(name, func(t *testing.T) {
			product, err := brand.Load(assets.Brand)
			if err != nil {
				t.Fatal(err)
			}
			catalogue, err := text.Load(assets.Translations)
			if err != nil {
				t.Fatal(err)
			}
			w, err := newWalk(t.Context(), t, t.TempDir(), tourOptions{
				size: c.size, settings: c.settings, brand: product, catalogue: catalogue,
			})
			if err != nil {
				t.Fatal(err)
			}
			defer w.close()
			look := func(s *uitest.Screen, name string) {
				t.Helper()
				if t.Failed() {
					return
				}
				if got := s.Canvas().Size().Width; got > c.size.Width {
					t.Errorf("the page made the window %v wide", got)
				}
				if c.settings.TextScale < 2 {
					s.AssertLayout()
				}
				if t.Failed() {
					t.Errorf("at picture %d %s", w.pictures, name)
				}
			}
			w.look = look
			w.all()
		})
	}
}

// What a tour reads of its size.
func TestParseSize(t *testing.T) {
	if size, err := parseSize("1024x700"); err != nil || size != uitest.Small {
		t.Errorf("1024x700: %v, %v", size, err)
	}
	for _, bad := range []string{"", "1280", "x", "axb", "100x100", "99999x800", "-1280x800", "1280x800x2"} {
		if size, err := parseSize(bad); err == nil {
			t.Errorf("%q was read as %v", bad, size)
		}
	}
}
