package overview_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/overview"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

func TestOverview_Pictures(t *testing.T) {
	held := &fake{Lender: uitest.Lender{Hold: make(chan struct{})}}
	defer close(held.Hold)
	paying, fresh := full(uitest.Lease(), uitest.Loan(), uitest.Closed()), full(uitest.Lease())
	paying.autopay = &services.Autopay{Next: &services.NextDebit{Due: uitest.Date(2026, 12, 1), On: uitest.Date(2026, 12, 1)}}
	fresh.payments, fresh.threads, fresh.unread = nil, nil, 0
	states := map[string]struct {
		fake  *fake
		wait  string // catalogue key
		chose string
	}{
		"full":    {paying, "nav.payment.returned", "a1"},
		"pastdue": {full(uitest.Lease(), uitest.Loan(), uitest.Closed()), "nav.payment.returned", "a2"},
		"closed":  {full(uitest.Lease(), uitest.Loan(), uitest.Closed()), "nav.payment.returned", "a3"},
		"fresh":   {fresh, "overview.payments.none", ""},
		"loading": {held, "", ""},
		"failed":  {&fake{Lender: uitest.Lender{Err: services.Fail(services.CodeUnavailable)}}, "nav.agreements.failed", ""},
		"empty":   {&fake{}, "nav.agreements.empty.title", ""},
	}
	for state, tt := range states {
		uitest.EachLook(t, state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			s := app.Show(t, overview.New(app.Env(), tt.fake.deps(), tt.chose), uitest.PageSize)
			if tt.wait != "" {
				s.WaitFor(app.Printer.T(tt.wait))
			}
			if len(tt.fake.threads) > 0 {
				s.WaitFor(tt.fake.threads[1].Excerpt)
			}
			if len(tt.fake.List) > 0 {
				s.WaitFor(app.Printer.T("nav.chart.table"))
			}
			if tt.fake.autopay != nil {
				s.WaitFor(app.Printer.T("overview.next.autopay"))
				s.Tap(app.Printer.T("overview.parts.show"))
			}
			return s
		})
	}
}

func TestOverview_Layout(t *testing.T) {
	for _, id := range []string{"a1", "a2", "a3"} {
		uitest.EachRoom(t, func(t *testing.T, app *uitest.App, room fyne.Size) *uitest.Screen {
			f := full(uitest.Lease(), uitest.Loan(), uitest.Closed())
			s := app.Show(t, overview.New(app.Env(), f.deps(), id), room)
			s.WaitFor(app.Printer.T("nav.payment.returned"))
			s.WaitFor(f.threads[1].Excerpt)
			return s
		})
	}
}

func show(t *testing.T, lang text.Lang, f *fake, id string) (*uitest.App, *uitest.Screen) {
	app := uitest.NewApp(t, lang, theme.Light, 1)
	return app, app.Show(t, overview.New(app.Env(), f.deps(), id), uitest.PageSize)
}

func TestOverview_Greeting(t *testing.T) {
	for hour, want := range map[int][2]string{
		0: {"Good evening, Amélie", "Bonsoir Amélie"}, 5: {"Good morning, Amélie", "Bonjour Amélie"},
		11: {"Good morning, Amélie", "Bonjour Amélie"}, 12: {"Good afternoon, Amélie", "Bonjour Amélie"},
		17: {"Good afternoon, Amélie", "Bonjour Amélie"}, 18: {"Good evening, Amélie", "Bonsoir Amélie"},
	} {
		for i, lang := range []text.Lang{text.English, text.French} {
			app, f := uitest.NewApp(t, lang, theme.Light, 1), full(uitest.Lease())
			app.Clock.Time = time.Date(2026, 11, 21, hour+5, 0, 0, 0, time.UTC) // five hours behind
			s := app.Show(t, overview.New(app.Env(), f.deps(), ""), uitest.PageSize)
			if !s.Has(want[i]) {
				t.Errorf("at %d: %q, want %q", hour, s.Texts()[0], want[i])
			}
		}
	}
}

func TestOverview_Figures(t *testing.T) {
	for name, tt := range map[string]struct {
		lang text.Lang
		id   string
		want []string
	}{
		"lease": {text.English, "a1", []string{
			"$847.32", "Due Dec\u00a01,\u00a02026 · in 10\u00a0days", "$41,208.55", "18 of 48 payments made", "May\u00a01,\u00a02029", "30 months left",
			"Depreciation", "$588.10", "Rent charge", "$148.86", "GST (5%)", "QST (9.975%)", "$73.51",
			"31,480", "of 80,000 km allowance", "On pace: 1,300 km under at lease end.",
			"Odometer read on Nov\u00a03,\u00a02026. Each kilometre over costs $0.20.",
			"L-2025-004471", "4.99%", "Monthly", "See your options", "$41,208.00 today, $9,888.00 on Apr\u00a01,\u00a02029.", "$60,000",
		}},
		"louage": {text.French, "a1", []string{
			"847,32\u00a0$", "Dû le 1er\u00a0déc.\u00a02026 · dans 10\u00a0jours", "18 paiements sur 48", "Encore 30 mois", "TPS (5\u00a0%)", "TVQ (9,975\u00a0%)",
			"31\u00a0480", "4,99\u00a0%",
		}},
		"loan":   {text.English, "a2", []string{"$412.06 is past due", "1 payment has been missing since Nov\u00a08,\u00a02026.", "Principal", "Interest", "tomorrow"}},
		"closed": {text.English, "a3", []string{"Closed on", "Jun\u00a012,\u00a02026", "Loan ending 1177 (closed)", "$0.00", "72 of 72 payments made", "Began Jun\u00a01,\u00a02020"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, s := show(t, tt.lang, full(uitest.Lease(), uitest.Loan(), uitest.Closed()), tt.id)
			s.WaitFor(tt.want[0])
			s.WaitFor(overviewWords(t, tt.lang)("overview.chart.title"))
			s.WaitFor(overviewWords(t, tt.lang)("nav.chart.table"))
			if label := overviewWords(t, tt.lang)("overview.parts.show"); s.Has(label) {
				s.Tap(label)
			}
			for _, want := range tt.want {
				if !s.Has(want) {
					t.Errorf("%q is not shown; the screen says %q", want, s.Texts())
				}
			}
		})
	}
}

// overviewWords are the words of a language.
func overviewWords(t *testing.T, lang text.Lang) func(key string) string {
	p := uitest.Printer(t, lang)
	return func(key string) string { return p.T(key) }
}

func TestOverview_OddAgreements(t *testing.T) {
	a := uitest.Lease()
	a.Next.Parts[2].Name, a.Next.Parts[3].Rate = "Muni", "much"
	a.AnnualRate, a.PaymentsTotal, a.Distance.Allowance, a.Distance.ExcessRate = "", 0, 0, services.Money{}
	a.End = uitest.Date(2026, 12, 10)
	f := full(a)
	f.payments["a1"][0].Method = "pigeon"
	_, s := show(t, text.English, f, "")
	s.WaitFor("Payment")
	s.Tap("What it is made of")
	for _, want := range []string{"Muni (5%)", "QST", "Ends in 19\u00a0days", "Odometer read on Nov\u00a03,\u00a02026."} {
		if !s.Has(want) {
			t.Errorf("%q is not shown; the screen says %q", want, s.Texts())
		}
	}
	for _, not := range []string{"Annual rate", "Each kilometre", "QST ("} {
		if s.Has(not) {
			t.Errorf("%q is shown", not)
		}
	}
}

// What the lender's figures do not tell has no currency, and is said to be unknown, never to be nothing.
func TestOverview_UnknownFigures(t *testing.T) {
	a := uitest.Loan()
	a.Balance, a.Next.Total, a.Next.Parts, a.PastDue.Amount = services.Money{}, services.Money{}, nil, services.Money{}
	_, s := show(t, text.English, full(a), "")
	s.WaitFor("A payment is past due")
	if !s.Has("Not available") || s.Has("What your next payment is made of") {
		t.Errorf("the screen says %q", s.Texts())
	}
	for _, shown := range s.Texts() {
		if shown == "0" || shown == "0.00" || shown == "$0.00" {
			t.Errorf("%q is shown for what is not known", shown)
		}
	}
}

func TestOverview_NothingMoreDue(t *testing.T) {
	a := uitest.Loan()
	a.Next, a.PastDue = nil, nil
	_, s := show(t, text.English, full(a), "")
	s.WaitFor("Nothing more is due.")
	if s.Has("What your next payment is made of") {
		t.Error("parts of no payment are shown")
	}
}

func TestOverview_Retry(t *testing.T) {
	f := full(uitest.Lease())
	f.Err, f.threadsErr = services.Fail(services.CodeUnavailable), services.Fail(services.CodeUnavailable)
	_, s := show(t, text.English, f, "")
	s.WaitFor("Your agreements could not be read")
	f.Lock()
	f.Err, f.paymentsErr = nil, services.Fail(services.CodeUnavailable)
	f.Unlock()
	s.Tap("Try again")
	s.Until("both lists to fail", func() bool {
		n := 0
		for _, said := range s.Texts() {
			if said == "Try again" {
				n++
			}
		}
		return n == 2
	})
	if !s.Has("$41,208.55") {
		t.Error("a list that fails hides the agreement")
	}
	f.Lock()
	f.paymentsErr, f.threadsErr = nil, nil
	f.Unlock()
	s.Tap("Try again")
	s.WaitFor("Pre-authorized debit")
	s.Tap("Try again")
	s.WaitFor(f.threads[1].Excerpt)
}

func TestOverview_Switch(t *testing.T) {
	f := full(uitest.Lease(), uitest.Loan(), uitest.Closed())
	_, s := show(t, text.English, f, "")
	s.WaitFor("Lease ending 4471")
	s.Tap("Lease ending 4471")
	for _, want := range []string{"2025 BMW X5 xDrive40i · Loan ending 8820", "2025 BMW X5 xDrive40i · Loan ending 1177 (closed)"} {
		if !s.Has(want) {
			t.Errorf("%q is not offered; the list says %q", want, s.Texts())
		}
	}
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyReturn)
	s.WaitFor("$412.06 is past due")
	s.WaitFor("Pre-authorized debit")
	if s.Canvas().Focused() == nil {
		t.Error("the focus is lost")
	}
	s.Rebuild()
	if !s.Has("$412.06 is past due") {
		t.Error("drawing anew shows another agreement")
	}
	f.Lock()
	defer f.Unlock()
	if want := []string{"a1", "a2"}; !slices.Equal(f.asked, want) {
		t.Errorf("payments of %q, want %q", f.asked, want)
	}
}

func TestOverview_Ways(t *testing.T) {
	app, s := show(t, text.English, full(uitest.Lease()), "")
	s.WaitFor("Your agreement")
	s.WaitFor("Payoff")
	for _, press := range []string{"Message us", "Open", "Payoff", "Make a payment", "All payments", "See your options", "Vehicle"} {
		s.Tap(press)
	}
	want := []nav.Route{
		{Page: nav.PageCompose, Payload: nav.ComposePreset{AgreementID: "a1"}},
		{Page: nav.PageMessages},
		{Page: nav.PageMessages, Arg: "t1"},
		{Page: nav.PagePay, Arg: "a1"},
		{Page: nav.PagePayments, Arg: "a1"},
		{Page: nav.PageLeaseEnd, Arg: "a1"},
		{Page: nav.PageVehicle, Arg: "a1"},
	}
	if !slices.Equal(app.Went, want) {
		t.Errorf("went to %v, want %v", app.Went, want)
	}
}

// What is past due can be paid at once, with its amount; what a loan leads to is its payoff.
func TestOverview_PastDue(t *testing.T) {
	app, s := show(t, text.English, full(uitest.Loan()), "")
	s.WaitFor("Pay now")
	for _, press := range []string{"Pay now", "Write to us", "Pay it off earlier"} {
		s.Tap(press)
	}
	want := []nav.Route{
		{Page: nav.PagePay, Arg: "a2", Payload: nav.PayPreset{Amount: "412.06"}},
		{Page: nav.PageCompose, Payload: nav.ComposePreset{AgreementID: "a2"}},
		{Page: nav.PagePayoff, Arg: "a2"},
	}
	if !slices.Equal(app.Went, want) {
		t.Errorf("went to %v, want %v", app.Went, want)
	}
}

func TestOverview_NothingCanBePaidOnAClosedAgreement(t *testing.T) {
	_, s := show(t, text.English, full(uitest.Closed()), "")
	s.WaitFor("Closed on")
	s.WaitFor("Contract end")
	for _, not := range []string{"Make a payment", "Pay it off earlier", "What it is made of", "Contract ends"} {
		if s.Has(not) {
			t.Errorf("%q is offered", not)
		}
	}
}

func TestOverview_Autopay(t *testing.T) {
	f := full(uitest.Lease())
	f.autopay = &services.Autopay{Next: &services.NextDebit{Due: uitest.Date(2026, 12, 1), On: uitest.Date(2026, 12, 3)}}
	_, s := show(t, text.English, f, "")
	s.WaitFor("Autopay on")
	if want := "Debited Dec\u00a03,\u00a02026"; !s.Has(want) {
		t.Errorf("%q is not said; the screen says %q", want, s.Texts())
	}
	f.Lock()
	f.autopay.Next.On = uitest.Date(2026, 12, 1)
	f.Unlock()
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventPayment})
	s.WaitGone("Debited Dec\u00a03,\u00a02026")
	f.Lock()
	f.autopay = nil
	f.Unlock()
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventPayment})
	s.WaitGone("Autopay on")
}

// The chart becomes a table, and stays one when the page is drawn again.
func TestOverview_Table(t *testing.T) {
	f := full(uitest.Lease())
	_, s := show(t, text.English, f, "")
	s.WaitFor("Show as table")
	s.Tap("Show as table")
	s.WaitFor("$58,956.00")
	s.Rebuild()
	if !s.Has("$58,956.00") || !s.Has("Show as chart") {
		t.Errorf("drawn again it says %q", s.Texts())
	}
}

// The lender's figures do not add up: there is no schedule, and no chart of wrong sums.
func TestOverview_NoSchedule(t *testing.T) {
	f := full(uitest.Lease())
	f.schedule = []services.Installment{}
	_, s := show(t, text.English, f, "")
	s.WaitGone("Balance over time")
	s.AssertLayout()
	f.Lock()
	f.scheduleErr = services.Fail(services.CodeUnavailable)
	f.Unlock()
	other := full(uitest.Lease())
	other.scheduleErr = services.Fail(services.CodeUnavailable)
	_, s = show(t, text.English, other, "")
	s.WaitFor("We could not reach the service. Please try again in a moment.")
	other.Lock()
	other.scheduleErr = nil
	other.Unlock()
	s.Tap("Try again")
	s.WaitFor("Show as table")
}

func TestOverview_Forecast(t *testing.T) {
	cost := uitest.Money("740.00")
	for want, f := range map[string]*services.Forecast{
		"On pace with the allowance.":                                         {Projected: 80_000},
		"On pace: 1,300 km under at lease end.":                               {Projected: 78_700},
		"At this pace: 3,700 km over at lease end.":                           {Projected: 83_700, Excess: 3_700},
		"At this pace: 3,700 km over at lease end, which would cost $740.00.": {Projected: 83_700, Excess: 3_700, Cost: cost},
	} {
		fake := full(uitest.Lease())
		fake.forecast = f
		_, s := show(t, text.English, fake, "")
		s.WaitFor(want)
	}
	a := uitest.Lease()
	a.Distance.ReadOn, a.Distance.Odometer = services.Date{}, 0
	_, s := show(t, text.English, full(a), "")
	s.WaitFor("80,000 km allowance. The odometer has not been read yet.")
}

func TestOverview_Events(t *testing.T) {
	f := full(uitest.Lease())
	_, s := show(t, text.English, f, "")
	s.WaitFor(f.threads[1].Excerpt)
	f.Lock()
	f.threads = append([]services.ThreadSummary{{ID: "t3", Topic: "gone", Excerpt: "Your plates are on their way."}}, f.threads...)
	f.List[0].PaymentsMade = 19
	f.Unlock()
	page := s.Page().(nav.Refresher)
	page.Refresh(services.Event{Kind: services.EventMessage, ID: "t3"})
	s.WaitFor("Your plates are on their way.")
	if s.Has("19 of 48") {
		t.Error("a message reads the agreements again")
	}
	page.Refresh(services.Event{Kind: services.EventRefetch})
	s.WaitFor("19 of 48")
}

// What arrives while somebody goes through the page by keyboard leaves the focus where it is.
func TestOverview_KeepsTheFocus(t *testing.T) {
	f := full(uitest.Lease())
	_, s := show(t, text.English, f, "")
	s.WaitFor(f.threads[1].Excerpt)
	for _, label := range []string{"Message us", "Open", "Show as table"} {
		s.Canvas().Focus(s.Button(label))
		f.Lock()
		f.List[0].PaymentsMade++
		made := f.List[0].PaymentsMade
		f.Unlock()
		s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventRefetch})
		s.WaitFor(fmt.Sprintf("%d of 48", made))
		if s.Canvas().Focused() != fyne.Focusable(s.Button(label)) {
			t.Errorf("%s lost the focus to %v", label, s.Canvas().Focused())
		}
	}
}

func TestOverview_LateAnswersAreDropped(t *testing.T) {
	f := full(uitest.Lease())
	f.Hold = make(chan struct{})
	_, s := show(t, text.English, f, "")
	s.Page().Stop()
	close(f.Hold)
	s.Page().Start()
	s.Rebuild()
	s.WaitFor("$41,208.55")
}
