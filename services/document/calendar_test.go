package document_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"cloud.google.com/go/civil"
	ical "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"myaccount/services/document"
	"myaccount/services/text"
)

func calendar() document.Calendar {
	return document.Calendar{
		Product: "My BMW Account", Account: "BMW i4 eDrive40, louage se terminant par 4471; Québec", Key: "4471-DGqXnly-PiGp", At: at,
		Dues: []document.Due{
			{Number: 20, On: civil.Date{Year: 2026, Month: 12, Day: 31}, Amount: "847,32\u00a0$", Notes: "Amortissement 561,10\u00a0$\nFrais 188,73\u00a0$"},
			{On: civil.Date{Year: 2027, Month: 2, Day: 28}},
		},
	}
}

// readICS reads a calendar back with a library of others.
func readICS(t testing.TB, data []byte) []*ical.VEvent {
	t.Helper()
	read, err := ical.ParseCalendar(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	return read.Events()
}

func TestCalendar_ICS(t *testing.T) {
	data := calendar().ICS(printerOf(t, text.French))
	list := readICS(t, data)
	if len(list) != 2 {
		t.Fatalf("%d events", len(list))
	}
	first := list[0]
	for property, want := range map[ical.ComponentProperty]string{
		ical.ComponentPropertyUniqueId: "4471-DGqXnly-PiGp-20@my-account", ical.ComponentPropertyDtStart: "20261231",
		ical.ComponentPropertyDtEnd: "20270101", ical.ComponentPropertyDtstamp: "20261120T160500Z",
		ical.ComponentPropertySummary:     "Paiement de 847,32\u00a0$ dû · BMW i4 eDrive40, louage se terminant par 4471; Québec",
		ical.ComponentPropertyDescription: "Amortissement 561,10\u00a0$\nFrais 188,73\u00a0$",
	} {
		if got := first.GetProperty(property); got == nil || got.Value != want {
			t.Errorf("%s: %+v, want %q", property, got, want)
		}
	}
	alarms := first.Alarms()
	if len(alarms) != 1 || alarms[0].GetProperty(ical.ComponentPropertyTrigger).Value != "-P2DT15H" {
		t.Errorf("alarms %+v", alarms)
	}
	if got := list[1].GetProperty(ical.ComponentPropertyUniqueId).Value; got != "4471-DGqXnly-PiGp-20270228@my-account" {
		t.Errorf("UID %q", got)
	}
	if again := calendar().ICS(printerOf(t, text.French)); !bytes.Equal(again, data) {
		t.Error("the same payments make another file")
	}
}

// However long the words are, no line is longer than 75 octets, and none ends within a character.
func TestCalendar_ICSIsFolded(t *testing.T) {
	p := printerOf(t, text.English)
	rapid.Check(t, func(t *rapid.T) {
		c := calendar()
		c.Account = rapid.StringOf(rapid.SampledFrom([]rune("aé漢🙂,;\\\n\r\x00\x7f "))).Draw(t, "account")
		c.Dues[0].Notes = rapid.String().Draw(t, "notes")
		data := c.ICS(p)
		for line := range strings.SplitSeq(strings.TrimSuffix(string(data), "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00\x7f") || line == "" {
				t.Fatalf("line of %d octets: %q", len(line), line)
			}
		}
		read, err := ical.ParseCalendar(bytes.NewReader(data))
		if err != nil || len(read.Events()) != 2 {
			t.Fatalf("%v in\n%s", err, data)
		}
	})
}

func TestCalendar_Empty(t *testing.T) {
	c := calendar()
	c.Dues = nil
	if list := readICS(t, c.ICS(printerOf(t, text.English))); len(list) != 0 {
		t.Errorf("%d events", len(list))
	}
}
