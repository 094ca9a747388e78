package payments_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/payments"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

func TestPayments_Pictures(t *testing.T) {
	held := &fake{hold: make(chan struct{})}
	defer close(held.hold)
	fresh := &fake{agreements: []services.Agreement{lease()}, schedule: plan(0, 48)}
	flagged := complete(lease())
	flagged.schedule, flagged.debits = nil, nil
	states := map[string]struct {
		fake *fake
		wait string // catalogue key
		id   string
		view string
	}{
		"history":  {complete(lease(), loan(), closed()), "payments.status.returned", "a1", ""},
		"upcoming": {complete(lease(), loan(), closed()), "payments.status.returned", "a1", "payments.view.upcoming"},
		"schedule": {complete(lease()), "payments.status.returned", "a1", "payments.view.schedule"},
		"flagged":  {flagged, "payments.status.returned", "a1", "payments.view.schedule"},
		"closed":   {complete(lease(), loan(), closed()), "payments.status.returned", "a3", ""},
		"fresh":    {fresh, "payments.none.history", "", ""},
		"loading":  {held, "", "", ""},
		"failed":   {&fake{err: services.Fail(services.CodeUnavailable)}, "overview.failed.title", "", ""},
		"empty":    {&fake{}, "overview.empty.title", "", ""},
	}
	for state, tt := range states {
		for _, look := range looks {
			t.Run(state+"-"+look.name, func(t *testing.T) {
				app := uitest.NewApp(t, look.lang, look.look, 1)
				s := app.Show(t, payments.New(app.Env(), tt.fake.deps(), tt.id), size)
				if tt.wait != "" {
					s.WaitFor(app.Printer.T(tt.wait))
				}
				if tt.fake.autopay != nil && tt.id != "a3" {
					s.WaitFor("•••214")
				}
				if tt.fake.autopay == nil && tt.id != "a3" && len(tt.fake.agreements) > 0 {
					s.WaitFor(app.Printer.T("payments.autopay.begin"))
				}
				if tt.view != "" {
					choose(s, app.Printer.T(tt.view))
				}
				s.AssertLayout()
				s.Golden(state + "-" + look.name)
				s.AssertKeyboard()
			})
		}
	}
}

// What the columns have no room for stands beside the page.
func TestPayments_DetailPictures(t *testing.T) {
	for _, look := range looks {
		app, f := uitest.NewApp(t, look.lang, look.look, 1), complete(lease())
		s := app.Show(t, payments.New(app.Env(), f.deps(), "a1"), size)
		s.WaitFor(app.Printer.T("payments.status.returned"))
		s.WaitFor("•••214")
		open(s, 2)
		s.AssertLayout()
		s.Golden("returned-" + look.name)
		s.AssertKeyboard()
		s.Press(fyne.KeyEscape)
		choose(s, app.Printer.T("payments.view.upcoming"))
		open(s, 0)
		s.AssertLayout()
		s.Golden("ordered-" + look.name)
	}
}

// rooms are the windows and text sizes besides those of the pictures.
var rooms = []struct {
	window fyne.Size
	scale  float32
}{{uitest.Small, 1}, {uitest.Small, 1.5}, {uitest.Small, 2}, {uitest.Large, 1}}

func TestPayments_Layout(t *testing.T) {
	for _, lang := range []text.Lang{text.English, text.French} {
		for _, id := range []string{"a1", "a2", "a3"} {
			for _, room := range rooms {
				app, f := uitest.NewApp(t, lang, theme.HighContrast, room.scale), complete(lease(), loan(), closed())
				s := app.Show(t, payments.New(app.Env(), f.deps(), id), room.window.SubtractWidthHeight(224, 0))
				s.WaitFor(app.Printer.T("payments.status.returned"))
				for _, view := range []string{"payments.view.history", "payments.view.upcoming", "payments.view.schedule"} {
					choose(s, app.Printer.T(view))
					s.AssertLayout()
				}
			}
		}
	}
}
