package payoff

import (
	"maps"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/ui/nav"
)

type still struct{}

func (still) Now() time.Time { return time.Date(2026, 11, 21, 14, 30, 0, 0, time.UTC) }

func TestMore_Query(t *testing.T) {
	day := civil.Date{Year: 2027, Month: 3, Day: 1}
	for name, c := range map[string]struct {
		each, once string
		on         services.Date
		fields     map[string]string
	}{
		"each":             {"50", "", services.Date{}, nil},
		"each in French":   {"1 050,25 $", "", services.Date{}, nil},
		"once":             {"", "$1,000.00", day, nil},
		"both":             {"50", "1000", day, nil},
		"nothing":          {"", " ", services.Date{}, map[string]string{"each": services.ReasonRequired}},
		"zero":             {"0", "0.00", day, map[string]string{"each": services.ReasonRequired}},
		"negative":         {"-50", "", services.Date{}, map[string]string{"each": nav.ReasonNegative}},
		"three decimals":   {"", "50.005", day, map[string]string{"once": nav.ReasonDecimals}},
		"words":            {"some", "more", day, map[string]string{"each": services.ReasonFormat, "once": services.ReasonFormat}},
		"once, no day":     {"", "50", services.Date{}, map[string]string{"on": services.ReasonRequired}},
		"a day of nothing": {"50", "", day, nil},
	} {
		m := newMore(&nav.Scope{}, Deps{}, still{}, func() {})
		m.each, m.once, m.on = c.each, c.once, c.on
		q, ok := m.query("a1", "CAD")
		if ok != (len(c.fields) == 0) || !maps.Equal(m.fields, c.fields) || q.AgreementID != "a1" {
			t.Errorf("%s: %+v, %v", name, q, m.fields)
		}
		if ok && q.Once.IsPositive() != !q.On.IsZero() {
			t.Errorf("%s: %v on %v", name, q.Once, q.On)
		}
	}
}

// Every day is on one side of a stage, or in it.
func TestStageOf(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		first := civil.Date{Year: 2029, Month: 1, Day: 1}
		from := first.AddDays(rapid.IntRange(0, 100).Draw(rt, "from"))
		step := services.LeaseStep{From: from, To: from.AddDays(rapid.IntRange(0, 60).Draw(rt, "days"))}
		today := first.AddDays(rapid.IntRange(-50, 250).Draw(rt, "today"))
		want := stageNow
		if today.Before(step.From) {
			want = stageAhead
		} else if today.After(step.To) {
			want = stageOver
		}
		if got := stageOf(step, today); got != want {
			rt.Fatalf("%v of %v to %v is %s", today, step.From, step.To, got)
		}
	})
}
