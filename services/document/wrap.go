package document

import "strings"

// wrap breaks a text into lines of a width. It breaks at plain spaces, not at those that hold together what is read as one
// ("17 h", "1 234,56 $"), and within a word only where the word alone is too wide.
func (s *sheet) wrap(words string, width float64) (lines []string) {
	room := width - 2*s.pdf.GetCellMargin()
	for paragraph := range strings.SplitSeq(strings.TrimRight(words, "\n"), "\n") {
		lines = append(lines, s.wrapParagraph(paragraph, room)...)
	}
	return lines
}

func (s *sheet) wrapParagraph(paragraph string, room float64) (lines []string) {
	var line strings.Builder
	space, used := s.pdf.GetStringWidth(" "), 0.0
	end := func() {
		lines = append(lines, line.String())
		line.Reset()
		used = 0
	}
	for i, word := range strings.Split(paragraph, " ") {
		need := s.pdf.GetStringWidth(word)
		switch {
		case i == 0:
		case used+space+need > room && used > 0:
			end()
		default:
			line.WriteByte(' ')
			used += space
		}
		for need > room {
			piece := s.fitting(word, room-used)
			line.WriteString(piece)
			word = word[len(piece):]
			need = s.pdf.GetStringWidth(word)
			end()
		}
		line.WriteString(word)
		used += need
	}
	end()
	return lines
}

// fitting is the beginning of a word that fits, at least one character of it.
func (s *sheet) fitting(word string, room float64) string {
	for at, r := range word {
		if room -= s.pdf.GetStringWidth(string(r)); room < 0 && at > 0 {
			return word[:at]
		}
	}
	return word
}
