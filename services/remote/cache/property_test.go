package cache_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/remote/cache"
	"myaccount/services/rule"
)

// place is where a text must be.
type place int

const (
	inDrafts place = iota
	inOutbox
	received // its receipt is here
	deleted
)

// text is what the model knows of a text, which is never changed and stands in the file of its message too.
type text struct {
	at      place
	draft   services.Draft
	created time.Time // when it was put into the outbox
	until   time.Time // of the try under way; zero when there is none
}

// life is a random life of a machine beside a model of it, and the backend: what was received, by key.
type life struct {
	*machine
	person  string
	texts   map[string]*text
	backend map[string]string
}

// TestLife: whatever is done in whatever order, each text is in exactly one place with its file, and the backend never
// gets one twice.
func TestLife(t *testing.T) {
	m := newMachine(t)
	rapid.Check(t, func(t *rapid.T) {
		m.t = t
		m.clock.Set(start)
		l := &life{machine: m, person: newID(), texts: map[string]*text{}, backend: map[string]string{}}
		m.amelie = m.Person(l.person) // one machine for all lives: to make a new one takes longer than a life
		t.Repeat(map[string]func(*rapid.T){
			"write": l.write, "put": l.put, "put again": l.putAgain, "delete": l.delete, "cancel": l.cancel, "try": l.try,
			"wait": func(t *rapid.T) {
				waits := []time.Duration{time.Second, time.Minute, time.Hour, rule.KeysFor}
				l.clock.Move(rapid.SampledFrom(waits).Draw(t, "wait"))
			},
			"purge": func(t *rapid.T) { must(t, l.Purge(l.ctx)) },
			"crash": l.crash,
			"":      l.check,
		})
		l.sendAll(t)
		must(t, l.amelie.RemoveAll(l.ctx, true)) // so that the next has as little to read
	})
}

// crash opens the cache anew, one time in four: it takes as long as everything else.
func (l *life) crash(t *rapid.T) {
	if rapid.IntRange(0, 3).Draw(t, "crash") == 0 {
		l.restart()
		l.amelie = l.Person(l.person)
	}
}

// pick draws a text that is at a place; there may be none.
func (l *life) pick(t *rapid.T, at place) (body string, x *text, ok bool) {
	var bodies []string
	for _, body := range slices.Sorted(maps.Keys(l.texts)) {
		if l.texts[body].at == at {
			bodies = append(bodies, body)
		}
	}
	if len(bodies) == 0 {
		return "", nil, false
	}
	body = rapid.SampledFrom(bodies).Draw(t, "text")
	return body, l.texts[body], true
}

func (l *life) write(t *rapid.T) {
	body := fmt.Sprint("text ", len(l.texts))
	d := services.Draft{Body: body, ThreadID: rapid.SampledFrom([]string{"", "t", "u"}).Draw(t, "thread")}
	if rapid.Bool().Draw(t, "with a file") {
		d.Attachments = []services.Attachment{l.attach("a.txt", body)}
	}
	l.texts[body] = &text{at: inDrafts, draft: l.save(d)}
}

func (l *life) put(t *rapid.T) {
	_, x, ok := l.pick(t, inDrafts)
	if !ok {
		return
	}
	l.reread(t, x)
	l.machine.put(x.draft)
	x.at, x.created = inOutbox, l.clock.Now()
}

// reread is what a person does before sending: it opens the draft, whose key decides what is the same message.
func (l *life) reread(t *rapid.T, x *text) {
	d, err := l.amelie.Draft(l.ctx, x.draft.ID)
	must(t, err)
	x.draft = d
}

func (l *life) putAgain(t *rapid.T) {
	_, x, ok := l.pick(t, inOutbox)
	if !ok {
		return
	}
	l.machine.put(x.draft)
}

func (l *life) delete(t *rapid.T) {
	_, x, ok := l.pick(t, inDrafts)
	if !ok {
		return
	}
	must(t, l.amelie.DeleteDraft(l.ctx, x.draft.ID))
	x.at = deleted
}

func (l *life) cancel(t *rapid.T) {
	_, x, ok := l.pick(t, inOutbox)
	if !ok {
		return
	}
	_, err := l.amelie.Cancel(l.ctx, x.draft.IdempotencyKey)
	if l.clock.Now().Before(x.until) {
		wantCode(t, err, services.CodeConflict)
		return
	}
	must(t, err)
	x.at = inDrafts
}

// try claims a message and sends it; it ends in each way there is, also by not ending.
func (l *life) try(t *rapid.T) {
	now := l.clock.Now()
	for _, x := range l.texts {
		if x.at == inOutbox && now.Sub(x.created) >= rule.KeysFor && !now.Before(x.until) {
			x.at, x.until = inDrafts, time.Time{} // too old, and back
		}
	}
	w, ok := l.claim()
	if !ok {
		return
	}
	key := w.Message.IdempotencyKey
	x := l.texts[w.Message.Body]
	if x == nil || x.at != inOutbox || now.Before(x.until) || w.Message.IdempotencyKey != x.draft.IdempotencyKey {
		t.Fatalf("claimed %+v, known as %+v", w, x)
	}
	x.until = w.Due
	if rapid.Bool().Draw(t, "gets through") {
		l.backend[key] = w.Message.Body
	}
	_, there := l.backend[key]
	ends := []string{"never", "unknown"}
	if there {
		ends = append(ends, "received")
	} else {
		ends = append(ends, "refused")
	}
	switch rapid.SampledFrom(ends).Draw(t, "ends") {
	case "unknown":
		must(t, l.amelie.Retry(l.ctx, key, now.Add(rapid.SampledFrom([]time.Duration{0, time.Minute}).Draw(t, "retry"))))
		x.until = time.Time{}
	case "received":
		must(t, l.amelie.Done(l.ctx, key, receipt))
		x.at = received
	case "refused":
		_, err := l.amelie.Refuse(l.ctx, key, services.Fail(services.CodeNotFound))
		must(t, err)
		x.at, x.until = inDrafts, time.Time{}
	}
}

// check compares the machine with the model.
func (l *life) check(t *rapid.T) {
	found := map[string]place{}
	see := func(body string, at place, files []services.Attachment) {
		if other, twice := found[body]; twice {
			t.Errorf("%s is at %d and %d", body, other, at)
		}
		found[body] = at
		if x := l.texts[body]; x == nil || len(files) != len(x.draft.Attachments) {
			t.Errorf("%s has the files %+v", body, files)
		}
	}
	for _, d := range l.drafts() {
		see(d.Body, inDrafts, d.Attachments)
	}
	for _, w := range l.waiting() {
		if w.State != cache.StateRefused {
			see(w.Message.Body, inOutbox, attachments(w))
		}
	}
	for body, x := range l.texts {
		if at, ok := found[body]; ok != (x.at == inDrafts || x.at == inOutbox) || ok && at != x.at {
			t.Errorf("%s is at %d (%v), not at %d", body, at, ok, x.at)
		}
	}
}

func attachments(w cache.Waiting) (list []services.Attachment) {
	for _, f := range w.Files {
		list = append(list, f.Attachment)
	}
	return list
}

// sendAll sends everything that is left, and counts what the backend got.
func (l *life) sendAll(t *rapid.T) {
	for _, x := range l.texts {
		if x.at == inDrafts {
			l.reread(t, x)
			l.machine.put(x.draft)
			x.at = inOutbox
		}
	}
	for range 2 * len(l.texts) {
		l.clock.Move(time.Minute)
		if w, ok := l.claim(); ok {
			for _, f := range w.Files {
				if got := l.content(f.ID); got != w.Message.Body {
					t.Errorf("file of %s: %q", w.Message.Body, got)
				}
			}
			l.backend[w.Message.IdempotencyKey] = w.Message.Body
			must(t, l.amelie.Done(l.ctx, w.Message.IdempotencyKey, receipt))
		} else if list := l.drafts(); len(list) > 0 { // too old
			l.machine.put(list[0])
		}
	}
	times := map[string]int{}
	for _, body := range l.backend {
		times[body]++
	}
	for body, x := range l.texts {
		if n := times[body]; n > 1 || n < 1 && x.at != deleted {
			t.Errorf("%s was received %d times", body, n)
		}
	}
}
