package payoff_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/payoff"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

func TestLeaseEnd_Pictures(t *testing.T) {
	held := with()
	held.Hold = make(chan struct{})
	defer close(held.Hold)
	elsewhere := with(lease())
	elsewhere.end.Steps = []services.LeaseStep{elsewhere.end.Steps[0], elsewhere.end.Steps[4]}
	elsewhere.end.Distance, elsewhere.end.Options[0] = nil, services.LeaseOption{Kind: services.OptionReturn, Total: uitest.Money("0")}
	failing := with(lease())
	failing.endErr = services.Fail(services.CodeUnavailable)
	for state, tt := range map[string]struct {
		fake *fake
		wait string
		now  time.Time
	}{
		"end":           {with(lease(), loan()), "payoff.steps.title", uitest.Now},
		"end-soon":      {with(lease()), "payoff.stage.now", time.Date(2029, 3, 20, 14, 30, 0, 0, time.UTC)},
		"end-elsewhere": {elsewhere, "payoff.steps.title", uitest.Now},
		"end-failing":   {failing, "payoff.failed.title", uitest.Now},
		"end-loading":   {held, "", uitest.Now},
		"end-empty":     {with(loan()), "payoff.end.empty.title", uitest.Now},
	} {
		uitest.EachLook(t, state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			app.Clock.Time = tt.now
			s := app.Show(t, payoff.NewLeaseEnd(app.Env(), tt.fake.deps(), ""), uitest.PageSize)
			if tt.wait != "" {
				s.WaitFor(app.Printer.T(tt.wait))
			}
			return s
		})
	}
}

func TestLeaseEnd_Layout(t *testing.T) {
	uitest.EachRoom(t, func(t *testing.T, app *uitest.App, room fyne.Size) *uitest.Screen {
		s := app.Show(t, payoff.NewLeaseEnd(app.Env(), with(lease()).deps(), "a1"), room)
		s.WaitFor(app.Printer.T("payoff.steps.title"))
		return s
	})
}

func TestLeaseEnd_Words(t *testing.T) {
	app := uitest.NewApp(t, text.English, theme.Light, 1)
	app.Clock.Time = time.Date(2029, 3, 20, 14, 30, 0, 0, time.UTC)
	s := app.Show(t, payoff.NewLeaseEnd(app.Env(), with(lease()).deps(), "a1"), uitest.PageSize)
	s.WaitFor("The way to the end")
	for _, want := range []string{
		"By January\u00a031,\u00a02029", "March\u00a02,\u00a02029 to April\u00a01,\u00a02029", "You have 10 days from the report", "May\u00a01,\u00a02029 · in 42\u00a0days", "85,325\u00a0km",
		"5,325\u00a0km over the allowance, at $0.20", "Returning the car would then cost $1,065.00 before tax.", "$34,492.50", "Each payment, before tax",
		"Normal wear is what ordinary driving leaves behind",
	} {
		if !s.Has(want) {
			t.Errorf("%q is not shown; the screen says %q", want, s.Texts())
		}
	}
	s.Tap("Tell us that you will buy it")
	s.Tap("Ending the lease early")
	preset, ok := app.Went[0].Payload.(nav.ComposePreset)
	if !ok || preset.Topic != "contract_end" || preset.AgreementID != "a1" || preset.Body == "" || app.Went[1].Page != nav.PagePayoff {
		t.Errorf("went to %+v", app.Went)
	}
}

func TestLeaseEnd_Retries(t *testing.T) {
	f := with(lease())
	f.endErr = services.Fail(services.CodeConflict)
	app := uitest.NewApp(t, text.English, theme.Light, 1)
	s := app.Show(t, payoff.NewLeaseEnd(app.Env(), f.deps(), ""), uitest.PageSize)
	s.WaitFor("Only we can tell this amount")
	f.Set(func() { f.endErr = services.Fail(services.CodeInternal) })
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventRefetch})
	s.WaitFor("This could not be worked out")
	f.Set(func() { f.endErr = nil })
	s.Tap("Try again")
	s.WaitFor("The way to the end")
}
