package pay

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseMICR(t *testing.T) {
	t.Parallel()
	want := numbers{"003", "00012", "0123456"}
	for _, line := range []string{
		"⑈001⑈ ⑆00012⑉003⑆ 0123456⑈", "⑆00012⑉003⑆0123456⑈", "⑈000123⑈⑆00012⑉003⑆ 0123⑉456⑈", "00012-003 0123456", "00012 003 012-345-6",
		"003 00012 0123456", "|:00012=003|: 0123456||", "000300012 0123456", "00012003 0123456", "001 00012 003 0123456",
	} {
		if got, ok := parseMICR(line); !ok || got != want {
			t.Errorf("%q: %v %v", line, got, ok)
		}
	}
	for _, line := range []string{"", "0123456", "00012", "00012 003", "00012 003 123", "1234 003 0123456", "00012 003 1234567890123", "⑆⑆", "hello"} {
		if got, ok := parseMICR(line); ok {
			t.Errorf("%q is read as %v", line, got)
		}
	}
}

// Whatever the numbers are, they are read from the line that a cheque has of them.
func TestParseMICR_ReadsWhatIsPrinted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := numbers{
			rapid.StringMatching(`[0-9]{3}`).Draw(t, "institution"), rapid.StringMatching(`[0-9]{5}`).Draw(t, "transit"),
			rapid.StringMatching(`[0-9]{7,12}`).Draw(t, "number"),
		}
		cheque := rapid.StringMatching(`[0-9]{3,6}`).Draw(t, "cheque")
		if got, ok := parseMICR("⑈" + cheque + "⑈ ⑆" + n.transit + "⑉" + n.institution + "⑆ " + n.number + "⑈"); !ok || got != n {
			t.Fatalf("%v is read as %v", n, got)
		}
	})
}

func FuzzParseMICR(f *testing.F) {
	for _, seed := range []string{"⑈001⑈ ⑆00012⑉003⑆ 0123456⑈", "00012-003 0123456", "000300012 0123456", "⑆", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		n, ok := parseMICR(line)
		if !ok {
			return
		}
		if _, fits := n.checked(); !fits {
			t.Errorf("%q is read as %v", line, n)
		}
		for _, digits := range []string{n.institution, n.transit, n.number} {
			if strings.Trim(digits, "0123456789") != "" {
				t.Errorf("%q is read as %v", line, n)
			}
		}
	})
}
