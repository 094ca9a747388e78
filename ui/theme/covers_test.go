package theme

import (
	"testing"

	"golang.org/x/image/font/sfnt"

	"myaccount/assets"
)

func TestCovers(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "Payment of $1,234.56 – “received”": true, "Où êtes-vous\u00a0?": true, "Łukasz Żółć": true,
		"Jürgen 😀": false, "Иван": false, "王": false, "tab\t": false, "\u202eright to left": false,
	} {
		if got := Covers(text); got != want {
			t.Errorf("Covers(%q) is %v", text, got)
		}
	}
}

// What is said to be covered is in every face.
func TestCovers_Faces(t *testing.T) {
	for name, data := range map[string][]byte{
		"regular": assets.InterRegular, "semi-bold": assets.InterSemiBold, "title": assets.InterTitle,
		"tabular": assets.InterTabular, "tabular semi-bold": assets.InterTabularSemiBold,
	} {
		face, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		var buf sfnt.Buffer
		for _, part := range covered.R16 {
			for r := rune(part.Lo); r <= rune(part.Hi); r++ {
				if i, err := face.GlyphIndex(&buf, r); err != nil || i == 0 {
					t.Errorf("%s has no %U", name, r)
				}
			}
		}
	}
}
