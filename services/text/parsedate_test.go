package text_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services/text"
)

func TestPrinter_ParseDate(t *testing.T) {
	t.Parallel()
	march := day(2027, time.March, 1)
	tests := map[string]civil.Date{
		"2027-03-01": march, "2027/3/1": march, "2027.03.01": march, " 2027 03 01 ": march, "20270301": march,
		"Mar 1, 2027": march, "mar 1 2027": march, "March 1st 2027": march, "MARCH\u00a01,\u00a02027": march, "1 March 2027": march,
		"2027 March 1": march, "1 mars 2027": march, "1er mars 2027": march, "le 1er mars 2027": march, "01 mars 2027": march,
		"1-Mar-2027":       march,
		"5 févr. 2027":     day(2027, time.February, 5),
		"5 fevr 2027":      day(2027, time.February, 5),
		"13/03/2027":       day(2027, time.March, 13),
		"03/13/2027":       day(2027, time.March, 13),
		"05/05/2027":       day(2027, time.May, 5),
		"30.11.2026":       day(2026, time.November, 30),
		"29 février 2028":  day(2028, time.February, 29),
		"31 août 2026":     day(2026, time.August, 31),
		"2nd June 2027":    day(2027, time.June, 2),
		"2e juin 2027":     day(2027, time.June, 2),
		"juill. 3 2027":    day(2027, time.July, 3),
		"Sept. 30, 2026":   day(2026, time.September, 30),
		"December 3rd2027": {},
	}
	english, french := printers(t)
	for typed, wanted := range tests {
		for _, p := range []*text.Printer{english, french} {
			got, err := p.ParseDate(typed)
			if wanted.IsZero() != (err != nil) || got != wanted {
				t.Errorf("%s %q: %v %v, want %v", p.Lang(), typed, got, err, wanted)
			}
		}
	}
}

func TestPrinter_ParseDateByLanguage(t *testing.T) {
	t.Parallel()
	english, french := printers(t)
	if got, err := english.ParseDate("01/03/2027"); !errors.Is(err, text.ErrDateAmbiguous) {
		t.Errorf("English reads 01/03/2027 as %v, %v", got, err)
	}
	if got, err := french.ParseDate("01/03/2027"); err != nil || got != day(2027, time.March, 1) {
		t.Errorf("French reads 01/03/2027 as %v, %v", got, err)
	}
}

func TestPrinter_ParseDateRefused(t *testing.T) {
	t.Parallel()
	tests := map[string]error{
		"": text.ErrDateEmpty, "  ,": text.ErrDateEmpty, "le": text.ErrDateEmpty,
		"1 mars": text.ErrDateFormat, "March 2027": text.ErrDateFormat, "1/3/27": text.ErrDateFormat, "tomorrow": text.ErrDateFormat,
		"1 jui 2027": text.ErrDateFormat, "1 ma 2027": text.ErrDateFormat, "March 1 2027 2": text.ErrDateFormat,
		"0000-03-01": text.ErrDateFormat, "1 2027 mars": text.ErrDateFormat, "2027-March-": text.ErrDateFormat,
		"mars mars 2027": text.ErrDateFormat, "ééééé": text.ErrDateFormat, "ééé1": text.ErrDateFormat,
		"2027-02-29": text.ErrDateMissing, "31 avril 2027": text.ErrDateMissing, "2027-13-01": text.ErrDateMissing,
		"32/01/2027": text.ErrDateMissing, "Feb 0 2027": text.ErrDateMissing, "20270230": text.ErrDateMissing,
		strings.Repeat("1 mars 2027", 6): text.ErrDateFormat,
	}
	english, french := printers(t)
	for typed, wanted := range tests {
		for _, p := range []*text.Printer{english, french} {
			if got, err := p.ParseDate(typed); !errors.Is(err, wanted) {
				t.Errorf("%s %q: %v %v, want %v", p.Lang(), typed, got, err, wanted)
			}
		}
	}
}

// Every date is read from what is written of it, in either language.
func TestPrinter_ParseDateReadsWhatIsWritten(t *testing.T) {
	t.Parallel()
	english, french := printers(t)
	rapid.Check(t, func(t *rapid.T) {
		d := day(2000, time.January, 1).AddDays(rapid.IntRange(0, 40_000).Draw(t, "days"))
		for _, writer := range []*text.Printer{english, french} {
			for _, written := range []string{writer.Date(d), writer.DateLong(d), d.String()} {
				for _, reader := range []*text.Printer{english, french} {
					if got, err := reader.ParseDate(written); err != nil || got != d {
						t.Fatalf("%s reads %q as %v, %v", reader.Lang(), written, got, err)
					}
				}
			}
		}
	})
}

func FuzzPrinter_ParseDate(f *testing.F) {
	for _, seed := range []string{"", "2027-03-01", "1er mars 2027", "03/04/2027", "\xff1", "20270301", "1 jui 2027"} {
		f.Add(seed)
	}
	english, french := printers(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range []*text.Printer{english, french} {
			got, err := p.ParseDate(s)
			if err == nil != got.IsValid() {
				t.Errorf("%q: %v, %v", s, got, err)
			}
			if again, twice := p.ParseDate(s); again != got || !errors.Is(twice, err) {
				t.Errorf("%q is read as %v and %v", s, got, again)
			}
		}
	})
}

func TestPrinter_Calendar(t *testing.T) {
	t.Parallel()
	d := day(2027, time.March, 1)
	compare(t, d, want{"March\u00a02027", "mars\u00a02027"}, func(p *text.Printer) string { return p.Month(d) })
	compare(t, d, want{"Monday, March\u00a01,\u00a02027", "lundi 1er\u00a0mars\u00a02027"}, func(p *text.Printer) string { return p.DateWeekday(d) })
	compare(t, d, want{"Mo", "lu"}, func(p *text.Printer) string { return p.WeekdayShort(time.Monday) })
	compare(t, d, want{"Sunday", "Sunday"}, func(p *text.Printer) string { return p.FirstWeekday().String() })
}
