package entry

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// sample decides what the quiet box about the sample data offers.
type sample struct {
	scope   *nav.Scope
	data    services.SampleData
	tray    func(address string)
	changed func()

	loaded  bool
	loading bool
	calling bool // the advisor is being invited
	err     error
}

// resume asks whether the sample is there. Until that is known it can be loaded all the same: what is there already is not
// doubled.
func (s *sample) resume() {
	s.loading, s.calling = false, false
	nav.Run(s.scope, s.data.SampleLoaded, func(loaded bool, err error) {
		s.loaded, s.err = s.loaded || loaded, err
		s.changed()
	})
}

// load imports the sample portfolio, also when the person goes on meanwhile.
func (s *sample) load() {
	if s.loading {
		return
	}
	s.loading, s.err = true, nil
	s.changed()
	nav.Keep(s.scope, func(ctx context.Context) (struct{}, error) { return struct{}{}, s.data.LoadSample(ctx) },
		func(_ struct{}, err error) {
			s.loading, s.err = false, err
			s.loaded = err == nil
			s.changed()
		})
}

// invite puts a mail for the sample advisor into the tray and opens it there.
func (s *sample) invite() {
	if s.calling {
		return
	}
	s.calling, s.err = true, nil
	s.changed()
	nav.Keep(s.scope, s.data.InviteSampleAdvisor, func(address string, err error) {
		s.calling, s.err = false, err
		s.changed()
		if err == nil && s.tray != nil {
			s.tray(address)
		}
	})
}
