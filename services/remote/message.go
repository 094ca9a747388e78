package remote

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"myaccount/services"
	"myaccount/services/api"
)

// Threads lists threads. The first part of the whole list is remembered.
func (s *customerSession) Threads(ctx context.Context, q services.ThreadQuery) (services.ThreadPage, error) {
	c := get(api.PathThreads, nil)
	c.query = query(q.Page)
	name := ""
	switch {
	case q.UnreadOnly:
		c.query["unread"] = "true"
	case q.After == "":
		name = nameThreads
	}
	return seen(ctx, s, name, c, func(l api.List[api.ThreadSummary]) (services.ThreadPage, error) {
		page := api.ThreadsFrom(l)
		now := s.portal.options.Clock.Now()
		page.Items = slices.DeleteFunc(page.Items, func(t services.ThreadSummary) bool { return !now.Before(t.KeptUntil) })
		return page, nil
	})
}

// Thread gives one with its messages.
func (s *customerSession) Thread(ctx context.Context, id string) (services.Thread, error) {
	thread, err := seen(ctx, s, nameThread+id, get(api.PathThread, nil).of(id), s.thread)
	if err == nil && len(thread.Messages) == 0 { // it was remembered, and its time has come
		return services.Thread{}, services.Fail(services.CodeNotFound)
	}
	return thread, err
}

// thread reads a thread, without the messages whose time is over: it may have been remembered.
func (s *customerSession) thread(wire api.Thread) (services.Thread, error) {
	thread := wire.Domain()
	now := s.portal.options.Clock.Now()
	thread.Messages = slices.DeleteFunc(thread.Messages, func(m services.Message) bool { return !now.Before(m.KeptUntil) })
	for _, m := range thread.Messages {
		s.kept.note(m)
	}
	return thread, nil
}

// MarkRead marks every message of a thread as read.
func (s *customerSession) MarkRead(ctx context.Context, threadID string) error {
	return s.do(ctx, call{method: http.MethodPut, path: api.PathThreadRead, again: true}.of(threadID))
}

// Unread counts threads with an unread reply.
func (s *customerSession) Unread(ctx context.Context) (int, error) {
	return seen(ctx, s, nameUnread, get(api.PathUnread, nil), func(u api.Unread) (int, error) { return u.Threads, nil })
}

// Search finds the person's own threads.
func (s *customerSession) Search(ctx context.Context, q string, limit int) ([]services.Hit, error) {
	var list api.List[api.Hit]
	c := get(api.PathSearch, &list)
	c.query = map[string]string{"q": q}
	if limit > 0 {
		c.query["limit"] = strconv.Itoa(min(limit, pageMost))
	}
	if err := s.do(ctx, c); err != nil {
		return nil, err
	}
	return api.HitsFrom(list), nil
}

// Send keeps the message on this machine, and then sends it; see outbox. While the service cannot be reached the
// receipt says that it waits.
func (s *customerSession) Send(ctx context.Context, m services.Outgoing) (services.Receipt, error) {
	if err := s.check(); err != nil {
		return services.Receipt{}, err
	}
	if m.ThreadID != "" && !mayBeID(m.ThreadID) {
		return services.Receipt{}, services.Fail(services.CodeNotFound)
	}
	return s.sendThroughOutbox(ctx, m)
}

// post sends a message whose files the service has, by their ids there.
func (s *customerSession) post(ctx context.Context, m services.Outgoing, files []string) (services.Receipt, error) {
	var receipt api.Receipt
	c := post(api.PathThreads, api.NewThread{
		Topic: m.Topic, AgreementID: m.AgreementID, Body: m.Body, AttachmentIDs: files,
	}, &receipt)
	if m.ThreadID != "" {
		c = post(api.PathThreadMessages, api.NewMessage{Body: m.Body, AttachmentIDs: files}, &receipt).of(m.ThreadID)
	}
	c.key, c.again = m.IdempotencyKey, true
	err := s.do(ctx, c)
	return receipt.Domain(), err
}
