package kit

import (
	"slices"
	"testing"

	"myaccount/assets"
)

func TestProse(t *testing.T) {
	got := prose("# Title\n\nOne\ntwo **three**\n\n## Part\n- first\n  goes on\n- second\n\nEnd\n")
	want := []proseBlock{
		{proseTitle, "Title"},
		{proseParagraph, "One two three"},
		{proseHeading, "Part"},
		{proseItem, "first goes on"},
		{proseItem, "second"},
		{proseParagraph, "End"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("prose = %v, want %v", got, want)
	}
}

// The terms and the debit agreement have the same build in both languages, so nothing is missing in one of them.
func TestProse_RealTexts(t *testing.T) {
	shape := func(markdown string) (kinds []proseKind) {
		for _, b := range prose(markdown) {
			kinds = append(kinds, b.kind)
		}
		return kinds
	}
	for _, texts := range [][2]string{{assets.TermsEnglish, assets.TermsFrench}, {assets.DebitEnglish, assets.DebitFrench}} {
		en, fr := shape(texts[0]), shape(texts[1])
		if len(en) < 20 || !slices.Equal(en, fr) {
			t.Errorf("English %v\nFrench  %v", en, fr)
		}
	}
}

func FuzzProse(f *testing.F) {
	f.Add(assets.TermsFrench)
	f.Add("#\n-\n\n- ")
	f.Fuzz(func(t *testing.T, markdown string) { prose(markdown) })
}
