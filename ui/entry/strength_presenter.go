package entry

import (
	"context"
	"slices"

	"myaccount/services/password"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// strength judges a password while it is typed, away from the user interface's goroutine: judging takes milliseconds,
// of a very long password more. One judgement is under way at a time; the latest password gets the next.
type strength struct {
	scope   *nav.Scope
	policy  password.Policy
	changed func()

	wanted, known judged
	result        password.Result
	working       bool
}

// judged is what a judgement is about.
type judged struct {
	password string
	context  []string
}

func (j judged) same(o judged) bool {
	return j.password == o.password && slices.Equal(j.context, o.context)
}

// resume begins a new visit: a judgement that was under way was dropped.
func (s *strength) resume() {
	s.working = false
	s.judge()
}

// set tells what is typed now, and the words that do not count: the person's names and address.
func (s *strength) set(password string, context ...string) {
	s.wanted = judged{password, context}
	s.judge()
}

// ready says whether the judgement is that of the latest password.
func (s *strength) ready() bool { return s.known.same(s.wanted) && s.wanted.password != "" }

func (s *strength) judge() {
	if s.working || s.wanted.password == "" || s.ready() || !s.scope.Active() {
		return
	}
	s.working = true
	wanted := s.wanted
	nav.Run(s.scope, func(context.Context) (password.Result, error) {
		return s.policy.Check(wanted.password, wanted.context...), nil
	}, func(r password.Result, _ error) {
		s.working, s.known, s.result = false, wanted, r
		s.judge()
		s.changed()
	})
}

// reason says why the password is refused, "" when it is not, or not judged yet.
func (s *strength) reason() string {
	switch {
	case s.wanted.password == "":
		return string(password.Required)
	case s.ready():
		return string(s.result.Problem)
	}
	return ""
}

// bars is how many of the four bars of the meter are filled; anything typed fills one.
func (s *strength) bars() int {
	if s.wanted.password == "" {
		return 0
	}
	return max(s.result.Score, 1)
}

// advice is the sentence under the meter.
func (s *strength) advice(p *text.Printer) string {
	if s.wanted.password == "" || s.result.Advice == "" {
		return p.T("password.advice.longer", s.vars())
	}
	return p.T(s.result.Advice, s.vars())
}

// sentence says why a password is refused.
func (s *strength) sentence(p *text.Printer, reason string) string {
	if key := "password.problem." + reason; p.Has(key) {
		return p.T(key, s.vars())
	}
	return nav.FieldSentence(p, "password", reason)
}

func (s *strength) vars() text.Vars {
	return text.Vars{"Min": s.policy.Min, "Max": s.policy.Max, "Word": s.result.Word}
}
