package desk

import (
	"context"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// The fields that answering may refuse.
const (
	fieldBody  = "body"
	fieldFiles = "attachment_ids"
	fieldKey   = "idempotency_key"
)

// Begun holds the answers that an advisor has begun in a session, by conversation, so that neither a text nor a file that
// is still being attached is lost on the way through the pages.
type Begun map[string]*reply

// reply is an answer that is being written. It stays while other conversations are open, and what is under way goes
// on when the visit ends.
type reply struct {
	keep     nav.Scope // never started, so that answers always come
	deps     Deps
	policy   services.Policy
	threadID string
	files    *nav.Uploads
	changed  func()

	body    string
	key     string // made with the first try to send; "" before
	sending bool
	err     error
	fields  map[string]string // field to the reason why it was refused
}

func newReply(d nav.Dispatcher, deps Deps, policy services.Policy, threadID string) *reply {
	r := &reply{keep: nav.Scope{Dispatcher: d}, deps: deps, policy: policy, threadID: threadID, changed: func() {}}
	r.files = &nav.Uploads{Dispatcher: d, Attachments: deps.Attachments, Policy: policy, Changed: func() { r.changed() }}
	return r
}

// setBody takes the text as it is typed.
func (r *reply) setBody(body string) {
	r.body, r.fields = body, nil
	if r.length() > r.policy.BodyMax {
		r.fields = map[string]string{fieldBody: services.ReasonTooLong}
	}
	r.changed()
}

// length counts as the limit does.
func (r *reply) length() int { return text.RuneCount(r.body) }

// canSend says whether the button works: not while a file or the answer itself is under way.
func (r *reply) canSend() bool { return !r.sending && len(r.files.Waiting()) == 0 }

// check says what is missing.
func (r *reply) check() map[string]string {
	switch {
	case strings.TrimSpace(text.Line(r.body)) == "":
		return map[string]string{fieldBody: services.ReasonRequired}
	case r.length() > r.policy.BodyMax:
		return map[string]string{fieldBody: services.ReasonTooLong}
	}
	return nil
}

// send hands the answer in. Whatever fails, everything stays as it was and can be sent again with the same key.
func (r *reply) send(done func()) {
	if !r.canSend() {
		return
	}
	r.err, r.fields = nil, r.check()
	if r.fields != nil {
		r.changed()
		return
	}
	if r.key == "" {
		r.key = r.deps.NewKey()
	}
	r.sending = true
	answer := services.DeskAnswer{ThreadID: r.threadID, Body: r.body, IdempotencyKey: r.key}
	for _, f := range r.files.Files() {
		answer.AttachmentIDs = append(answer.AttachmentIDs, f.ID)
	}
	nav.Keep(&r.keep, func(ctx context.Context) (services.Receipt, error) {
		return r.deps.Desk.Answer(ctx, answer)
	}, func(_ services.Receipt, err error) { r.answered(err, done) })
	r.changed()
}

// answered takes the answer to sending. A key that was used for another text means that one arrived: this is a new one.
func (r *reply) answered(err error, done func()) {
	r.sending, r.err, r.fields = false, err, services.FieldsOf(err)
	if err == nil {
		r.body, r.key = "", ""
		r.files.Clear()
		done()
	}
	if r.fields[fieldKey] != "" {
		r.key = ""
	}
	r.changed()
}
