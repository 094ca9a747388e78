package core_test

import (
	"bytes"
	"slices"
	"testing"

	"myaccount/services"
)

// copyThread has Amélie keep a copy of a conversation.
func (c *center) copyThread(threadID string) services.Document {
	c.t.Helper()
	d, err := c.amelie.CopyThread(c.ctx, threadID, "fr")
	must(c.t, err)
	return d
}

// TestCopyThread_Bytes are sealed, and there are none that no copy needs any more.
func TestCopyThread_Bytes(t *testing.T) {
	c := newCenter(t)
	thread := c.send("How much is it?").ThreadID
	first := c.copyThread(thread)
	c.answer(thread, "Not much.")
	whole := c.copyThread(thread)
	if keys := c.blobKeys(); whole.ID == first.ID || !slices.Equal(keys, []string{whole.ID}) {
		t.Errorf("blobs %q of copies %s and %s", keys, first.ID, whole.ID)
	}
	raw, err := c.Blobs.Get(c.ctx, whole.ID)
	must(t, err)
	if bytes.Contains(raw, []byte("%PDF")) {
		t.Error("they lie open")
	}
	must(t, c.amelie.RemoveDocument(c.ctx, whole.ID))
	if keys := c.blobKeys(); len(keys) != 0 {
		t.Errorf("blobs %q once it is removed", keys)
	}
}

// TestCopyThread_BelongsToThePerson: it is in their export, and goes with their login.
func TestCopyThread_BelongsToThePerson(t *testing.T) {
	c := newCenter(t)
	kept := c.copyThread(c.send("How much is it?").ThreadID)
	var archive bytes.Buffer
	must(t, c.amelie.Export(c.ctx, &archive))
	if !bytes.Contains(archive.Bytes(), []byte("documents/"+kept.ID+"/"+kept.Name)) {
		t.Error("it is not in the export")
	}
	must(t, c.amelie.DeleteAccount(c.ctx, password))
	if keys := c.blobKeys(); len(keys) != 0 {
		t.Errorf("blobs %q once the login is gone", keys)
	}
}

// TestCopyThread_NotWritten: when its row cannot be written, the copy of before stays.
func TestCopyThread_NotWritten(t *testing.T) {
	c := newCenter(t)
	thread := c.send("How much is it?").ThreadID
	first := c.copyThread(thread)
	c.answer(thread, "Not much.")
	whole := c.Store
	c.Store = failingDocuments{whole}
	_, err := c.amelie.CopyThread(c.ctx, thread, "fr")
	wantCode(t, err, services.CodeInternal)
	c.Store = whole
	_, err = c.amelie.OpenDocument(c.ctx, first.ID, "fr")
	must(t, err)
}
