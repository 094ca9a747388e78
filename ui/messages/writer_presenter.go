package messages

import (
	"context"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// saveState says where a draft stands.
type saveState int

const (
	nothing  saveState = iota // there is nothing to keep yet
	saving                    // on its way
	saved                     // kept as it is
	notSaved                  // not kept; saveErr says why
)

// The fields that sending may refuse.
const (
	fieldTopic     = "topic"
	fieldAgreement = "agreement_id"
	fieldBody      = "body"
	fieldFiles     = "attachment_ids"
	fieldKey       = "idempotency_key"
)

// writer is a message that is being written: a new one or a reply. It saves what is written as a draft a moment after
// the last key, one save after the other and always the latest text, so that a late answer never undoes anything and
// no second draft appears. What is under way outlives the visit: a writer has no life of its own to end.
type writer struct {
	keep    nav.Scope // never started, so that answers always come
	deps    Deps
	policy  services.Policy
	files   *nav.Uploads
	changed func()
	pause   pause

	draft   services.Draft // as the person has it
	dirty   bool           // the service does not have it so
	running bool           // a save is under way
	again   bool           // another must follow it
	lost    bool           // the draft was sent or removed elsewhere: saving must not bring it back
	state   saveState
	saveErr error
	waiting []func(error) // for everything to be saved

	sending bool
	sent    *services.Receipt
	sendErr error
	fields  map[string]string // field to the reason why it was refused
}

func newWriter(d nav.Dispatcher, deps Deps, policy services.Policy, draft services.Draft) *writer {
	w := &writer{keep: nav.Scope{Dispatcher: d}, deps: deps, policy: policy, draft: draft, changed: func() {}}
	w.pause = pause{dispatcher: d, after: saveAfter}
	w.files = &nav.Uploads{Dispatcher: d, Attachments: deps.Attachments, Policy: policy, Changed: w.filesChanged}
	w.files.SetFiles(draft.Attachments)
	if draft.ID != "" {
		w.state = saved
	}
	return w
}

// cameBack notes that the message was refused after it had waited, and why. It can be changed and sent again.
func (w *writer) cameBack(why error) {
	if why != nil {
		w.sendErr, w.fields = why, services.FieldsOf(why)
	}
}

// untouched says whether nothing was ever written here.
func (w *writer) untouched() bool {
	return w.draft.ID == "" && w.empty() && !w.dirty && !w.running && !w.sending
}

// setBody takes the text as it is typed.
func (w *writer) setBody(body string) {
	if body == w.draft.Body {
		return
	}
	w.draft.Body = body
	delete(w.fields, fieldBody)
	if w.tooLong() {
		w.refuse(fieldBody, services.ReasonTooLong)
	}
	w.edited()
}

func (w *writer) setTopic(id string) {
	w.draft.Topic = id
	delete(w.fields, fieldTopic)
	w.edited()
}

func (w *writer) setAgreement(id string) {
	w.draft.AgreementID = id
	delete(w.fields, fieldAgreement)
	w.edited()
}

// filesChanged saves at once which files belong to the draft: a file that belongs to none is removed after a while.
func (w *writer) filesChanged() {
	delete(w.fields, fieldFiles)
	w.edited()
	w.save()
}

func (w *writer) edited() {
	w.dirty = true
	w.pause.begin(w.save)
	w.changed()
}

// length counts as the limit does.
func (w *writer) length() int { return text.RuneCount(w.draft.Body) }

func (w *writer) tooLong() bool { return w.length() > w.policy.BodyMax }

// empty says whether there is nothing worth keeping.
func (w *writer) empty() bool {
	return strings.TrimSpace(w.draft.Body) == "" && len(w.files.Files()) == 0
}

// save keeps the draft as it is now; when a save is under way already, after that.
func (w *writer) save() {
	w.pause.end()
	switch {
	case w.running:
		w.again = true
		return
	case !w.dirty || w.sent != nil || w.lost:
		return
	case w.empty() && w.draft.ID == "":
		w.dirty, w.state = false, nothing
		return
	}
	w.dirty, w.running, w.state = false, true, saving
	draft, empty := w.draft, w.empty()
	draft.Attachments = w.files.Files()
	nav.Keep(&w.keep, func(ctx context.Context) (services.Draft, error) {
		if empty {
			return services.Draft{}, w.deps.Drafts.DeleteDraft(ctx, draft.ID)
		}
		return w.deps.Drafts.SaveDraft(ctx, draft)
	}, w.wasSaved)
	w.changed()
}

// wasSaved takes the answer to a save. What was typed meanwhile stays as it is.
func (w *writer) wasSaved(draft services.Draft, err error) {
	w.running, w.saveErr = false, err
	if err != nil {
		w.state, w.dirty = notSaved, true
		w.lost = services.CodeOf(err) == services.CodeNotFound
	} else {
		w.draft.ID, w.draft.IdempotencyKey = draft.ID, draft.IdempotencyKey
		w.state = saved
		if draft.ID == "" {
			w.state = nothing
		}
	}
	again := w.again || err == nil && w.dirty && len(w.waiting) > 0
	if w.again = false; again {
		w.save()
	}
	if !w.running {
		w.settled(err)
	}
	w.changed()
}

// whenSaved saves what is not saved yet and then calls fn.
func (w *writer) whenSaved(fn func(error)) {
	w.waiting = append(w.waiting, fn)
	if w.save(); !w.running {
		w.settled(nil)
	}
}

func (w *writer) settled(err error) {
	waiting := w.waiting
	w.waiting = nil
	for _, fn := range waiting {
		fn(err)
	}
}

// canSend says whether the button works: not while a file or the message itself is under way.
func (w *writer) canSend() bool { return !w.sending && w.sent == nil && len(w.files.Waiting()) == 0 }

// send hands the message in, once. Whatever fails, everything stays as it was and can be sent again with the same key.
func (w *writer) send(done func(services.Receipt)) {
	if !w.canSend() {
		return
	}
	w.sendErr, w.fields = nil, w.check()
	if len(w.fields) > 0 {
		w.changed()
		return
	}
	w.sending = true
	w.whenSaved(func(err error) {
		if w.draft.IdempotencyKey == "" { // nothing could be kept, so a second try could send it twice
			w.sending, w.sendErr = false, err
			w.changed()
			return
		}
		w.handIn(done)
	})
	w.changed()
}

// check says what is missing.
func (w *writer) check() map[string]string {
	fields := map[string]string{}
	if w.draft.ThreadID == "" && w.draft.Topic == "" {
		fields[fieldTopic] = services.ReasonRequired
	}
	if w.draft.ThreadID == "" && w.draft.AgreementID == "" {
		fields[fieldAgreement] = services.ReasonRequired
	}
	if strings.TrimSpace(text.Line(w.draft.Body)) == "" {
		fields[fieldBody] = services.ReasonRequired
	} else if w.tooLong() {
		fields[fieldBody] = services.ReasonTooLong
	}
	return fields
}

func (w *writer) refuse(field, reason string) {
	if w.fields == nil {
		w.fields = map[string]string{}
	}
	w.fields[field] = reason
}

func (w *writer) handIn(done func(services.Receipt)) {
	d := w.draft
	message := services.Outgoing{
		ThreadID: d.ThreadID, Topic: d.Topic, AgreementID: d.AgreementID, Body: d.Body, DraftID: d.ID, IdempotencyKey: d.IdempotencyKey,
	}
	for _, f := range w.files.Files() {
		message.AttachmentIDs = append(message.AttachmentIDs, f.ID)
	}
	nav.Keep(&w.keep, func(ctx context.Context) (services.Receipt, error) {
		return w.deps.Messages.Send(ctx, message)
	}, func(receipt services.Receipt, err error) {
		w.sending, w.sendErr, w.fields = false, err, services.FieldsOf(err)
		switch {
		case err == nil:
			w.sent = &receipt
			w.pause.end()
			done(receipt)
		case w.fields[fieldKey] == services.ReasonReused: // it was sent, and has changed since: another message
			w.draft.ID, w.draft.IdempotencyKey, w.lost, w.dirty = "", "", false, true
		}
		w.changed()
	})
}
