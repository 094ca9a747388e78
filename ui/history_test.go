package ui

import (
	"slices"
	"testing"

	"myaccount/ui/nav"
)

func at(t *testing.T, h *history, want nav.PageID) {
	t.Helper()
	if v, ok := h.current(); !ok || v.route.Page != want {
		t.Fatalf("at %q (%v), want %q", v.route.Page, ok, want)
	}
}

func to(page nav.PageID) visit { return visit{route: nav.Route{Page: page}} }

func TestHistory_BackAndForward(t *testing.T) {
	h := newHistory()
	if h.move(-1) || h.move(1) {
		t.Fatal("an empty history went somewhere")
	}
	h.push(to("a"))
	h.push(to("b"))
	h.push(to("c"))
	if back := []bool{h.move(-1), h.move(-1), h.move(-1)}; !slices.Equal(back, []bool{true, true, false}) {
		t.Fatal("back did not stop at the beginning")
	}
	at(t, h, "a")
	if !h.move(1) {
		t.Fatal("forward was forgotten")
	}
	h.push(to("d"))
	at(t, h, "d")
	if h.move(1) {
		t.Fatal("forward survived a new visit")
	}
	h.move(-1)
	at(t, h, "b")
}

func TestHistory_ReplaceAndClear(t *testing.T) {
	h := newHistory()
	h.replace(to("a"))
	h.push(to("b"))
	h.replace(to("c"))
	at(t, h, "c")
	h.move(-1)
	at(t, h, "a")
	h.clear()
	if _, ok := h.current(); ok || h.move(-1) {
		t.Fatal("something was left after clear")
	}
}

func TestHistory_IsBounded(t *testing.T) {
	h := newHistory()
	for range historyLimit * 3 {
		h.push(to("x"))
	}
	h.push(to("last"))
	if len(h.visits) != historyLimit {
		t.Fatalf("%d visits kept", len(h.visits))
	}
	at(t, h, "last")
}
