package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) deskRoutes() {
	signed(s, call{
		id: "desk-list-threads", method: http.MethodGet, path: api.PathDeskThreads,
		summary: "The queue: conversations that wait longest for an answer first",
	}, deskThreads)
	signed(s, call{
		id: "desk-get-thread", method: http.MethodGet, path: api.PathDeskThread, codes: []services.Code{services.CodeNotFound},
		summary: "A conversation with what an advisor needs beside it",
	}, deskThread)
	signed(s, call{
		id: "desk-answer", method: http.MethodPost, path: api.PathDeskMessages, status: http.StatusCreated,
		summary: "Reply to a customer", codes: []services.Code{services.CodeNotFound},
	}, deskAnswer)
}

// deskQuery asks for conversations of the queue.
type deskQuery struct {
	Page
	Waiting bool `query:"waiting" doc:"Only those whose last message is the customer's"`
}

func deskThreads(ctx context.Context, a services.AdvisorSession, in *deskQuery) (*answer[api.List[api.DeskSummary]], error) {
	part, err := a.Queue(ctx, services.DeskQuery{Page: in.domain(), WaitingOnly: in.Waiting})
	return &answer[api.List[api.DeskSummary]]{api.DeskThreadsOf(part)}, err
}

func deskThread(ctx context.Context, a services.AdvisorSession, in *ByID) (*answer[api.DeskThread], error) {
	one, err := a.DeskThread(ctx, in.ID)
	return &answer[api.DeskThread]{api.DeskThreadOf(one)}, err
}

func deskAnswer(ctx context.Context, a services.AdvisorSession, in *newMessage) (*answer[api.Receipt], error) {
	receipt, err := a.Answer(ctx, services.DeskAnswer{
		ThreadID: in.ID, Body: in.Body.Body, AttachmentIDs: in.Body.AttachmentIDs, IdempotencyKey: in.Key,
	})
	return &answer[api.Receipt]{api.ReceiptOf(receipt)}, err
}
