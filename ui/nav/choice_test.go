package nav_test

import (
	"context"
	"slices"
	"testing"

	"myaccount/services"
	"myaccount/ui/nav"
)

// lender answers with what a test sets.
type lender struct {
	list []services.Agreement
	err  error
}

func (l *lender) Agreements(context.Context) ([]services.Agreement, error) {
	return slices.Clone(l.list), l.err
}

func (*lender) Agreement(context.Context, string) (services.Agreement, error) {
	return services.Agreement{}, services.Fail(services.CodeNotFound)
}

// A page is about what was chosen, else about the first; what was read stays when reading it again fails.
func TestChoice(t *testing.T) {
	queue := nav.NewQueue()
	scope := nav.Scope{Dispatcher: queue}
	scope.Start()
	defer scope.Stop()
	from := &lender{err: services.Fail(services.CodeUnavailable)}
	choice := nav.Choice{Chosen: "b", Fits: func(a services.Agreement) bool { return a.Kind == services.Lease }}
	load := func(want nav.State) {
		t.Helper()
		answered := false
		choice.Load(&scope, from, func(bool) { answered = true })
		for !answered {
			<-queue.More()
			queue.Drain()
		}
		if got := choice.State(); got != want {
			t.Fatalf("state %v, want %v", got, want)
		}
	}
	load(nav.Failed)
	from.err = nil
	load(nav.Empty)
	from.list = []services.Agreement{{ID: "x", Kind: services.Loan}, {ID: "a", Kind: services.Lease}, {ID: "b", Kind: services.Lease}}
	load(nav.Full)
	if choice.Count() != 2 || choice.Agreement().ID != "b" || choice.Choose("b") || !choice.Choose("a") {
		t.Errorf("of %d the page is about %q", choice.Count(), choice.Agreement().ID)
	}
	from.err = services.Fail(services.CodeUnavailable)
	load(nav.Full)
	from.err, from.list = nil, from.list[2:]
	load(nav.Full)
	if choice.Agreement().ID != "b" {
		t.Errorf("the page is about %q, which is gone", choice.Agreement().ID)
	}
}

// What comes about another agreement than the one shown now is dropped.
func TestAbout(t *testing.T) {
	queue := nav.NewQueue()
	scope := nav.Scope{Dispatcher: queue}
	scope.Start()
	defer scope.Stop()
	var choice nav.Choice
	loaded := false
	choice.Load(&scope, &lender{list: []services.Agreement{{ID: "a"}, {ID: "b"}}}, func(bool) { loaded = true })
	for !loaded {
		<-queue.More()
		queue.Drain()
	}
	var got []string
	name := func(_ context.Context, id string) (string, error) { return id, nil }
	nav.About(&scope, &choice, name, func(id string, _ error) { got = append(got, id) })
	choice.Choose("b")
	nav.About(&scope, &choice, name, func(id string, _ error) { got = append(got, id) })
	for len(got) == 0 {
		<-queue.More()
		queue.Drain()
	}
	queue.Drain()
	if len(got) != 1 || got[0] != "b" {
		t.Errorf("answers about %q are shown", got)
	}
}
