package cache_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/rule"
)

// TestSaveDraft_WhatCannotBeSent is what a draft may be and a message not.
func TestSaveDraft_WhatCannotBeSent(t *testing.T) {
	m := newMachine(t)
	for _, d := range []services.Draft{
		{},
		{Body: strings.Repeat("é", 100_000)},
		{Body: "🙂 \u202e\x00 שלום\r\n", Topic: "nonsense", AgreementID: "nobody's", ThreadID: "gone"},
	} {
		saved := m.save(d)
		if saved.ID == "" || saved.IdempotencyKey == "" || !saved.UpdatedAt.Equal(start) || len(saved.Attachments) != 0 {
			t.Errorf("saved %+v", saved)
		}
		got, err := m.amelie.Draft(t.Context(), saved.ID)
		if err != nil || !reflect.DeepEqual(got, saved) || got.Body != d.Body || got.Topic != d.Topic ||
			got.AgreementID != d.AgreementID || got.ThreadID != d.ThreadID {
			t.Errorf("got %+v, %v, want %+v", got, err, saved)
		}
	}
}

func TestSaveDraft_Refuses(t *testing.T) {
	m := newMachine(t)
	kept := m.save(services.Draft{Body: "kept"})
	long := strings.Repeat("x", 65)
	for _, id := range []string{"", kept.ID} {
		_, err := m.amelie.SaveDraft(t.Context(), services.Draft{
			ID: id, Body: strings.Repeat("é", 100_001), ThreadID: long, Topic: long, AgreementID: long,
			Attachments: make([]services.Attachment, 26),
		})
		wantFields(t, err, map[string]string{
			"body": services.ReasonTooLong, "thread_id": services.ReasonTooLong, "topic": services.ReasonTooLong,
			"agreement_id": services.ReasonTooLong, "attachment_ids": services.ReasonTooMany,
		})
	}
	_, err := m.amelie.SaveDraft(t.Context(), services.Draft{ID: "nothing", Body: "typed meanwhile"})
	wantCode(t, err, services.CodeNotFound)
	_, err = m.amelie.Draft(t.Context(), "nothing")
	wantCode(t, err, services.CodeNotFound)
	if list := m.drafts(); !reflect.DeepEqual(list, []services.Draft{kept}) {
		t.Errorf("drafts %+v", list)
	}
	for range rule.DraftsMax - 1 {
		m.save(services.Draft{Body: "one of many"})
	}
	_, err = m.amelie.SaveDraft(t.Context(), services.Draft{Body: "one too many"})
	wantFields(t, err, map[string]string{"drafts": services.ReasonTooMany})
	m.save(kept)
	must(t, m.amelie.DeleteDraft(t.Context(), kept.ID))
	m.save(services.Draft{Body: "in its place"})
}

func TestSaveDraft_KeepsKeyAndRestart(t *testing.T) {
	m := newMachine(t)
	a, b := m.attach("a.txt", "a"), m.attach("b.txt", "b")
	first := m.save(services.Draft{Body: "first", Attachments: []services.Attachment{a, b}})
	m.clock.Move(time.Second)
	second := m.save(services.Draft{Body: "second"})
	m.clock.Move(time.Second)
	changed := first
	changed.Body, changed.IdempotencyKey, changed.Attachments = "changed", "a key of my own", []services.Attachment{b, a}
	changed = m.save(changed)
	if changed.IdempotencyKey != first.IdempotencyKey || !reflect.DeepEqual(changed.Attachments, []services.Attachment{b, a}) {
		t.Errorf("changed %+v", changed)
	}
	m.restart()
	if list := m.drafts(); !reflect.DeepEqual(list, []services.Draft{changed, second}) {
		t.Errorf("after a restart %+v", list)
	}
}

func TestDeleteDraft_WithItsFiles(t *testing.T) {
	m := newMachine(t)
	draft := m.question("with a file")
	for range 2 {
		must(t, m.amelie.DeleteDraft(t.Context(), draft.ID))
	}
	_, err := m.amelie.OpenFile(t.Context(), draft.Attachments[0].ID)
	wantCode(t, err, services.CodeNotFound)
	if list := m.files(); len(list) != 0 {
		t.Errorf("left %v", list)
	}
}

func TestAttach(t *testing.T) {
	m := newMachine(t)
	data := "%PDF-1.7\nAmélie's registration"
	got := m.attach(`C:\scans\regis`+"\u202e"+`tration.PDF`, data)
	sum := sha256.Sum256([]byte(data))
	want := services.Attachment{
		ID: got.ID, Name: "registration.PDF", Size: int64(len(data)), Type: "application/pdf", SHA256: hex.EncodeToString(sum[:]),
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	m.restart()
	content, err := m.amelie.OpenFile(t.Context(), got.ID)
	if err != nil || content.Attachment != want || !bytes.Equal(content.Data, []byte(data)) {
		t.Errorf("content %+v, %v", content, err)
	}
	for range 2 {
		must(t, m.amelie.Detach(t.Context(), got.ID))
	}
	_, err = m.amelie.OpenFile(t.Context(), got.ID)
	wantCode(t, err, services.CodeNotFound)
}

func TestAttach_Refuses(t *testing.T) {
	m := newMachine(t)
	for what, test := range map[string]struct {
		name   string
		data   string
		code   services.Code
		fields map[string]string
	}{
		"empty":     {"a.txt", "", services.CodeInvalid, map[string]string{"file": "required"}},
		"no name":   {"..", "a", services.CodeInvalid, map[string]string{"name": "required"}},
		"lie":       {"a.pdf", "text", services.CodeInvalid, map[string]string{"name": "mismatch"}},
		"too large": {"a.txt", strings.Repeat("a", 1001), services.CodeTooLarge, map[string]string{}},
		"program":   {"a.exe", "MZ\x90\x00", services.CodeUnsupportedType, map[string]string{}},
	} {
		_, err := m.amelie.Attach(t.Context(), services.Upload{Name: test.name, Data: []byte(test.data)}, policy)
		if services.CodeOf(err) != test.code || !maps.Equal(services.FieldsOf(err), test.fields) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if list := m.files(); len(list) != 0 {
		t.Errorf("refused files are kept: %v", list)
	}
	for range rule.UnsentMax - 1 {
		m.attach("a.txt", "a")
	}
	m.put(m.question("what was sent waits no more"))
	m.attach("last.txt", "a")
	_, err := m.amelie.Attach(t.Context(), services.Upload{Name: "b.txt", Data: []byte("b")}, policy)
	wantFields(t, err, map[string]string{"file": services.ReasonTooMany})
}

// TestOpenFile_Bytes: bytes that are gone, or others than were attached.
func TestOpenFile_Bytes(t *testing.T) {
	m := newMachine(t)
	a, b := m.attach("a.txt", "a"), m.attach("b.txt", "b")
	var pathA, pathB string
	for _, path := range m.files() {
		if strings.HasSuffix(path, a.ID) {
			pathA = path
		} else {
			pathB = path
		}
	}
	data, err := os.ReadFile(pathA)
	must(t, err)
	must(t, os.WriteFile(pathB, data, 0o600))
	_, err = m.amelie.OpenFile(t.Context(), b.ID)
	wantCode(t, err, services.CodeInternal)
	must(t, os.Remove(pathA))
	_, err = m.amelie.OpenFile(t.Context(), a.ID)
	wantCode(t, err, services.CodeGone)
	must(t, m.amelie.Detach(t.Context(), a.ID))
}
