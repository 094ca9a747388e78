package payments

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
	"pgregory.net/rapid"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/text"
)

func amount(n int64) services.Money {
	m, err := currency.NewAmountFromInt64(n, "CAD")
	if err != nil {
		panic(err)
	}
	return m
}

func on(y int, m time.Month, d int) services.Date { return civil.Date{Year: y, Month: m, Day: d} }

// searched are lines of different days and amounts.
var searched = []*line{
	{key: "a", day: on(2026, 11, 1), due: on(2026, 11, 1), amount: moneyOf(amount(84_732)), interest: moneyOf(amount(18_873)), reference: "PAD-Nov7741"},
	{key: "b", day: on(2026, 1, 11), due: on(2026, 1, 11), amount: moneyOf(amount(123_456)), reference: "L-2025-004471-010"},
	{key: "c", day: on(2025, 8, 31), due: on(2025, 9, 1), amount: moneyOf(amount(5)), reference: "=cmd|x"},
	{key: "d", day: on(2025, 12, 24), due: on(2025, 12, 24), amount: moneyOf(amount(1_234_500)), balance: moneyOf(amount(4_000_000))},
}

func TestSearch(t *testing.T) {
	for typed, want := range map[string]string{
		"": "abcd", "  ": "abcd",
		"847": "a", "847.3": "a", "847,32": "a", "$847.32": "a", "847,32 $": "a", "847,32\u00a0$": "a", "188.73": "a",
		"1,234.56": "b", "1 234,56": "b", "1\u00a0234,56\u00a0$": "b", "1234.56": "b", "1,234": "bd", "1234": "bd", "0.05": "c", "0,05": "c", "40000": "d",
		"12,345": "d", "12 345,00 $": "d",
		"2026-11-01": "a", "2026-01-11": "b", "2026-11": "a", "11/01/2026": "ab", "Nov 1, 2026": "a", "1er novembre 2026": "a", "le 11 janv. 2026": "b",
		"nov": "a", "novembre": "a", "August": "c", "août": "c", "aout 2025": "c", "Sep 1": "c", "2025": "cd", "202": "abcd", "24 déc. 2025": "d",
		"nov7741": "a", "004471": "b", "cmd": "c",
		"31 nov": "", "2027": "", "x": "", "999": "", "1.2.3": "", "847.32.1": "", "=": "", "\x00": "", "0": "c", "$": "",
		"1 2 3 4 5 6": "", strings.Repeat("9", 100): "", strings.Repeat("nov ", 50): "", "٣": "",
	} {
		q, got := parseQuery(typed), ""
		for _, l := range searched {
			if q.matches(l) {
				got += l.key
			}
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
	}
}

// Whatever a line shows as its amount or date, in either language, finds it.
func TestSearch_FindsWhatIsShown(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := catalogue.Printer(rapid.SampledFrom(text.Langs()).Draw(t, "language"))
		l := &line{
			day:    civil.DateOf(time.Unix(rapid.Int64Range(1e9, 2e9).Draw(t, "day"), 0).UTC()),
			amount: moneyOf(amount(rapid.Int64Range(0, 1e9).Draw(t, "cents"))),
		}
		l.due = l.day
		for _, shown := range []string{p.Money(l.amount.Money), p.Date(l.day), p.DateLong(l.day), l.day.String(), l.amount.Number()} {
			if !parseQuery(shown).matches(l) {
				t.Fatalf("%q does not find %v, %v", shown, l.day, l.amount)
			}
		}
	})
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"1,234.56", "nov 1", "2026-11-01", "1er", "$$", ",", "9999999999999999999", "é\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(_ *testing.T, s string) {
		q := parseQuery(s)
		for _, l := range searched {
			q.matches(l)
		}
	})
}

// keys are those of lines.
func keys(lines []*line) string {
	list := make([]string, len(lines))
	for i, l := range lines {
		list[i] = l.key + ":" + string(l.status)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func TestJoinUpcoming(t *testing.T) {
	today := on(2026, 11, 21)
	plan := []services.Installment{
		{Number: 1, Due: on(2026, 10, 1), Total: amount(1), Paid: true},
		{Number: 2, Due: on(2026, 11, 1), Total: amount(1)},
		{Number: 3, Due: on(2026, 12, 1), Total: amount(1)},
		{Number: 4, Due: on(2027, 1, 1), Total: amount(1)},
	}
	debits := []services.Debit{
		{ID: "auto", Kind: services.DebitAutopay, On: on(2026, 12, 2), Due: on(2026, 12, 1), Status: services.DebitScheduled},
		{ID: "once", Kind: services.DebitOnce, On: on(2027, 1, 1), Due: on(2027, 1, 1), Status: services.DebitSubmitted},
		{ID: "off", Kind: services.DebitOnce, On: on(2026, 11, 21), Due: on(2026, 11, 21), Status: services.DebitCancelled},
		{ID: "old", Kind: services.DebitOnce, On: on(2026, 11, 20), Due: on(2026, 11, 20), Status: services.DebitCancelled},
		{ID: "done", Kind: services.DebitOnce, On: on(2026, 11, 10), Due: on(2026, 11, 10), Status: services.DebitPosted},
		{ID: "stopped", Kind: services.DebitAutopay, On: on(2027, 1, 1), Due: on(2027, 1, 1), Status: services.DebitCancelled},
		{ID: "back", Kind: services.DebitOnce, On: on(2026, 11, 11), Due: on(2026, 11, 11), Status: services.DebitReturned},
	}
	got := keys(joinUpcoming(installmentLines(plan, today), debits, today))
	want := "dauto:scheduled doff:cancelled donce:submitted dstopped:cancelled i2026-11-01:past_due i2027-01-01:due"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestJoinHistory(t *testing.T) {
	payments := paymentLines([]services.Payment{
		{ID: "P-1", Date: on(2026, 11, 1), Amount: amount(1), Status: services.PaymentPosted},
		{ID: "P-2", Date: on(2026, 10, 1), Amount: amount(1), Status: services.PaymentReturned},
	})
	debits := []services.Debit{
		{ID: "2", Reference: "P-2", Status: services.DebitReturned, Reason: "901", LastDigits: "214"},
		{ID: "3", Reference: "P-3", Status: services.DebitReturned, Reason: "905"},
		{ID: "4", Reference: "P-4", Status: services.DebitScheduled},
	}
	joined := joinHistory(payments, debits)
	if got := keys(joined); got != "d3:returned pP-1:posted pP-2:returned" {
		t.Errorf("%s", got)
	}
	if joined[1].reason != "901" || joined[1].digits != "214" || joined[2].reason != "905" || payments[1].reason != "" {
		t.Errorf("%+v", joined)
	}
}

// An amount that is not known is shown as none, and never as nothing to pay.
func TestLines_UnknownAmounts(t *testing.T) {
	l := nextLine(services.NextPayment{Due: on(2026, 12, 1)})
	if l.amount.known || l.status != due {
		t.Errorf("%+v", l)
	}
	if parseQuery("0").matches(l) {
		t.Error("an unknown amount is found as zero")
	}
}

// Ten thousand lines are searched while a key is held down.
func BenchmarkSearch(b *testing.B) {
	lines := make([]*line, 10_000)
	for i := range lines {
		day := on(2026, 1, 1).AddDays(-i)
		lines[i] = &line{day: day, due: day, amount: moneyOf(amount(int64(i) * 37)), tax: moneyOf(amount(int64(i))), reference: fmt.Sprint("L-2025-004471-", i)}
	}
	for _, typed := range []string{"847,3", "nov 2019", "4471-99"} {
		b.Run(typed, func(b *testing.B) {
			for range b.N {
				q := parseQuery(typed)
				for _, l := range lines {
					q.matches(l)
				}
			}
		})
	}
}
