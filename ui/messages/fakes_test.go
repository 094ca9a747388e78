package messages

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/uitest"
)

// office is a small Message Center in memory. Its errors are set by the test; calls are counted.
type office struct {
	mu          sync.Mutex
	threads     []services.Thread
	drafts      []services.Draft
	agreements  []services.Agreement
	files       map[string]services.AttachmentContent
	receipts    map[string]services.Receipt // by key
	ids         int
	fail        map[string]error         // by method
	hold        map[string]chan struct{} // by method: it waits until the channel is closed
	calls       map[string]int
	sent        []services.Outgoing
	saves       []services.Draft
	searches    []string
	copies      []string
	now         func() time.Time
	loseReceipt bool // the next answer to Send gets lost
	begun       *Begun
}

func newOffice() *office {
	return &office{
		files: map[string]services.AttachmentContent{}, receipts: map[string]services.Receipt{}, fail: map[string]error{},
		begun: &Begun{}, hold: map[string]chan struct{}{}, calls: map[string]int{}, now: func() time.Time { return uitest.Now },
	}
}

// deps hands the office out as what the pages work with.
func (o *office) deps() Deps {
	return Deps{Messages: o, Drafts: o, Attachments: o, Agreements: registry{o}, Copies: o, Begun: o.begun}
}

// enter begins a call: it counts, waits and fails as the test says, and then holds the lock.
func (o *office) enter(method string) (func(), error) {
	o.mu.Lock()
	o.calls[method]++
	hold, err := o.hold[method], o.fail[method]
	o.mu.Unlock()
	if hold != nil {
		<-hold
	}
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	return o.mu.Unlock, nil
}

// pause lets calls of a method wait until the pause is ended.
func (o *office) pause(method string) (end func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	hold := make(chan struct{})
	o.hold[method] = hold
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(o.hold, method)
		close(hold)
	}
}

func (o *office) id(kind string) string {
	o.ids++
	return fmt.Sprintf("%s%d", kind, o.ids)
}

func (o *office) Threads(_ context.Context, q services.ThreadQuery) (services.ThreadPage, error) {
	leave, err := o.enter("Threads")
	if err != nil {
		return services.ThreadPage{}, err
	}
	defer leave()
	var all []services.ThreadSummary
	for _, t := range o.threads {
		all = append(all, t.ThreadSummary)
	}
	slices.SortFunc(all, before)
	if i := slices.IndexFunc(all, func(t services.ThreadSummary) bool { return t.ID == q.After }); i >= 0 {
		all = all[i+1:]
	}
	page := services.ThreadPage{Items: all}
	if len(all) > q.Limit {
		page.Items = all[:q.Limit]
		page.Next = all[q.Limit-1].ID
	}
	return page, nil
}

func (o *office) find(id string) *services.Thread {
	for i := range o.threads {
		if o.threads[i].ID == id {
			return &o.threads[i]
		}
	}
	return nil
}

func (o *office) Thread(_ context.Context, id string) (services.Thread, error) {
	leave, err := o.enter("Thread")
	if err != nil {
		return services.Thread{}, err
	}
	defer leave()
	t := o.find(id)
	if t == nil {
		return services.Thread{}, services.Fail(services.CodeNotFound)
	}
	copied := *t
	copied.Messages = slices.Clone(t.Messages)
	return copied, nil
}

func (o *office) Send(_ context.Context, m services.Outgoing) (services.Receipt, error) {
	leave, err := o.enter("Send")
	if err != nil {
		return services.Receipt{}, err
	}
	defer leave()
	o.sent = append(o.sent, m)
	o.drafts = slices.DeleteFunc(o.drafts, func(d services.Draft) bool { return d.ID == m.DraftID })
	if receipt, again := o.receipts[m.IdempotencyKey]; again {
		return receipt, nil
	}
	t := o.find(m.ThreadID)
	if t == nil {
		o.threads = append(o.threads, services.Thread{ThreadSummary: services.ThreadSummary{
			ID: o.id("t"), Reference: "M-NEW0-0001", Topic: m.Topic, AgreementID: m.AgreementID, AgreementNumber: "60014471",
		}})
		t = &o.threads[len(o.threads)-1]
	}
	message := o.message(services.RoleCustomer, "Amélie Tremblay", m.Body, o.now())
	message.ID = o.id("m")
	for _, id := range m.AttachmentIDs {
		message.Attachments = append(message.Attachments, o.files[id].Attachment)
	}
	t.Messages = append(t.Messages, message)
	t.LastAt, t.KeptUntil, t.Excerpt = message.SentAt, message.KeptUntil, message.Body
	receipt := services.Receipt{ThreadID: t.ID, MessageID: message.ID, Reference: t.Reference, ReceivedAt: o.now()}
	o.receipts[m.IdempotencyKey] = receipt
	if o.loseReceipt {
		o.loseReceipt = false
		return services.Receipt{}, services.Fail(services.CodeUnavailable)
	}
	return receipt, nil
}

func (o *office) message(from services.Role, author, body string, at time.Time) services.Message {
	return services.Message{From: from, Author: author, Body: body, SentAt: at, KeptUntil: at.Add(30 * 24 * time.Hour)}
}

func (o *office) MarkRead(_ context.Context, id string) error {
	leave, err := o.enter("MarkRead")
	if err != nil {
		return err
	}
	defer leave()
	o.find(id).Unread = false
	return nil
}

func (o *office) Unread(context.Context) (int, error) { return 0, nil }

func (o *office) Search(_ context.Context, q string, limit int) ([]services.Hit, error) {
	leave, err := o.enter("Search " + q)
	if err == nil {
		leave()
		leave, err = o.enter("Search")
	}
	if err != nil {
		return nil, err
	}
	defer leave()
	o.searches = append(o.searches, q)
	var hits []services.Hit
	for _, t := range o.threads {
		for _, m := range t.Messages {
			if i := strings.Index(text.Fold(m.Body), text.Fold(q)); i >= 0 && len(hits) < limit {
				hits = append(hits, services.Hit{Thread: t.ThreadSummary, Excerpt: m.Body, Marks: [][2]int{{i, i + len(q)}}, At: m.SentAt})
				break
			}
		}
	}
	return hits, nil
}

func (o *office) Drafts(context.Context) ([]services.Draft, error) {
	leave, err := o.enter("Drafts")
	if err != nil {
		return nil, err
	}
	defer leave()
	return slices.Clone(o.drafts), nil
}

func (o *office) Draft(_ context.Context, id string) (services.Draft, error) {
	leave, err := o.enter("Draft")
	if err != nil {
		return services.Draft{}, err
	}
	defer leave()
	for _, d := range o.drafts {
		if d.ID == id {
			return d, nil
		}
	}
	return services.Draft{}, services.Fail(services.CodeNotFound)
}

func (o *office) SaveDraft(_ context.Context, d services.Draft) (services.Draft, error) {
	leave, err := o.enter("SaveDraft")
	if err != nil {
		return services.Draft{}, err
	}
	defer leave()
	o.saves = append(o.saves, d)
	d.UpdatedAt = o.now()
	if d.ID == "" {
		d.ID, d.IdempotencyKey = o.id("d"), o.id("key-")
		o.drafts = append(o.drafts, d)
		return d, nil
	}
	for i := range o.drafts {
		if o.drafts[i].ID == d.ID {
			d.IdempotencyKey = o.drafts[i].IdempotencyKey
			o.drafts[i] = d
			return d, nil
		}
	}
	return services.Draft{}, services.Fail(services.CodeNotFound)
}

func (o *office) DeleteDraft(_ context.Context, id string) error {
	leave, err := o.enter("DeleteDraft")
	if err != nil {
		return err
	}
	defer leave()
	o.drafts = slices.DeleteFunc(o.drafts, func(d services.Draft) bool { return d.ID == id })
	return nil
}

func (o *office) Attach(_ context.Context, u services.Upload) (services.Attachment, error) {
	leave, err := o.enter("Attach")
	if err != nil {
		return services.Attachment{}, err
	}
	defer leave()
	if strings.HasSuffix(u.Name, ".exe") {
		return services.Attachment{}, services.Fail(services.CodeUnsupportedType)
	}
	a := services.Attachment{ID: o.id("a"), Name: u.Name, Size: int64(len(u.Data))}
	o.files[a.ID] = services.AttachmentContent{Attachment: a, Data: u.Data}
	return a, nil
}

func (o *office) OpenAttachment(_ context.Context, id string) (services.AttachmentContent, error) {
	leave, err := o.enter("OpenAttachment")
	if err != nil {
		return services.AttachmentContent{}, err
	}
	defer leave()
	content, ok := o.files[id]
	if !ok {
		return content, services.Fail(services.CodeGone)
	}
	return content, nil
}

func (o *office) Detach(_ context.Context, id string) error {
	leave, err := o.enter("Detach")
	if err != nil {
		return err
	}
	defer leave()
	delete(o.files, id)
	return nil
}

// registry is the office as far as agreements go.
type registry struct{ o *office }

func (r registry) Agreements(context.Context) ([]services.Agreement, error) {
	leave, err := r.o.enter("Agreements")
	if err != nil {
		return nil, err
	}
	defer leave()
	return slices.Clone(r.o.agreements), nil
}

func (r registry) Agreement(context.Context, string) (services.Agreement, error) {
	return services.Agreement{}, services.Fail(services.CodeNotFound)
}

// CopyThread keeps the languages of the copies, by conversation.
func (o *office) CopyThread(_ context.Context, threadID, language string) (services.Document, error) {
	leave, err := o.enter("CopyThread")
	if err != nil {
		return services.Document{}, err
	}
	defer leave()
	o.copies = append(o.copies, threadID+" "+language)
	return services.Document{ID: "copy of " + threadID, Kind: services.DocumentMessage}, nil
}
