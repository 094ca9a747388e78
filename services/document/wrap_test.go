package document

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/assets"
	"myaccount/services/text"
)

// newPage is a sheet to write on.
func newPage(t testing.TB) *sheet {
	t.Helper()
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSheet(catalogue.Printer(text.French), "Title", "Product", time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	s.style("", sizeText, black)
	return s
}

func TestWrap_HoldsTogether(t *testing.T) {
	s := newPage(t)
	words := "de 9\u00a0h à 17\u00a0h"
	room := s.pdf.GetStringWidth("de 9\u00a0h à 17") + 2*s.pdf.GetCellMargin() + 0.1
	if lines := s.wrap(words, room); !slices.Equal(lines, []string{"de 9\u00a0h à", "17\u00a0h"}) {
		t.Errorf("%q", lines)
	}
	if lines := s.wrap("  a\n\nb\n", 100); !slices.Equal(lines, []string{"  a", "", "b"}) {
		t.Errorf("%q", lines)
	}
}

// Whatever the text and the width: nothing is lost, and no line is too wide that could be broken.
func TestWrap_LosesNothing(t *testing.T) {
	s := newPage(t)
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.StringOf(rapid.SampledFrom([]rune("ab Wé\u00a0\n"))).Draw(rt, "words")
		room := rapid.Float64Range(8, 60).Draw(rt, "room")
		lines := s.wrap(words, room)
		bare := strings.NewReplacer(" ", "", "\n", "")
		if got, want := bare.Replace(strings.Join(lines, "")), bare.Replace(words); got != want {
			rt.Fatalf("%q of %q", got, want)
		}
		for _, line := range lines {
			if width := s.pdf.GetStringWidth(strings.TrimSpace(line)); width > room-2*s.pdf.GetCellMargin()+0.01 && len([]rune(line)) > 1 {
				rt.Fatalf("%q is %.1f wide in a room of %.1f", line, width, room)
			}
		}
	})
}
