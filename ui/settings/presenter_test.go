package settings

import (
	"context"
	"testing"

	"myaccount/ui/nav"
)

func with(s nav.Settings) *presenter {
	return newPresenter(nav.NewQueue(), Deps{Current: func() nav.Settings { return s }})
}

func TestPresenter_WhatIsInUse(t *testing.T) {
	for _, tt := range []struct {
		settings   nav.Settings
		appearance string
		size       int
	}{
		{nav.Settings{}, "system", 100},
		{nav.Settings{Appearance: "contrast", TextScale: 1.25}, "contrast", 125},
		{nav.Settings{Appearance: "neon", TextScale: 1.3}, "system", 125},
		{nav.Settings{Appearance: "dark", TextScale: 9}, "dark", 200},
	} {
		p := with(tt.settings)
		if p.appearance() != tt.appearance || p.size() != tt.size {
			t.Errorf("%+v: %s, %d %%", tt.settings, p.appearance(), p.size())
		}
	}
}

func TestPresenter_ChoosingTheSameChangesNothing(t *testing.T) {
	p := with(nav.Settings{Language: "fr", Appearance: "dark", TextScale: 1.5})
	p.deps.Change = func(s nav.Settings) { t.Errorf("changed to %+v", s) }
	p.setLanguage("fr")
	p.setAppearance("dark")
	p.setSize(150)
}

func TestConfirms(t *testing.T) {
	for typed, want := range map[string]bool{"DELETE": true, " delete ": true, "": false, "DELET": false, "DELETE IT": false} {
		if got := confirms(typed, "DELETE"); got != want {
			t.Errorf("confirms(%q) = %t", typed, got)
		}
	}
}

func TestLicences_OddLines(t *testing.T) {
	p := newPresenter(nav.NewQueue(), Deps{Licences: "a\tMIT\n\nb\n"})
	if got := p.licences(); len(got) != 2 || got[0] != (licence{"a", "MIT"}) || got[1] != (licence{"b", ""}) {
		t.Errorf("licences = %v", got)
	}
}

func TestRemoval_OnceAndToldAfterLeaving(t *testing.T) {
	queue := nav.NewQueue()
	p := newPresenter(queue, Deps{})
	p.scope.Start()
	runs, told := 0, 0
	work := func(context.Context) error { runs++; return nil }
	done := func(error) { told++ }
	p.removal.run(work, done)
	p.removal.run(work, done)
	p.scope.Stop()
	<-queue.More()
	queue.Drain()
	if runs != 1 || told != 1 {
		t.Errorf("ran %d times, told %d times", runs, told)
	}
}
