package core_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/blob"
	"myaccount/services/brand"
	"myaccount/services/core"
	"myaccount/services/rule"
)

// blobKeys lists the blobs that are kept.
func (h *harness) blobKeys() (keys []string) {
	h.t.Helper()
	must(h.t, h.Blobs.List(context.Background(), func(key string, _ time.Time) error {
		keys = append(keys, key)
		return nil
	}))
	slices.Sort(keys)
	return keys
}

func TestAttach_RoundTrip(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	data := []byte("%PDF-1.7\nAmélie's registration")
	got, err := c.amelie.Attach(ctx, services.Upload{Name: `C:\scans\regis` + "\u202e" + `tration.PDF`, Data: data})
	must(t, err)
	sum := sha256.Sum256(data)
	want := services.Attachment{
		ID: got.ID, Name: "registration.PDF", Size: int64(len(data)), Type: "application/pdf", SHA256: hex.EncodeToString(sum[:]),
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	content, err := c.amelie.OpenAttachment(ctx, got.ID)
	must(t, err)
	if content.Attachment != want || !bytes.Equal(content.Data, data) {
		t.Errorf("content %+v", content)
	}
	sealed, err := c.Blobs.Get(ctx, got.ID)
	must(t, err)
	if bytes.Contains(sealed, []byte("registration")) {
		t.Error("the bytes lie open")
	}
}

func TestAttach_Refuses(t *testing.T) {
	c := newCenter(t)
	for what, test := range map[string]struct {
		name   string
		data   []byte
		code   services.Code
		fields map[string]string
	}{
		"empty":     {"a.txt", nil, services.CodeInvalid, map[string]string{"file": "required"}},
		"no name":   {"..", []byte("a"), services.CodeInvalid, map[string]string{"name": "required"}},
		"lie":       {"a.pdf", []byte("text"), services.CodeInvalid, map[string]string{"name": "mismatch"}},
		"too large": {"a.txt", make([]byte, 10<<20+1), services.CodeTooLarge, map[string]string{}},
		"program":   {"a.exe", []byte("MZ\x90\x00"), services.CodeUnsupportedType, map[string]string{}},
	} {
		t.Run(what, func(t *testing.T) {
			_, err := c.amelie.Attach(context.Background(), services.Upload{Name: test.name, Data: test.data})
			wantCode(t, err, test.code)
			wantFields(t, err, test.fields)
		})
	}
	if keys := c.blobKeys(); len(keys) != 0 {
		t.Errorf("refused files are kept: %q", keys)
	}
	_, err := c.amelie.Attach(context.Background(), services.Upload{Name: "a.txt", Data: bytes.Repeat([]byte("a"), 10<<20)})
	must(t, err)
}

// fullBlobs is a folder without room.
type fullBlobs struct{ core.Blobs }

func (fullBlobs) Put(context.Context, string, []byte) error {
	return fmt.Errorf("put: %w", blob.ErrFull)
}

func TestAttach_NoRoom(t *testing.T) {
	c := newCenter(t, func(config *core.Config) { config.Blobs = fullBlobs{config.Blobs} })
	_, err := c.amelie.Attach(context.Background(), services.Upload{Name: "a.txt", Data: []byte("a")})
	wantCode(t, err, services.CodeUnavailable)
}

func TestOpenAttachment_WhoMay(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	unsent, sent := c.attach(c.amelie, "unsent.txt", "a"), c.attach(c.amelie, "sent.txt", "b")
	thread := c.send("with a file", sent.ID).ThreadID
	answer := c.attach(c.advisor, "answer.txt", "c")
	_, err := c.amelie.OpenAttachment(ctx, answer.ID)
	wantCode(t, err, services.CodeNotFound)
	c.answer(thread, "here", answer.ID)
	for _, test := range []struct {
		who  services.Attachments
		file services.Attachment
		want services.Code
	}{
		{c.amelie, unsent, ""},
		{c.amelie, sent, ""},
		{c.amelie, answer, ""},
		{c.daniel, unsent, services.CodeNotFound},
		{c.daniel, sent, services.CodeNotFound},
		{c.daniel, answer, services.CodeNotFound},
		{c.advisor, unsent, services.CodeNotFound},
		{c.advisor, sent, ""},
		{c.advisor, answer, ""},
		{c.amelie, services.Attachment{ID: "nothing"}, services.CodeNotFound},
	} {
		_, err := test.who.OpenAttachment(ctx, test.file.ID)
		wantCode(t, err, test.want)
	}
}

func TestOpenAttachment_DamagedAndGone(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	file, other := c.attach(c.amelie, "a.txt", "a"), c.attach(c.amelie, "b.txt", "b")
	moved, err := c.Blobs.Get(ctx, other.ID)
	must(t, err)
	must(t, c.Blobs.Put(ctx, file.ID, moved))
	_, err = c.amelie.OpenAttachment(ctx, file.ID)
	wantCode(t, err, services.CodeInternal)
	must(t, c.Blobs.Delete(ctx, file.ID))
	_, err = c.amelie.OpenAttachment(ctx, file.ID)
	wantCode(t, err, services.CodeGone)
}

func TestDetach_OnlyUnsent(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	file, sent := c.attach(c.amelie, "a.txt", "a"), c.attach(c.amelie, "b.txt", "b")
	c.send("with a file", sent.ID)
	for _, id := range []string{file.ID, sent.ID, "nothing"} {
		must(t, c.daniel.Detach(ctx, id))
	}
	if n := len(c.blobKeys()); n != 2 {
		t.Errorf("somebody else detached: %d blobs", n)
	}
	for range 2 {
		for _, id := range []string{file.ID, sent.ID, "nothing"} {
			must(t, c.amelie.Detach(ctx, id))
		}
	}
	if keys := c.blobKeys(); !slices.Equal(keys, []string{sent.ID}) {
		t.Errorf("blobs %q, want %q", keys, sent.ID)
	}
}

// failingStore fails to write an attachment's row.
type failingStore struct{ core.Store }

type failingTx struct{ core.Tx }

var errDisk = errors.New("disk")

func (failingTx) AddAttachment(core.AttachmentRow) error { return errDisk }

func (s failingStore) Update(ctx context.Context, fn func(tx core.Tx) error) error {
	return s.Store.Update(ctx, func(tx core.Tx) error { return fn(failingTx{tx}) })
}

func TestAttach_RowFails(t *testing.T) {
	c := newCenter(t)
	c.Store = failingStore{c.Store}
	_, err := c.amelie.Attach(context.Background(), services.Upload{Name: "a.txt", Data: []byte("a")})
	wantCode(t, err, services.CodeInternal)
	c.clock.Set(time.Now().Add(2 * time.Hour)) // nobody can know sooner that there is no row
	must(t, c.PurgeOrphans(context.Background()))
	if keys := c.blobKeys(); len(keys) != 0 {
		t.Errorf("bytes without a row: %q", keys)
	}
}

func TestPurgeOrphans_OnlyWhatNothingNames(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	stray := c.attach(c.amelie, "stray.txt", "a")
	sent := c.attach(c.amelie, "sent.txt", "b")
	c.send("with a file", sent.ID)
	drafted := c.attach(c.amelie, "drafted.txt", "c")
	_, err := c.amelie.SaveDraft(ctx, services.Draft{Attachments: []services.Attachment{drafted}})
	must(t, err)
	const left = "00000000-0000-7000-8000-999999999999"
	must(t, c.Blobs.Put(ctx, left, []byte("of a crash")))

	c.clock.Set(time.Now().Add(time.Minute)) // blobs know the system's time
	must(t, c.PurgeOrphans(ctx))
	if keys := c.blobKeys(); !slices.Contains(keys, left) {
		t.Error("bytes that were just put are gone")
	}
	c.clock.Move(2 * time.Hour)
	fresh := c.attach(c.signInLinked(amelieAddress), "fresh.txt", "d")
	must(t, c.PurgeOrphans(ctx))
	want := []string{sent.ID, drafted.ID, fresh.ID}
	slices.Sort(want)
	if keys := c.blobKeys(); !slices.Equal(keys, want) {
		t.Errorf("blobs %q, want %q; stray was %s", keys, want, stray.ID)
	}
	c.clock.Move(brand.Day + time.Second)
	must(t, c.Work(ctx))
	if keys := c.blobKeys(); slices.Contains(keys, fresh.ID) {
		t.Error("a file that nothing names stays")
	}
}

func TestAttach_OnceForAKey(t *testing.T) {
	h := newCenter(t)
	s := h.amelie
	upload := services.Upload{Name: "a.txt", Data: []byte("the content"), IdempotencyKey: "key-of-the-file"}
	first, err := s.Attach(t.Context(), upload)
	must(t, err)
	again, err := s.Attach(t.Context(), upload)
	must(t, err)
	if first != again {
		t.Errorf("%+v, again %+v", first, again)
	}
	for range rule.UnsentMax - 1 {
		_, err := s.Attach(t.Context(), services.Upload{Name: "b.txt", Data: []byte("other")})
		must(t, err)
	}
	again, err = s.Attach(t.Context(), upload) // although there is no room for another
	must(t, err)
	if first != again {
		t.Errorf("%+v, without room %+v", first, again)
	}
	other := upload
	other.Data = []byte("other content")
	_, err = s.Attach(t.Context(), other)
	wantFields(t, err, map[string]string{"idempotency_key": services.ReasonReused})
	other.IdempotencyKey = "short"
	_, err = s.Attach(t.Context(), other)
	wantFields(t, err, map[string]string{"idempotency_key": services.ReasonTooShort})
	if n := len(h.blobKeys()); n != rule.UnsentMax {
		t.Errorf("%d files are kept, want %d", n, rule.UnsentMax)
	}
}
