package pay_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/pay"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// payRoute is the way to the page.
func payRoute(agreement, amount string) nav.Route {
	return nav.Route{Page: nav.PagePay, Arg: agreement, Payload: nav.PayPreset{Amount: amount}}
}

// check fills in the form and goes on to the second step.
func check(app *uitest.App, s *uitest.Screen, amount string) {
	s.WaitFor(app.Printer.T("pay.check"))
	s.Field(app.Printer.T("pay.amount")).SetText("")
	s.Type(app.Printer.T("pay.amount"), amount)
	s.Tap(app.Printer.T("pay.check"))
}

// order goes all the way.
func order(app *uitest.App, s *uitest.Screen, amount string) {
	check(app, s, amount)
	s.Tap(app.Printer.T("pay.order", text.Vars{"Amount": app.Printer.Money(uitest.Money(amount))}))
}

// confirm presses a button of the dialog.
func confirm(s *uitest.Screen, words string) {
	for _, b := range uitest.All[*kit.Button](s) {
		if b.Text() == words {
			b.OnTapped()
		}
	}
	s.Drain()
}

func TestPay_Pictures(t *testing.T) {
	held := with()
	held.Hold = make(chan struct{})
	defer close(held.Hold)
	paying := func() *fake {
		f := with(lease(), loan())
		f.autopay = &services.Autopay{AgreementID: "a1", Account: uitest.Chequing(), Next: &services.NextDebit{On: uitest.Date(2026, 12, 1), Due: uitest.Date(2026, 12, 1), Amount: uitest.Money("847.32")}}
		return f
	}
	without := with(lease())
	without.Accounts = nil
	broken := func() *fake {
		f := with(lease())
		f.termsErr = services.Fail(services.CodeUnavailable)
		return f
	}
	paid := func() *fake {
		f := with(lease(), loan())
		f.paid = true
		return f
	}
	same := func() *fake {
		f := with(lease())
		f.made, f.orders = []services.Debit{{On: uitest.Date(2026, 12, 1), Amount: uitest.Money("847.32")}}, []services.PaymentOrder{{}}
		return f
	}
	for state, tt := range map[string]struct {
		fake func() *fake
		wait string // catalogue key
		id   string
		then func(app *uitest.App, s *uitest.Screen)
	}{
		"form":      {paying, "pay.autopay.title", "a1", nil},
		"noaccount": {func() *fake { return without }, "pay.check", "a1", func(app *uitest.App, s *uitest.Screen) { check(app, s, "12.345") }},
		"check":     {paying, "pay.check", "a1", func(app *uitest.App, s *uitest.Screen) { check(app, s, "847.32") }},
		"same": {same, "pay.check", "a1", func(app *uitest.App, s *uitest.Screen) {
			order(app, s, "847.32")
			s.WaitFor(app.Printer.T("pay.same.title"))
		}},
		"done": {func() *fake { return with(lease()) }, "pay.check", "a1", func(app *uitest.App, s *uitest.Screen) {
			order(app, s, "847.32")
			s.WaitFor(app.Printer.T("pay.done.title"))
		}},
		"cancelled": {func() *fake { return with(lease()) }, "pay.check", "a1", func(app *uitest.App, s *uitest.Screen) {
			order(app, s, "847.32")
			s.WaitFor(app.Printer.T("pay.done.title"))
			s.Tap(app.Printer.T("pay.cancel"))
			confirm(s, app.Printer.T("payments.cancel.confirm"))
			s.WaitFor(app.Printer.T("pay.cancelled.title"))
		}},
		"loading": {func() *fake { return held }, "", "", nil},
		"failed":  {broken, "pay.failed", "", nil},
		"paid":    {paid, "pay.paid.title", "a2", nil},
		"closed":  {func() *fake { return with(lease(), uitest.Closed()) }, "pay.closed.title", "a3", nil},
	} {
		uitest.EachLook(t, "pay-"+state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			f := tt.fake()
			s := app.Show(t, pay.New(app.Env(), f.deps(), payRoute(tt.id, "")), uitest.PageSize)
			if tt.wait != "" {
				s.WaitFor(app.Printer.T(tt.wait))
			}
			if tt.then != nil {
				tt.then(app, s)
			}
			return s
		})
	}
}

func TestPay_Layout(t *testing.T) {
	uitest.EachRoom(t, func(t *testing.T, app *uitest.App, room fyne.Size) *uitest.Screen {
		f := with(lease(), loan())
		s := app.Show(t, pay.New(app.Env(), f.deps(), payRoute("a1", "")), room)
		s.WaitFor(app.Printer.T("pay.check"))
		s.AssertLayout()
		check(app, s, "847.32")
		s.AssertLayout()
		s.Tap(app.Printer.T("pay.order", text.Vars{"Amount": app.Printer.Money(uitest.Money("847.32"))}))
		s.WaitFor(app.Printer.T("pay.done.title"))
		return s
	})
}

func TestPay_Amounts(t *testing.T) {
	for _, lang := range []text.Lang{text.English, text.French} {
		app, s := show(t, lang, with(lease()), "a1")
		for typed, reason := range map[string]string{
			"": "required", "abc": "format", "0": "zero", "-5": "negative", "12.345": "decimals", "41208.56": "too_much", "9999999999999": "too_much",
		} {
			check(app, s, typed)
			says := nav.FieldSentence(app.Printer, "pay_amount", reason)
			if reason == "too_much" {
				says = app.Printer.T("pay.amount.too_much", text.Vars{
					"Most": app.Printer.Money(uitest.Money("41208.55")), "Date": app.Printer.DateLong(uitest.Date(2026, 12, 1)),
				})
			}
			if got := s.Field(app.Printer.T("pay.amount")); got.Error() != says || got.Text() != typed {
				t.Errorf("%q: says %q, want %q; the field has %q", typed, got.Error(), says, got.Text())
			}
		}
		for _, typed := range []string{"1,234.56", "1 234,56 $", "$1234.56"} {
			check(app, s, typed)
			s.WaitFor(app.Printer.T("pay.order", text.Vars{"Amount": app.Printer.Money(uitest.Money("1234.56"))}))
			s.Tap(app.Printer.T("pay.change"))
		}
	}
}

// An order whose answer was lost is tried again under the same key, also from the form: nothing is paid twice.
func TestPay_LostAnswer(t *testing.T) {
	f := with(lease())
	f.lost = 1
	app, s := show(t, text.English, f, "a1")
	order(app, s, "847.32")
	s.WaitFor("cannot be ordered twice")
	s.Tap("Change something")
	if got := s.Field("Amount").Text(); got != "$847.32" {
		t.Errorf("the amount is %q", got)
	}
	s.Tap("Check the payment")
	s.Tap("Pay $847.32")
	s.WaitFor("P-7K3F-92QD")
	f.Lock()
	defer f.Unlock()
	if len(f.made) != 1 || len(f.orders) != 2 || f.orders[0].IdempotencyKey != f.orders[1].IdempotencyKey {
		t.Errorf("made %d payments by %+v", len(f.made), f.orders)
	}
}

// What is changed after an order is another intention, and so is another payment.
func TestPay_OtherKeys(t *testing.T) {
	f := with(lease())
	app, s := show(t, text.English, f, "a1")
	order(app, s, "847.32")
	s.WaitFor("P-7K3F-92QD")
	s.Tap("Make another payment")
	order(app, s, "847.32")
	s.WaitFor("You already have the same payment for the same day")
	s.Tap("Change something")
	order(app, s, "500")
	s.WaitFor("P-7K3F-92QD")
	f.Lock()
	defer f.Unlock()
	keys := map[string]bool{}
	for _, o := range f.orders {
		keys[o.IdempotencyKey] = true
	}
	if len(keys) != 3 || len(f.made) != 2 {
		t.Errorf("%d keys, %d payments", len(keys), len(f.made))
	}
}

func TestPay_SameTwice(t *testing.T) {
	f := with(lease())
	f.made, f.orders = []services.Debit{{On: uitest.Date(2026, 12, 1), Amount: uitest.Money("847.32")}}, []services.PaymentOrder{{}}
	app, s := show(t, text.English, f, "a1")
	order(app, s, "847.32")
	s.WaitFor("You already have the same payment for the same day")
	s.Tap("Yes, pay both")
	s.WaitFor("P-7K3F-92QD")
	f.Lock()
	defer f.Unlock()
	if last := f.orders[len(f.orders)-1]; !last.Twice {
		t.Errorf("ordered %+v", last)
	}
}

// Nothing is lost when the language changes, when somebody goes to add an account, or by what the service refuses.
func TestPay_NothingIsLost(t *testing.T) {
	f := with(lease())
	f.payErr = services.Invalid("on", services.ReasonClosed)
	app, s := show(t, text.English, f, "a1")
	order(app, s, "847.32")
	s.WaitFor("Banks do not work on this day")
	f.Set(func() { f.payErr = nil })
	app.Printer = uitest.Printer(t, text.French)
	s.Rebuild()
	if got := s.Field("Montant").Text(); got != "847,32\u00a0$" {
		t.Errorf("the amount is %q", got)
	}
	if got := s.Field("Jour").Text(); got != "1er\u00a0décembre\u00a02026" {
		t.Errorf("the day is %q", got)
	}
	s.Page().Stop()
	f.Set(func() {
		f.Accounts = append([]services.BankAccount{{ID: "b2", LastDigits: "777", Holder: "Amélie Tremblay"}}, f.Accounts...)
	})
	s.Page().Start()
	s.Rebuild()
	s.WaitFor("•••777")
	s.Tap("Vérifier le paiement")
	if !s.Has("•••777") || !s.Has("847,32") {
		t.Errorf("the screen says %q", s.Texts())
	}
}

// Where nothing can be paid the page says why, and leads to what was paid.
func TestPay_Nothing(t *testing.T) {
	app, s := show(t, text.English, with(lease(), uitest.Closed()), "a3")
	s.WaitFor("This agreement is closed.")
	s.Tap("Payments")
	if len(app.Went) != 1 || app.Went[0] != (nav.Route{Page: nav.PagePayments, Arg: "a3"}) {
		t.Errorf("went to %v", app.Went)
	}
	_, s = show(t, text.English, with(uitest.Closed()), "")
	s.WaitFor("This agreement is closed.")
}

// What may be paid is that of the day: a loan is paid off by more from day to day.
func TestPay_AmountsOfTheDay(t *testing.T) {
	f := with(loan())
	app, s := show(t, text.English, f, "a2")
	s.WaitFor("Pay it off $41,208.55")
	day := uitest.All[*kit.DateField](s)[0]
	day.SetText("")
	s.Canvas().Focus(day.Focusable())
	s.TypeFocused("2026-12-11")
	s.Until("the amount of the day", func() bool { return s.Has("Pay it off $41,218.55") })
	s.Tap("Pay it off $41,218.55")
	check(app, s, "41218.56")
	if got := s.Field("Amount").Error(); got != "The most that can be paid on December\u00a011,\u00a02026 is $41,218.55." {
		t.Errorf("says %q", got)
	}
	order(app, s, "41218.55")
	s.WaitFor("P-7K3F-92QD")
}

// Once all of it is ordered nothing is asked any more, also when that happens elsewhere.
func TestPay_AllOfIt(t *testing.T) {
	f := with(loan())
	_, s := show(t, text.English, f, "a2")
	s.WaitFor("Check the payment")
	f.Set(func() { f.paid = true })
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventPayment})
	s.WaitFor("There is nothing more to pay")
}

// Another agreement is paid by itself: the amount of the first is not taken along.
func TestPay_Switch(t *testing.T) {
	f := with(lease(), loan())
	app, s := show(t, text.English, f, "a1")
	check(app, s, "500")
	s.Tap("Change something")
	s.Tap("Lease ending 4471")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyReturn)
	s.WaitFor("2025 BMW X1 xDrive28i")
	s.WaitFor("Check the payment")
	if got := s.Field("Amount").Text(); got != "" {
		t.Errorf("the amount is %q", got)
	}
	order(app, s, "300")
	s.WaitFor("P-7K3F-92QD")
	f.Lock()
	defer f.Unlock()
	if o := f.orders[0]; o.AgreementID != "a2" || o.BankAccountID != "b1" {
		t.Errorf("ordered %+v", o)
	}
}

// The number can be copied, and what is too late to take back is said.
func TestPay_TooLateToCancel(t *testing.T) {
	f := with(lease())
	app, s := show(t, text.English, f, "a1")
	order(app, s, "847.32")
	s.WaitFor("P-7K3F-92QD")
	for _, b := range uitest.All[*kit.Button](s) {
		if b.Text() == "Copy the confirmation number" {
			b.OnTapped()
		}
	}
	if got := fyne.CurrentApp().Clipboard().Content(); got != "P-7K3F-92QD" || len(app.Toasts) != 1 {
		t.Errorf("copied %q, said %q", got, app.Toasts)
	}
	f.Set(func() { f.payErr = services.Fail(services.CodeGone) })
	s.Tap("Cancel this payment")
	confirm(s, "Cancel the payment")
	s.WaitFor("It is too late to cancel this payment")
}

// A day that has become too near while the payment was checked is said at the field, and nothing else is lost. Beside an
// autopay, what is taken back is not what autopay takes.
func TestPay_MidnightAndAutopay(t *testing.T) {
	f := with(lease())
	f.autopay = &services.Autopay{AgreementID: "a1", Account: uitest.Chequing()}
	f.payErr = services.Invalid("on", services.ReasonPast)
	app, s := show(t, text.English, f, "a1")
	order(app, s, "847.32")
	s.WaitFor("It is too late to debit your account on this day. Please choose a later one.")
	if got := s.Field("Amount").Text(); got != "$847.32" {
		t.Errorf("the amount is %q", got)
	}
	f.Set(func() { f.payErr = nil })
	order(app, s, "847.32")
	s.WaitFor("P-7K3F-92QD")
	s.Tap("Cancel this payment")
	confirm(s, "Cancel the payment")
	s.WaitFor("This payment of $847.32 will not be taken. Autopay takes what is due, as before.")
}

// The page begins with the amount that somebody came with.
func TestPay_Preset(t *testing.T) {
	app := uitest.NewApp(t, text.French, theme.Light, 1)
	s := app.Show(t, pay.New(app.Env(), with(lease()).deps(), payRoute("a1", "412.06")), uitest.PageSize)
	s.WaitFor(app.Printer.T("pay.check"))
	if got := s.Field("Montant").Text(); got != "412,06\u00a0$" {
		t.Errorf("the amount is %q", got)
	}
	s.Canvas().Focus(s.Field("Montant").Focusable())
	s.Press(fyne.KeyReturn)
	s.WaitFor("Payer 412,06")
}

func TestPay_Days(t *testing.T) {
	app, s := show(t, text.English, with(lease()), "a1")
	s.WaitFor("Check the payment")
	day := uitest.All[*kit.DateField](s)[0]
	s.Type("Amount", "100")
	for typed, says := range map[string]string{
		"2026-11-01": "or a later day", "2027-06-01": "or an earlier day", "2026-12-25": "Banks do not work", "2026-11-29": "Banks do not work",
		"soon": "", "": "Please fill this in",
	} {
		day.SetText("")
		s.Canvas().Focus(day.Focusable())
		s.TypeFocused(typed + " ")
		s.Blur()
		s.Tap("Check the payment")
		if s.Has(app.Printer.T("pay.order", text.Vars{"Amount": "$100.00"})) || day.Error() == "" || !strings.Contains(day.Error(), says) {
			t.Errorf("%q: says %q", typed, day.Error())
		}
	}
}
