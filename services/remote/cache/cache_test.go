package cache_test

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/basetest"
	"myaccount/services/remote/cache"
	"myaccount/services/sqlitefile"
)

func TestOpen_NewThenAgain(t *testing.T) {
	folder, box := filepath.Join(t.TempDir(), "a", "b"), newBox(t)
	if id, err := cache.KeyID(t.Context(), folder); id != "" || err != nil {
		t.Errorf("key %q, %v before there is a cache", id, err)
	}
	for range 2 {
		c, err := cache.Open(t.Context(), folder, box, basetest.NewClock(start), newID)
		must(t, err)
		must(t, c.Close())
	}
	if id, err := cache.KeyID(t.Context(), folder); id != box.KeyID() || err != nil {
		t.Errorf("key %q, %v", id, err)
	}
	info, err := os.Stat(cache.Database(folder))
	must(t, err)
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v", info.Mode())
	}
}

// TestOpen_LeftAlone: what must not be opened stays as it was, byte for byte.
func TestOpen_LeftAlone(t *testing.T) {
	for what, test := range map[string]struct {
		change func(*testing.T, *machine)
		want   error
	}{
		"newer": {func(t *testing.T, m *machine) {
			must(t, m.Exec(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"))
		}, sqlitefile.ErrNewer},
		"other key": {func(t *testing.T, m *machine) { m.box = newBox(t) }, cache.ErrOtherKey},
	} {
		t.Run(what, func(t *testing.T) {
			m := newMachine(t)
			test.change(t, m)
			must(t, m.Close())
			before := digest(t, m.folder)
			if _, err := cache.Open(t.Context(), m.folder, m.box, m.clock, newID); !errors.Is(err, test.want) {
				t.Errorf("opened: %v", err)
			}
			if digest(t, m.folder) != before {
				t.Error("it was changed")
			}
		})
	}
}

func digest(t *testing.T, folder string) [32]byte {
	t.Helper()
	data, err := os.ReadFile(cache.Database(folder))
	must(t, err)
	return sha256.Sum256(data)
}

// TestOpen_Damaged sets a damaged cache aside with its files, and begins anew.
func TestOpen_Damaged(t *testing.T) {
	m := newMachine(t)
	file := m.attach("a.txt", "kept")
	must(t, m.Close())
	path := cache.Database(m.folder)
	data, err := os.ReadFile(path)
	must(t, err)
	for i := 4096; i < len(data); i++ { // all pages but the first
		data[i] ^= 0x5a
	}
	must(t, os.WriteFile(path, data, 0o600))
	if _, err := cache.Open(t.Context(), m.folder, m.box, m.clock, newID); !errors.Is(err, sqlitefile.ErrDamaged) {
		t.Fatalf("opened: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, data) {
		t.Error("the damaged file was changed")
	}
	aside, err := cache.SetAside(m.folder, start)
	must(t, err)
	if after, err := os.ReadFile(cache.Database(aside)); err != nil || !bytes.Equal(after, data) {
		t.Errorf("not set aside: %v", err)
	}
	kept, err := filepath.Glob(filepath.Join(aside, "files", "*", file.ID))
	if err != nil || len(kept) != 1 {
		t.Errorf("its files: %v, %v", kept, err)
	}
	m.open()
	if list := m.drafts(); len(list) != 0 {
		t.Errorf("a new cache has %+v", list)
	}
}

func TestLocked_ReadsAsUnavailable(t *testing.T) {
	m := newMachine(t)
	kept := m.save(services.Draft{Body: "kept"})
	other, err := sql.Open("sqlite", cache.Database(m.folder)+"?_txlock=immediate")
	must(t, err)
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	must(t, err)
	_, err = m.amelie.SaveDraft(t.Context(), services.Draft{ID: kept.ID, Body: "changed"})
	if services.CodeOf(err) != services.CodeUnavailable || !errors.Is(err, sqlitefile.ErrLocked) {
		t.Errorf("got %v", err)
	}
	if got, err := m.amelie.Draft(t.Context(), kept.ID); err != nil || got.Body != "kept" {
		t.Errorf("reading meanwhile: %+v, %v", got, err)
	}
	must(t, tx.Rollback())
	m.save(services.Draft{ID: kept.ID, Body: "changed"})
}

// TestFull: on a full disk nothing is lost, neither what was there nor what a step would have moved.
func TestFull(t *testing.T) {
	m := newMachine(t)
	draft := m.save(services.Draft{Body: "kept", Attachments: []services.Attachment{m.attach("a.txt", "a file")}})
	must(t, m.LimitPages(t.Context(), 1)) // no more than there are
	_, err := m.amelie.SaveDraft(t.Context(), services.Draft{Body: strings.Repeat("x", 50_000)})
	if services.CodeOf(err) != services.CodeUnavailable || !errors.Is(err, sqlitefile.ErrFull) {
		t.Errorf("save: %v", err)
	}
	long := outgoing(draft)
	long.Body = strings.Repeat("x", 50_000)
	_, err = m.amelie.Put(t.Context(), long)
	wantCode(t, err, services.CodeUnavailable)
	got, err := m.amelie.Draft(t.Context(), draft.ID)
	if err != nil || got.Body != "kept" || len(got.Attachments) != 1 || len(m.waiting()) != 0 {
		t.Errorf("left: %+v, %v; on their way: %+v", got, err, m.waiting())
	}
	must(t, m.LimitPages(t.Context(), 10_000))
	if _, err := m.amelie.Put(t.Context(), long); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

// personal are words that must not be found on the disk.
var personal = []string{
	"amelie", "secret-body", "secret-topic", "secret-agreement", "secret-thread", "secret-file", "secret-bytes",
	"secret-upload", "secret-server-id", "secret-answer", "secret-value", "tremblay@example", "Amélie", "argon2id",
	"secret-key", "bank.example", "secret-print", "secret-reference", "key_reused", "secret-refused",
}

// TestSealedAtRest writes one of everything, and looks for it in every file.
func TestSealedAtRest(t *testing.T) {
	m := newMachine(t)
	everything(t, m)
	m.look(t) // while it is open, the write-ahead log too
	must(t, m.Close())
	m.look(t)
	m.open()
}

// everything writes one of everything.
func everything(t *testing.T, m *machine) {
	t.Helper()
	ctx := t.Context()
	for i, key := range []string{"secret-key-1", "secret-key-2", "secret-key-3"} {
		file := m.attach("secret-file.txt", "secret-bytes")
		_, err := m.amelie.Put(ctx, services.Outgoing{
			ThreadID: "secret-thread" + key, Topic: "secret-topic", AgreementID: "secret-agreement", Body: "secret-body",
			AttachmentIDs: []string{file.ID}, IdempotencyKey: key,
		})
		must(t, err)
		m.claimed()
		upload := cache.Upload{ID: "secret-upload", Offset: int64(i), AttachmentID: "secret-server-id"}
		must(t, m.amelie.SetUpload(ctx, key, file.ID, upload, m.clock.Now().Add(time.Minute)))
	}
	must(t, m.amelie.Done(ctx, "secret-key-1", services.Receipt{ThreadID: "secret-thread", Reference: "secret-reference"}))
	why := services.Invalid("secret-refused", services.ReasonReused)
	_, err := m.amelie.Refuse(ctx, "secret-key-2", why)
	must(t, err)
	m.save(services.Draft{Body: "secret-body"})
	must(t, m.amelie.Remember(ctx, "secret-answer", []byte("secret-value"), start.Add(time.Hour)))
	must(t, m.SetVerifier(ctx, "amelie.tremblay@example.com", verifier("$argon2id$")))
	must(t, m.SetPin(ctx, "bank.example:8443", "secret-print"))
}

// look looks for personal words in every file of the folder.
func (m *machine) look(t *testing.T) {
	t.Helper()
	read := 0
	must(t, filepath.WalkDir(m.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, word := range personal {
			if bytes.Contains(bytes.ToLower(data), bytes.ToLower([]byte(word))) || strings.Contains(path, word) {
				t.Errorf("%q lies open in %s", word, filepath.Base(path))
			}
		}
		if strings.Contains(string(data), "CREATE TABLE answer") {
			read++ // so the words would be seen if they were there
		}
		return err
	}))
	if read == 0 {
		t.Error("looked at nothing")
	}
}

// TestMovedValue_DoesNotOpen exchanges what is sealed of two rows: whoever can write the file cannot put words into
// somebody's mouth.
func TestMovedValue_DoesNotOpen(t *testing.T) {
	m := newMachine(t)
	one, two := m.save(services.Draft{Body: "one"}), m.save(services.Draft{Body: "two"})
	must(t, m.Exec(t.Context(), "UPDATE message SET content = (SELECT content FROM message WHERE id = '"+one.ID+"') WHERE id = '"+two.ID+"'"))
	_, err := m.amelie.Draft(t.Context(), two.ID)
	wantCode(t, err, services.CodeInternal)
	if got, err := m.amelie.Draft(t.Context(), one.ID); err != nil || got.Body != "one" {
		t.Errorf("the other: %+v, %v", got, err)
	}
}

func TestPeople_Apart(t *testing.T) {
	m := newMachine(t)
	ctx, other := t.Context(), m.Person("daniel")
	file := m.attach("a.txt", "hers")
	draft := m.save(services.Draft{Body: "hers", Attachments: []services.Attachment{file}})
	must(t, m.amelie.Remember(ctx, "threads", []byte("hers"), start.Add(time.Hour)))
	_, err := other.Draft(ctx, draft.ID)
	wantCode(t, err, services.CodeNotFound)
	_, err = other.SaveDraft(ctx, services.Draft{ID: draft.ID, Body: "his"})
	wantCode(t, err, services.CodeNotFound)
	_, err = other.OpenFile(ctx, file.ID)
	wantCode(t, err, services.CodeNotFound)
	_, _, err = other.Recall(ctx, "threads")
	wantCode(t, err, services.CodeNotFound)
	_, err = other.Put(ctx, services.Outgoing{Body: "his", AttachmentIDs: []string{file.ID}, IdempotencyKey: "some key"})
	wantFields(t, err, map[string]string{"attachment_ids": services.ReasonUnknown})
	saved, err := other.SaveDraft(ctx, services.Draft{Body: "his", Attachments: []services.Attachment{file}})
	if err != nil || len(saved.Attachments) != 0 {
		t.Errorf("his draft with her file: %+v, %v", saved, err)
	}
	must(t, other.DeleteDraft(ctx, draft.ID))
	must(t, other.DropDraft(ctx, draft.ID))
	must(t, other.Detach(ctx, file.ID))
	must(t, other.RemoveAll(ctx, true))
	m.put(draft)
	_, ok, err := other.Claim(ctx, start.Add(time.Minute))
	if ok || err != nil {
		t.Errorf("he claimed hers: %v", err)
	}
	// The same key of another person is another message.
	his, err := other.Put(ctx, services.Outgoing{Body: "his", IdempotencyKey: draft.IdempotencyKey})
	if err != nil || his.Message.Body != "his" {
		t.Errorf("his message: %+v, %v", his, err)
	}
	if got := m.content(file.ID); got != "hers" {
		t.Errorf("her file: %q", got)
	}
}
