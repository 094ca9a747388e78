package payoff_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/payoff"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// show opens the payoff page.
func show(t *testing.T, lang text.Lang, f *fake, id string) (*uitest.App, *uitest.Screen) {
	t.Helper()
	app := uitest.NewApp(t, lang, theme.Light, 1)
	return app, app.Show(t, payoff.New(app.Env(), f.deps(), id), uitest.PageSize)
}

// compared fills in what somebody would pay more, and waits for what it saves.
func compared(app *uitest.App, s *uitest.Screen) {
	s.Field(app.Printer.T("payoff.more.each")).SetText("139,34")
	s.Field(app.Printer.T("payoff.more.each")).OnChanged("139,34")
	s.Tap(app.Printer.T("payoff.more.compare"))
	s.WaitFor(app.Printer.T("payoff.more.saved"))
}

func TestPayoff_Pictures(t *testing.T) {
	held := with()
	held.Hold = make(chan struct{})
	defer close(held.Hold)
	failing := func(err error) *fake {
		f := with(lease())
		f.payoffErr = err
		return f
	}
	for state, tt := range map[string]struct {
		fake *fake
		wait string // catalogue key
		id   string
		then func(app *uitest.App, s *uitest.Screen)
		high float32 // more than the window, to see all of it
	}{
		"lease": {with(lease(), loan(), uitest.Closed()), "payoff.waiting.title", "a1", nil, 0},
		"open": {with(lease()), "payoff.waiting.title", "a1", func(app *uitest.App, s *uitest.Screen) {
			for _, line := range []string{"payoff.line.residual", "payoff.line.unpaid"} {
				s.Tap(app.Printer.T("payoff.line.show", text.Vars{"Line": app.Printer.T(line)}))
			}
			name := app.Printer.T("payoff.line.unearned", text.Vars{"Rate": app.Printer.Percent(5.88)})
			s.Tap(app.Printer.T("payoff.line.show", text.Vars{"Line": name}))
		}, 0},
		"loan":    {with(loan()), "payoff.waiting.title", "", compared, 400},
		"closed":  {with(lease(), uitest.Closed()), "payoff.closed.title", "a3", nil, 0},
		"unknown": {failing(services.Fail(services.CodeConflict)), "payoff.unknown.title", "", nil, 0},
		"failing": {failing(services.Fail(services.CodeUnavailable)), "payoff.failed.title", "", nil, 0},
		"loading": {held, "", "", nil, 0},
		"failed":  {&fake{Lender: uitest.Lender{Err: services.Fail(services.CodeUnavailable)}}, "nav.agreements.failed", "", nil, 0},
		"empty":   {with(), "payoff.empty.title", "", nil, 0},
	} {
		uitest.EachLook(t, state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			s := app.Show(t, payoff.New(app.Env(), tt.fake.deps(), tt.id), uitest.PageSize.AddWidthHeight(0, tt.high))
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

func TestPayoff_Layout(t *testing.T) {
	for _, id := range []string{"a1", "a2", "a3"} {
		uitest.EachRoom(t, func(t *testing.T, app *uitest.App, room fyne.Size) *uitest.Screen {
			f := with(lease(), loan(), uitest.Closed())
			s := app.Show(t, payoff.New(app.Env(), f.deps(), id), room)
			switch id {
			case "a1":
				s.WaitFor(app.Printer.T("payoff.waiting.title"))
			case "a2":
				s.WaitFor(app.Printer.T("payoff.waiting.title"))
				compared(app, s)
			default:
				s.WaitFor(app.Printer.T("payoff.closed.title"))
			}
			return s
		})
	}
}

// enter types into a field as a person does.
func enter(s *uitest.Screen, f *kit.Field, typed string) {
	f.SetText(typed)
	f.OnChanged(typed)
	s.Drain()
}

func TestPayoff_ChoosesTheDay(t *testing.T) {
	f := with(lease())
	_, s := show(t, text.English, f, "")
	s.WaitFor("Total on November\u00a021,\u00a02026")
	day := s.Field("On this day")
	enter(s, day, "2027-03-01")
	s.WaitFor("Total on March\u00a01,\u00a02027")
	s.WaitFor("An estimate, good until March\u00a010,\u00a02027. Each later day adds $7.13. It takes the 4 payments that fall due before then as made.")
	for typed, want := range map[string]string{"2026-11-20": "", "2029-05-02": "", "nonsense": ""} {
		enter(s, day, typed)
		if !s.Has("Total on March\u00a01,\u00a02027") || day.Text() != typed {
			t.Errorf("%q%s changed the figures, or was lost: %q", typed, want, s.Texts())
		}
	}
	f.Lock()
	defer f.Unlock()
	if want := []services.PayoffQuery{
		{AgreementID: "a1", On: uitest.Date(2026, 11, 21), Choice: services.PayoffBuy}, {AgreementID: "a1", On: uitest.Date(2027, 3, 1), Choice: services.PayoffBuy},
	}; !slices.Equal(f.asked, want) {
		t.Errorf("asked %+v", f.asked)
	}
}

// Where today is over already at the agreement's home, the page begins with the day after.
func TestPayoff_TodayIsOver(t *testing.T) {
	f := with(lease())
	f.over = uitest.Date(2026, 11, 21)
	_, s := show(t, text.English, f, "")
	s.WaitFor("Total on November\u00a022,\u00a02026")
	if got := s.Field("On this day").Text(); got != "November\u00a022,\u00a02026" {
		t.Errorf("the day is %q", got)
	}
}

// What the service refuses is said under what was typed, which stays.
func TestPayoff_RefusedDay(t *testing.T) {
	f := with(lease())
	_, s := show(t, text.English, f, "")
	s.WaitFor("Compared with waiting")
	f.Set(func() { f.over = uitest.Date(2026, 11, 23) })
	enter(s, s.Field("On this day"), "2026-11-23")
	s.WaitFor("This day is over. Please choose a later one.")
	if got := s.Field("On this day").Text(); got != "2026-11-23" {
		t.Errorf("the day is %q", got)
	}
	enter(s, s.Field("On this day"), "2026-11-24")
	s.WaitFor("Total on November\u00a024,\u00a02026")
}

func TestPayoff_ReturnsTheCar(t *testing.T) {
	_, s := show(t, text.English, with(lease()), "")
	s.WaitFor("Purchase price at the end (residual)")
	way := uitest.All[*kit.Segmented](s)[0]
	way.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	s.WaitFor("2,905\u00a0km over the allowance by then, at $0.20")
	if s.Has("Purchase price") || !s.Has("Détailing") || !s.Has("It supposes that the car sells for its residual value") {
		t.Errorf("the screen says %q", s.Texts())
	}
}

// Where the lender's figures do not add up there is nothing to compare either, and the way to write is there.
func TestPayoff_DoesNotAddUp(t *testing.T) {
	f := with(loan())
	f.payoffErr = services.Fail(services.CodeConflict)
	app, s := show(t, text.English, f, "")
	s.WaitFor("Only we can tell this amount")
	if s.Has("Pay more, finish sooner") {
		t.Error("paying more is offered")
	}
	s.Tap("Message us")
	if want := []nav.Route{{Page: nav.PageCompose, Payload: nav.ComposePreset{Topic: "payoff", AgreementID: "a2"}}}; !slices.Equal(app.Went, want) {
		t.Errorf("went to %v", app.Went)
	}
}

// Every line opens, with the keyboard too, and the focus stays on it.
func TestPayoff_OpensLines(t *testing.T) {
	app, s := show(t, text.English, with(lease()), "")
	s.WaitFor("Compared with waiting")
	for i, line := range ofLease(services.PayoffQuery{On: uitest.Date(2026, 11, 21), Choice: services.PayoffBuy}).Lines {
		var open *kit.Button
		for _, b := range uitest.All[*kit.Button](s) {
			if strings.HasPrefix(b.AccessibilityLabel(), "Show the numbers behind") {
				open = b
				break
			}
		}
		if open == nil {
			t.Fatalf("line %d (%s) does not open", i, line.Kind)
		}
		s.Canvas().Focus(open)
		s.Press(fyne.KeySpace)
		s.Drain()
		if b, ok := s.Canvas().Focused().(*kit.Button); !ok || !strings.HasPrefix(b.AccessibilityLabel(), "Hide the numbers behind") {
			t.Errorf("the focus is on %v", s.Canvas().Focused())
		}
	}
	for _, want := range []string{
		"26 × $749.83 = $19,495.58.", "By November\u00a021,\u00a02026, $19,495.58 of payments are worth $14,379.07 at this rate",
		"5% of $44,829.07 = $2,241.45, rounded by itself.", "Nothing is past due.", "Your contract names it.",
	} {
		if !s.Has(want) {
			t.Errorf("%q is not shown; the screen says %q", want, s.Texts())
		}
	}
	app.Printer = uitest.Printer(t, text.French)
	s.Rebuild()
	if !s.Has("Rien n’est en retard.") {
		t.Error("another language closes what was opened")
	}
}

func TestPayoff_AsksForAQuote(t *testing.T) {
	app, s := show(t, text.English, with(lease()), "")
	s.WaitFor("Compared with waiting")
	s.Tap("Ask for a binding quote")
	if len(app.Went) != 1 || app.Went[0].Page != nav.PageCompose {
		t.Fatalf("went to %v", app.Went)
	}
	preset := app.Went[0].Payload.(nav.ComposePreset)
	if preset.Topic != "payoff" || preset.AgreementID != "a1" {
		t.Errorf("%+v", preset)
	}
}

// The message has every figure as the screen shows it, in the language of the person.
func TestPayoff_QuoteInWords(t *testing.T) {
	for lang, want := range map[text.Lang]string{
		text.English: `I would like a binding quote to end my lease and buy the car on November 21, 2026: 2024 BMW i4 eDrive40 · Lease ending 4471.

The estimate that I see:
Remaining payments, 26 × $749.83 before tax: $19,495.58
Less rent charge not yet earned, at 5.88%: − $5,116.51
Purchase price at the end (residual): $30,000.00
Purchase option fee: $450.00
GST 5%: $2,241.45
QST 9.975%: $4,471.70
Unpaid amounts: $0.00
Total on November 21, 2026: $51,542.22

An estimate, good until November 30, 2026. Each later day adds $7.13. It takes the 4 payments that fall due before then as made. Banks are closed on November 21, 2026: a payment for that day goes through on November 23, 2026.`,
		text.French: `J’aimerais recevoir un montant ferme pour mettre fin à ma location et acheter l’auto le 21 novembre 2026 : BMW i4 eDrive40 2024 · Location se terminant par 4471.

L’estimation que je vois :
Paiements à venir, 26 × 749,83 $ avant taxes : 19 495,58 $
Moins les frais de location non encore courus, à 5,88 % : − 5 116,51 $
Prix d’achat à la fin (valeur résiduelle) : 30 000,00 $
Frais d’option d’achat : 450,00 $
TPS 5 % : 2 241,45 $
TVQ 9,975 % : 4 471,70 $
Montants impayés : 0,00 $
Total au 21 novembre 2026 : 51 542,22 $

Une estimation, valable jusqu’au 30 novembre 2026. Chaque jour de plus ajoute 7,13 $. Elle suppose faits les 4 paiements dus d’ici là. Les banques sont fermées le 21 novembre 2026 : un paiement pour ce jour-là passe le 23 novembre 2026.`,
	} {
		app, s := show(t, lang, with(lease()), "")
		s.WaitFor(app.Printer.T("payoff.waiting.title"))
		s.Tap(app.Printer.T("payoff.ask"))
		body := app.Went[0].Payload.(nav.ComposePreset).Body
		if got := strings.ReplaceAll(body, "\u00a0", " "); got != want {
			t.Errorf("%s: the message says\n%s", lang, got)
		}
	}
}

func TestPayoff_SavesAPDF(t *testing.T) {
	app, s := show(t, text.French, with(loan()), "")
	app.Files.SaveAs = "somewhere"
	s.WaitFor("Si vous attendiez")
	s.Tap("Enregistrer en PDF")
	data := app.Files.Saved["remboursement-0268-2026-11-21.pdf"]
	if !bytes.HasPrefix(data, []byte("%PDF-")) || len(app.Toasts) != 1 {
		t.Errorf("saved %d bytes as %v, said %q", len(data), app.Files.Saved, app.Toasts)
	}
	app.Files.SaveAs, app.Files.SaveTo = "", services.Fail(services.CodeUnavailable)
	s.Tap("Enregistrer en PDF")
	if len(app.Toasts) != 2 || !strings.Contains(app.Toasts[1], "n’a pas pu") {
		t.Errorf("said %q", app.Toasts)
	}
}

func TestPayoff_Ways(t *testing.T) {
	app, s := show(t, text.English, with(lease()), "")
	s.WaitFor("Compared with waiting")
	s.Tap("See the end of the lease")
	s.Tap("‹ Payments")
	if want := []nav.Route{{Page: nav.PageLeaseEnd, Arg: "a1"}, {Page: nav.PagePayments, Arg: "a1"}}; !slices.Equal(app.Went, want) {
		t.Errorf("went to %v", app.Went)
	}
}

func TestPayoff_MoreInput(t *testing.T) {
	f := with(loan())
	_, s := show(t, text.English, f, "")
	s.WaitFor("Pay more, finish sooner")
	each, once := s.Field("More with each payment"), s.Field("More, once")
	s.Tap("Compare")
	s.WaitFor("Enter an amount here, or one to pay once.")
	for typed, want := range map[string]string{"50.005": "Write cents with two digits, like 847.32.", "-5": "An amount to pay has no minus sign.", "lots": "Enter an amount, like 50.00."} {
		enter(s, each, typed)
		s.Tap("Compare")
		if each.Error() != want || each.Text() != typed {
			t.Errorf("%q: %q, %q", typed, each.Error(), each.Text())
		}
	}
	enter(s, each, "")
	enter(s, once, "1 000,00 $")
	s.Tap("Compare")
	if day := s.Field("Once, on or after"); day.Error() != "Choose a day for the amount to pay once." {
		t.Errorf("the day says %q", day.Error())
	}
	enter(s, s.Field("Once, on or after"), "March 1, 2027")
	f.Set(func() { f.moreErr = services.Invalid("once", services.ReasonTooMuch) })
	s.Tap("Compare")
	s.WaitFor("This is more than you owe.")
	f.Set(func() { f.moreErr = services.Fail(services.CodeUnavailable) })
	enter(s, once, "1000")
	s.Tap("Compare")
	s.Until("the second answer", func() bool { f.Lock(); defer f.Unlock(); return len(f.what) == 2 && s.Enabled("Compare") })
	f.Set(func() { f.moreErr = nil })
	s.Tap("Compare")
	s.WaitFor("Paid off on May\u00a01,\u00a02027 instead of September\u00a01,\u00a02027, with 4 fewer payments.")
	f.Lock()
	got := f.what[2]
	f.Unlock()
	if got.AgreementID != "a2" || !got.Once.Equal(uitest.Money("1000")) || got.On != uitest.Date(2027, 3, 1) || got.Each.IsPositive() {
		t.Errorf("asked %+v", got)
	}
	s.Rebuild()
	if s.Field("More, once").Text() != "$1,000.00" || !s.Has("$139.18") {
		t.Errorf("drawing anew loses what was typed: %q", s.Texts())
	}
}

func TestPayoff_Switch(t *testing.T) {
	f := with(lease(), loan(), uitest.Closed())
	_, s := show(t, text.English, f, "")
	s.WaitFor("Compared with waiting")
	s.Tap("Lease ending 4471")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyReturn)
	s.WaitFor("Interest for 22 days, at 6%")
	if !s.Has("What it costs to pay off your loan") || s.Has("You will") {
		t.Errorf("the screen says %q", s.Texts())
	}
}

func TestPayoff_Retries(t *testing.T) {
	f := with(lease())
	f.Err = services.Fail(services.CodeUnavailable)
	_, s := show(t, text.English, f, "")
	s.WaitFor("Your agreements could not be read")
	f.Set(func() { f.Err, f.payoffErr = nil, services.Fail(services.CodeInternal) })
	s.Tap("Try again")
	s.WaitFor("This could not be worked out")
	f.Set(func() { f.payoffErr = nil })
	s.Tap("Try again")
	s.WaitFor("Compared with waiting")
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventRefetch})
	s.WaitFor("Compared with waiting")
}

func TestPayoff_LateAnswersAreDropped(t *testing.T) {
	f := with(lease())
	f.Hold = make(chan struct{})
	_, s := show(t, text.English, f, "")
	s.Page().Stop()
	close(f.Hold)
	s.Page().Start()
	s.Rebuild()
	s.WaitFor("Compared with waiting")
}
