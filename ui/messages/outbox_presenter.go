package messages

import (
	"context"
	"slices"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// kept is what this computer keeps of the person's writing: drafts, and messages that were to be sent.
type kept struct {
	drafts []services.Draft
	outbox []services.OutboxItem
}

// readKept reads it. Only remote mode has an outbox.
func readKept(ctx context.Context, deps Deps) (k kept, err error) {
	if k.drafts, err = deps.Drafts.Drafts(ctx); err == nil && deps.Outbox != nil {
		k.outbox, err = deps.Outbox.Outbox(ctx)
	}
	return k, err
}

const outboxRow = "outbox "

// rowOfOutbox is the id of the row of a new message on its way.
func rowOfOutbox(key string) string { return outboxRow + key }

// isOutbox says whether a row is that of a new message on its way.
func isOutbox(row string) bool { return strings.HasPrefix(row, outboxRow) }

// onTheirWay are the messages that are not received yet.
func (k kept) onTheirWay() []services.OutboxItem {
	return slices.DeleteFunc(slices.Clone(k.outbox), func(i services.OutboxItem) bool { return i.State == services.OutboxRefused })
}

// repliesTo are those to a conversation.
func (k kept) repliesTo(threadID string) []services.OutboxItem {
	return slices.DeleteFunc(k.onTheirWay(), func(i services.OutboxItem) bool { return i.ThreadID != threadID })
}

// on finds the message on its way of a row.
func (k kept) on(row string) (services.OutboxItem, bool) {
	for _, i := range k.onTheirWay() {
		if rowOfOutbox(i.Key) == row {
			return i, true
		}
	}
	return services.OutboxItem{}, false
}

// refusal is why a draft came back, nil when it did not.
func (k kept) refusal(draftID string) error {
	for _, i := range k.outbox {
		if i.State == services.OutboxRefused && draftID != "" && i.DraftID == draftID {
			return &services.Error{Code: i.Code, Fields: i.Fields}
		}
	}
	return nil
}

// draftOf is the draft that a message on its way has become again.
func (k kept) draftOf(key string) (services.Draft, bool) {
	for _, d := range k.drafts {
		if d.IdempotencyKey == key {
			return d, true
		}
	}
	return services.Draft{}, false
}

// gone are the keys of messages that were on their way before and are not any more.
func (k kept) gone(before kept) []string {
	var keys []string
	for _, i := range before.onTheirWay() {
		if !slices.ContainsFunc(k.onTheirWay(), func(o services.OutboxItem) bool { return o.Key == i.Key }) {
			keys = append(keys, i.Key)
		}
	}
	return keys
}

// wayWords say how far a message is.
func wayWords(p *text.Printer, i services.OutboxItem) string {
	switch {
	case i.State == services.OutboxSending && len(i.Attachments) > 0:
		return p.T("messages.outbox.sending_percent", text.Vars{"Percent": p.Percent(float64(i.Percent))})
	case i.State == services.OutboxSending:
		return p.T("messages.outbox.sending")
	default:
		return p.T("messages.outbox.waiting")
	}
}

// refusalSentence says why a message came back, and what to change.
func refusalSentence(p *text.Printer, err error, now time.Time) string {
	fields := services.FieldsOf(err)
	switch {
	case fields[fieldBody] != "":
		return nav.FieldSentence(p, fieldBody, fields[fieldBody])
	case fields[fieldFiles] != "":
		return p.T("messages.send.files")
	case fields[fieldTopic] != "", fields[fieldAgreement] != "":
		return p.T("messages.outbox.choice")
	}
	switch services.CodeOf(err) {
	case services.CodeNotFound, services.CodeGone:
		return p.T("messages.outbox.gone")
	}
	return nav.Sentence(p, err, now)
}

// outboxChanged reads again what this computer keeps. What has left the outbox is looked for at the service, and stays in
// the list until that has answered.
func (c *center) outboxChanged() {
	nav.Run(&c.scope, func(ctx context.Context) (kept, error) { return readKept(ctx, c.deps) }, func(k kept, err error) {
		if err != nil || !c.inbox.loaded {
			return
		}
		gone := k.gone(c.inbox.kept)
		if !slices.ContainsFunc(gone, func(key string) bool { _, back := k.draftOf(key); return !back }) {
			c.inbox.kept = k
		}
		for _, key := range gone {
			c.left(key, k)
		}
		if len(gone) > 0 {
			c.inbox.load()
			c.loadThread()
		}
		c.changed()
	})
}

// left goes on with a message that has left the outbox, if it is open: to the draft that it is again, or to the
// conversation that it has begun.
func (c *center) left(key string, k kept) {
	if c.openID != rowOfOutbox(key) {
		return
	}
	if d, ok := k.draftOf(key); ok {
		c.openID = rowOfDraft(d.ID)
		return
	}
	nav.Run(&c.scope, func(ctx context.Context) (services.Receipt, error) { return c.deps.Outbox.Received(ctx, key) },
		func(r services.Receipt, err error) {
			if err == nil && c.openID == rowOfOutbox(key) {
				c.open(r.ThreadID)
			}
		})
}

// takeBack makes a draft again of a message that waits.
func (c *center) takeBack(key string, done func(error)) {
	nav.Keep(&c.scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, c.deps.Outbox.CancelOutbox(ctx, key)
	}, func(_ struct{}, err error) {
		c.outboxChanged()
		done(err)
	})
}
