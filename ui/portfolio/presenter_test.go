package portfolio

import (
	"testing"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

func TestTeller_TellsTheLatestOnly(t *testing.T) {
	queue := nav.NewQueue()
	p := newPresenter(queue, Deps{}, "")
	drawn := 0
	p.state, p.changed = working, func() { drawn++ }
	tell := p.teller(p.run)
	for n := range 1000 {
		tell(services.ImportProgress{Customers: n})
	}
	if ran := queue.Drain(); ran != 1 || drawn != 1 || p.progress.Customers != 999 {
		t.Errorf("ran %d, drew %d, at %d customers", ran, drawn, p.progress.Customers)
	}
	tell(services.ImportProgress{Customers: 1000})
	p.run++
	if queue.Drain(); drawn != 1 {
		t.Error("an import that is over tells of its progress")
	}
}

func TestReason_EveryReasonHasWords(t *testing.T) {
	for _, lang := range []text.Lang{text.English, text.French} {
		p := uitest.Printer(t, lang)
		for _, r := range []string{"required", "format", "too_long", "mismatch", "unknown", "duplicate", "control"} {
			if !p.Has("portfolio.reason." + r) {
				t.Errorf("%s: no words for %q", lang, r)
			}
		}
		if got := reason(p, services.LineError{Reason: "strange"}); got != p.T("nav.reason.format") {
			t.Errorf("%s: a strange reason reads %q", lang, got)
		}
	}
}
