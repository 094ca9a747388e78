package documents

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/picture"
	"myaccount/ui/nav"
)

// office is what the presenter works with, in memory.
type office struct {
	mu     sync.Mutex
	list   map[string][]services.Document
	err    error
	opens  []string
	hold   map[string]chan struct{} // by document: reading it waits
	drawn  picture.Picture
	pages  int // asked for
	refuse error
}

func (o *office) Agreements(context.Context) ([]services.Agreement, error) {
	return []services.Agreement{{ID: "a", Number: "7001144471"}, {ID: "b", Number: "7001144472"}}, nil
}

func (o *office) Agreement(context.Context, string) (services.Agreement, error) {
	return services.Agreement{}, services.Fail(services.CodeNotFound)
}

func (o *office) Documents(_ context.Context, q services.DocumentQuery) (services.DocumentPage, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.pages++
	list := o.list[q.AgreementID]
	if q.After == "" && len(list) > 1 {
		return services.DocumentPage{Items: list[:1], Next: "1"}, o.err
	}
	if q.After != "" {
		return services.DocumentPage{Items: list[1:]}, o.refuse
	}
	return services.DocumentPage{Items: list}, o.err
}

func (o *office) OpenDocument(_ context.Context, id, language string) (services.DocumentContent, error) {
	o.mu.Lock()
	hold := o.hold[id]
	o.opens = append(o.opens, id+" "+language)
	o.mu.Unlock()
	if hold != nil {
		<-hold
	}
	return services.DocumentContent{Document: services.Document{ID: id, Size: 7}, FileName: id, Data: []byte("1234567")}, nil
}

func (o *office) CopyThread(context.Context, string, string) (services.Document, error) {
	return services.Document{}, services.Fail(services.CodeNotFound)
}

func (o *office) RemoveDocument(_ context.Context, id string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for of, list := range o.list {
		o.list[of] = slices.DeleteFunc(list, func(d services.Document) bool { return d.ID == id })
	}
	return o.refuse
}

func (o *office) First(context.Context, []byte, string, int) (picture.Picture, error) {
	return o.drawn, picture.ErrNone
}

// desk drives a presenter.
type desk struct {
	*presenter
	t     *testing.T
	queue *nav.Queue
	lang  string
}

func newDesk(t *testing.T, o *office) *desk {
	t.Helper()
	d := &desk{t: t, queue: nav.NewQueue(), lang: "en"}
	d.presenter = newPresenter(d.queue, Deps{Agreements: o, Documents: o, Pictures: o}, func() string { return d.lang }, "")
	d.start()
	return d
}

// until drains until something holds.
func (d *desk) until(what string, cond func() bool) {
	d.t.Helper()
	for limit := time.After(20 * time.Second); !cond(); d.queue.Drain() {
		select {
		case <-d.queue.More():
		case <-limit:
			d.t.Fatalf("waited in vain for %s", what)
		}
	}
}

func document(id string, kind services.DocumentKind) services.Document {
	return services.Document{ID: id, Kind: kind, Languages: []string{"en", "fr"}}
}

func newOffice() *office {
	return &office{hold: map[string]chan struct{}{}, list: map[string][]services.Document{
		"a": {document("s1", services.DocumentStatement), document("s2", services.DocumentStatement), document("q", services.DocumentQuote)},
		"b": {document("d", services.DocumentDebit)},
	}}
}

// A document that comes late, when another one was chosen, is not shown in its place.
func TestPresenter_LateDocumentIsDropped(t *testing.T) {
	o := newOffice()
	o.hold["s1"] = make(chan struct{})
	d := newDesk(t, o)
	d.until("the list", func() bool { return d.state() == nav.Full })
	d.choose("s2")
	d.until("the second", func() bool { return d.preview.drawn })
	close(o.hold["s1"])
	late := make(chan struct{})
	d.fetch("s1", func(services.DocumentContent, error) { close(late) }) // a reading that comes after it
	d.until("another reading", func() bool {
		select {
		case <-late:
			return true
		default:
			return false
		}
	})
	if d.preview.id != "s2" || d.preview.content.ID != "s2" {
		t.Errorf("shown %+v", d.preview)
	}
}

// What opening tells of a document is seen in the list.
func TestPresenter_SizeIsNoted(t *testing.T) {
	d := newDesk(t, newOffice())
	d.until("the first", func() bool { return d.preview.drawn })
	if d.list.Value[0].Size != 7 || d.list.Value[1].Size != 0 {
		t.Errorf("%+v", d.list.Value)
	}
}

// Each filter chooses a document that it shows.
func TestPresenter_FilterChooses(t *testing.T) {
	d := newDesk(t, newOffice())
	d.until("the list", func() bool { return d.state() == nav.Full })
	for filter, want := range map[string]string{"quote": "q", "agreement": "", "statement": "s1", "": "s1"} {
		d.preview = preview{}
		d.filter = "none"
		d.setFilter(filter)
		if d.preview.id != want {
			t.Errorf("%q chooses %q, want %q", filter, d.preview.id, want)
		}
	}
}

// Where only the first part of the list can be had, it is shown.
func TestPresenter_FirstPartAlone(t *testing.T) {
	o := newOffice()
	o.refuse = services.Fail(services.CodeUnavailable)
	d := newDesk(t, o)
	d.until("the list", func() bool { return d.state() == nav.Full })
	if len(d.list.Value) != 1 {
		t.Errorf("%d documents", len(d.list.Value))
	}
}

// What is done with a document while it is being fetched is done once.
func TestPresenter_FetchOnce(t *testing.T) {
	o := newOffice()
	d := newDesk(t, o)
	d.until("the first", func() bool { return d.preview.drawn })
	o.mu.Lock()
	o.hold["q"] = make(chan struct{})
	o.mu.Unlock()
	var got []string
	take := func(c services.DocumentContent, err error) {
		if err != nil {
			t.Error(err)
		}
		got = append(got, c.ID)
	}
	d.fetch("q", take)
	d.fetch("q", take) // a second press
	d.fetch("s1", take)
	close(o.hold["q"])
	d.until("the quote", func() bool { return len(got) == 2 })
	if !slices.Equal(got, []string{"s1", "q"}) {
		t.Errorf("done with %q", got)
	}
}

// Another language has the statement read again; and an event has the list read again, once it was read at all.
func TestPresenter_ReadsAgain(t *testing.T) {
	o := newOffice()
	d := newDesk(t, o)
	d.happened(services.Event{Kind: services.EventDocument})
	d.until("the first", func() bool { return d.preview.drawn })
	d.lang = "fr"
	d.translated()
	d.until("in French", func() bool { return d.preview.drawn && d.preview.language == "fr" })
	if want := []string{"s1 en", "s1 fr"}; !slices.Equal(o.opens, want) {
		t.Errorf("read %q", o.opens)
	}
	before := o.pages
	d.happened(services.Event{Kind: services.EventDocument})
	d.until("the list", func() bool {
		o.mu.Lock()
		defer o.mu.Unlock()
		return o.pages == before+2
	})
	d.happened(services.Event{Kind: services.EventMessage})
	if errors.Is(d.err(), context.Canceled) {
		t.Error("what is under way was cut off")
	}
}

// Another agreement shows nothing of the one before.
func TestPresenter_AnotherAgreement(t *testing.T) {
	d := newDesk(t, newOffice())
	d.until("the first", func() bool { return d.preview.drawn })
	d.chooseAgreement("b")
	if d.state() != nav.Loading || d.preview.id != "" || len(d.shown()) != 0 {
		t.Errorf("%d documents of another agreement, %q", len(d.shown()), d.preview.id)
	}
	d.until("its document", func() bool { return d.preview.drawn && d.preview.id == "d" })
}
