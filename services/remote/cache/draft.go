package cache

import (
	"context"
	"errors"

	"myaccount/services"
	"myaccount/services/rule"
)

// Drafts lists the person's drafts, latest first; those that were to be sent and came back are among them.
func (p *Person) Drafts(ctx context.Context) ([]services.Draft, error) {
	var drafts []services.Draft
	err := p.view(ctx, func(t *tx) error {
		rows, err := t.messages(`state = 'draft'`, `updated_at DESC, id DESC`)
		drafts = make([]services.Draft, 0, len(rows))
		for _, m := range rows {
			drafts = append(drafts, m.draft())
		}
		return err
	})
	return drafts, err
}

// Draft gives one.
func (p *Person) Draft(ctx context.Context, id string) (services.Draft, error) {
	var m message
	err := p.view(ctx, func(t *tx) (err error) {
		m, err = t.draft(id)
		return found(err)
	})
	if err != nil {
		return services.Draft{}, err
	}
	return m.draft(), nil
}

// SaveDraft keeps a draft. One that came back from being sent is an ordinary draft from then on.
func (p *Person) SaveDraft(ctx context.Context, d services.Draft) (services.Draft, error) {
	if err := rule.Draft(d); err != nil {
		return services.Draft{}, err
	}
	var m message
	err := p.update(ctx, func(t *tx) (err error) {
		if m, err = t.draftToWrite(d.ID); err != nil {
			return err
		}
		m.content.ThreadID, m.content.Topic, m.content.AgreementID = d.ThreadID, d.Topic, d.AgreementID
		m.content.Body, m.refusal, m.updatedAt = d.Body, nil, t.now
		if err := t.save(m); err != nil {
			return err
		}
		files := make([]string, 0, len(d.Attachments))
		for _, a := range d.Attachments {
			files = append(files, a.ID)
		}
		if err := t.name(m.id, files); err != nil {
			return err
		}
		m, err = t.draft(m.id)
		return err
	})
	if err != nil {
		return services.Draft{}, err
	}
	return m.draft(), nil
}

// draftToWrite reads a draft, or begins one when id is "". Fails with CodeNotFound and CodeInvalid (drafts: too_many).
func (t *tx) draftToWrite(id string) (message, error) {
	if id != "" {
		m, err := t.draft(id)
		return m, found(err)
	}
	n, err := t.count(`SELECT count(*) FROM message WHERE person = $1 AND state = 'draft'`)
	if err == nil && n >= rule.DraftsMax {
		err = services.Invalid("drafts", services.ReasonTooMany)
	}
	return message{id: t.newID(), state: stateDraft, content: content{Key: t.newID()}}, err
}

// DeleteDraft removes a draft and its files. A message on its way is no draft and stays.
func (p *Person) DeleteDraft(ctx context.Context, id string) error {
	var bytes []string
	err := p.update(ctx, func(t *tx) error {
		m, err := t.draft(id)
		if errors.Is(err, errNoRow) {
			return nil
		}
		if err == nil {
			bytes, err = t.dropAll(m)
		}
		return err
	})
	if err == nil {
		p.cache.dropBytes(ctx, bytes)
	}
	return err
}

// DropDraft removes a draft and leaves its files, which wait to be sent with another message: for who still holds the
// text of a message that was refused at once.
func (p *Person) DropDraft(ctx context.Context, id string) error {
	return p.update(ctx, func(t *tx) error { return t.dropDraft(id) })
}

func (t *tx) dropDraft(id string) error {
	m, err := t.draft(id)
	if errors.Is(err, errNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.drop(m.id)
}

// draft is what the person sees of a draft.
func (m message) draft() services.Draft {
	return services.Draft{
		ID: m.id, ThreadID: m.content.ThreadID, Topic: m.content.Topic, AgreementID: m.content.AgreementID,
		Body: m.content.Body, Attachments: m.attachments(), IdempotencyKey: m.content.Key, UpdatedAt: m.updatedAt,
	}
}

// attachments is what others may know of its files.
func (m message) attachments() []services.Attachment {
	list := make([]services.Attachment, 0, len(m.files))
	for _, f := range m.files {
		list = append(list, f.Attachment)
	}
	return list
}

// found turns a row that is missing into CodeNotFound.
func found(err error) error {
	if errors.Is(err, errNoRow) {
		return services.Fail(services.CodeNotFound)
	}
	return err
}
