package desk

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"myaccount/services"
	"myaccount/ui/uitest"
)

// bureau is a desk in memory. Its errors are set by the test; calls are counted.
type bureau struct {
	services.Desk
	services.Attachments
	mu      sync.Mutex
	threads []services.DeskThread
	files   map[string]services.AttachmentContent
	fail    map[string]error         // by method
	hold    map[string]chan struct{} // by method: it waits until the channel is closed
	calls   map[string]int
	answers []services.DeskAnswer
	papers  []services.DeskDocument
	begun   Begun
	keys    int
	ids     int
}

func newBureau() *bureau {
	return &bureau{
		files: map[string]services.AttachmentContent{}, fail: map[string]error{}, hold: map[string]chan struct{}{}, calls: map[string]int{}, begun: Begun{},
	}
}

func (b *bureau) deps() Deps {
	return Deps{Desk: b, Attachments: b, Documents: b, Begun: b.begun, NewKey: func() string { b.keys++; return fmt.Sprintf("key-%05d", b.keys) }}
}

// enter begins a call: it counts, waits and fails as the test says, and then holds the lock.
func (b *bureau) enter(method string) (func(), error) {
	b.mu.Lock()
	b.calls[method]++
	hold, err := b.hold[method], b.fail[method]
	b.mu.Unlock()
	if hold != nil {
		<-hold
	}
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	return b.mu.Unlock, nil
}

// count tells how often a method was called.
func (b *bureau) count(method string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.calls[method]
}

func (b *bureau) Queue(_ context.Context, q services.DeskQuery) (services.DeskPage, error) {
	leave, err := b.enter("Queue")
	if err != nil {
		return services.DeskPage{}, err
	}
	defer leave()
	var all []services.DeskSummary
	for _, t := range b.threads {
		if t.Waiting || !q.WaitingOnly {
			all = append(all, t.DeskSummary)
		}
	}
	if i := slices.IndexFunc(all, func(t services.DeskSummary) bool { return t.ID == q.After }); i >= 0 {
		all = all[i+1:]
	}
	if len(all) > q.Limit {
		return services.DeskPage{Items: all[:q.Limit], Next: all[q.Limit-1].ID}, nil
	}
	return services.DeskPage{Items: all}, nil
}

func (b *bureau) DeskThread(_ context.Context, id string) (services.DeskThread, error) {
	leave, err := b.enter("DeskThread")
	if err != nil {
		return services.DeskThread{}, err
	}
	defer leave()
	for _, t := range b.threads {
		if t.ID == id {
			t.Messages = slices.Clone(t.Messages)
			return t, nil
		}
	}
	return services.DeskThread{}, services.Fail(services.CodeNotFound)
}

func (b *bureau) Answer(_ context.Context, a services.DeskAnswer) (services.Receipt, error) {
	b.mu.Lock()
	b.answers = append(b.answers, a)
	b.mu.Unlock()
	leave, err := b.enter("Answer")
	if err != nil {
		return services.Receipt{}, err
	}
	defer leave()
	for i := range b.threads {
		if t := &b.threads[i]; t.ID == a.ThreadID {
			b.ids++
			t.Messages = append(t.Messages, services.Message{
				ID: fmt.Sprintf("answer%d", b.ids), From: services.RoleAdvisor, Author: "Marie Gagnon", Body: a.Body, SentAt: uitest.Now,
			})
			t.Waiting = false
			return services.Receipt{ThreadID: t.ID}, nil
		}
	}
	return services.Receipt{}, services.Fail(services.CodeNotFound)
}

func (b *bureau) PutDocument(_ context.Context, d services.DeskDocument) (services.Document, error) {
	b.mu.Lock()
	b.papers = append(b.papers, d)
	b.mu.Unlock()
	leave, err := b.enter("PutDocument")
	if err != nil {
		return services.Document{}, err
	}
	defer leave()
	return services.Document{ID: d.Name, Name: d.Name}, nil
}

func (b *bureau) Attach(_ context.Context, u services.Upload) (services.Attachment, error) {
	leave, err := b.enter("Attach")
	if err != nil {
		return services.Attachment{}, err
	}
	defer leave()
	b.ids++
	a := services.Attachment{ID: fmt.Sprintf("file%d", b.ids), Name: u.Name, Size: int64(len(u.Data))}
	b.files[a.ID] = services.AttachmentContent{Attachment: a, Data: u.Data}
	return a, nil
}

func (b *bureau) OpenAttachment(_ context.Context, id string) (services.AttachmentContent, error) {
	leave, err := b.enter("OpenAttachment")
	if err != nil {
		return services.AttachmentContent{}, err
	}
	defer leave()
	content, ok := b.files[id]
	if !ok {
		return content, services.Fail(services.CodeGone)
	}
	return content, nil
}
