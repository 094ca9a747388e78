package core_test

import (
	"bytes"
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"myaccount/services"
	"myaccount/services/core"
)

// unsureStore now and then commits without learning that it did, as when the connection to the server breaks meanwhile.
type unsureStore struct {
	core.Store
	next atomic.Bool // the next commit
}

func (s *unsureStore) Update(ctx context.Context, fn func(core.Tx) error) error {
	err := s.Store.Update(ctx, fn)
	if err == nil && s.next.CompareAndSwap(true, false) {
		err = &services.Error{Code: services.CodeUnavailable, Err: errors.New("commit: unexpected EOF")}
	}
	return err
}

// newUnsureCenter opens a center whose next commit is unsure once the test says so.
func newUnsureCenter(t *testing.T) (*center, *unsureStore) {
	t.Helper()
	store := &unsureStore{}
	c := newCenter(t, func(config *core.Config) { store.Store, config.Store = config.Store, store })
	return c, store
}

// TestAttach_Unsure keeps the bytes of a file whose row may have been written: asked for again, it is whole.
func TestAttach_Unsure(t *testing.T) {
	c, store := newUnsureCenter(t)
	file := services.Upload{Name: "a.txt", Data: []byte("the content"), IdempotencyKey: "key-of-the-file"}
	store.next.Store(true)
	_, err := c.amelie.Attach(t.Context(), file)
	wantCode(t, err, services.CodeUnavailable)
	kept, err := c.amelie.Attach(t.Context(), file)
	must(t, err)
	content, err := c.amelie.OpenAttachment(t.Context(), kept.ID)
	must(t, err)
	if !bytes.Equal(content.Data, file.Data) {
		t.Errorf("got %q", content.Data)
	}
	if n := blobs(t, c.harness); n != 1 {
		t.Errorf("%d blobs are kept", n)
	}
}

// TestUpload_Unsure goes on after each step of an upload that may have been written.
func TestUpload_Unsure(t *testing.T) {
	c, store := newUnsureCenter(t)
	s := c.amelie.(services.Uploads)
	state := announced(t, s, "long.txt", long)
	for state.Received < state.Size {
		part := long[state.Received:min(state.Received+services.UploadPartMax, state.Size)]
		store.next.Store(true)
		_, err := s.AppendUpload(t.Context(), state.ID, state.Received, part)
		wantCode(t, err, services.CodeUnavailable)
		state, err = s.AppendUpload(t.Context(), state.ID, state.Received, part)
		must(t, err)
	}
	store.next.Store(true)
	_, err := s.CompleteUpload(t.Context(), state.ID)
	wantCode(t, err, services.CodeUnavailable)
	file, err := s.CompleteUpload(t.Context(), state.ID)
	must(t, err)
	content, err := c.amelie.OpenAttachment(t.Context(), file.ID)
	must(t, err)
	if !bytes.Equal(content.Data, long) {
		t.Error("other bytes")
	}
}
