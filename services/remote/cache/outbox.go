package cache

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/services/rule"
	"myaccount/services/seal"
	"myaccount/services/text"
)

// State says how far a message is on its way.
type State string

// The states of a message that was to be sent.
const (
	StateWaiting  State = "waiting"
	StateSending  State = "sending"  // somebody claimed it
	StateRefused  State = "refused"  // it came back and is a draft again
	StateReceived State = "received" // the backend has confirmed it
)

// Waiting is a message that was to be sent.
type Waiting struct {
	ID      string // of the draft that it was or became
	Message services.Outgoing
	Files   []File // those of Message.AttachmentIDs
	State   State
	Created time.Time // when it was to be sent; zero once it came back
	Due     time.Time // of the next try, or when the present one ends
	Tries   int

	Code    services.Code     // why it came back
	Fields  map[string]string // the fields that were refused then
	Receipt services.Receipt  // only when it was received
}

// File is a file of a message on its way.
type File struct {
	services.Attachment
	Upload Upload
}

// Upload is how far a file is on its way.
type Upload struct {
	ID           string `json:"id,omitempty"`            // of the upload in parts at the backend, or the key that the whole is handed in with
	Offset       int64  `json:"offset,omitempty"`        // bytes that the backend has confirmed
	AttachmentID string `json:"attachment_id,omitempty"` // the backend's for the whole file; "" until it has it
}

// Progress gives how many bytes of the files the backend has, of how many.
func (w Waiting) Progress() (sent, total int64) {
	for _, f := range w.Files {
		total += f.Size
		if f.Upload.AttachmentID != "" {
			sent += f.Size
		} else {
			sent += min(f.Upload.Offset, f.Size)
		}
	}
	return sent, total
}

// Put takes a message that shall be sent, with its files, which this machine keeps; the draft that it was becomes the
// message in the same step. Once it returns, the message will be sent, whatever happens to this process.
//
// The same key with the same content gives the same message again, StateReceived with its receipt when it was sent
// within rule.KeysFor. Whether topic, agreement and text can be sent is for the caller to ask first (package rule) and
// for the backend to decide. Fails with CodeInvalid (idempotency_key; attachment_ids: unknown).
func (p *Person) Put(ctx context.Context, m services.Outgoing) (Waiting, error) {
	if err := rule.Key(m.IdempotencyKey); err != nil {
		return Waiting{}, err
	}
	m.Body = text.Body(m.Body)
	var w Waiting
	err := p.update(ctx, func(t *tx) (err error) {
		known := false
		if w, known, err = t.known(m); err != nil {
			return err
		}
		if !known {
			if w, err = t.put(m); err != nil {
				return err
			}
		}
		if m.DraftID == w.ID {
			return nil
		}
		return t.dropDraft(m.DraftID)
	})
	if err != nil {
		return Waiting{}, err
	}
	return w, nil
}

// known finds a message that was sent or is on its way by its key. Fails with CodeInvalid (idempotency_key: key_reused)
// when it says something else.
func (t *tx) known(m services.Outgoing) (w Waiting, known bool, err error) {
	sent := t.sentHash(contentOf(m), m.AttachmentIDs)
	receipt, hash, err := t.receipt(m.IdempotencyKey)
	if err == nil {
		w = Waiting{Message: m, State: StateReceived, Receipt: receipt}
	} else if errors.Is(err, errNoRow) {
		var row message
		if row, err = t.byKey(m.IdempotencyKey); errors.Is(err, errNoRow) || err == nil && row.state == stateDraft {
			return Waiting{}, false, nil
		}
		w, hash = row.waiting(), t.sentHash(row.content, row.fileIDs())
	}
	if err == nil && !seal.Equal(sent, hash) {
		err = services.Invalid("idempotency_key", services.ReasonReused)
	}
	return w, true, err
}

// put makes a message that waits out of the draft it was (the one with its key, else the one it names), or a new one.
func (t *tx) put(m services.Outgoing) (Waiting, error) {
	ok, err := t.sendable(m.AttachmentIDs)
	if err != nil {
		return Waiting{}, err
	}
	if !ok {
		return Waiting{}, services.Invalid("attachment_ids", services.ReasonUnknown)
	}
	row, err := t.byKey(m.IdempotencyKey)
	if errors.Is(err, errNoRow) {
		row, err = t.draft(m.DraftID)
	}
	if errors.Is(err, errNoRow) {
		row, err = message{id: t.newID()}, nil
	}
	if err != nil {
		return Waiting{}, err
	}
	row.content, row.state, row.refusal = contentOf(m), StateWaiting, nil
	row.updatedAt, row.createdAt, row.dueAt, row.tries = t.now, t.now, t.now, 0
	if err := errors.Join(t.name(row.id, m.AttachmentIDs), t.save(row)); err != nil {
		return Waiting{}, err
	}
	row, err = t.byKey(m.IdempotencyKey)
	return row.waiting(), err
}

func contentOf(m services.Outgoing) content {
	return content{
		ThreadID: m.ThreadID, Topic: m.Topic, AgreementID: m.AgreementID, Body: m.Body, Key: m.IdempotencyKey,
	}
}

// waiting is what others may know of a message.
func (m message) waiting() Waiting {
	w := Waiting{
		ID: m.id,
		Message: services.Outgoing{
			ThreadID: m.content.ThreadID, Topic: m.content.Topic, AgreementID: m.content.AgreementID,
			Body: m.content.Body, AttachmentIDs: m.fileIDs(), IdempotencyKey: m.content.Key,
		},
		State: m.state, Created: m.createdAt, Due: m.dueAt, Tries: m.tries,
	}
	for _, f := range m.files {
		w.Files = append(w.Files, File{Attachment: f.Attachment, Upload: f.upload})
	}
	if m.refusal != nil {
		w.State, w.Code, w.Fields = StateRefused, m.refusal.Code, maps.Clone(m.refusal.Fields)
	}
	return w
}

// Waiting lists what was to be sent and was not received: first what is on its way, in the order of sending, then what
// came back, until it is sent, changed or deleted.
func (p *Person) Waiting(ctx context.Context) ([]Waiting, error) {
	var list []Waiting
	err := p.view(ctx, func(t *tx) error {
		rows, err := t.onTheirWay()
		if err != nil {
			return err
		}
		back, err := t.messages(`state = 'draft' AND refusal IS NOT NULL`, `updated_at, id`)
		list = make([]Waiting, 0, len(rows)+len(back))
		for _, m := range slices.Concat(rows, back) {
			list = append(list, m.waiting())
		}
		return err
	})
	return list, err
}

// onTheirWay lists messages in the order of sending.
func (t *tx) onTheirWay() ([]message, error) {
	return t.messages(`state <> 'draft'`, `created_at, id`)
}

// Receipt gives the receipt of a message that was sent within rule.KeysFor. Fails with CodeNotFound.
func (p *Person) Receipt(ctx context.Context, key string) (services.Receipt, error) {
	var receipt services.Receipt
	err := p.view(ctx, func(t *tx) (err error) {
		receipt, _, err = t.receipt(key)
		return found(err)
	})
	return receipt, err
}

// receipt reads a receipt and what it is for, or gives errNoRow.
func (t *tx) receipt(key string) (receipt services.Receipt, sent []byte, err error) {
	var sealed []byte
	id := rowID(t.sendKey(key))
	err = t.one(`SELECT sent, content FROM receipt WHERE id = $1`, []any{id}, &sent, &sealed)
	if err == nil {
		err = t.open("receipt", "content", id, sealed, &receipt)
	}
	return receipt, sent, err
}
