package core_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"sync"
	"testing"
	"time"

	"myaccount/services"
)

// announced starts an upload of a text.
func announced(t *testing.T, s services.Uploads, name string, data []byte) services.UploadState {
	t.Helper()
	digest := sha256.Sum256(data)
	state, err := s.StartUpload(context.Background(), services.UploadStart{
		Name: name, Size: int64(len(data)), SHA256: hex.EncodeToString(digest[:]),
	})
	must(t, err)
	return state
}

// long is a text of several parts.
var long = bytes.Repeat([]byte("a line of a long text\n"), 120_000)

func TestUpload_Course(t *testing.T) {
	c := newCenter(t)
	ctx := t.Context()
	s := c.amelie.(services.Uploads)
	state := announced(t, s, "../long.txt", long)
	for state.Received < state.Size {
		part := long[state.Received:min(state.Received+services.UploadPartMax, state.Size)]
		next, err := s.AppendUpload(ctx, state.ID, state.Received, part)
		must(t, err)
		again, err := s.AppendUpload(ctx, state.ID, state.Received, part) // a part that was taken before
		must(t, err)
		if next != again || next.Received != state.Received+int64(len(part)) {
			t.Fatalf("%+v, then %+v", next, again)
		}
		asked, err := s.UploadState(ctx, state.ID)
		must(t, err)
		if asked != next {
			t.Fatalf("%+v, asked %+v", next, asked)
		}
		state = next
	}
	file, err := s.CompleteUpload(ctx, state.ID)
	must(t, err)
	again, err := s.CompleteUpload(ctx, state.ID)
	must(t, err)
	if file != again || file.Name != "long.txt" || file.Type != "text/plain" || file.Size != int64(len(long)) {
		t.Errorf("%+v, then %+v", file, again)
	}
	receipt := c.send("the text", file.ID)
	content, err := c.amelie.OpenAttachment(ctx, c.thread(receipt.ThreadID).Messages[0].Attachments[0].ID)
	must(t, err)
	if !bytes.Equal(content.Data, long) {
		t.Error("other bytes")
	}
	if n := blobs(t, c.harness); n != 1 {
		t.Errorf("%d blobs are left", n)
	}
}

// blobs counts what is kept.
func blobs(t *testing.T, h *harness) (n int) {
	t.Helper()
	must(t, h.Blobs.List(t.Context(), func(string, time.Time) error { n++; return nil }))
	return n
}

func TestStartUpload_Refused(t *testing.T) {
	c := newCenter(t)
	s := c.amelie.(services.Uploads)
	digest := hex.EncodeToString(make([]byte, 32))
	for what, test := range map[string]struct {
		start  services.UploadStart
		fields map[string]string
	}{
		"nothing":   {services.UploadStart{}, map[string]string{"name": "required", "size": "required", "sha256": "format"}},
		"no name":   {services.UploadStart{Name: "  ", Size: 1, SHA256: digest}, map[string]string{"name": "required"}},
		"negative":  {services.UploadStart{Name: "a", Size: -1, SHA256: digest}, map[string]string{"size": "required"}},
		"no digest": {services.UploadStart{Name: "a", Size: 1, SHA256: "ABC"}, map[string]string{"sha256": "format"}},
	} {
		_, err := s.StartUpload(t.Context(), test.start)
		t.Log(what)
		wantFields(t, err, test.fields)
	}
	_, err := s.StartUpload(t.Context(), services.UploadStart{Name: "a", Size: c.Brand.Rules.AttachmentMaxBytes + 1, SHA256: digest})
	wantCode(t, err, services.CodeTooLarge)
	for range 25 {
		announced(t, s, "a.txt", []byte("a"))
	}
	_, err = s.StartUpload(t.Context(), services.UploadStart{Name: "a", Size: 1, SHA256: digest})
	wantFields(t, err, map[string]string{"file": "too_many"})
}

func TestAppendUpload_Refused(t *testing.T) {
	c := newCenter(t)
	ctx := t.Context()
	s := c.amelie.(services.Uploads)
	state := announced(t, s, "a.txt", []byte("0123456789"))
	_, err := s.AppendUpload(ctx, state.ID, 0, nil)
	wantFields(t, err, map[string]string{"part": "required"})
	for _, offset := range []int64{-1, 1, 5} {
		_, err = s.AppendUpload(ctx, state.ID, offset, []byte("1"))
		wantFields(t, err, map[string]string{"offset": "mismatch"})
	}
	for _, offset := range []int64{11, math.MaxInt64} {
		_, err = s.AppendUpload(ctx, state.ID, offset, []byte("1"))
		wantCode(t, err, services.CodeTooLarge)
	}
	_, err = s.AppendUpload(ctx, state.ID, 0, []byte("01234567890"))
	wantCode(t, err, services.CodeTooLarge)
	_, err = s.AppendUpload(ctx, state.ID, 0, make([]byte, services.UploadPartMax+1))
	wantCode(t, err, services.CodeTooLarge)
	_, err = s.AppendUpload(ctx, state.ID, 0, []byte("01234"))
	must(t, err)
	_, err = s.AppendUpload(ctx, state.ID, 3, []byte("3456")) // half of it was taken
	wantFields(t, err, map[string]string{"offset": "mismatch"})
	_, err = s.CompleteUpload(ctx, state.ID)
	wantFields(t, err, map[string]string{"size": "mismatch"})

	other := c.daniel.(services.Uploads)
	for _, id := range []string{state.ID, "nothing", ""} {
		_, err := other.UploadState(ctx, id)
		wantCode(t, err, services.CodeNotFound)
		_, err = other.AppendUpload(ctx, id, 5, []byte("56789"))
		wantCode(t, err, services.CodeNotFound)
		_, err = other.CompleteUpload(ctx, id)
		wantCode(t, err, services.CodeNotFound)
	}
}

// TestAppendUpload_TooManyParts sends single bytes: each would be a file of its own.
func TestAppendUpload_TooManyParts(t *testing.T) {
	c := newCenter(t)
	s := c.amelie.(services.Uploads)
	state := announced(t, s, "a.txt", make([]byte, 1000))
	var err error
	for err == nil && state.Received < state.Size {
		state, err = s.AppendUpload(t.Context(), state.ID, state.Received, []byte("1"))
	}
	wantFields(t, err, map[string]string{"part": "too_many"})
	if n := blobs(t, c.harness); n != 256 {
		t.Errorf("%d blobs", n)
	}
}

func TestCompleteUpload_OtherBytes(t *testing.T) {
	c := newCenter(t)
	ctx := t.Context()
	s := c.amelie.(services.Uploads)
	state := announced(t, s, "a.txt", []byte("0123456789"))
	_, err := s.AppendUpload(ctx, state.ID, 0, []byte("0123456780"))
	must(t, err)
	_, err = s.CompleteUpload(ctx, state.ID)
	wantFields(t, err, map[string]string{"sha256": "mismatch"})
	_, err = s.UploadState(ctx, state.ID)
	wantCode(t, err, services.CodeNotFound)

	program := []byte("MZ\x90\x00 this is a program")
	state = announced(t, s, "a.pdf", program)
	_, err = s.AppendUpload(ctx, state.ID, 0, program)
	must(t, err)
	_, err = s.CompleteUpload(ctx, state.ID)
	wantCode(t, err, services.CodeUnsupportedType)
	if n := blobs(t, c.harness); n != 0 {
		t.Errorf("%d blobs are left", n)
	}
}

func TestUpload_AtOnce(t *testing.T) {
	c := newCenter(t)
	s := c.amelie.(services.Uploads)
	data := []byte("0123456789")
	state := announced(t, s, "a.txt", data)
	files := make([]services.Attachment, 8)
	var wg sync.WaitGroup
	for i := range files {
		wg.Go(func() {
			if _, err := s.AppendUpload(t.Context(), state.ID, 0, data); err != nil {
				t.Error(err)
			}
			var err error
			if files[i], err = s.CompleteUpload(t.Context(), state.ID); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, file := range files {
		if file != files[0] {
			t.Errorf("%+v and %+v", file, files[0])
		}
	}
	if n := blobs(t, c.harness); n != 1 {
		t.Errorf("%d blobs are left", n)
	}
}

func TestUpload_LeftAlone(t *testing.T) {
	c := newCenter(t)
	s := c.amelie.(services.Uploads)
	state := announced(t, s, "a.txt", []byte("0123456789"))
	_, err := s.AppendUpload(t.Context(), state.ID, 0, []byte("01234"))
	must(t, err)
	c.clock.Move(2 * time.Hour)
	must(t, c.PurgeOrphans(t.Context()))
	if n := blobs(t, c.harness); n != 1 {
		t.Errorf("%d blobs while it is under way", n)
	}
	c.clock.Move(23 * time.Hour)
	must(t, c.Work(t.Context()))
	if n := blobs(t, c.harness); n != 0 {
		t.Errorf("%d blobs are left", n)
	}
}
