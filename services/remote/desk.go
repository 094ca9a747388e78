package remote

import (
	"context"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/rule"
)

// Queue lists threads, those that wait longest for an answer first.
func (s *advisorSession) Queue(ctx context.Context, q services.DeskQuery) (services.DeskPage, error) {
	var list api.List[api.DeskSummary]
	c := get(api.PathDeskThreads, &list)
	c.query = query(q.Page)
	if q.WaitingOnly {
		c.query["waiting"] = "true"
	}
	if err := s.do(ctx, c); err != nil {
		return services.DeskPage{}, err
	}
	return api.DeskThreadsFrom(list), nil
}

// DeskThread gives one with its messages.
func (s *advisorSession) DeskThread(ctx context.Context, id string) (services.DeskThread, error) {
	var thread api.DeskThread
	if err := s.do(ctx, get(api.PathDeskThread, &thread).of(id)); err != nil {
		return services.DeskThread{}, err
	}
	return checked(thread.Domain())
}

// Answer replies to a customer.
func (s *advisorSession) Answer(ctx context.Context, a services.DeskAnswer) (services.Receipt, error) {
	if err := rule.Key(a.IdempotencyKey); err != nil {
		return services.Receipt{}, err
	}
	var receipt api.Receipt
	c := post(api.PathDeskMessages, api.NewMessage{Body: a.Body, AttachmentIDs: a.AttachmentIDs}, &receipt).of(a.ThreadID)
	c.key, c.again = a.IdempotencyKey, true
	err := s.do(ctx, c)
	return receipt.Domain(), err
}
