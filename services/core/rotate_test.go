package core_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"myaccount/services"
	"myaccount/services/blob"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// promote gives the portal a second sealing key and makes it the one that seals.
func (h *harness) promote() (both seal.Key, id string) {
	h.t.Helper()
	key, err := sharedKey()
	must(h.t, err)
	both, err = key.Prepare()
	must(h.t, err)
	id = both.Sealing()[1]
	h.box.Follow(func() (seal.Key, error) { return both, nil })
	must(h.t, h.box.Use(id))
	must(h.t, h.db.Promote(h.ctx, id))
	return both, id
}

// watchedBlobs calls put before it keeps something.
type watchedBlobs struct {
	core.Blobs
	put func(key string) error
}

func (b *watchedBlobs) Put(ctx context.Context, key string, data []byte) error {
	if b.put != nil {
		if err := b.put(key); err != nil {
			return err
		}
	}
	return b.Blobs.Put(ctx, key, data)
}

func TestResealBlobs(t *testing.T) {
	watched := &watchedBlobs{}
	c := newCenter(t, func(config *core.Config) { watched.Blobs, config.Blobs = config.Blobs, watched })
	ctx := t.Context()
	var files []services.Attachment
	for _, text := range []string{"one", "two", "three"} {
		file, err := c.amelie.Attach(ctx, services.Upload{Name: "a.txt", Data: []byte(text)})
		must(t, err)
		files = append(files, file)
	}
	receipt := c.send("with a file", files[0].ID)
	uploads := c.amelie.(services.Uploads)
	state := announced(t, uploads, "long.txt", long)
	_, err := uploads.AppendUpload(ctx, state.ID, 0, long[:services.UploadPartMax])
	must(t, err)
	must(t, c.Blobs.Put(ctx, "not-sealed", []byte("of another program")))
	if n, err := c.StaleBlobs(ctx); n != 0 || err != nil {
		t.Errorf("%d files are to be sealed again, %v", n, err)
	}
	both, id := c.promote()
	if n, err := c.StaleBlobs(ctx); n != 4 || err != nil {
		t.Errorf("%d files are to be sealed again, %v", n, err)
	}

	cut := errors.New("cut off")
	watched.put = func(string) error { return cut }
	if _, err := c.ResealBlobs(ctx, func(int) {}); !errors.Is(err, cut) {
		t.Errorf("cut off: %v", err)
	}
	watched.put = func(key string) error { // a file goes in the very moment
		if key == files[2].ID {
			watched.put = nil
			return c.amelie.Detach(ctx, key)
		}
		return nil
	}
	var done int
	failed, err := c.ResealBlobs(ctx, func(n int) { done = n })
	if failed != 0 || err != nil || done != 4 {
		t.Errorf("%d files sealed again, %d failed, %v", done, failed, err)
	}
	if _, err := c.Blobs.Get(ctx, files[2].ID); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("a file came back: %v", err)
	}
	if n, err := c.StaleBlobs(ctx); n != 0 || err != nil {
		t.Errorf("%d files are left, %v", n, err)
	}

	promoted, err := both.Promote(id)
	must(t, err)
	last, err := promoted.Retire()
	must(t, err)
	c.Box, err = seal.Open(last) // of files alone: the Store has its own
	must(t, err)
	content, err := c.amelie.OpenAttachment(ctx, c.thread(receipt.ThreadID).Messages[0].Attachments[0].ID)
	if err != nil || string(content.Data) != "one" {
		t.Errorf("%q, %v", content.Data, err)
	}
	for at := services.UploadPartMax; at < len(long); at += services.UploadPartMax {
		_, err = uploads.AppendUpload(ctx, state.ID, int64(at), long[at:min(at+services.UploadPartMax, len(long))])
		must(t, err)
	}
	whole, err := uploads.CompleteUpload(ctx, state.ID)
	must(t, err)
	if content, err := c.amelie.OpenAttachment(ctx, whole.ID); err != nil || !bytes.Equal(content.Data, long) {
		t.Errorf("%d bytes, %v", len(content.Data), err)
	}
}

// TestResealBlobs_Damaged: what does not open is counted, and left as it is.
func TestResealBlobs_Damaged(t *testing.T) {
	c := newCenter(t)
	file, err := c.amelie.Attach(t.Context(), services.Upload{Name: "a.txt", Data: []byte("one")})
	must(t, err)
	sealed, err := c.Blobs.Get(t.Context(), file.ID)
	must(t, err)
	sealed[len(sealed)-1] ^= 1
	must(t, c.Blobs.Put(t.Context(), file.ID, sealed))
	c.promote()
	failed, err := c.ResealBlobs(t.Context(), func(int) { t.Error("sealed again") })
	if failed != 1 || err != nil {
		t.Errorf("%d failed, %v", failed, err)
	}
	if now, err := c.Blobs.Get(t.Context(), file.ID); err != nil || !bytes.Equal(now, sealed) {
		t.Errorf("it was changed: %v", err)
	}
	if n, err := c.StaleBlobs(t.Context()); n != 1 || err != nil {
		t.Errorf("%d are left, %v", n, err)
	}
}
