package kit

import (
	"errors"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"myaccount/services/text"
	"myaccount/ui/theme"
)

// DateField is a field for a day. It is typed in any usual notation, or picked
// from a month that opens under it on Down or on the button at its end. Once it
// is left, a day that was understood stands there in full; what was not
// understood stays as it is, with what is wrong with it under it.
type DateField struct {
	widget.BaseWidget
	// OnChanged is called after each change by the person. Date says what is
	// there then.
	OnChanged func()
	// OnSubmitted is called on Enter with a day that may be chosen; without it
	// Enter goes to the page.
	OnSubmitted func()
	// Today is marked in the month; it opens there while no day is chosen. The
	// zero Date marks none.
	Today civil.Date

	printer     *text.Printer
	field       *Field
	first, last civil.Date
	closed      func(civil.Date) string
	panel       *datePanel
}

// NewDateField makes an empty field that speaks the printer's language and
// takes any day.
func NewDateField(label string, printer *text.Printer) *DateField {
	d := &DateField{printer: printer, field: NewField(label)}
	f := d.field
	f.MaxRunes, f.Room = 60, printer.DateLong(civil.Date{Year: 2026, Month: 9, Day: 30}) // one of the longest
	f.toggle.icon, f.toggle.text, f.toggle.OnTapped = theme.IconCalendar, printer.T("text.date.choose"), d.open
	f.toggle.Show()
	f.OnChanged = func(string) {
		f.SetError("")
		d.changed()
	}
	f.OnSubmitted = func(string) { d.submit() }
	f.OnFocus = func(on bool) {
		if !on {
			d.Check()
		}
	}
	f.OnKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyDown {
			d.open()
		}
		return ev.Name == fyne.KeyDown
	}
	d.ExtendBaseWidget(d)
	return d
}

// SetBounds sets the first and the last day that may be chosen; a zero Date
// bounds nothing.
func (d *DateField) SetBounds(first, last civil.Date) { d.first, d.last = first, last }

// SetClosed sets what says why a day within the bounds may not be chosen, as a
// sentence; "" for one that may.
func (d *DateField) SetClosed(reason func(civil.Date) string) { d.closed = reason }

// Date returns the day that is there, and whether it may be chosen.
func (d *DateField) Date() (civil.Date, bool) {
	date, problem := d.read()
	return date, problem == "" && date.IsValid()
}

// SetDate puts a day there; the zero Date empties the field.
func (d *DateField) SetDate(date civil.Date) {
	if date.IsZero() {
		d.set("")
		return
	}
	d.set(d.printer.DateLong(date))
}

// Text returns what is typed, understood or not.
func (d *DateField) Text() string { return d.field.Text() }

// SetText puts there what was typed before, be it in the other language.
func (d *DateField) SetText(typed string) {
	d.set(typed)
	if typed != "" {
		d.Check()
	}
}

// set changes the words without telling.
func (d *DateField) set(words string) {
	tell := d.field.OnChanged
	d.field.OnChanged = nil
	d.field.SetText(words)
	d.field.OnChanged = tell
	d.field.SetError("")
}

// Check writes a day that was understood in full, or shows what is wrong. It
// says whether there is nothing wrong; an empty field has nothing wrong.
func (d *DateField) Check() bool {
	date, problem := d.read()
	if date.IsValid() {
		d.SetDate(date)
	}
	d.field.SetError(problem)
	return problem == ""
}

// read returns the day that is typed, and what is wrong with it, "" for nothing.
// The day is zero where none could be read.
func (d *DateField) read() (date civil.Date, problem string) {
	date, err := d.printer.ParseDate(d.field.Text())
	switch {
	case err == nil:
		return date, d.refusal(date)
	case errors.Is(err, text.ErrDateEmpty):
		return civil.Date{}, ""
	case errors.Is(err, text.ErrDateAmbiguous):
		return civil.Date{}, d.printer.T("text.date.ambiguous")
	case errors.Is(err, text.ErrDateMissing):
		return civil.Date{}, d.printer.T("text.date.missing")
	default:
		return civil.Date{}, d.printer.T("text.date.format", text.Vars{"Example": d.printer.DateLong(d.example())})
	}
}

// example is a day to show how one is written.
func (d *DateField) example() civil.Date {
	for _, date := range []civil.Date{d.first, d.Today} {
		if !date.IsZero() {
			return date
		}
	}
	return civil.Date{Year: 2027, Month: 3, Day: 1}
}

// refusal says why a day may not be chosen, "" if it may.
func (d *DateField) refusal(date civil.Date) string {
	switch {
	case date.Before(d.first):
		return d.printer.T("text.date.early", text.Vars{"Date": d.printer.DateLong(d.first)})
	case !d.last.IsZero() && date.After(d.last):
		return d.printer.T("text.date.late", text.Vars{"Date": d.printer.DateLong(d.last)})
	case d.closed != nil:
		return d.closed(date)
	}
	return ""
}

func (d *DateField) changed() {
	if d.OnChanged != nil {
		d.OnChanged()
	}
}

// submit hands Enter on, unless the day has to be changed first.
func (d *DateField) submit() {
	switch {
	case !d.Check():
	case d.OnSubmitted != nil:
		d.OnSubmitted()
	default:
		passKey(d.field.input, &fyne.KeyEvent{Name: fyne.KeyReturn})
	}
}

// choose takes a day from the month.
func (d *DateField) choose(date civil.Date) {
	d.close()
	d.SetDate(date)
	d.changed()
}

// SetLabel changes the label.
func (d *DateField) SetLabel(label string) { d.field.SetLabel(label) }

// SetHint sets the grey line under the field; an error hides it.
func (d *DateField) SetHint(hint string) { d.field.SetHint(hint) }

// SetError shows a red border and a red line; "" takes both away.
func (d *DateField) SetError(sentence string) { d.field.SetError(sentence) }

// Error returns the error that is shown.
func (d *DateField) Error() string { return d.field.Error() }

// Focus puts the cursor into the field.
func (d *DateField) Focus(c fyne.Canvas) { d.field.Focus(c) }

// Focusable returns the part that takes the focus.
func (d *DateField) Focusable() fyne.Focusable { return d.field.Focusable() }

// Disable takes no day.
func (d *DateField) Disable() {
	d.field.toggle.Disable()
	d.field.Disable()
}

// Enable takes days again.
func (d *DateField) Enable() {
	d.field.toggle.Enable()
	d.field.Enable()
}

// Disabled is part of fyne.Disableable.
func (d *DateField) Disabled() bool { return d.field.Disabled() }

// CreateRenderer is part of fyne.Widget.
func (d *DateField) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.field) }
