package ui

import "myaccount/ui/nav"

// visit is one stop of the way through the program: a route with the page that keeps its state.
type visit struct {
	route nav.Route
	page  nav.Page
}

// history is the way through the program, back and forward. It keeps pages, which are state, not widgets.
type history struct {
	visits []visit
	at     int // index of the current visit; -1 when there is none
}

// historyLimit bounds how far back the way is remembered.
const historyLimit = 50

func newHistory() *history { return &history{at: -1} }

// current is where the person is.
func (h *history) current() (visit, bool) {
	if h.at < 0 {
		return visit{}, false
	}
	return h.visits[h.at], true
}

// push goes on to a visit, forgetting what was forward.
func (h *history) push(v visit) {
	h.visits = append(h.visits[:h.at+1], v)
	if len(h.visits) > historyLimit {
		h.visits = append([]visit(nil), h.visits[len(h.visits)-historyLimit:]...)
	}
	h.at = len(h.visits) - 1
}

// replace puts a visit in place of the current one.
func (h *history) replace(v visit) {
	if h.at < 0 {
		h.push(v)
		return
	}
	h.visits[h.at] = v
}

// move goes back (-1) or forward (+1) and tells whether there was somewhere to go.
func (h *history) move(step int) bool {
	next := h.at + step
	if next < 0 || next >= len(h.visits) {
		return false
	}
	h.at = next
	return true
}

// clear forgets the way: after signing in or out nobody goes back behind it.
func (h *history) clear() { h.visits, h.at = nil, -1 }
