package desk

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/ui/nav"
)

// pageSize is how much of the queue is read at a time.
const pageSize = 50

// pageState is what the queue, or the reading pane, shows.
type pageState int

const (
	loading pageState = iota
	empty
	failed
	full
)

// presenter is the desk: the queue, the conversation that is open, and the answers that are being written.
type presenter struct {
	scope   nav.Scope
	env     nav.Env
	deps    Deps
	changed func() // anything
	typed   func() // the answer alone

	all    bool // not only those that wait
	items  []services.DeskSummary
	next   string // where the queue goes on, "" at its end
	asked  int    // counts the readings, so that an older answer is dropped
	more   bool   // the next page is under way
	loaded bool
	err    error

	openID    string
	thread    services.DeskThread // zero until it was read
	threadErr error

	paper paper // that is being added to the documents, until it is
}

func newPresenter(env nav.Env, deps Deps, threadID string) *presenter {
	return &presenter{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, env: env, deps: deps, changed: func() {}, typed: func() {}, openID: threadID,
	}
}

func (p *presenter) start() {
	p.scope.Start()
	p.more = false // what an earlier visit began was cut off
	p.load()
	p.loadThread()
}

// setAll shows all conversations, or only those that wait.
func (p *presenter) setAll(all bool) {
	if all == p.all {
		return
	}
	p.all, p.items, p.next, p.loaded = all, nil, "", false
	p.load()
	p.changed()
}

// load reads the queue again, as far as it was read before.
func (p *presenter) load() {
	p.err = nil
	p.asked++
	run, want, waiting := p.asked, len(p.items), !p.all
	nav.Run(&p.scope, func(ctx context.Context) (services.DeskPage, error) {
		var read services.DeskPage
		for {
			page, err := p.deps.Desk.Queue(ctx, services.DeskQuery{
				Page: services.Page{After: read.Next, Limit: pageSize}, WaitingOnly: waiting,
			})
			if err != nil {
				return read, err
			}
			read.Items, read.Next = append(read.Items, page.Items...), page.Next
			if read.Next == "" || len(read.Items) >= want {
				return read, nil
			}
		}
	}, func(read services.DeskPage, err error) {
		if run != p.asked {
			return
		}
		if p.err = err; err == nil {
			p.items, p.next, p.loaded, p.more = read.Items, read.Next, true, false
		}
		p.changed()
	})
}

// nearEnd reads on, unless that is under way or there is no more.
func (p *presenter) nearEnd() {
	if p.more || p.next == "" {
		return
	}
	p.more = true
	run, query := p.asked, services.DeskQuery{Page: services.Page{After: p.next, Limit: pageSize}, WaitingOnly: !p.all}
	nav.Run(&p.scope, func(ctx context.Context) (services.DeskPage, error) {
		return p.deps.Desk.Queue(ctx, query)
	}, func(page services.DeskPage, err error) {
		if run != p.asked {
			return
		}
		p.more = false
		if err == nil { // a failure is tried again at the next scroll
			p.items, p.next = append(p.items, page.Items...), page.Next
		}
		p.changed()
	})
}

// open shows another conversation.
func (p *presenter) open(id string) {
	if id == p.openID && p.threadErr == nil {
		return
	}
	p.openID, p.thread = id, services.DeskThread{}
	p.loadThread()
	p.changed()
}

// loadThread reads the conversation that is open.
func (p *presenter) loadThread() {
	id := p.openID
	p.threadErr = nil
	if id == "" {
		return
	}
	nav.Run(&p.scope, func(ctx context.Context) (services.DeskThread, error) {
		return p.deps.Desk.DeskThread(ctx, id)
	}, func(thread services.DeskThread, err error) {
		if p.openID != id {
			return
		}
		switch p.threadErr = err; services.CodeOf(err) {
		case "":
			p.thread = thread
			if p.deps.Begun[id] == nil {
				p.deps.Begun[id] = newReply(p.env.Dispatcher, p.deps, p.env.Policy, id)
			}
			p.deps.Begun[id].changed = func() { p.typed() } // in place of an earlier visit
		case services.CodeNotFound:
			p.thread = services.DeskThread{} // removed meanwhile
		}
		p.changed()
	})
}

// reply is the answer to the conversation that is open; nil until that was read.
func (p *presenter) reply() *reply {
	if p.thread.ID == "" {
		return nil
	}
	return p.deps.Begun[p.openID]
}

// send hands in the answer to the conversation that is open.
func (p *presenter) send(done func()) {
	if r := p.reply(); r != nil {
		r.send(func() {
			p.happened(services.Event{Kind: services.EventMessage, ID: r.threadID})
			done()
		})
	}
}

// happened reads again what an event is about.
func (p *presenter) happened(e services.Event) {
	switch e.Kind {
	case services.EventMessage, services.EventThread:
		p.load()
		if e.ID == p.openID {
			p.loadThread()
		}
	case services.EventRefetch:
		p.load()
		p.loadThread()
	}
}

// retry reads everything again.
func (p *presenter) retry() {
	p.load()
	p.loadThread()
	p.changed()
}

func (p *presenter) queueState() pageState {
	switch {
	case p.loaded && len(p.items) == 0:
		return empty
	case p.loaded:
		return full
	case p.err != nil:
		return failed
	default:
		return loading
	}
}

// threadState is what the reading pane shows: empty when no conversation is chosen.
func (p *presenter) threadState() pageState {
	switch {
	case p.openID == "":
		return empty
	case p.thread.ID != "":
		return full
	case p.threadErr != nil:
		return failed
	default:
		return loading
	}
}

// age is how long somebody has waited, in the largest unit that fits: "now" for less than a minute, "minutes", "hours"
// or "days".
func age(now, since time.Time) (count int, unit string) {
	waited := max(now.Sub(since), 0)
	switch {
	case waited < time.Minute:
		return 0, "now"
	case waited < time.Hour:
		return int(waited.Minutes()), "minutes"
	case waited < 48*time.Hour:
		return int(waited.Hours()), "hours"
	default:
		return int(waited.Hours() / 24), "days"
	}
}
