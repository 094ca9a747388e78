package core_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"myaccount/services"
)

func TestSaveDraft_KeepsAnything(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	for what, d := range map[string]services.Draft{
		"nothing":  {},
		"too long": {Body: strings.Repeat("too long ", 1000)},
		"odd":      {Topic: "no such", AgreementID: "no such", ThreadID: "no such", Body: "\x00\u202e\r\n🚗"},
	} {
		saved, err := c.amelie.SaveDraft(ctx, d)
		must(t, err)
		got, err := c.amelie.Draft(ctx, saved.ID)
		must(t, err)
		if got.Body != d.Body || got.Topic != d.Topic || got.AgreementID != d.AgreementID || got.ThreadID != d.ThreadID {
			t.Errorf("%s: got %+v", what, got)
		}
		if len(got.IdempotencyKey) < 8 || len(got.IdempotencyKey) > 64 {
			t.Errorf("%s: key %q", what, got.IdempotencyKey)
		}
	}
}

func TestSaveDraft_Again(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	a, b := c.attach(c.amelie, "a.txt", "a"), c.attach(c.amelie, "b.txt", "b")
	theirs := c.attach(c.daniel, "theirs.txt", "x")
	draft, err := c.amelie.SaveDraft(ctx, services.Draft{Body: "one", Attachments: []services.Attachment{a}})
	must(t, err)
	key := draft.IdempotencyKey
	c.clock.Move(time.Minute)
	other, err := c.amelie.SaveDraft(ctx, services.Draft{Body: "other"})
	must(t, err)
	c.clock.Move(time.Minute)
	draft.Body, draft.IdempotencyKey = "two", "a key of the caller"
	draft.Attachments = []services.Attachment{b, a, theirs, {ID: "nothing"}}
	draft, err = c.amelie.SaveDraft(ctx, draft)
	must(t, err)
	if draft.Body != "two" || draft.IdempotencyKey != key || !draft.UpdatedAt.Equal(c.clock.Now()) ||
		!slices.Equal(draft.Attachments, []services.Attachment{b, a}) {
		t.Errorf("got %+v", draft)
	}
	drafts, err := c.amelie.Drafts(ctx)
	must(t, err)
	if len(drafts) != 2 || drafts[0].ID != draft.ID || drafts[1].ID != other.ID {
		t.Errorf("drafts %+v", drafts)
	}
}

func TestDraft_Others(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	draft, err := c.amelie.SaveDraft(ctx, services.Draft{Body: "mine"})
	must(t, err)
	_, err = c.daniel.Draft(ctx, draft.ID)
	wantCode(t, err, services.CodeNotFound)
	stolen := draft
	stolen.Body = "stolen"
	_, err = c.daniel.SaveDraft(ctx, stolen)
	wantCode(t, err, services.CodeNotFound)
	must(t, c.daniel.DeleteDraft(ctx, draft.ID))
	got, err := c.amelie.Draft(ctx, draft.ID)
	must(t, err)
	if got.Body != "mine" {
		t.Errorf("body %q", got.Body)
	}
}

func TestDeleteDraft_WithFiles(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	file := c.attach(c.amelie, "a.txt", "a")
	draft, err := c.amelie.SaveDraft(ctx, services.Draft{Attachments: []services.Attachment{file}})
	must(t, err)
	must(t, c.amelie.DeleteDraft(ctx, draft.ID))
	must(t, c.amelie.DeleteDraft(ctx, draft.ID))
	_, err = c.amelie.SaveDraft(ctx, draft)
	wantCode(t, err, services.CodeNotFound)
	_, err = c.amelie.OpenAttachment(ctx, file.ID)
	wantCode(t, err, services.CodeNotFound)
	if keys := c.blobKeys(); len(keys) != 0 {
		t.Errorf("blobs %q", keys)
	}
}
