package cache_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/remote/cache"
	"myaccount/services/seal"
)

// start is when every test begins.
var start = basetest.Start

// What ends a test, or finds fault with an error; and a box with a key of its own.
var (
	must     = basetest.Must
	wantCode = basetest.WantCode
	newBox   = basetest.Box
)

// policy is what files are judged by.
var policy = services.Policy{AttachmentMax: 1000, AttachmentTypes: []string{"pdf", "txt", "png"}}

// newID makes ids that no other process makes.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// wantFields checks a refusal.
func wantFields(t rapid.TB, err error, want map[string]string) {
	t.Helper()
	wantCode(t, err, services.CodeInvalid)
	basetest.WantFields(t, err, want)
}

// machine is a person's machine: a cache with Amélie's part of it, which are real, and a clock that is not.
type machine struct {
	*cache.Cache
	t      rapid.TB
	ctx    context.Context
	folder string
	box    *seal.Box
	clock  *basetest.Clock
	amelie *cache.Person
}

// newMachine opens an empty cache until the test ends.
func newMachine(t *testing.T) *machine {
	t.Helper()
	m := &machine{t: t, ctx: t.Context(), folder: t.TempDir(), box: newBox(t), clock: basetest.NewClock(start)}
	m.open()
	t.Cleanup(func() { m.t = t; must(t, m.Close()) })
	return m
}

// open opens the cache.
func (m *machine) open() {
	m.t.Helper()
	opened, err := cache.Open(m.ctx, m.folder, m.box, m.clock, newID)
	must(m.t, err)
	m.Cache, m.amelie = opened, opened.Person("amelie")
}

// restart closes and opens it.
func (m *machine) restart() {
	m.t.Helper()
	must(m.t, m.Close())
	m.open()
}

// attach keeps a file of Amélie's.
func (m *machine) attach(name, data string) services.Attachment {
	m.t.Helper()
	a, err := m.amelie.Attach(m.ctx, services.Upload{Name: name, Data: []byte(data)}, policy)
	must(m.t, err)
	return a
}

// save keeps a draft of Amélie's.
func (m *machine) save(d services.Draft) services.Draft {
	m.t.Helper()
	d, err := m.amelie.SaveDraft(m.ctx, d)
	must(m.t, err)
	return d
}

// drafts lists Amélie's.
func (m *machine) drafts() []services.Draft {
	m.t.Helper()
	list, err := m.amelie.Drafts(m.ctx)
	must(m.t, err)
	return list
}

// put puts a draft into the outbox.
func (m *machine) put(d services.Draft) cache.Waiting {
	m.t.Helper()
	w, err := m.amelie.Put(m.ctx, outgoing(d))
	must(m.t, err)
	return w
}

// waiting lists what was to be sent.
func (m *machine) waiting() []cache.Waiting {
	m.t.Helper()
	list, err := m.amelie.Waiting(m.ctx)
	must(m.t, err)
	return list
}

// claim begins a try of a minute.
func (m *machine) claim() (cache.Waiting, bool) {
	m.t.Helper()
	w, ok, err := m.amelie.Claim(m.ctx, m.clock.Now().Add(time.Minute))
	must(m.t, err)
	return w, ok
}

// claimed is claim when there is something.
func (m *machine) claimed() cache.Waiting {
	m.t.Helper()
	w, ok := m.claim()
	if !ok {
		m.t.Fatal("nothing to claim")
	}
	return w
}

// outgoing is a draft as it is sent.
func outgoing(d services.Draft) services.Outgoing {
	o := services.Outgoing{
		ThreadID: d.ThreadID, Topic: d.Topic, AgreementID: d.AgreementID, Body: d.Body, DraftID: d.ID,
		IdempotencyKey: d.IdempotencyKey,
	}
	for _, a := range d.Attachments {
		o.AttachmentIDs = append(o.AttachmentIDs, a.ID)
	}
	return o
}

// content reads a file of Amélie's.
func (m *machine) content(id string) string {
	m.t.Helper()
	c, err := m.amelie.OpenFile(m.ctx, id)
	must(m.t, err)
	return string(c.Data)
}
