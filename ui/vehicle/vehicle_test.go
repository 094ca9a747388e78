package vehicle_test

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
	"myaccount/ui/vehicle"
)

func TestVehicle_Pictures(t *testing.T) {
	held := &fake{Lender: uitest.Lender{Hold: make(chan struct{})}}
	defer close(held.Hold)
	fresh := full(uitest.Loan())
	fresh.log = nil
	states := map[string]struct {
		fake  *fake
		wait  string // catalogue key
		press string // likewise
		chose string
	}{
		"full":    {full(uitest.Lease(), uitest.Loan(), uitest.Closed()), "vehicle.step.repair", "", "a1"},
		"decoded": {full(uitest.Lease(), uitest.Loan(), uitest.Closed()), "vehicle.step.repair", "vehicle.vin.show", "a1"},
		"adding":  {full(uitest.Lease(), uitest.Loan(), uitest.Closed()), "vehicle.step.repair", "vehicle.distance.add", "a1"},
		"closed":  {full(uitest.Lease(), uitest.Loan(), uitest.Closed()), "vehicle.log.lender", "", "a3"},
		"fresh":   {fresh, "vehicle.log.none", "", ""},
		"loading": {held, "", "", ""},
		"failed":  {&fake{Lender: uitest.Lender{Err: services.Fail(services.CodeUnavailable)}}, "nav.agreements.failed", "", ""},
		"empty":   {&fake{}, "nav.agreements.empty.title", "", ""},
	}
	for state, tt := range states {
		uitest.EachLook(t, state, func(t *testing.T, app *uitest.App) *uitest.Screen {
			s := app.Show(t, vehicle.New(app.Env(), tt.fake.deps(), tt.chose), uitest.PageSize)
			if tt.wait != "" {
				s.WaitFor(app.Printer.T(tt.wait))
			}
			if len(tt.fake.log) > 0 {
				s.WaitFor(app.Printer.T("nav.chart.table"))
			}
			if tt.press != "" {
				s.Tap(app.Printer.T(tt.press))
			}
			return s
		})
	}
}

func TestVehicle_Layout(t *testing.T) {
	for _, id := range []string{"a1", "a2", "a3"} {
		uitest.EachRoom(t, func(t *testing.T, app *uitest.App, room fyne.Size) *uitest.Screen {
			f := full(uitest.Lease(), uitest.Loan(), uitest.Closed())
			s := app.Show(t, vehicle.New(app.Env(), f.deps(), id), room)
			s.WaitFor(app.Printer.T("nav.chart.table"))
			if id == "a1" {
				s.WaitFor(app.Printer.T("vehicle.step.repair"))
			}
			s.Tap(app.Printer.T("vehicle.vin.show"))
			if id != "a3" {
				s.Tap(app.Printer.T("vehicle.distance.add"))
			}
			return s
		})
	}
}

func show(t *testing.T, lang text.Lang, f *fake, id string) (*uitest.App, *uitest.Screen) {
	app := uitest.NewApp(t, lang, theme.Light, 1)
	return app, app.Show(t, vehicle.New(app.Env(), f.deps(), id), uitest.PageSize)
}

func TestVehicle_Figures(t *testing.T) {
	over := full(uitest.Lease())
	over.end.Distance = &services.Forecast{Projected: 83_700, Excess: 3_700, Cost: uitest.Money("740.00")}
	for name, tt := range map[string]struct {
		fake *fake
		lang text.Lang
		want []string
	}{
		"under": {full(uitest.Lease()), text.English, []string{
			"2024 BMW i4 eDrive40", "Lease ending 4471", "WBY43AW01RF000006", "2024", "May\u00a01,\u00a02025", "31,480 km", "78,700 km", "80,000 km",
			"1,300 km under. Nothing to pay; kilometres beyond the allowance cost $0.20 each when the car is returned.",
			"Jan\u00a031,\u00a02029", "Mar\u00a02,\u00a02029 – Apr\u00a01,\u00a02029", "Within 10 days", "Read by us", "Corrected", "31,840 km",
		}},
		"over":   {over, text.English, []string{"83,700 km", "3,700 km over. At $0.20 each, they would cost $740.00 when the car is returned."}},
		"prêt":   {full(uitest.Loan()), text.French, []string{"31\u00a0480 km", "Relevé par nous", "31\u00a0480 km le 3\u00a0nov.\u00a02026."}},
		"closed": {full(uitest.Closed()), text.English, []string{"Loan ending 1177 (closed)", "31,480 km on Nov\u00a03,\u00a02026."}},
	} {
		t.Run(name, func(t *testing.T) {
			app, s := show(t, tt.lang, tt.fake, "")
			s.WaitFor(app.Printer.T("nav.chart.table"))
			for _, want := range tt.want {
				s.WaitFor(want)
			}
		})
	}
}

// The number says who built the vehicle and when; one that does not check says so, and one that is no number is left.
func TestVehicle_Number(t *testing.T) {
	app, s := show(t, text.English, full(uitest.Lease()), "")
	s.WaitFor("What the characters mean")
	s.Tap("What the characters mean")
	for _, want := range []string{"WBY", "43AW0", "000006", "12–17", "Model year: 2024", "Number of this vehicle"} {
		if !s.Has(want) {
			t.Errorf("%q is not shown; the screen says %q", want, s.Texts())
		}
	}
	if s.Has(app.Printer.T("vehicle.vin.check.wrong")) {
		t.Error("a right check digit is doubted")
	}
	s.Tap("Copy")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "WBY43AW01RF000006" || len(app.Toasts) != 1 {
		t.Errorf("copied %q, said %q", got, app.Toasts)
	}
	doubtful, short := uitest.Lease(), uitest.Lease()
	doubtful.VIN, short.VIN = "WBA3A5C51DF598123", "12345"
	_, s = show(t, text.English, full(doubtful), "")
	s.WaitFor("What the characters mean")
	s.Tap("What the characters mean")
	if !s.Has(app.Printer.T("vehicle.vin.check.wrong")) {
		t.Errorf("a wrong check digit is not told: %q", s.Texts())
	}
	_, s = show(t, text.English, full(short), "")
	s.WaitFor("12345")
	if s.Has("What the characters mean") {
		t.Error("what is no number is decoded")
	}
}

func TestVehicle_Add(t *testing.T) {
	f := full(uitest.Lease())
	app, s := show(t, text.English, f, "")
	s.WaitFor("Add a reading")
	s.Tap("Add a reading")
	s.TypeFocused("32 000 km")
	s.Rebuild() // the language changes
	if got := s.Field("What the odometer says, in km").Text(); got != "32 000 km" {
		t.Errorf("typed %q is left", got)
	}
	s.Tap("Save the reading")
	s.WaitFor("32,000 km")
	s.WaitGone("Save the reading")
	want := []services.NewReading{{Km: 32_000, On: uitest.Date(2026, 11, 21)}}
	if !slices.Equal(f.added, want) || len(app.Toasts) != 1 {
		t.Errorf("added %v, want %v; said %q", f.added, want, app.Toasts)
	}
}

// Opening a reading corrects it: the form begins with its day.
func TestVehicle_Correct(t *testing.T) {
	f := full(uitest.Lease())
	_, s := show(t, text.English, f, "")
	s.WaitFor("Read by us")
	list := uitest.All[*kit.List[services.Reading]](s)[0]
	s.Canvas().Focus(list)
	for range 3 {
		s.Press(fyne.KeyDown)
	}
	s.Press(fyne.KeyReturn)
	s.TypeFocused("20,000")
	s.Press(fyne.KeyReturn)
	s.WaitGone("Save the reading")
	if want := []services.NewReading{{Km: 20_000, On: uitest.Date(2026, 4, 20)}}; !slices.Equal(f.added, want) {
		t.Errorf("added %v, want %v", f.added, want)
	}
}

func TestVehicle_AddRefused(t *testing.T) {
	f := full(uitest.Lease())
	f.addErr = services.Invalid("km", services.ReasonTooLow)
	_, s := show(t, text.English, f, "")
	s.WaitFor("Add a reading")
	s.Tap("Add a reading")
	s.Tap("Save the reading")
	s.WaitFor("Enter what the odometer says.")
	s.TypeFocused("30x")
	s.Tap("Save the reading")
	s.WaitFor("Enter whole kilometres, like 31,480.")
	s.Field("What the odometer says, in km").SetText("")
	s.TypeFocused("30000")
	s.Tap("Save the reading")
	s.WaitFor("This is less than on an earlier day. Please check it.")
	f.Lock()
	f.addErr = services.Fail(services.CodeUnavailable)
	f.Unlock()
	s.Tap("Save the reading")
	s.WaitFor("The reading was not saved")
	s.AssertLayout()
	if got := s.Field("What the odometer says, in km").Text(); got != "30000" {
		t.Errorf("typed %q is left", got)
	}
	s.Tap("Cancel")
	s.WaitGone("Save the reading")
	if len(f.added) > 0 {
		t.Errorf("added %v", f.added)
	}
}

func TestVehicle_Ways(t *testing.T) {
	f := full(uitest.Lease())
	app, s := show(t, text.English, f, "")
	s.WaitFor("See your options")
	s.Tap("See your options")
	if want := []nav.Route{{Page: nav.PageLeaseEnd, Arg: "a1"}}; !slices.Equal(app.Went, want) {
		t.Errorf("went to %v, want %v", app.Went, want)
	}
	s.Tap("Service history")
	f.openErr = errors.New("no browser")
	s.Tap("Book a service")
	if want := []string{"https://service.example.ca/history", "https://service.example.ca/booking"}; !slices.Equal(f.opened, want) {
		t.Errorf("opened %q, want %q", f.opened, want)
	}
	if len(app.Toasts) != 1 {
		t.Errorf("said %q", app.Toasts)
	}
}

func TestVehicle_PartsFail(t *testing.T) {
	f := full(uitest.Lease())
	f.logErr, f.endErr = services.Fail(services.CodeUnavailable), services.Fail(services.CodeUnavailable)
	_, s := show(t, text.English, f, "")
	s.Until("both to fail", func() bool {
		n := 0
		for _, said := range s.Texts() {
			if said == "Try again" {
				n++
			}
		}
		return n == 2
	})
	f.Lock()
	f.logErr, f.endErr = nil, nil
	f.Unlock()
	s.Tap("Try again")
	s.WaitFor("31,480 km")
	s.Tap("Try again")
	s.WaitFor("Within 10 days")
}

func TestVehicle_Switch(t *testing.T) {
	f := full(uitest.Lease(), uitest.Loan())
	_, s := show(t, text.English, f, "")
	s.WaitFor("Within 10 days")
	s.Tap("Lease ending 4471")
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyDown)
	s.Press(fyne.KeyReturn)
	s.WaitFor("2025 BMW X5 xDrive40i")
	if s.Has("Within 10 days") || s.Has("Allowance") {
		t.Errorf("a loan has the end of a lease: %q", s.Texts())
	}
	if s.Canvas().Focused() == nil {
		t.Error("the focus is lost")
	}
	f.Lock()
	f.List[1].Vehicle.Model = "X5 M"
	f.Unlock()
	s.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventRefetch})
	s.WaitFor("2025 BMW X5 M")
}
