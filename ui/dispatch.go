package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"myaccount/ui/nav"
)

// Live is the Dispatcher of a running program. This is the one place that calls fyne.Do.
type Live struct{}

var _ nav.Dispatcher = Live{}

// Do runs fn on the user interface's goroutine, later.
func (Live) Do(fn func()) { fyne.Do(fn) }

// After gives what runs something later through a Dispatcher, and how to call it off.
func After(d nav.Dispatcher) func(time.Duration, func()) (stop func()) {
	return func(wait time.Duration, fn func()) func() {
		timer := time.AfterFunc(wait, func() { d.Do(fn) })
		return func() { timer.Stop() }
	}
}
