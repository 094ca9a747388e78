package remote

import (
	"context"
	"net/http"
	"slices"

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
	page, recalled, err := look(ctx, s, name, c, threadsFrom)
	if recalled {
		s.dropOldThreads(&page)
	}
	return page, err
}

func threadsFrom(l api.List[api.ThreadSummary]) (services.ThreadPage, error) {
	return api.ThreadsFrom(l), nil
}

// dropOldThreads leaves out the threads whose time is over. What the service answers it has judged itself, by a clock
// that is right.
func (s *customerSession) dropOldThreads(page *services.ThreadPage) {
	now := s.portal.options.Clock.Now()
	page.Items = slices.DeleteFunc(page.Items, func(t services.ThreadSummary) bool { return !now.Before(t.KeptUntil) })
}

// Thread gives one with its messages.
func (s *customerSession) Thread(ctx context.Context, id string) (services.Thread, error) {
	thread, recalled, err := look(ctx, s, nameThread+id, get(api.PathThread, nil).of(id), threadFrom)
	if recalled {
		if s.dropOldMessages(&thread); len(thread.Messages) == 0 {
			return services.Thread{}, services.Fail(services.CodeNotFound)
		}
	}
	for _, m := range thread.Messages {
		s.kept.note(m)
	}
	return thread, err
}

func threadFrom(t api.Thread) (services.Thread, error) { return t.Domain(), nil }

// dropOldMessages leaves out the messages whose time is over.
func (s *customerSession) dropOldMessages(thread *services.Thread) {
	now := s.portal.options.Clock.Now()
	thread.Messages = slices.DeleteFunc(thread.Messages, func(m services.Message) bool { return !now.Before(m.KeptUntil) })
}

// MarkRead marks every message of a thread as read.
func (s *customerSession) MarkRead(ctx context.Context, threadID string) error {
	return s.do(ctx, call{method: http.MethodPut, path: api.PathThreadRead, again: true}.of(threadID))
}

// Unread counts threads with an unread reply.
func (s *customerSession) Unread(ctx context.Context) (int, error) {
	return seen(ctx, s, nameUnread, get(api.PathUnread, nil), func(u api.Unread) (int, error) { return u.Threads, nil })
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
