package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) messageRoutes() {
	signed(s, call{
		id: "list-threads", method: http.MethodGet, path: api.PathThreads, codes: gated(),
		summary: "Conversations, latest activity first",
	}, threads)
	signed(s, call{
		id: "start-thread", method: http.MethodPost, path: api.PathThreads, status: http.StatusCreated, codes: gated(),
		summary: "Send a message about something new; the answer is the confirmation",
	}, startThread)
	signed(s, call{
		id: "get-thread", method: http.MethodGet, path: api.PathThread, codes: gated(services.CodeNotFound),
		summary: "A conversation, oldest message first",
	}, thread)
	signed(s, call{
		id: "reply", method: http.MethodPost, path: api.PathThreadMessages, status: http.StatusCreated,
		summary: "Send a message in a conversation", codes: gated(services.CodeNotFound),
	}, reply)
	signed(s, call{
		id: "mark-read", method: http.MethodPut, path: api.PathThreadRead, status: http.StatusNoContent,
		summary: "Mark every message of a conversation as read", codes: gated(services.CodeNotFound),
	}, markRead)
	signed(s, call{
		id: "count-unread", method: http.MethodGet, path: api.PathUnread, codes: gated(),
		summary: "How many conversations have an unread reply",
	}, unread)
	signed(s, call{
		id: "search-messages", method: http.MethodGet, path: api.PathSearch, codes: gated(),
		summary: "One's own conversations that have all words, latest first",
	}, search)
}

// threadsQuery asks for conversations.
type threadsQuery struct {
	Page
	Unread bool `query:"unread" doc:"Only those with an unread reply"`
}

func threads(ctx context.Context, c services.CustomerSession, in *threadsQuery) (*answer[api.List[api.ThreadSummary]], error) {
	part, err := c.Threads(ctx, services.ThreadQuery{Page: in.domain(), UnreadOnly: in.Unread})
	return &answer[api.List[api.ThreadSummary]]{api.ThreadsOf(part)}, err
}

// newThread sends the first message of a conversation.
type newThread struct {
	Keyed
	Body api.NewThread
}

func startThread(ctx context.Context, c services.CustomerSession, in *newThread) (*answer[api.Receipt], error) {
	m := in.Body
	receipt, err := c.Send(ctx, services.Outgoing{
		Topic: m.Topic, AgreementID: m.AgreementID, Body: m.Body, AttachmentIDs: m.AttachmentIDs, IdempotencyKey: in.Key,
	})
	return &answer[api.Receipt]{api.ReceiptOf(receipt)}, err
}

func thread(ctx context.Context, c services.CustomerSession, in *ByID) (*answer[api.Thread], error) {
	one, err := c.Thread(ctx, in.ID)
	return &answer[api.Thread]{api.ThreadOf(one)}, err
}

// newMessage sends a message in a conversation.
type newMessage struct {
	ByID
	Keyed
	Body api.NewMessage
}

func reply(ctx context.Context, c services.CustomerSession, in *newMessage) (*answer[api.Receipt], error) {
	receipt, err := c.Send(ctx, services.Outgoing{
		ThreadID: in.ID, Body: in.Body.Body, AttachmentIDs: in.Body.AttachmentIDs, IdempotencyKey: in.Key,
	})
	return &answer[api.Receipt]{api.ReceiptOf(receipt)}, err
}

func markRead(ctx context.Context, c services.CustomerSession, in *ByID) (*nothing, error) {
	return &nothing{}, c.MarkRead(ctx, in.ID)
}

func unread(ctx context.Context, c services.CustomerSession, _ *nothing) (*answer[api.Unread], error) {
	n, err := c.Unread(ctx)
	return &answer[api.Unread]{api.Unread{Threads: n}}, err
}

// searchQuery asks for messages.
type searchQuery struct {
	Query string `query:"q" doc:"Words; at most 200 characters"`
	Limit int    `query:"limit" doc:"1 to 100; 50 when it is left out"`
}

func search(ctx context.Context, c services.CustomerSession, in *searchQuery) (*answer[api.List[api.Hit]], error) {
	hits, err := c.Search(ctx, in.Query, in.Limit)
	return &answer[api.List[api.Hit]]{api.HitsOf(hits)}, err
}
