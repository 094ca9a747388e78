package profile

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// signIns decides what the page with the history of sign-ins shows.
type signIns struct {
	scope    nav.Scope
	security services.Security
	changed  func()

	items   []services.SignInRecord
	next    string // where the next part begins; "" at the end
	loaded  bool
	loading bool
	err     error
}

func newSignIns(d nav.Dispatcher, security services.Security) *signIns {
	return &signIns{scope: nav.Scope{Dispatcher: d}, security: security, changed: func() {}}
}

// start reads the newest anew; what was read before stays until then.
func (s *signIns) start() {
	s.scope.Start()
	s.loading = false
	s.load("")
}

// load reads a part; the first one takes the place of everything.
func (s *signIns) load(after string) {
	if s.loading {
		return
	}
	s.loading, s.err = true, nil
	nav.Run(&s.scope, func(ctx context.Context) (services.SignInPage, error) {
		return s.security.SignInHistory(ctx, services.Page{After: after})
	}, func(page services.SignInPage, err error) {
		s.loading, s.err = false, err
		if err == nil {
			if after == "" {
				s.items = nil
			}
			s.items, s.next, s.loaded = append(s.items, page.Items...), page.Next, true
		}
		s.changed()
	})
}

// more reads the next part, if there is one.
func (s *signIns) more() {
	if s.next != "" && s.err == nil {
		s.load(s.next)
	}
}

// retry reads again what could not be read.
func (s *signIns) retry() {
	after := ""
	if s.loaded {
		after = s.next
	}
	s.load(after)
	s.changed()
}
