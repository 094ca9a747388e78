package messages

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// How much is read at a time.
const (
	pageSize = 50
	someHits = 25 // of a search, more than are in view: most people type on
	mostHits = 100
)

// item is a row of the list: a conversation, a hit of a search, or a draft.
type item struct {
	id     string
	at     time.Time
	thread services.ThreadSummary
	draft  *services.Draft // of a new message; nil for a conversation
	hit    *services.Hit   // nil unless a search found it
	reply  bool            // a reply to the conversation is kept as a draft

	way     *services.OutboxItem // a message on its way: the row's own, or a reply to the conversation
	refusal error                // why the draft, or the reply, came back
}

const draftRow = "draft "

// rowOfDraft is the id of the row of a draft.
func rowOfDraft(id string) string { return draftRow + id }

// isDraft says whether a row is that of a draft.
func isDraft(row string) bool { return strings.HasPrefix(row, draftRow) }

// inbox is the list: what there is, page by page, or what a search has found.
type inbox struct {
	scope   *nav.Scope
	deps    Deps
	changed func()
	pause   pause

	threads []services.ThreadSummary
	next    string // where the list goes on, "" at its end
	loaded  bool
	err     error
	more    bool // the next page is under way
	kept    kept

	typed     string // as it stands in the field
	query     string // the same without white space around it
	want      int    // how many hits
	asked     int    // counts the searches, so that an older answer is dropped
	searched  string // what hits are of
	hits      []services.Hit
	searchErr error
}

func newInbox(scope *nav.Scope, deps Deps, changed func()) *inbox {
	return &inbox{scope: scope, deps: deps, changed: changed, pause: pause{dispatcher: scope.Dispatcher, after: searchAfter}}
}

// load reads the beginning of the list and the drafts.
func (b *inbox) load() {
	b.err = nil
	type answer struct {
		page services.ThreadPage
		kept kept
	}
	nav.Run(b.scope, func(ctx context.Context) (a answer, err error) {
		if a.page, err = b.deps.Messages.Threads(ctx, services.ThreadQuery{Page: services.Page{Limit: pageSize}}); err == nil {
			a.kept, err = readKept(ctx, b.deps)
		}
		return a, err
	}, func(a answer, err error) {
		if b.err = err; err == nil {
			b.begin(a.page)
			b.kept, b.loaded = a.kept, true
		}
		b.changed()
	})
	if b.query != "" {
		b.search()
	}
}

// begin takes the beginning of the list and keeps what was read of the rest.
func (b *inbox) begin(page services.ThreadPage) {
	if page.Next == "" || len(b.threads) == 0 {
		b.threads, b.next = page.Items, page.Next
		return
	}
	last := page.Items[len(page.Items)-1]
	rest := slices.DeleteFunc(b.threads, func(t services.ThreadSummary) bool { return before(t, last) <= 0 })
	rest = without(rest, page.Items)
	if len(rest) == 0 {
		b.next = page.Next
	}
	b.threads = append(page.Items, rest...)
}

// before orders the list: the latest first.
func before(a, b services.ThreadSummary) int {
	return cmp.Or(b.LastAt.Compare(a.LastAt), cmp.Compare(b.ID, a.ID))
}

// without leaves out the threads that are among others.
func without(threads, others []services.ThreadSummary) []services.ThreadSummary {
	there := map[string]bool{}
	for _, t := range others {
		there[t.ID] = true
	}
	return slices.DeleteFunc(threads, func(t services.ThreadSummary) bool { return there[t.ID] })
}

// nearEnd reads on, unless that is under way or there is no more.
func (b *inbox) nearEnd() {
	if b.query != "" {
		b.moreHits()
		return
	}
	if b.more || b.next == "" {
		return
	}
	b.more = true
	after := b.next
	nav.Run(b.scope, func(ctx context.Context) (services.ThreadPage, error) {
		return b.deps.Messages.Threads(ctx, services.ThreadQuery{Page: services.Page{After: after, Limit: 2 * pageSize}})
	}, func(page services.ThreadPage, err error) {
		b.more = false
		if err == nil && b.next == after { // a failure is tried again at the next scroll
			b.threads, b.next = append(b.threads, without(page.Items, b.threads)...), page.Next
		}
		b.changed()
	})
}

// moreHits asks for all that a search may find, once.
func (b *inbox) moreHits() {
	if b.want < mostHits && len(b.hits) == b.want && b.searched == b.query {
		b.want = mostHits
		b.search()
	}
}

// setQuery takes what is typed into the search and searches after a pause.
func (b *inbox) setQuery(q string) {
	b.typed = q
	if q = strings.TrimSpace(q); q == b.query {
		return
	}
	b.query, b.want = q, someHits
	if q == "" {
		b.pause.end()
		b.asked++
		b.hits, b.searched, b.searchErr = nil, "", nil
		b.changed()
		return
	}
	b.pause.begin(b.search)
}

// search asks for what is typed. Until the answer comes, what was found before stays.
func (b *inbox) search() {
	b.pause.end()
	b.asked++
	run, q, want := b.asked, b.query, b.want
	nav.Run(b.scope, func(ctx context.Context) ([]services.Hit, error) {
		return b.deps.Messages.Search(ctx, q, want)
	}, func(hits []services.Hit, err error) {
		if run != b.asked {
			return
		}
		b.hits, b.searched, b.searchErr = hits, q, err
		b.changed()
	})
}

// searching says whether the list shows what a search found.
func (b *inbox) searching() bool { return b.searched != "" }

// items are the rows, the latest first: conversations with the drafts of new messages among them, or the hits.
func (b *inbox) items() []item {
	var list []item
	if b.searching() {
		for _, hit := range b.hits {
			list = append(list, item{id: hit.Thread.ID, at: hit.At, thread: hit.Thread, hit: &hit})
		}
		return list
	}
	replies := map[string]item{} // what is known of a reply, by its conversation
	for _, draft := range b.kept.drafts {
		i := item{id: rowOfDraft(draft.ID), at: draft.UpdatedAt, draft: &draft, refusal: b.kept.refusal(draft.ID)}
		if draft.ThreadID == "" {
			list = append(list, i)
		} else if known := replies[draft.ThreadID]; known.refusal == nil {
			replies[draft.ThreadID] = item{reply: true, refusal: i.refusal}
		}
	}
	for _, way := range b.kept.onTheirWay() {
		if way.ThreadID == "" {
			list = append(list, item{id: rowOfOutbox(way.Key), at: way.Since, way: &way})
			continue
		}
		known := replies[way.ThreadID]
		known.way = &way
		replies[way.ThreadID] = known
	}
	for _, t := range b.threads {
		reply := replies[t.ID]
		list = append(list, item{id: t.ID, at: t.LastAt, thread: t, reply: reply.reply, way: reply.way, refusal: reply.refusal})
	}
	slices.SortStableFunc(list, func(x, y item) int { return y.at.Compare(x.at) })
	return list
}

// read marks a thread as read in the list.
func (b *inbox) read(id string) {
	for i := range b.threads {
		if b.threads[i].ID == id {
			b.threads[i].Unread = false
		}
	}
	for i := range b.hits {
		if b.hits[i].Thread.ID == id {
			b.hits[i].Thread.Unread = false
		}
	}
}

func (b *inbox) state() pageState {
	switch {
	case b.loaded && len(b.threads) == 0 && len(b.kept.drafts) == 0 && len(b.kept.outbox) == 0:
		return empty
	case b.loaded:
		return full
	case b.err != nil:
		return failed
	default:
		return loading
	}
}
