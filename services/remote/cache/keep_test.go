package cache_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/remote/cache"
	"myaccount/services/sqlitefile"
)

func TestRemember(t *testing.T) {
	m := newMachine(t)
	ctx := t.Context()
	must(t, m.amelie.Remember(ctx, "thread/1", []byte("old"), start.Add(time.Hour)))
	m.clock.Move(time.Minute)
	for name, value := range map[string]string{"thread/1": "one", "thread/12": "", "threads": "list"} {
		must(t, m.amelie.Remember(ctx, name, []byte(value), start.Add(time.Hour)))
	}
	m.restart()
	want := func(name, value string, there bool) {
		t.Helper()
		got, at, err := m.amelie.Recall(ctx, name)
		if !there {
			wantCode(t, err, services.CodeNotFound)
			return
		}
		if err != nil || !bytes.Equal(got, []byte(value)) || !at.Equal(start.Add(time.Minute)) {
			t.Errorf("%s: %q at %v, %v", name, got, at, err)
		}
	}
	want("thread/1", "one", true)
	want("thread/12", "", true)
	want("threads", "list", true)
	want("thread", "", false)
	must(t, m.amelie.Forget(ctx, "thread/"))
	want("thread/1", "", false)
	want("thread/12", "", false)
	want("threads", "list", true)
	m.clock.Move(59 * time.Minute)
	want("threads", "", false)
	must(t, m.Purge(ctx))
	m.clock.Move(-time.Minute) // what was removed does not come back when the clock is set back
	want("threads", "", false)
	must(t, m.amelie.Remember(ctx, "threads", nil, start.Add(time.Hour)))
	must(t, m.amelie.Forget(ctx, ""))
	want("threads", "", false)
}

// files lists the names of what lies in the folder of files.
func (m *machine) files() []string {
	m.t.Helper()
	list, err := filepath.Glob(filepath.Join(m.folder, "files", "*", "*"))
	must(m.t, err)
	return list
}

// TestPurge_Orphans: bytes that a crash left without a row go after an hour; those of a draft stay.
func TestPurge_Orphans(t *testing.T) {
	m := newMachine(t)
	m.clock.Move(time.Since(start)) // files have the time of the system
	draft := m.question("kept")
	for name, age := range map[string]time.Duration{"orphan": 2 * time.Hour, "just-written": time.Minute} {
		path := filepath.Join(m.folder, "files", name[len(name)-2:], name)
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(t, os.WriteFile(path, []byte("x"), 0o600))
		must(t, os.Chtimes(path, time.Time{}, m.clock.Now().Add(-age)))
	}
	must(t, m.Purge(t.Context()))
	if list := m.files(); len(list) != 2 {
		t.Errorf("left %v", list)
	}
	m.clock.Move(48 * time.Hour)
	must(t, m.Purge(t.Context()))
	if list := m.files(); len(list) != 1 || m.content(draft.Attachments[0].ID) != "file of kept" {
		t.Errorf("left %v", list)
	}
}

func TestSizes(t *testing.T) {
	m := newMachine(t)
	if s, err := m.amelie.Sizes(t.Context()); err != nil || s != (cache.Sizes{}) {
		t.Errorf("empty: %+v, %v", s, err)
	}
	m.put(m.question("one"))
	m.question("two")
	m.save(services.Draft{})
	must(t, m.amelie.Remember(t.Context(), "a", make([]byte, 5000), start.Add(time.Hour)))
	s, err := m.amelie.Sizes(t.Context())
	if err != nil || s.Drafts != 2 || s.Waiting != 1 || s.Files != 2 || s.Answers != 1 || s.Bytes < 5000 || s.Bytes > 6000 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestRemoveAll(t *testing.T) {
	m, email := trusted(t)
	ctx, other := t.Context(), m.Person("daniel")
	kept, err := other.SaveDraft(ctx, services.Draft{Body: "his"})
	must(t, err)
	must(t, m.SetPin(ctx, "one", "aa"))
	backups := filepath.Join(m.folder, sqlitefile.BackupFolder)
	must(t, os.Mkdir(backups, 0o700))
	must(t, os.WriteFile(filepath.Join(backups, "20260302-140509-schema-1.db"), nil, 0o600))
	m.question("draft")
	m.put(m.question("waits"))
	draft := m.question("sent")
	m.put(draft)
	must(t, m.amelie.Done(ctx, draft.IdempotencyKey, receipt))
	must(t, m.amelie.Remember(ctx, "a", []byte("a"), start.Add(time.Hour)))

	err = m.amelie.RemoveAll(ctx, false)
	var waiting *cache.WaitingError
	if services.CodeOf(err) != services.CodeConflict || !errors.As(err, &waiting) || waiting.Messages != 1 {
		t.Fatalf("got %v", err)
	}
	if len(m.drafts()) != 1 || len(m.waiting()) != 1 || len(m.files()) != 2 {
		t.Error("something is gone already")
	}
	must(t, m.amelie.RemoveAll(ctx, true))
	if s, err := m.amelie.Sizes(ctx); err != nil || s != (cache.Sizes{}) || len(m.files()) != 0 {
		t.Errorf("left %+v, %v, %v", s, err, m.files())
	}
	_, err = m.amelie.Receipt(ctx, draft.IdempotencyKey)
	wantCode(t, err, services.CodeNotFound)
	wantCode(t, m.try(email, "right"), services.CodeUnavailable)
	if _, err := other.Draft(ctx, kept.ID); err != nil {
		t.Errorf("his draft: %v", err)
	}
	if _, ok, err := m.Pin(ctx, "one"); !ok || err != nil {
		t.Errorf("the pin is gone: %v", err)
	}
	if list, err := os.ReadDir(backups); err != nil || len(list) != 0 {
		t.Errorf("copies: %v, %v", list, err)
	}
	must(t, m.amelie.RemoveAll(ctx, false))
}
