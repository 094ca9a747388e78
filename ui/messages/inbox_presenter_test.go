package messages

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/ui/uitest"
)

// many makes conversations, the latest last.
func (o *office) many(n int) {
	for i := range n {
		t := services.Thread{}
		t.ID, t.Topic, t.LastAt = fmt.Sprintf("t%05d", i), "other", uitest.Now.Add(time.Duration(i-n)*time.Minute)
		t.KeptUntil = t.LastAt.Add(30 * 24 * time.Hour)
		o.threads = append(o.threads, t)
	}
}

// begin keeps what was read of the rest, without doubles and in order, whatever has come meanwhile.
func TestInbox_BeginKeepsTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := newOffice()
		o.many(rapid.IntRange(0, 300).Draw(t, "threads"))
		list := func() []services.ThreadSummary {
			var all []services.ThreadSummary
			for _, thread := range o.threads {
				all = append(all, thread.ThreadSummary)
			}
			slices.SortFunc(all, before)
			return all
		}
		page := func() services.ThreadPage {
			p, err := o.Threads(t.Context(), services.ThreadQuery{Page: services.Page{Limit: pageSize}})
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		all := list()
		read := rapid.IntRange(0, len(all)).Draw(t, "read")
		box := &inbox{threads: slices.Clone(all[:read])}
		if read < len(all) && read > 0 {
			box.next = all[read-1].ID
		}
		for range rapid.IntRange(0, 5).Draw(t, "moved") { // an answer comes: a conversation moves to the beginning
			if len(o.threads) > 0 {
				i := rapid.IntRange(0, len(o.threads)-1).Draw(t, "which")
				o.threads[i].LastAt = uitest.Now.Add(time.Duration(len(o.calls)+i) * time.Second)
			}
		}
		box.begin(page())
		for i, thread := range box.threads {
			if slices.ContainsFunc(box.threads[:i], func(s services.ThreadSummary) bool { return s.ID == thread.ID }) {
				t.Fatalf("%s is there twice", thread.ID)
			}
		}
		want := list()[:min(len(all), pageSize)]
		if !slices.Equal(box.threads[:len(want)], want) || !slices.IsSortedFunc(box.threads, before) {
			t.Fatalf("the list is out of order")
		}
		if len(box.threads) < len(all) && box.next == "" {
			t.Fatalf("%d of %d are shown, and the list ends", len(box.threads), len(all))
		}
	})
}

func TestInbox_TenThousand(t *testing.T) {
	s := english(t)
	s.office.many(10_000)
	s.open(routeMessages)
	s.screen.Until("the first page", func() bool { return len(s.center().inbox.threads) == pageSize })
	list := s.screen.Page().(*centerPage).list
	for len(s.center().inbox.threads) < 10_000 {
		n := len(s.center().inbox.threads)
		list.OnNearEnd()
		list.OnNearEnd() // twice at once reads once
		s.screen.Until("more", func() bool { return len(s.center().inbox.threads) > n })
	}
	if s.office.calls["Threads"] != 1+(10_000-pageSize+2*pageSize-1)/(2*pageSize) {
		t.Errorf("%d readings", s.office.calls["Threads"])
	}
	start := time.Now()
	s.screen.Page().(*centerPage).update()
	if took := time.Since(start); took > time.Second {
		t.Errorf("drawing takes %v", took)
	}
	if items := list.Items(); len(items) != 10_000 || items[0].id != "t09999" || items[9999].id != "t00000" {
		t.Errorf("%d rows", len(items))
	}
}
