package nav

import (
	"context"
	"slices"

	"myaccount/services/password"
	"myaccount/services/text"
)

// Strength judges a password while it is typed, away from the user interface's goroutine: judging takes milliseconds,
// of a very long password more. One judgement is under way at a time; the latest password gets the next.
type Strength struct {
	Scope   *Scope
	Policy  password.Policy
	Changed func()

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

// Resume begins a new visit: a judgement that was under way was dropped.
func (s *Strength) Resume() {
	s.working = false
	s.judge()
}

// Set tells what is typed now, and the words that do not count: the person's names and address.
func (s *Strength) Set(password string, context ...string) {
	s.wanted = judged{password, context}
	s.judge()
}

// Ready says whether the judgement is that of the latest password.
func (s *Strength) Ready() bool { return s.known.same(s.wanted) && s.wanted.password != "" }

func (s *Strength) judge() {
	if s.working || s.wanted.password == "" || s.Ready() || !s.Scope.Active() {
		return
	}
	s.working = true
	wanted := s.wanted
	Run(s.Scope, func(context.Context) (password.Result, error) {
		return s.Policy.Check(wanted.password, wanted.context...), nil
	}, func(r password.Result, _ error) {
		s.working, s.known, s.result = false, wanted, r
		s.judge()
		s.Changed()
	})
}

// Reason says why the password is refused, "" when it is not, or not judged yet.
func (s *Strength) Reason() string {
	switch {
	case s.wanted.password == "":
		return string(password.Required)
	case s.Ready():
		return string(s.result.Problem)
	}
	return ""
}

// Bars is how many of the four bars of the meter are filled; anything typed fills one.
func (s *Strength) Bars() int {
	if s.wanted.password == "" {
		return 0
	}
	return max(s.result.Score, 1)
}

// Advice is the sentence under the meter.
func (s *Strength) Advice(p *text.Printer) string {
	if s.wanted.password == "" || s.result.Advice == "" {
		return p.T("password.advice.longer", s.vars())
	}
	return p.T(s.result.Advice, s.vars())
}

// Sentence says why a password is refused.
func (s *Strength) Sentence(p *text.Printer, reason string) string {
	if key := "password.problem." + reason; p.Has(key) {
		return p.T(key, s.vars())
	}
	return FieldSentence(p, "password", reason)
}

func (s *Strength) vars() text.Vars {
	return text.Vars{"Min": s.Policy.Min, "Max": s.Policy.Max, "Word": s.result.Word}
}
