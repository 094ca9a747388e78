package text_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"myaccount/services/text"
)

func TestPrinter_Number(t *testing.T) {
	t.Parallel()
	tests := map[int64]want{
		0:             {"0", "0"},
		999:           {"999", "999"},
		1000:          {"1,000", "1\u00a0000"},
		-999:          {"−999", "−999"},
		-1000:         {"−1,000", "−1\u00a0000"},
		46500:         {"46,500", "46\u00a0500"},
		1234567:       {"1,234,567", "1\u00a0234\u00a0567"},
		math.MinInt64: {"−9,223,372,036,854,775,808", "−9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808"},
	}
	for n, want := range tests {
		compare(t, n, want, func(p *text.Printer) string { return p.Number(n) })
	}
}

func TestPrinter_NumberKeepsDigits(t *testing.T) {
	t.Parallel()
	english, french := printers(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		plain := strings.Replace(strconv.FormatInt(n, 10), "-", "−", 1)
		if got := strings.ReplaceAll(english.Number(n), ",", ""); got != plain {
			t.Fatalf("en %d: %s", n, got)
		}
		if got := strings.ReplaceAll(french.Number(n), "\u00a0", ""); got != plain {
			t.Fatalf("fr %d: %s", n, got)
		}
	})
}

func TestPrinter_Percent(t *testing.T) {
	t.Parallel()
	tests := map[float64]want{
		0:       {"0%", "0\u00a0%"},
		5:       {"5%", "5\u00a0%"},
		4.99:    {"4.99%", "4,99\u00a0%"},
		9.975:   {"9.975%", "9,975\u00a0%"},
		12.5:    {"12.5%", "12,5\u00a0%"},
		100:     {"100%", "100\u00a0%"},
		-0.0001: {"0%", "0\u00a0%"},
		-1.5:    {"−1.5%", "−1,5\u00a0%"},
		8.49714: {"8.497%", "8,497\u00a0%"},
	}
	for percent, want := range tests {
		compare(t, percent, want, func(p *text.Printer) string { return p.Percent(percent) })
	}
}

func TestPrinter_Size(t *testing.T) {
	t.Parallel()
	tests := map[int64]want{
		0:                {"0\u00a0bytes", "0\u00a0octet"},
		1:                {"1\u00a0byte", "1\u00a0octet"},
		1023:             {"1,023\u00a0bytes", "1\u00a0023\u00a0octets"},
		1024:             {"1\u00a0KB", "1\u00a0Ko"},
		214 << 10:        {"214\u00a0KB", "214\u00a0Ko"},
		1<<20 - 1:        {"1\u00a0MB", "1\u00a0Mo"},
		1 << 20:          {"1\u00a0MB", "1\u00a0Mo"},
		3 << 19:          {"1.5\u00a0MB", "1,5\u00a0Mo"},
		10 << 20:         {"10\u00a0MB", "10\u00a0Mo"},
		10<<20 + 1:       {"10\u00a0MB", "10\u00a0Mo"},
		1 << 30:          {"1\u00a0GB", "1\u00a0Go"},
		1<<30 - 1:        {"1\u00a0GB", "1\u00a0Go"},
		1536 * (1 << 30): {"1536\u00a0GB", "1536\u00a0Go"},
	}
	for bytes, want := range tests {
		compare(t, bytes, want, func(p *text.Printer) string { return p.Size(bytes) })
	}
}
