package page_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"myaccount/assets"
	"myaccount/services/brand"
)

var colour = regexp.MustCompile(`--([a-z-]+): (#[0-9A-F]{6}|var\(--[a-z-]+\));`)

// palettes reads the colours of each variant, by the condition of its @media. A variant rests on those before it that
// it also is: dark on light, and more contrast on its light or dark.
func palettes(t *testing.T) map[string]map[string]string {
	t.Helper()
	file, err := assets.Page.ReadFile("page/page.css")
	if err != nil {
		t.Fatal(err)
	}
	b, err := brand.Load(assets.Brand)
	if err != nil {
		t.Fatal(err)
	}
	css := string(file)
	blocks := map[string]string{}
	for _, found := range regexp.MustCompile(`(?s)(?:@media ([^{]+) \{\s*)?:root \{(.*?)\}`).FindAllStringSubmatch(css, -1) {
		blocks[found[1]] = found[2]
	}
	const dark, more = "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
	variants := map[string]map[string]string{}
	for name, order := range map[string][]string{
		"light": {""}, "dark": {"", dark}, "more": {"", more}, "more, dark": {"", dark, more, more + " and " + dark},
	} {
		palette := map[string]string{
			"primary-light": b.Colours.PrimaryLight, "primary-dark": b.Colours.PrimaryDark,
			"panel-from": b.Colours.PanelFrom, "panel-to": b.Colours.PanelTo,
		}
		for _, block := range order {
			if blocks[block] == "" {
				t.Fatalf("no colours for %q", block)
			}
			for _, found := range colour.FindAllStringSubmatch(blocks[block], -1) {
				palette[found[1]] = found[2]
			}
		}
		variants[name] = palette
	}
	return variants
}

func TestContrast(t *testing.T) {
	for name, palette := range palettes(t) {
		for _, pair := range []struct {
			front, back string
			least       float64
		}{
			{"text", "ground", 4.5},
			{"text", "card", 4.5},
			{"quiet", "ground", 4.5},
			{"link", "ground", 4.5},
			{"on-primary", "primary", 4.5},
			{"bad", "ground", 4.5},
			{"bad", "bad-ground", 4.5},
			{"good", "good-ground", 3}, // a drawing
			{"primary", "ground", 3},   // the focus
			{"border", "card", 3},
			{"border", "ground", 3},
			{"#FFFFFF", "panel-from", 4.5},
			{"#FFFFFF", "panel-to", 4.5},
			{"#DCE6F5", "panel-from", 4.5}, // the subtitle, at the dark end
			{"#EAF1FB", "panel-to", 4.5},   // the claim, at the light end
		} {
			front, back := look(palette, pair.front), look(palette, pair.back)
			if got := contrast(t, front, back); got < pair.least {
				t.Errorf("%s: %s (%s) on %s (%s): %.2f", name, pair.front, front, pair.back, back, got)
			}
		}
	}
}

// look finds a colour by its name.
func look(palette map[string]string, name string) string {
	if strings.HasPrefix(name, "#") {
		return name
	}
	value := palette[name]
	if inner, ok := strings.CutPrefix(value, "var(--"); ok {
		return look(palette, strings.TrimSuffix(inner, ")"))
	}
	return value
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	rgb, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		t.Fatalf("%q: %v", hex, err)
	}
	linear := func(shift int) float64 {
		c := float64(rgb>>shift&0xFF) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}
