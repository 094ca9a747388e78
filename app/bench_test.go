package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/ui/nav"
)

// What a person waits for, through the real shell, rules and database: until the page is there with its data and laid
// out. Only the painting is left out, which the graphics card does.

func BenchmarkPageSwitch(b *testing.B) {
	w := startWalk(b)
	w.goIn()
	w.fillCenter(100)
	pages := []struct {
		page  nav.PageID
		words string
	}{
		{nav.PageMessages, "M-0000-0090"}, {nav.PageOverview, w.say("overview.payments.title")},
	}
	for i, to := range pages {
		from := pages[1-i]
		b.Run(string(to.page), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w.goTo(nav.Route{Page: from.page})
				w.WaitFor(from.words)
				b.StartTimer()
				w.goTo(nav.Route{Page: to.page})
				w.WaitFor(to.words)
			}
		})
	}
}

func BenchmarkMessageCenter10000(b *testing.B) {
	w := startWalk(b)
	w.goIn()
	w.fillCenter(10_000)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			w.goTo(nav.Route{Page: nav.PageOverview})
			w.WaitFor(w.say("overview.payments.title"))
			b.StartTimer()
			w.goTo(nav.Route{Page: nav.PageMessages})
			w.WaitFor("M-0000-9990")
		}
	})
	// One key in the search until its hits are there, without the pause in which the page waits for the next key.
	b.Run("search", func(b *testing.B) {
		w.goTo(nav.Route{Page: nav.PageMessages})
		w.WaitFor("M-0000-9990")
		find := func(reference string, typed func()) {
			typed()
			b.StopTimer()
			time.Sleep(searchPause)
			b.StartTimer()
			w.WaitFor(reference)
		}
		find("M-0000-9990", func() { w.TypeFocused("number9") })
		for n := 0; b.Loop(); n++ {
			if n%2 == 0 {
				find("M-0000-9890", func() { w.TypeFocused("8") })
			} else {
				find("M-0000-9990", func() { w.Press(fyne.KeyBackspace) })
			}
		}
	})
}

func BenchmarkCompose4000(b *testing.B) {
	w := startWalk(b)
	w.goIn()
	w.goTo(nav.Route{Page: nav.PageCompose})
	w.WaitFor(w.say("messages.compose.drop"))
	field := w.Field(w.say("messages.compose.message"))
	w.Canvas().Focus(field.Focusable())
	field.SetText(strings.Repeat("Quelques mots de plus. ", 173))
	w.Drain()
	b.Run("key", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			if n%2 == 0 {
				w.TypeFocused("x")
			} else {
				w.Press(fyne.KeyBackspace)
			}
		}
	})
}

// searchPause is longer than the page waits after a key before it searches.
const searchPause = 200 * time.Millisecond

// fillCenter writes many messages, ten to a conversation, past the rules.
func (w *walk) fillCenter(n int) {
	ctx := w.ctx
	person := w.portal.session.Info().Person.ID
	agreements, err := w.portal.session.Agreements(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	err = w.portal.Store.Update(ctx, func(tx core.Tx) error {
		var thread core.ThreadRow
		for i := range n {
			if i%10 == 0 {
				thread = core.ThreadRow{
					ID: fmt.Sprintf("thread-%08d", i), Reference: fmt.Sprintf("M-%04d-%04d", i/10000, i%10000),
					PersonID: person, AgreementID: agreements[0].ID, Topic: "payoff",
				}
				if err := tx.AddThread(thread); err != nil {
					return err
				}
			}
			at := tx.Now().Add(time.Duration(i) * time.Millisecond)
			seq, err := tx.AddEvent(person, core.EventRow{Kind: services.EventMessage, ID: thread.ID, At: at})
			if err != nil {
				return err
			}
			thread.LastID, thread.LastAt, thread.LastFrom = fmt.Sprintf("message-%08d", i), at, services.RoleCustomer
			thread.KeptUntil = at.Add(30 * 24 * time.Hour)
			err = tx.AddMessage(core.MessageRow{
				ID: thread.LastID, ThreadID: thread.ID, PersonID: person, Seq: seq, From: services.RoleCustomer,
				Author: "Amélie Tremblay", SentAt: at, KeptUntil: thread.KeptUntil,
				Body: fmt.Sprintf("Message number%d about the payoff of my vehicle. %s", i, strings.Repeat("Quelques mots de plus. ", 12)),
			})
			if err != nil {
				return err
			}
			if err := tx.UpdateThread(thread); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}
