package settings

import (
	"context"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// The appearances there are, by the names that nav.Settings has for them.
var appearances = []string{"system", "light", "dark", "contrast"}

// The text sizes there are, in percent.
var textSizes = []int{100, 125, 150, 200}

// presenter decides what the page shows.
type presenter struct {
	scope   nav.Scope
	deps    Deps
	changed func()

	storage      services.StorageInfo
	storageKnown bool
	server       services.ServiceInfo
	sample       sampleState
	showLicences bool
	removal      removal // of everything
}

// sampleState is what is known of the sample data.
type sampleState struct {
	known, loaded, loading bool
	err                    error
}

func newPresenter(d nav.Dispatcher, deps Deps) *presenter {
	p := &presenter{scope: nav.Scope{Dispatcher: d}, deps: deps, changed: func() {}}
	p.removal = removal{dispatcher: d}
	return p
}

func (p *presenter) start() {
	p.scope.Start()
	p.sample.loading = false
	p.loadStorage()
	p.loadServer()
	if p.deps.Sample == nil {
		return
	}
	nav.Run(&p.scope, p.deps.Sample.SampleLoaded, func(loaded bool, err error) {
		p.sample.known, p.sample.loaded, p.sample.err = err == nil, loaded, err
		p.changed()
	})
}

func (p *presenter) loadStorage() {
	stored := p.deps.stored()
	if stored == nil {
		return
	}
	nav.Run(&p.scope, stored.Storage, func(info services.StorageInfo, err error) {
		if p.storageKnown = err == nil; p.storageKnown {
			p.storage = info
		}
		p.changed()
	})
}

func (p *presenter) loadServer() {
	if p.deps.Server == nil {
		return
	}
	nav.Run(&p.scope, p.deps.Server.Service, func(info services.ServiceInfo, err error) {
		if err == nil {
			p.server = info
			p.changed()
		}
	})
}

// setLanguage, setAppearance and setSize change one thing and keep the rest.
func (p *presenter) setLanguage(lang string) {
	p.change(func(s *nav.Settings) { s.Language = lang })
}

func (p *presenter) setAppearance(appearance string) {
	p.change(func(s *nav.Settings) { s.Appearance = appearance })
}

func (p *presenter) setSize(percent int) {
	p.change(func(s *nav.Settings) { s.TextScale = float32(percent) / 100 })
}

func (p *presenter) change(set func(*nav.Settings)) {
	s := p.deps.Current()
	before := s
	set(&s)
	if s != before {
		p.deps.Change(s)
	}
}

// appearance is the one in use; settings that name none follow the system.
func (p *presenter) appearance() string {
	for _, a := range appearances[1:] {
		if p.deps.Current().Appearance == a {
			return a
		}
	}
	return appearances[0]
}

// size is the text size in use, in percent: the largest of those there are that does not exceed the settings'.
func (p *presenter) size() int {
	size := textSizes[0]
	for _, percent := range textSizes {
		if p.deps.Current().TextScale*100 >= float32(percent) {
			size = percent
		}
	}
	return size
}

// loadSample imports the sample portfolio, also when the person goes on meanwhile.
func (p *presenter) loadSample() {
	if p.sample.loading || p.sample.loaded {
		return
	}
	p.sample.loading, p.sample.err = true, nil
	p.changed()
	nav.Keep(&p.scope, func(ctx context.Context) (struct{}, error) { return struct{}{}, p.deps.Sample.LoadSample(ctx) },
		func(_ struct{}, err error) {
			p.sample.loading, p.sample.err = false, err
			p.sample.loaded = err == nil
			p.loadStorage()
			p.changed()
		})
}

// toggleLicences shows or hides the list.
func (p *presenter) toggleLicences() {
	p.showLicences = !p.showLicences
	p.changed()
}

// licence is one line of the list.
type licence struct{ name, terms string }

// licences reads the list; a line without a tab has no terms.
func (p *presenter) licences() []licence {
	var list []licence
	for line := range strings.Lines(p.deps.Licences) {
		if name, terms, _ := strings.Cut(strings.TrimSpace(line), "\t"); name != "" {
			list = append(list, licence{name, terms})
		}
	}
	return list
}

// removal is the deletion that a dialog asks to confirm.
type removal struct {
	dispatcher nav.Dispatcher
	busy       bool
}

// run does the work once. Neither it nor its answer is cut off when the page is left, because what has been deleted
// cannot be shown any longer, wherever the person is.
func (r *removal) run(work func(context.Context) error, done func(err error)) {
	if r.busy {
		return
	}
	r.busy = true
	go func() {
		err := work(context.Background())
		r.dispatcher.Do(func() {
			r.busy = false
			done(err)
		})
	}()
}

// confirms says whether what was typed is the word that was asked for, in any case.
func confirms(typed, word string) bool {
	return text.Fold(strings.TrimSpace(typed)) == text.Fold(word)
}
