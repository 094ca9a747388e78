package remote

import (
	"context"
	"slices"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/remote/cache"
)

// The outbox of a person is what the cache keeps of messages on their way. Each session of the person has a worker that
// sends them; who called Send waits for what becomes of the message, whichever worker it is that sends it.

const (
	// tryFor is how long a try may go without a word until another may begin: a process that was killed says none.
	tryFor = time.Minute
	// nextFirst and nextMost bound the growing waits between tries.
	nextFirst = 2 * time.Second
	nextMost  = 10 * time.Minute
)

// outboxes are those of the people of a portal.
type outboxes struct {
	mu   sync.Mutex
	each map[string]*outbox
}

// outbox joins the workers and those who wait. Its watchers want to know that something changed.
type outbox struct {
	watchers
	work watchers // workers: there is something to send

	mu      sync.Mutex
	waiting map[string][]chan outcome // by key
	quiet   time.Time                 // until when the service asked to be left alone, by the clock that nobody sets
}

// asked notes for how long the service asked to be left alone.
func (o *outbox) asked(wait time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if until := time.Now().Add(min(wait, cache.WaitMost)); until.After(o.quiet) {
		o.quiet = until
	}
}

// mayHasten tells whether what waits may be tried before its time.
func (o *outbox) mayHasten() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return !time.Now().Before(o.quiet)
}

// outcome is what became of a message: received, refused, or (a receipt that says so) kept for later.
type outcome struct {
	receipt services.Receipt
	err     error
}

func (p *Portal) outboxOf(person string) *outbox {
	p.boxes.mu.Lock()
	defer p.boxes.mu.Unlock()
	if p.boxes.each == nil {
		p.boxes.each = map[string]*outbox{}
	}
	if p.boxes.each[person] == nil {
		p.boxes.each[person] = &outbox{waiting: map[string][]chan outcome{}}
	}
	return p.boxes.each[person]
}

// await gives a channel that what becomes of a message is sent to, and what to call when nobody waits any more.
func (o *outbox) await(key string) (<-chan outcome, func()) {
	c := make(chan outcome, 1)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting[key] = append(o.waiting[key], c)
	return c, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.waiting[key] = slices.DeleteFunc(o.waiting[key], func(other chan outcome) bool { return other == c })
		if len(o.waiting[key]) == 0 {
			delete(o.waiting, key)
		}
	}
}

// settle tells those who wait for a message what became of it.
func (o *outbox) settle(key string, out outcome) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.waiting[key] {
		select {
		case c <- out:
		default: // it knows already
		}
	}
	delete(o.waiting, key)
}

// later is what becomes of a message that the service could not be reached for.
var later = outcome{receipt: services.Receipt{Waiting: true}}

// sendThroughOutbox puts the message into the outbox and waits for what becomes of it, as long as ctx and the session
// last. From Put on nothing can lose it.
func (s *customerSession) sendThroughOutbox(ctx context.Context, m services.Outgoing) (services.Receipt, error) {
	done, leave := s.outbox.await(m.IdempotencyKey)
	defer leave()
	w, err := s.mine.Put(ctx, m)
	if err != nil {
		return services.Receipt{}, err
	}
	if w.State == cache.StateReceived {
		return w.Receipt, nil
	}
	s.outbox.tell()
	s.outbox.work.tell()
	if s.offline() {
		return later.receipt, nil
	}
	select {
	case out := <-done:
		if out.err != nil && m.DraftID == "" { // the caller still holds the text
			s.note(s.mine.DropDraft(context.WithoutCancel(ctx), w.ID))
		}
		return out.receipt, out.err
	case <-ctx.Done():
		return later.receipt, nil
	case <-s.ctx.Done():
	}
	if s.portal.ctx.Err() != nil { // it is sent when the program runs again
		return later.receipt, nil
	}
	return s.takeBack(m)
}

// takeBack makes a draft again of a message whose session ended before it was sent, unless it is just being sent by
// another session of the person: then it waits. A try of this session ends with it, and is over before.
func (s *customerSession) takeBack(m services.Outgoing) (services.Receipt, error) {
	s.sending.Lock()
	defer s.sending.Unlock()
	ctx := context.WithoutCancel(s.ctx)
	back, err := s.mine.Cancel(ctx, m.IdempotencyKey)
	if err != nil {
		return later.receipt, nil //nolint:nilerr // it is on its way, or was received
	}
	s.outbox.tell()
	if m.DraftID == "" {
		if err := s.mine.DropDraft(ctx, back.ID); err != nil {
			return services.Receipt{}, err
		}
	}
	return services.Receipt{}, services.Fail(services.CodeUnauthenticated)
}

// start lets the session's worker send what waits, from now until the session ends.
func (s *customerSession) start() { s.portal.running.Go(s.sendAll) }

// sendAll is the worker.
func (s *customerSession) sendAll() {
	work, link := s.outbox.work.watch(s.ctx), s.portal.link.watch(s.ctx)
	s.hasten()
	for s.ctx.Err() == nil {
		if s.check() == nil && s.sendNext() {
			continue
		}
		s.settleHeld()
		timer := time.NewTimer(s.idle())
		select {
		case <-work:
		case <-link:
			s.hasten()
		case <-timer.C:
		case <-s.ctx.Done():
		}
		timer.Stop()
	}
}

// hasten makes what waits for the connection due, once it is there. What the service itself put off stays put off.
func (s *customerSession) hasten() {
	if online, _ := s.portal.Online(); !online || !s.outbox.mayHasten() {
		return
	}
	if err := s.mine.Hasten(s.ctx); err != nil && s.ctx.Err() == nil {
		s.portal.options.Log.Warn("outbox", "error", err)
	}
}

// idle is how long until a message may be due.
func (s *customerSession) idle() time.Duration {
	due, err := s.mine.NextDue(s.ctx)
	if err != nil || due.IsZero() {
		return nextMost
	}
	return min(max(due.Sub(s.portal.options.Clock.Now()), time.Second), nextMost)
}

// sendNext sends the message that is due, if there is one.
func (s *customerSession) sendNext() bool {
	s.sending.Lock()
	defer s.sending.Unlock()
	now := s.portal.options.Clock.Now()
	w, ok, err := s.mine.Claim(s.ctx, now.Add(tryFor))
	if err != nil && s.ctx.Err() == nil {
		s.portal.options.Log.Warn("outbox", "error", err)
	}
	if !ok {
		return false
	}
	s.outbox.tell()
	before := slices.Clone(w.Files)
	receipt, err := s.deliver(s.ctx, w)
	if outdated(err, before) {
		err = s.uploadAgain(w)
	}
	s.conclude(w, receipt, err)
	s.outbox.tell()
	return true
}

// settleHeld tells those who wait for a message that has to wait itself: for its next try, or behind an older one of
// the same thread.
func (s *customerSession) settleHeld() {
	list, err := s.mine.Waiting(s.ctx)
	if err != nil {
		return
	}
	now := s.portal.options.Clock.Now()
	held := map[string]bool{}
	for _, w := range list {
		if w.State == cache.StateWaiting && (now.Before(w.Due) || held[w.Message.ThreadID]) {
			s.outbox.settle(w.Message.IdempotencyKey, later)
		}
		held[w.Message.ThreadID] = w.Message.ThreadID != ""
	}
}

// conclude notes what became of a try.
func (s *customerSession) conclude(w cache.Waiting, receipt services.Receipt, err error) {
	ctx, key := context.WithoutCancel(s.ctx), w.Message.IdempotencyKey
	now := s.portal.options.Clock.Now()
	switch {
	case err == nil:
		s.note(s.mine.Done(ctx, key, receipt))
		s.outbox.settle(key, outcome{receipt: receipt})
		s.portal.running.Go(func() { s.see(receipt.ThreadID) })
	case forGood(err):
		s.comeBack(ctx, w, err)
	case s.ctx.Err() != nil: // another session, or the next, goes on at once
		s.note(s.mine.Retry(ctx, key, now))
		s.outbox.work.tell()
	default:
		asked := services.RetryAfterOf(err)
		s.outbox.asked(asked)
		s.note(s.mine.Retry(ctx, key, now.Add(asked+retryWait(w.Tries-1, nextFirst, nextMost))))
		s.outbox.settle(key, later)
	}
}

// see reads a thread that was written to and the list with it, so that both are there without the service.
func (s *customerSession) see(threadID string) {
	_, err := s.Thread(s.ctx, threadID)
	if err == nil {
		_, err = s.Threads(s.ctx, services.ThreadQuery{})
	}
	if err != nil && s.ctx.Err() == nil {
		s.portal.options.Log.Info("what was sent is not there without the service yet", "error", err)
	}
}

// note logs what the cache could not write. The message is then tried once more with its key, which changes nothing.
func (s *customerSession) note(err error) {
	if err != nil {
		s.portal.options.Log.Warn("outbox", "error", err)
	}
}

// forGood tells whether no other try of the same message can end otherwise.
func forGood(err error) bool {
	switch services.CodeOf(err) {
	case services.CodeInvalid, services.CodeForbidden, services.CodeNotFound, services.CodeGone, services.CodeTooLarge,
		services.CodeUnsupportedType:
		return true
	}
	return false
}

// outdated tells whether a message was refused because the service has forgotten files that an earlier try handed in: it
// keeps those that no message names for a day only.
func outdated(err error, before []cache.File) bool {
	fields := services.FieldsOf(err)
	return len(fields) == 1 && fields["attachment_ids"] == services.ReasonUnknown &&
		slices.ContainsFunc(before, func(f cache.File) bool { return f.Upload.AttachmentID != "" })
}

// uploadAgain lets the next try hand all files in anew, and gives the error of this one.
func (s *customerSession) uploadAgain(w cache.Waiting) error {
	ctx, until := context.WithoutCancel(s.ctx), s.portal.options.Clock.Now().Add(tryFor)
	for _, file := range w.Files {
		if err := s.mine.SetUpload(ctx, w.Message.IdempotencyKey, file.ID, cache.Upload{}, until); err != nil {
			return err
		}
	}
	return services.Fail(services.CodeUnavailable)
}

// comeBack makes a draft again of a message that was refused.
func (s *customerSession) comeBack(ctx context.Context, w cache.Waiting, err error) {
	key := w.Message.IdempotencyKey
	_, failed := s.mine.Refuse(ctx, key, &services.Error{Code: services.CodeOf(err), Fields: services.FieldsOf(err)})
	s.note(failed)
	s.outbox.settle(key, outcome{err: err})
	s.withdraw(s.ctx, w)
}

// deliver hands a message to the service, its files first. Every step may be made again.
func (s *customerSession) deliver(ctx context.Context, w cache.Waiting) (services.Receipt, error) {
	var ids []string
	for i, file := range w.Files {
		if file.Upload.AttachmentID == "" {
			content, err := s.mine.OpenFile(ctx, file.ID)
			if err != nil {
				return services.Receipt{}, err
			}
			d := &delivery{session: s, key: w.Message.IdempotencyKey, content: content, upload: file.Upload}
			if _, err := d.run(ctx); err != nil {
				return services.Receipt{}, err
			}
			w.Files[i].Upload = d.upload
		}
		id := w.Files[i].Upload.AttachmentID
		s.write(ctx, nameSentFile+file.ID, []byte(id), s.portal.options.Clock.Now().Add(2*s.portal.retention(ctx)))
		ids = append(ids, id)
	}
	return s.post(ctx, w.Message, ids)
}

// Outbox lists the person's messages that were to be sent and were not received.
func (s *customerSession) Outbox(ctx context.Context) ([]services.OutboxItem, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	list, err := s.mine.Waiting(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]services.OutboxItem, 0, len(list))
	for _, w := range list {
		items = append(items, itemOf(w))
	}
	return items, nil
}

func itemOf(w cache.Waiting) services.OutboxItem {
	m := w.Message
	item := services.OutboxItem{
		Key: m.IdempotencyKey, ThreadID: m.ThreadID, Topic: m.Topic, AgreementID: m.AgreementID, Body: m.Body,
		Attachments: attachmentsOf(w), State: services.OutboxState(w.State), Since: w.Created, Code: w.Code, Fields: w.Fields,
	}
	if w.State == cache.StateRefused {
		item.DraftID = w.ID
	}
	if sent, total := w.Progress(); total > 0 {
		item.Percent = int(100 * sent / total)
	}
	return item
}

func attachmentsOf(w cache.Waiting) []services.Attachment {
	list := make([]services.Attachment, 0, len(w.Files))
	for _, f := range w.Files {
		list = append(list, f.Attachment)
	}
	return list
}

// draftOf is a message on its way as the archive shows it.
func draftOf(w cache.Waiting) services.Draft {
	m := w.Message
	return services.Draft{
		ID: w.ID, ThreadID: m.ThreadID, Topic: m.Topic, AgreementID: m.AgreementID, Body: m.Body,
		Attachments: attachmentsOf(w), IdempotencyKey: m.IdempotencyKey, UpdatedAt: w.Created,
	}
}

// CancelOutbox makes a draft again of a message on its way.
func (s *customerSession) CancelOutbox(ctx context.Context, key string) error {
	if err := s.check(); err != nil {
		return err
	}
	_, err := s.mine.Cancel(ctx, key)
	if err == nil {
		s.outbox.settle(key, later)
		s.outbox.tell()
	}
	return err
}

// Received gives the receipt of a message that was received.
func (s *customerSession) Received(ctx context.Context, key string) (services.Receipt, error) {
	if err := s.check(); err != nil {
		return services.Receipt{}, err
	}
	return s.mine.Receipt(ctx, key)
}

// WatchOutbox sends a value whenever the outbox has changed, until ctx ends.
func (s *customerSession) WatchOutbox(ctx context.Context) <-chan struct{} {
	return s.outbox.watch(ctx)
}
