package text

import (
	"math"
	"strconv"
	"strings"
)

// Number writes a whole number with its digits grouped: "12,345", "12 345"
// (U+00A0 in French).
func (p *Printer) Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	digits, negative := strings.CutPrefix(digits, "-")
	var b strings.Builder
	if negative {
		b.WriteString(minus)
	}
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(p.format.group)
		}
		b.WriteRune(digit)
	}
	return b.String()
}

// Percent writes a rate given in percent, with up to three decimals: 4.99 is
// "4.99%" and "4,99 %" (U+00A0).
func (p *Printer) Percent(percent float64) string {
	return p.decimal(percent, 3) + p.format.percent
}

// decimal writes a number rounded to at most the given decimals, without
// trailing zeros and without grouping.
func (p *Printer) decimal(n float64, decimals int) string {
	s := strconv.FormatFloat(n, 'f', decimals, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		s = "0"
	}
	return strings.NewReplacer(".", p.format.decimal, "-", minus).Replace(s)
}

// Size writes the size of a file: "214 KB", "1.5 MB", "214 Ko" (the space is
// U+00A0). A kilobyte is 1,024 bytes, as in most file managers and in the
// limits of the program.
func (p *Printer) Size(bytes int64) string {
	const kilo = 1 << 10
	if bytes < kilo {
		return p.T("text.size.bytes", Vars{"Count": bytes})
	}
	size := math.Round(float64(bytes) / kilo)
	if size < kilo {
		return p.T("text.size.kilo", Vars{"Size": p.decimal(size, 0)})
	}
	size = math.Round(float64(bytes)/(kilo*kilo)*10) / 10
	if size < kilo {
		return p.T("text.size.mega", Vars{"Size": p.decimal(size, 1)})
	}
	return p.T("text.size.giga", Vars{"Size": p.decimal(size/kilo, 1)})
}
