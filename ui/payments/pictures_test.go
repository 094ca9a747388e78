package payments_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/payments"
	"myaccount/ui/uitest"
)

func TestPayments_Pictures(t *testing.T) {
	held := &fake{Lender: uitest.Lender{Hold: make(chan struct{})}}
	defer close(held.Hold)
	fresh := &fake{Lender: uitest.Lender{List: []services.Agreement{uitest.Lease()}}, schedule: plan(0, 48)}
	flagged := complete(uitest.Lease())
	flagged.schedule, flagged.debits = nil, nil
	states := map[string]struct {
		fake *fake
		wait string // catalogue key
		id   string
		view string
	}{
		"history":  {complete(uitest.Lease(), uitest.Loan(), uitest.Closed()), "text.returned.901", "a1", ""},
		"upcoming": {complete(uitest.Lease(), uitest.Loan(), uitest.Closed()), "text.returned.901", "a1", "payments.view.upcoming"},
		"schedule": {complete(uitest.Lease()), "text.returned.901", "a1", "payments.view.schedule"},
		"flagged":  {flagged, "nav.payment.returned", "a1", "payments.view.schedule"},
		"closed":   {complete(uitest.Lease(), uitest.Loan(), uitest.Closed()), "text.returned.901", "a3", ""},
		"fresh":    {fresh, "payments.none.history", "", ""},
		"loading":  {held, "", "", ""},
		"failed":   {&fake{Lender: uitest.Lender{Err: services.Fail(services.CodeUnavailable)}}, "nav.agreements.failed", "", ""},
		"empty":    {&fake{}, "nav.agreements.empty.title", "", ""},
	}
	for state, tt := range states {
		uitest.EachLook(t, state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			s := app.Show(t, payments.New(app.Env(), tt.fake.deps(), tt.id), uitest.PageSize)
			if tt.wait != "" {
				s.WaitFor(app.Printer.T(tt.wait))
			}
			if tt.fake.autopay != nil && tt.id != "a3" {
				s.WaitFor("•••214")
			}
			if tt.fake.autopay == nil && tt.id != "a3" && len(tt.fake.List) > 0 {
				s.WaitFor(app.Printer.T("payments.autopay.begin"))
			}
			if tt.view != "" {
				choose(s, app.Printer.T(tt.view))
			}
			return s
		})
	}
}

// What the columns have no room for stands beside the page.
func TestPayments_DetailPictures(t *testing.T) {
	for state, row := range map[string]struct {
		view string
		n    int
	}{"returned": {"payments.view.history", 2}, "ordered": {"payments.view.upcoming", 0}} {
		uitest.EachLook(t, state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			s := app.Show(t, payments.New(app.Env(), complete(uitest.Lease()).deps(), "a1"), uitest.PageSize)
			s.WaitFor(app.Printer.T("text.returned.901"))
			s.WaitFor("•••214")
			choose(s, app.Printer.T(row.view))
			open(s, row.n)
			return s
		})
	}
}

func TestPayments_Layout(t *testing.T) {
	for _, id := range []string{"a1", "a2", "a3"} {
		uitest.EachRoom(t, func(t *testing.T, app *uitest.App, room fyne.Size) *uitest.Screen {
			f := complete(uitest.Lease(), uitest.Loan(), uitest.Closed())
			s := app.Show(t, payments.New(app.Env(), f.deps(), id), room)
			s.WaitFor(app.Printer.T("payments.count.all", text.Vars{"Count": 19}))
			for _, view := range []string{"payments.view.history", "payments.view.upcoming", "payments.view.schedule"} {
				s.AssertLayout()
				choose(s, app.Printer.T(view))
			}
			return s
		})
	}
}
