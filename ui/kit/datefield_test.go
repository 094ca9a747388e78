package kit_test

import (
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"myaccount/assets"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// speaker returns the printer of a language.
func speaker(t *testing.T, lang text.Lang) *text.Printer {
	t.Helper()
	c, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(lang)
}

func march(n int) civil.Date { return civil.Date{Year: 2027, Month: time.March, Day: n} }

// dateField makes a field of which days from March 5 to May 31 may be chosen, Sundays and Good Friday not.
func dateField(t *testing.T, lang text.Lang) *kit.DateField {
	t.Helper()
	d := kit.NewDateField("Day of the payment", speaker(t, lang))
	d.Today = march(4)
	d.SetBounds(march(5), civil.Date{Year: 2027, Month: time.May, Day: 31})
	d.SetClosed(func(date civil.Date) string {
		if date.Weekday() == time.Sunday || date == march(26) {
			return "Banks are closed on this day."
		}
		return ""
	})
	return d
}

// panelOf returns the month that is open over the window.
func panelOf(t *testing.T, win fyne.Window) fyne.CanvasObject {
	t.Helper()
	top := win.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("the month is not open")
	}
	return top
}

// keyOn types keys into what has the focus.
func keyOn(t *testing.T, win fyne.Window, names ...fyne.KeyName) {
	t.Helper()
	for _, name := range names {
		if win.Canvas().Focused() == nil {
			t.Fatalf("nothing has the focus at %s", name)
		}
		win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func TestDateField_Typed(t *testing.T) {
	d := dateField(t, text.English)
	win := show(t, container.NewVBox(d, kit.NewField("Other")), 500, 700)
	changes := 0
	d.OnChanged = func() { changes++ }
	leave := func(typed string) {
		win.Canvas().Focus(d.Focusable())
		d.SetText("")
		paste(d.Focusable(), typed)
		win.Canvas().Unfocus()
	}
	for typed, says := range map[string]string{
		"":             "",
		"2027-03-08":   "",
		"12 mars 2027": "",
		"06/04/2027":   "two ways",
		"soon":         "Write it like March\u00a05,\u00a02027",
		"2027-04-31":   "no such day",
		"2027-03-04":   "Choose March\u00a05,\u00a02027 or a later day",
		"2027-06-01":   "Choose May\u00a031,\u00a02027 or an earlier day",
		"2027-03-07":   "Banks are closed",
	} {
		leave(typed)
		if got := d.Error(); (got == "") != (says == "") || !strings.Contains(got, says) {
			t.Errorf("%q: says %q, want %q", typed, got, says)
		}
		if _, ok := d.Date(); ok != (says == "" && typed != "") {
			t.Errorf("%q: may be chosen: %v", typed, ok)
		}
	}
	leave("soon")
	if d.Text() != "soon" {
		t.Errorf("what was typed became %q", d.Text())
	}
	changes = 0
	leave("2027-03-08")
	if date, ok := d.Date(); !ok || date != march(8) || d.Text() != "March\u00a08,\u00a02027" || changes != 1 {
		t.Errorf("%v %v %q after %d changes", date, ok, d.Text(), changes)
	}
}

func TestDateField_KeepsWhatWasTypedInTheOtherLanguage(t *testing.T) {
	d := dateField(t, text.French)
	show(t, d, 500, 700)
	d.SetText("March 8, 2027")
	if date, ok := d.Date(); !ok || date != march(8) || d.Text() != "8\u00a0mars\u00a02027" {
		t.Errorf("%v %v %q", date, ok, d.Text())
	}
	d.SetText("bientôt")
	if d.Text() != "bientôt" || !strings.Contains(d.Error(), "5\u00a0mars\u00a02027") {
		t.Errorf("%q %q", d.Text(), d.Error())
	}
}

func TestDateField_Enter(t *testing.T) {
	d := dateField(t, text.English)
	win := show(t, d, 500, 700)
	reached := listen(win)
	win.Canvas().Focus(d.Focusable())
	paste(d.Focusable(), "2027-03-07")
	keyOn(t, win, fyne.KeyReturn)
	if len(reached.names) != 0 || d.Error() == "" {
		t.Error("Enter on a day that is refused reaches the page")
	}
	d.SetDate(march(8))
	keyOn(t, win, fyne.KeyReturn)
	if len(reached.names) != 1 {
		t.Error("Enter does not reach the page")
	}
	submitted := false
	d.OnSubmitted = func() { submitted = true }
	keyOn(t, win, fyne.KeyReturn)
	if !submitted {
		t.Error("Enter is not told")
	}
}

func TestDateField_Keyboard(t *testing.T) {
	tests := map[string]struct {
		keys []fyne.KeyName
		want civil.Date
	}{
		"opens at the day":          {nil, march(17)},
		"a day before":              {[]fyne.KeyName{fyne.KeyLeft}, march(16)},
		"a day on":                  {[]fyne.KeyName{fyne.KeyRight}, march(18)},
		"a week before":             {[]fyne.KeyName{fyne.KeyUp}, march(10)},
		"a week on":                 {[]fyne.KeyName{fyne.KeyDown}, march(24)},
		"the end of the week":       {[]fyne.KeyName{fyne.KeyEnd}, march(20)},
		"the first of the week":     {[]fyne.KeyName{fyne.KeyHome, fyne.KeyRight}, march(15)},
		"a month on":                {[]fyne.KeyName{fyne.KeyPageDown}, civil.Date{Year: 2027, Month: time.April, Day: 17}},
		"there and back":            {[]fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageUp}, march(17)},
		"never before the first":    {[]fyne.KeyName{fyne.KeyPageUp, fyne.KeyPageUp}, march(5)},
		"never after the last":      {[]fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown}, civil.Date{Year: 2027, Month: time.May, Day: 31}},
		"the last day of the month": {[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyPageDown}, civil.Date{Year: 2027, Month: time.April, Day: 30}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := dateField(t, text.English)
			win := show(t, d, 500, 700)
			d.SetDate(march(17))
			changes := 0
			d.OnChanged = func() { changes++ }
			win.Canvas().Focus(d.Focusable())
			keyOn(t, win, append(append([]fyne.KeyName{fyne.KeyDown}, test.keys...), fyne.KeyReturn)...)
			if got, ok := d.Date(); !ok || got != test.want || changes != 1 {
				t.Errorf("%v %v after %d changes, want %v", got, ok, changes, test.want)
			}
			if win.Canvas().Overlays().Top() != nil || win.Canvas().Focused() != d.Focusable() {
				t.Error("the month stays, or the focus is lost")
			}
		})
	}
}

func TestDateField_ClosedDays(t *testing.T) {
	d := dateField(t, text.English)
	win := show(t, d, 500, 700)
	d.SetDate(march(25))
	win.Canvas().Focus(d.Focusable())
	keyOn(t, win, fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn)
	if !says(panelOf(t, win), "Banks are closed on this day.") {
		t.Error("the month does not say why the day cannot be chosen")
	}
	keyOn(t, win, fyne.KeyEscape)
	if got, _ := d.Date(); got != march(25) {
		t.Errorf("Escape leaves %v", got)
	}
	if win.Canvas().Overlays().Top() != nil {
		t.Error("Escape does not close the month")
	}
}

func TestDateField_Pointer(t *testing.T) {
	d := dateField(t, text.English)
	win := show(t, container.NewVBox(d), 500, 700)
	open := func() {
		win.Canvas().Focus(d.Focusable())
		keyOn(t, win, fyne.KeyDown)
	}
	open()
	grid := win.Canvas().Focused().(interface {
		fyne.Tappable
		desktop.Hoverable
		fyne.CanvasObject
	})
	// March 2027 begins on a Monday: the 9th is the third day of the second week.
	cell := grid.Size()
	at := fyne.NewPos(cell.Width/7*2.5, cell.Height/7*2.5)
	grid.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	if !says(panelOf(t, win), "Tuesday, March\u00a09,\u00a02027") {
		t.Error("the day under the pointer is not said")
	}
	grid.Tapped(&fyne.PointEvent{Position: fyne.NewPos(2, cell.Height/7*1.5)})
	panelOf(t, win) // the last day of February has no cell here
	grid.Tapped(&fyne.PointEvent{Position: at})
	if got, ok := d.Date(); !ok || got != march(9) {
		t.Errorf("chose %v", got)
	}
	open()
	panelOf(t, win).(fyne.Tappable).Tapped(&fyne.PointEvent{})
	if win.Canvas().Overlays().Top() != nil {
		t.Error("a click beside the month does not close it")
	}
	d.Disable()
	open()
	if win.Canvas().Overlays().Top() != nil {
		t.Error("a disabled field opens the month")
	}
}

// The month is inside the window wherever the field stands.
func TestDateField_InTheWindow(t *testing.T) {
	for _, scale := range []float32{1, 2} {
		d := dateField(t, text.English)
		win := show(t, container.NewBorder(nil, d, nil, nil), 600, 700)
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, scale))
		win.Canvas().Focus(d.Focusable())
		keyOn(t, win, fyne.KeyDown)
		grid := win.Canvas().Focused().(fyne.CanvasObject)
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(grid)
		if at.Y < 0 || at.Y+grid.Size().Height > 700 || at.X+grid.Size().Width > 600 {
			t.Errorf("at %v the month of %v stands at %v", scale, grid.Size(), at)
		}
	}
}

func TestDateField_Pictures(t *testing.T) {
	app := test.NewTempApp(t)
	for i, look := range looks {
		t.Run(look.name, func(t *testing.T) {
			app.Settings().SetTheme(look.theme)
			lang := text.Langs()[i%2]
			d := dateField(t, lang)
			d.SetDate(march(17))
			refused := dateField(t, lang)
			refused.SetText("06/31/2027")
			sheet := container.NewStack(kit.NewGround(theme.Ground), kit.PageMargin(kit.VStack(16, d, refused)))
			win := window(t, sheet, look.width*0.45, 600)
			win.Canvas().Focus(d.Focusable())
			win.Canvas().Capture()
			keyOn(t, win, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight, fyne.KeyRight)
			golden(t, "datefield-"+look.name, win.Canvas().Capture())
		})
	}
}

// However little room it is given, a long date can be read in it as a whole.
func TestDateField_HasRoomForADate(t *testing.T) {
	for _, lang := range text.Langs() {
		p := speaker(t, lang)
		d := kit.NewDateField("Date", p)
		longest := p.DateLong(civil.Date{Year: 2026, Month: time.September, Day: 30})
		words := fyne.MeasureText(longest, 14, fyne.TextStyle{}).Width
		if room := d.MinSize().Width; room < words+60 {
			t.Errorf("%v: %v for %q, which takes %v", lang, room, longest, words)
		}
	}
}
