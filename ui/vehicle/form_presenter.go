package vehicle

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"myaccount/services"
	"myaccount/ui/nav"
)

// The fields of a reading.
const (
	fieldKm = "km"
	fieldOn = "on"
)

// form is a reading that is being typed.
type form struct {
	km     string // as typed
	on     string // likewise
	busy   bool
	fields map[string]string // field to reason
	err    error             // why it was not kept, where no field is to blame
}

// add begins a reading on a day, or as it was left.
func (p *presenter) add(on string) {
	p.form = &form{on: on, fields: map[string]string{}}
	p.changed()
}

// cancel drops what is typed.
func (p *presenter) cancel() {
	p.form = nil
	p.changed()
}

// save keeps what is typed, read on a day, and calls done with what became of it. Without a day, the field says itself
// what is wrong with it.
func (p *presenter) save(on services.Date, sure bool, done func(kept bool)) {
	f := p.form
	if f.busy {
		return
	}
	km, reason := parseKm(f.km)
	f.err, f.fields = nil, map[string]string{}
	if reason != "" {
		f.fields[fieldKm] = reason
	}
	if !sure && f.on == "" {
		f.fields[fieldOn] = services.ReasonRequired
	}
	if reason != "" || !sure {
		p.changed()
		done(false)
		return
	}
	f.busy = true
	p.changed()
	id := p.shown
	nav.Run(&p.scope, func(ctx context.Context) (services.Reading, error) {
		return p.deps.Odometers.AddReading(ctx, id, services.NewReading{Km: km, On: on})
	}, func(_ services.Reading, err error) {
		f.busy = false
		if err == nil {
			p.load()
		}
		if p.form != f {
			return // it was given up meanwhile
		}
		if err == nil {
			p.form = nil
		} else {
			f.refused(err)
		}
		p.changed()
		done(err == nil)
	})
}

// refused notes why a reading was not kept.
func (f *form) refused(err error) {
	if fields := services.FieldsOf(err); len(fields) > 0 {
		f.fields = fields
		return
	}
	f.err = err
}

// grouped are digits in groups of three, as people write thousands in either language.
var grouped = regexp.MustCompile(`^\d{1,3}(?:([ ,.'])\d{3})(?:[ ,.']\d{3})*$`)

// parseKm reads whole kilometres as they are written in either language: "31,480", "31 480 km". reason says what is
// wrong with it, "" for nothing.
func parseKm(typed string) (km int64, reason string) {
	s := strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(strings.ToLower(typed))
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "km"))
	if s == "" {
		return 0, services.ReasonRequired
	}
	if grouped.MatchString(s) {
		s = strings.NewReplacer(" ", "", ",", "", ".", "", "'", "").Replace(s)
	}
	km, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil || km < 0:
		return 0, services.ReasonFormat
	case km == 0:
		return 0, services.ReasonRequired
	}
	return km, ""
}
