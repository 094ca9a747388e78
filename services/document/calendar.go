package document

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"cloud.google.com/go/civil"

	"myaccount/services/text"
)

// Calendar is the payments to come, for a calendar program.
type Calendar struct {
	Product string // the name of the product, from the brand
	Account string // in words, "2024 BMW i4 eDrive40, lease ending 4471"
	Key     string // of the agreement, for programs: calendars are shared, and do not tell its number
	At      time.Time
	Dues    []Due
}

// Due is one payment to come.
type Due struct {
	Number int // of the payment; 0 where it has none
	On     civil.Date
	Amount string // in words; "" where it is not known
	Notes  string // what it is made of, in words
}

// ICS writes the payments as events of a whole day (RFC 5545), each with a
// reminder three days before it, at nine in the morning. An event keeps its UID
// from one file to the next, so that importing again changes what is there.
func (c Calendar) ICS(p *text.Printer) []byte {
	lines := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//" + escape(c.Product) + "//" + strings.ToUpper(string(p.Lang())),
		"CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:" + escape(p.T("document.calendar.name", text.Vars{"Account": c.Account})),
	}
	for _, due := range c.Dues {
		lines = append(lines, c.event(p, due)...)
	}
	var out strings.Builder
	for _, line := range append(lines, "END:VCALENDAR") {
		fold(&out, line)
	}
	return []byte(out.String())
}

// event is one payment.
func (c Calendar) event(p *text.Printer, due Due) []string {
	summary := p.T("document.calendar.due", text.Vars{"Account": c.Account})
	if due.Amount != "" {
		summary = p.T("document.calendar.due_amount", text.Vars{"Amount": due.Amount, "Account": c.Account})
	}
	name := fmt.Sprintf("%d", due.Number)
	if due.Number == 0 {
		name = compact(due.On)
	}
	event := []string{
		"BEGIN:VEVENT", "UID:" + escape(plain(c.Key, ofxNumber)) + "-" + name + "@my-account", "DTSTAMP:" + c.At.UTC().Format("20060102T150405Z"),
		"DTSTART;VALUE=DATE:" + compact(due.On), "DTEND;VALUE=DATE:" + compact(due.On.AddDays(1)),
		"SUMMARY:" + escape(summary), "TRANSP:TRANSPARENT",
	}
	if due.Notes != "" {
		event = append(event, "DESCRIPTION:"+escape(due.Notes))
	}
	return append(event,
		"BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:"+escape(summary), "TRIGGER:-P2DT15H", "END:VALARM",
		"END:VEVENT")
}

// escape is a text as the value of a property (RFC 5545, section 3.3.11).
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// foldAt is the most octets of a line (RFC 5545, section 3.1).
const foldAt = 75

// fold writes a line, broken where it is too long, never within a character.
func fold(out *strings.Builder, line string) {
	room := foldAt
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		out.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], foldAt-1
	}
	out.WriteString(line + "\r\n")
}
