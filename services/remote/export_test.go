package remote

import "time"

// Hurry makes the portal impatient with streams of events, so that tests need not wait.
func (p *Portal) Hurry() {
	p.pace = pace{quiet: time.Second, firstWord: 200 * time.Millisecond, pollEvery: 50 * time.Millisecond, pollFor: time.Minute}
}
