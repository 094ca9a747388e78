package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"myaccount/ui/theme"
)

// NewProse draws a contract: the little Markdown of titles, headings, paragraphs and lists. Such texts are short and read
// from the top, so they need no virtual list.
func NewProse(markdown string) *fyne.Container {
	column := VStack(theme.Gap3)
	for _, b := range prose(markdown) {
		switch b.kind {
		case proseTitle:
			column.Add(NewWrapped(b.text, StyleTitle))
		case proseHeading:
			column.Add(VStack(0, Gap(theme.Gap2), NewWrapped(b.text, StyleCardTitle)))
		case proseItem:
			column.Add(HStack(theme.Gap2, NewQuiet("–"), HFill(NewWrapped(b.text, StyleLabel))))
		default:
			column.Add(NewWrapped(b.text, StyleLabel))
		}
	}
	return column
}

// proseKind is what a part of such a text is.
type proseKind int

const (
	proseParagraph proseKind = iota
	proseTitle
	proseHeading
	proseItem // of a list
)

// proseBlock is a part of such a text.
type proseBlock struct {
	kind proseKind
	text string
}

// prose takes the little Markdown that contracts are written in apart: headings, paragraphs, lists. Emphasis is dropped.
func prose(markdown string) []proseBlock {
	var all []proseBlock
	open := false // the last block goes on with the next line
	for line := range strings.Lines(markdown) {
		line = strings.TrimSpace(line)
		b := proseOf(line)
		switch {
		case line == "":
			open = false
			continue
		case b.kind == proseParagraph && open:
			all[len(all)-1].text += " " + b.text
		default:
			all = append(all, b)
		}
		open = b.kind == proseParagraph || b.kind == proseItem
	}
	return all
}

// proseOf reads one line.
func proseOf(line string) proseBlock {
	kinds := []struct {
		mark string
		kind proseKind
	}{{"# ", proseTitle}, {"## ", proseHeading}, {"### ", proseHeading}, {"- ", proseItem}, {"* ", proseItem}}
	for _, k := range kinds {
		if rest, ok := strings.CutPrefix(line, k.mark); ok {
			return proseBlock{k.kind, withoutEmphasis(rest)}
		}
	}
	return proseBlock{proseParagraph, withoutEmphasis(line)}
}

func withoutEmphasis(s string) string {
	return strings.NewReplacer("**", "", "__", "", "`", "").Replace(s)
}
