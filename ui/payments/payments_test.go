package payments_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/payments"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// choose takes a view by the keyboard.
func choose(s *uitest.Screen, label string) {
	views := uitest.All[*kit.Segmented](s)[0]
	s.Canvas().Focus(views)
	for range 2 {
		s.Press(fyne.KeyLeft)
	}
	for range 2 {
		if shows(views, label) {
			break
		}
		s.Press(fyne.KeyRight)
	}
	s.Blur()
}

// shows tells whether the view that is chosen has this label.
func shows(views *kit.Segmented, label string) bool {
	for id, labels := range map[string][]string{
		"history": {"History", "Historique"}, "upcoming": {"Upcoming", "À venir"}, "schedule": {"Schedule", "Calendrier"},
	} {
		if views.Selected() == id {
			return label == labels[0] || label == labels[1]
		}
	}
	return false
}

// search types into the field of the search.
func search(s *uitest.Screen, typed string) {
	field := uitest.All[*kit.Field](s)[0]
	s.Canvas().Focus(field.Focusable())
	field.SetText("")
	s.TypeFocused(typed)
}

// rows gives the table the focus and opens its n-th row.
func open(s *uitest.Screen, n int) {
	for _, list := range uitest.All[fyne.Focusable](s) {
		if table, ok := list.(interface{ Selected() int }); ok {
			s.Canvas().Focus(list)
			_ = table
			s.Press(fyne.KeyHome)
			for range n {
				s.Press(fyne.KeyDown)
			}
			s.Press(fyne.KeyReturn)
			return
		}
	}
}

func TestPayments_Search(t *testing.T) {
	_, s := show(t, text.English, complete(uitest.Lease()), "")
	s.WaitFor("19 payments")
	s.WaitFor("Not enough funds")
	for typed, want := range map[string]string{"nov 2026": "1 of 19 payments", "847.32": "19 payments", "1er septembre": "2 of 19 payments", "2025": "8 of 19 payments", "enough FUNDS": "1 of 19 payments", "debit": "18 of 19 payments", "returned": "1 of 19 payments"} {
		search(s, typed)
		if !s.Has(want) {
			t.Errorf("%q: not %q but %q", typed, want, s.Texts())
		}
	}
	choose(s, "Upcoming")
	search(s, "ordered by")
	if !s.Has("1 of 30 payments") {
		t.Errorf("%q", s.Texts())
	}
	choose(s, "History")
	search(s, "31 mai 1999")
	if !s.Has("Nothing matches “31 mai 1999”.") {
		t.Errorf("%q", s.Texts())
	}
	s.Rebuild()
	if !s.Has("Nothing matches") {
		t.Error("drawing anew loses what is searched for")
	}
	s.Tap("Show all")
	if !s.Has("19 payments") {
		t.Errorf("%q", s.Texts())
	}
	search(s, "nov")
	s.Press(fyne.KeyEscape)
	if !s.Has("19 payments") {
		t.Errorf("Escape does not clear the search: %q", s.Texts())
	}
}

// firstRow is the first text on the screen that begins so, from above.
func firstRow(s *uitest.Screen, prefix string) string {
	for _, said := range s.Texts() {
		if strings.HasPrefix(said, prefix) {
			return said
		}
	}
	return ""
}

func TestPayments_SortedAndKept(t *testing.T) {
	_, s := show(t, text.English, complete(uitest.Lease()), "")
	s.WaitFor("19 payments")
	heads := func() fyne.Focusable {
		for _, f := range uitest.All[fyne.Focusable](s) {
			if a, ok := f.(fyne.Accessible); ok && strings.HasPrefix(a.AccessibilityLabel(), "Date") {
				return f
			}
		}
		t.Fatal("no header")
		return nil
	}
	s.Canvas().Focus(heads())
	s.Press(fyne.KeyReturn)
	if got := firstRow(s, "L-2025-004471-0"); got != "L-2025-004471-001" {
		t.Errorf("sorted by date, ascending, %q is first", got)
	}
	choose(s, "Schedule")
	choose(s, "History")
	if got := firstRow(s, "L-2025-004471-0"); got != "L-2025-004471-001" {
		t.Errorf("the order is lost: %q is first", got)
	}
}

func TestPayments_Details(t *testing.T) {
	_, s := show(t, text.English, complete(uitest.Lease()), "")
	s.WaitFor("Not enough funds")
	open(s, 2)
	for _, want := range []string{"The bank returned this payment", "Not enough funds. The amount is still owed.", "September\u00a01,\u00a02026", "Pre-authorized debit •••214", "L-2025-004471-017"} {
		if !s.Has(want) {
			t.Errorf("%q is not shown: %q", want, s.Texts())
		}
	}
	if s.Has("Cancel this payment") {
		t.Error("what was returned can be cancelled")
	}
	s.Press(fyne.KeyEscape)
	choose(s, "Upcoming")
	open(s, 1) // on its way to the bank
	if s.Has("Cancel this payment") || !s.Has("Sent to the bank") {
		t.Errorf("%q", s.Texts())
	}
}

// What posted by itself, without a bank, is marked in the list, and found by its mark.
func TestPayments_Simulated(t *testing.T) {
	f := complete(uitest.Lease())
	f.debits[2].Status, f.debits[2].Reason, f.debits[2].Simulated = services.DebitPosted, "", true
	f.payments[2].Status = services.PaymentPosted
	_, s := show(t, text.English, f, "")
	s.WaitFor("Simulated")
	search(s, "simulated")
	s.WaitFor("1 of 19 payments")
}

func TestPayments_Cancel(t *testing.T) {
	f := complete(uitest.Lease())
	app, s := show(t, text.English, f, "")
	s.WaitFor("Not enough funds")
	choose(s, "Upcoming")
	open(s, 0)
	if !s.Has("You can cancel this payment until the end of Nov\u00a026,\u00a02026.") || !s.Has("Simulated") {
		t.Errorf("%q", s.Texts())
	}
	s.Tap("Cancel this payment")
	s.Tap("Keep it")
	open(s, 0)
	s.Tap("Cancel this payment")
	if !s.Has("$250.00 will not be taken from account •••214 on Nov\u00a027,\u00a02026.") {
		t.Errorf("%q", s.Texts())
	}
	s.Tap("Cancel the payment")
	s.WaitFor("Cancelled")
	if !slices.Equal(f.cancelled, []string{"d3"}) || !slices.Equal(app.Toasts, []string{"Payment P-7K3F-92QD is cancelled."}) {
		t.Errorf("cancelled %q, said %q", f.cancelled, app.Toasts)
	}
}

func TestPayments_CancelTooLate(t *testing.T) {
	f := complete(uitest.Lease())
	f.cancelErr = services.Fail(services.CodeGone)
	app, s := show(t, text.English, f, "")
	s.WaitFor("Not enough funds")
	choose(s, "Upcoming")
	open(s, 0)
	s.Tap("Cancel this payment")
	s.Tap("Cancel the payment")
	s.Until("a word", func() bool { return len(app.Toasts) > 0 })
	if app.Toasts[0] != "It is too late to cancel this payment: it is on its way to the bank." || !s.Has("Scheduled") {
		t.Errorf("%q", app.Toasts)
	}
}

func TestPayments_Ways(t *testing.T) {
	app, s := show(t, text.English, complete(uitest.Lease()), "")
	s.WaitFor("•••214")
	for _, press := range []string{"Make a payment", "Change", "Cancel", "Estimate a payoff", "Bank accounts"} {
		s.Tap(press)
	}
	want := []nav.Route{
		{Page: nav.PagePay, Arg: "a1"},
		{Page: nav.PageAutopay, Arg: "a1"},
		{Page: nav.PageAutopay, Arg: "a1"},
		{Page: nav.PagePayoff, Arg: "a1"},
		{Page: nav.PageAccounts},
	}
	if !slices.Equal(app.Went, want) {
		t.Errorf("went to %v, want %v", app.Went, want)
	}
}

func TestPayments_Closed(t *testing.T) {
	_, s := show(t, text.English, complete(uitest.Lease(), uitest.Closed()), "a3")
	s.WaitFor("Closed on Jun\u00a012,\u00a02026")
	for _, not := range []string{"Make a payment", "Autopay", "Estimate a payoff"} {
		if s.Has(not) {
			t.Errorf("%q is offered", not)
		}
	}
}

func TestPayments_Switch(t *testing.T) {
	f := complete(uitest.Lease(), uitest.Loan(), uitest.Closed())
	_, s := show(t, text.English, f, "")
	s.WaitFor("19 payments")
	s.Tap("Lease ending 4471")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyReturn)
	s.WaitFor("Pay off early")
	s.WaitFor("19 payments")
	if s.Canvas().Focused() == nil || !s.Has("Principal") {
		t.Errorf("%q", s.Texts())
	}
	f.Lock()
	defer f.Unlock()
	if !slices.Equal(f.asked, []string{"a1", "a2"}) {
		t.Errorf("payments of %q", f.asked)
	}
}

func TestPayments_Autopay(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*services.Autopay)
		want   string
	}{
		"every two weeks": {func(a *services.Autopay) { a.Day = 0 }, "On the day each payment is due, from account •••214"},
		"the 22nd":        {func(a *services.Autopay) { a.Day = 22 }, "On the 22nd of each month"},
		"the 13th":        {func(a *services.Autopay) { a.Day = 13 }, "On the 13th of each month"},
		"the last":        {func(a *services.Autopay) { a.Next.Last = true }, "It is the last one."},
		"on its way":      {func(a *services.Autopay) { a.Next.CancelUntil = services.Date{} }, "It is on its way and can no longer be changed."},
		"nothing more":    {func(a *services.Autopay) { a.Next = nil }, "nothing more will be debited"},
		"not known yet":   {func(a *services.Autopay) { a.Next.Amount = services.Money{} }, "The amount is not available yet."},
	} {
		t.Run(name, func(t *testing.T) {
			f := complete(uitest.Lease())
			tt.change(f.autopay)
			_, s := show(t, text.English, f, "")
			s.WaitFor(tt.want)
		})
	}
	f := complete(uitest.Lease())
	f.autopay = nil
	app, s := show(t, text.English, f, "")
	s.WaitFor("Set up autopay")
	s.Tap("Set up autopay")
	if !slices.Equal(app.Went, []nav.Route{{Page: nav.PageAutopay, Arg: "a1"}}) {
		t.Errorf("went to %v", app.Went)
	}
	f = complete(uitest.Lease())
	f.autopayErr = services.Fail(services.CodeUnavailable)
	_, s = show(t, text.English, f, "")
	s.WaitFor("Your autopay could not be read.")
	f.Lock()
	f.autopayErr = nil
	f.Unlock()
	s.Tap("Try again")
	s.WaitFor("On the 1st of each month")
}

// A long history comes in parts; meanwhile the page is alive, and what it has can be read.
func TestPayments_TenThousand(t *testing.T) {
	f := complete(uitest.Lease())
	f.payments = nil
	for i := range 10_000 {
		p := payment(0)
		p.ID, p.Date = fmt.Sprintf("P-%05d", i), uitest.Date(2026, time.November, 1).AddDays(-i)
		f.payments = append(f.payments, p)
	}
	f.held, f.holdFrom = make(chan struct{}), 300
	_, s := show(t, text.English, f, "")
	s.WaitFor("301 payments so far. Reading the rest…") // and a debit that came back and was never posted
	search(s, "nov 1, 2026")
	if !s.Has("P-00000") {
		t.Errorf("%q", s.Texts())
	}
	search(s, "")
	close(f.held)
	s.WaitFor("10,001 payments")
	start := time.Now()
	search(s, "2001")
	if !s.Has("365 of 10,001 payments") {
		t.Errorf("%q", s.Texts())
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("typing four digits takes %v", took)
	}
}

func TestPayments_HistoryFailsHalfWay(t *testing.T) {
	f := complete(uitest.Lease())
	for i := range 200 {
		p := payment(0)
		p.ID = fmt.Sprint("more", i)
		f.payments = append(f.payments, p)
	}
	f.paymentsErr, f.holdFrom = services.Fail(services.CodeUnavailable), 100
	_, s := show(t, text.English, f, "")
	s.WaitFor("Not everything could be read.")
	if !s.Has("more80") {
		t.Errorf("what was read is not shown: %q", s.Texts())
	}
	f.Lock()
	f.paymentsErr = nil
	f.Unlock()
	s.Tap("Try again")
	s.WaitFor("219 payments")
}

func TestPayments_NothingCouldBeRead(t *testing.T) {
	f := complete(uitest.Lease())
	f.debits, f.paymentsErr = nil, services.Fail(services.CodeUnavailable)
	_, s := show(t, text.English, f, "")
	s.WaitFor("We could not reach the service.")
	f.Lock()
	f.paymentsErr = nil
	f.Unlock()
	s.Tap("Try again")
	s.WaitFor("19 payments")
}

// Where the figures make no schedule, what is due next is still shown, and the page says calmly what is missing.
func TestPayments_Flagged(t *testing.T) {
	f := complete(uitest.Lease())
	f.schedule, f.debits = nil, nil
	app, s := show(t, text.English, f, "")
	s.WaitFor("19 payments")
	choose(s, "Upcoming")
	if !s.Has("Next payment") || !s.Has("Dec\u00a01,\u00a02026") || !s.Has("1 payment") {
		t.Errorf("%q", s.Texts())
	}
	choose(s, "Schedule")
	s.Tap("Message us")
	if want := []nav.Route{{Page: nav.PageCompose, Payload: nav.ComposePreset{AgreementID: "a1"}}}; !slices.Equal(app.Went, want) {
		t.Errorf("went to %v", app.Went)
	}
}

// What others wrote into a payment is shown as text, in one line, and breaks nothing.
func TestPayments_HostileWords(t *testing.T) {
	f := complete(uitest.Lease())
	f.payments[0].ID, f.payments[0].Method = "=1+1\n\x00<b>\u202e🙂"+strings.Repeat("W", 300), "pigeon"
	_, s := show(t, text.English, f, "")
	s.WaitFor("19 payments")
	s.AssertLayout()
	open(s, 0)
	s.AssertLayout()
	if !s.Has("=1+1") {
		t.Errorf("%q", s.Texts())
	}
}

func TestPayments_Events(t *testing.T) {
	f := complete(uitest.Lease())
	_, s := show(t, text.English, f, "")
	s.WaitFor("19 payments")
	f.Lock()
	f.payments = f.payments[:10]
	f.Unlock()
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventMessage})
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventPayment, ID: "a1"})
	s.WaitFor("10 payments")
}

// What arrives while somebody types or goes through the page leaves the focus where it is.
func TestPayments_KeepsTheFocus(t *testing.T) {
	f := complete(uitest.Lease())
	_, s := show(t, text.English, f, "")
	s.WaitFor("19 payments")
	s.WaitFor("•••214")
	field := uitest.All[*kit.Field](s)[0]
	for i, focus := range []func(){
		func() { s.Canvas().Focus(field.Focusable()) },
		func() { s.Canvas().Focus(s.Button("Change")) },
	} {
		focus()
		before := s.Canvas().Focused()
		f.Lock()
		f.payments = f.payments[1:]
		f.autopay.Day++
		f.Unlock()
		s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventRefetch})
		s.WaitFor(fmt.Sprintf("%d payments", 18-i))
		s.WaitFor([]string{"On the 2nd", "On the 3rd"}[i])
		after := s.Canvas().Focused()
		if b, ok := before.(*kit.Button); ok {
			if a, ok := after.(*kit.Button); !ok || a.Text() != b.Text() {
				t.Errorf("the focus went from %v to %v", before, after)
			}
		} else if before != after {
			t.Errorf("the focus went from %v to %v", before, after)
		}
	}
}

// exported chooses an entry of the export menu and gives the file.
func exported(t *testing.T, lang text.Lang, f *fake, id string, entry int) (app *uitest.App, name string, data []byte) {
	t.Helper()
	app, s := show(t, lang, f, id)
	app.Files.SaveAs = "/home/amelie/file"
	s.WaitFor("19")
	s.Tap(app.Printer.T("payments.export"))
	for range entry + 1 {
		s.Press(fyne.KeyDown)
	}
	s.Press(fyne.KeyReturn)
	s.Until("a file", func() bool { return len(app.Files.Saved) > 0 })
	for name, data = range app.Files.Saved {
	}
	return app, name, data
}

func TestPayments_Exports(t *testing.T) {
	for entry, want := range map[int]struct{ name, begins, has string }{
		0: {"Payments 4471.csv", "\ufeffDate,Method,Reference,Depreciation,Rent charge,Tax,Amount,Currency,Status\r\n", "2025-05-01,Pre-authorized debit,L-2025-004471-001,561.10,188.73,97.49,847.32,CAD,Posted\r\n"},
		1: {"Payments 4471.ofx", "<?xml", "<FITID>L-2025-004471-017-R</FITID>"},
		2: {"Due dates 4471.ics", "BEGIN:VCALENDAR\r\n", "DTSTART;VALUE=DATE:20261201"},
		3: {"Summary 2026 4471.pdf", "%PDF-", ""},
		4: {"Summary 2025 4471.pdf", "%PDF-", ""},
	} {
		app, name, data := exported(t, text.English, complete(uitest.Lease()), "", entry)
		if name != want.name || !bytes.HasPrefix(data, []byte(want.begins)) || !bytes.Contains(data, []byte(want.has)) {
			t.Errorf("entry %d: %q\n%.300s", entry, name, data)
		}
		if !slices.Equal(app.Toasts, []string{want.name + " is saved."}) {
			t.Errorf("said %q", app.Toasts)
		}
	}
	_, name, _ := exported(t, text.French, complete(uitest.Closed()), "", 2) // no calendar of a closed agreement
	if name != "Sommaire 2026 1177.pdf" {
		t.Errorf("%q", name)
	}
}

// Where there is nothing to save, that is said, and no file is offered.
func TestPayments_ExportsOfNothing(t *testing.T) {
	over := uitest.Lease()
	over.Next = nil
	for entry, want := range []string{"There is no payment to save yet.", "There is no payment to save yet.", "No payment is to come, so there is no date to save."} {
		app, s := show(t, text.English, &fake{Lender: uitest.Lender{List: []services.Agreement{over}}}, "")
		s.WaitFor("No payment was made yet")
		s.Tap("Export")
		for range entry + 1 {
			s.Press(fyne.KeyDown)
		}
		s.Press(fyne.KeyReturn)
		s.Until("a word", func() bool { return len(app.Toasts) > 0 })
		if app.Toasts[0] != want || len(app.Files.Saved) > 0 {
			t.Errorf("entry %d said %q", entry, app.Toasts)
		}
	}
}

func TestPayments_ExportFails(t *testing.T) {
	f := complete(uitest.Lease())
	app, s := show(t, text.English, f, "")
	s.WaitFor("19 payments")
	f.Lock()
	f.paymentsErr = services.Fail(services.CodeUnavailable)
	f.Unlock()
	s.Tap("Export")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyReturn)
	s.Until("a word", func() bool { return len(app.Toasts) > 0 })
	if len(app.Files.Saved) > 0 || !strings.Contains(app.Toasts[0], "reach") {
		t.Errorf("said %q", app.Toasts)
	}
}

// Without debits and autopay, as in a service that is older, the page shows what there is.
func TestPayments_WithoutDebitsAndAutopay(t *testing.T) {
	f := complete(uitest.Lease())
	app := uitest.NewApp(t, text.English, theme.Light, 1)
	deps := f.deps()
	deps.Debits, deps.Autopays = nil, nil
	s := app.Show(t, payments.New(app.Env(), deps, ""), uitest.PageSize)
	s.WaitFor("19 payments")
	s.AssertLayout()
	if s.Has("Autopay") || !s.Has("Bank accounts") {
		t.Errorf("%q", s.Texts())
	}
}

func TestPayments_LateAnswersAreDropped(t *testing.T) {
	f := complete(uitest.Lease())
	f.held = make(chan struct{})
	_, s := show(t, text.English, f, "")
	s.WaitFor("Autopay")
	s.Page().Stop()
	close(f.held)
	s.Drain()
}
