package messages

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// center is the Message Center: the list, and the conversation that is open with the reply to it.
type center struct {
	scope   nav.Scope
	env     nav.Env
	deps    Deps
	changed func() // anything
	typed   func() // the reply alone
	inbox   *inbox
	known   map[string]services.Agreement // by id

	openID string          // the conversation, or the row of a draft
	thread services.Thread // zero until it was read
	err    error
}

func newCenter(env nav.Env, deps Deps, threadID string) *center {
	c := &center{
		scope: nav.Scope{Dispatcher: env.Dispatcher}, env: env, deps: deps, changed: func() {}, typed: func() {}, openID: threadID,
	}
	c.inbox = newInbox(&c.scope, deps, func() { c.changed() })
	return c
}

func (c *center) start() {
	c.scope.Start()
	c.inbox.more = false // what an earlier visit began was cut off
	c.inbox.load()
	c.loadThread()
	c.loadAgreements()
}

// loadAgreements reads what the agreements are. Without that they are called agreements.
func (c *center) loadAgreements() {
	nav.Run(&c.scope, c.deps.Agreements.Agreements, func(list []services.Agreement, err error) {
		if err != nil {
			return
		}
		c.known = map[string]services.Agreement{}
		for _, a := range list {
			c.known[a.ID] = a
		}
		c.changed()
	})
}

// kind is what an agreement is, "" when that is not known.
func (c *center) kind(agreementID string) services.AgreementKind { return c.known[agreementID].Kind }

// number is that of an agreement, "" when it is not known.
func (c *center) number(agreementID string) string { return c.known[agreementID].Number }

// leaving saves every reply that is not saved yet.
func (c *center) leaving() { c.deps.Begun.save() }

// retry reads everything again.
func (c *center) retry() {
	c.inbox.load()
	c.loadThread()
	c.changed()
}

// retryThread reads the conversation that is open again.
func (c *center) retryThread() {
	c.loadThread()
	c.changed()
}

// open shows another conversation.
func (c *center) open(id string) {
	if id == c.openID && c.err == nil {
		return
	}
	if w := c.reply(); w != nil {
		w.save()
	}
	c.openID, c.thread = id, services.Thread{}
	c.loadThread()
	c.changed()
}

// reply is what is being written to the conversation that is open; nil until that was read.
func (c *center) reply() *writer {
	if c.thread.ID == "" {
		return nil
	}
	return c.deps.Begun.reply(c.openID)
}

// loadThread reads the conversation that is open, and what was written to it and not sent.
func (c *center) loadThread() {
	id := c.openID
	c.err = nil
	if id == "" || isDraft(id) || isOutbox(id) {
		return
	}
	type answer struct {
		thread services.Thread
		kept   kept
	}
	nav.Run(&c.scope, func(ctx context.Context) (a answer, err error) {
		if a.thread, err = c.deps.Messages.Thread(ctx, id); err == nil {
			a.kept, err = readKept(ctx, c.deps)
		}
		return a, err
	}, func(a answer, err error) {
		if c.openID != id {
			return
		}
		switch c.err = err; services.CodeOf(err) {
		case "":
			c.took(a.thread, a.kept)
		case services.CodeNotFound:
			c.thread = services.Thread{} // removed meanwhile
		}
		c.changed()
	})
}

func (c *center) took(thread services.Thread, k kept) {
	c.thread, c.inbox.kept = thread, k
	w := c.deps.Begun.reply(thread.ID)
	if w == nil || w.untouched() { // a message that was taken back is a draft again
		c.deps.Begun.drop(w)
		w = c.newReply(thread.ID, k)
	}
	w.changed = func() { c.typed() } // in place of an earlier page
	if thread.Unread {
		c.markRead(thread.ID)
	}
}

// newReply goes on with the draft of a reply, if there is one.
func (c *center) newReply(threadID string, k kept) *writer {
	draft := services.Draft{ThreadID: threadID}
	for _, d := range k.drafts {
		if d.ThreadID == threadID {
			draft = d
			break
		}
	}
	w := newWriter(c.env.Dispatcher, c.deps, c.env.Policy, draft)
	w.cameBack(k.refusal(draft.ID))
	c.deps.Begun.add(w)
	return w
}

// markRead tells that the person has it before their eyes. It is told again the next time when it fails.
func (c *center) markRead(id string) {
	nav.RunErr(&c.scope, func(ctx context.Context) error { return c.deps.Messages.MarkRead(ctx, id) }, func(err error) {
		if err == nil {
			c.inbox.read(id)
			c.changed()
		}
	})
}

// send hands the reply in. Afterwards a new one can be written.
func (c *center) send(done func(services.Receipt)) {
	w := c.reply()
	if w == nil {
		return
	}
	id := c.openID
	w.send(func(r services.Receipt) {
		c.newReply(id, kept{}).changed = func() { c.typed() }
		c.happened(services.Event{Kind: services.EventMessage, ID: id})
		done(r)
	})
}

// happened reads again what an event is about.
func (c *center) happened(e services.Event) {
	switch e.Kind {
	case services.EventMessage, services.EventThread:
		c.inbox.load()
		if e.ID == c.openID {
			c.loadThread()
		}
	case services.EventOutbox:
		c.outboxChanged()
	case services.EventRefetch:
		c.inbox.load()
		c.loadThread()
	}
}

// draft is the draft of a new message that is chosen in the list, if one is.
func (c *center) draft() (services.Draft, bool) {
	for _, d := range c.inbox.kept.drafts {
		if rowOfDraft(d.ID) == c.openID {
			return d, true
		}
	}
	return services.Draft{}, false
}

// removeDraft takes a draft and its files away.
func (c *center) removeDraft(id string, done func(error)) {
	nav.Keep(&c.scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, c.deps.Drafts.DeleteDraft(ctx, id)
	}, func(_ struct{}, err error) {
		if err == nil {
			c.openID = ""
			c.inbox.load()
		}
		done(err)
	})
}

// readerState is what the reading pane shows: empty when nothing is chosen.
func (c *center) readerState() pageState {
	_, draft := c.draft()
	_, way := c.inbox.kept.on(c.openID)
	switch {
	case draft, way:
		return full
	case c.openID == "", isDraft(c.openID), isOutbox(c.openID):
		return empty
	case c.thread.ID != "":
		return full
	case c.err != nil:
		return failed
	default:
		return loading
	}
}
