package servicetest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"myaccount/services"
)

var attachmentCases = suite{
	"Attachments_Attach/Kinds":           attachKinds,
	"Attachments_Attach/Names":           attachNames,
	"Attachments_Attach/Refused":         attachRefused,
	"Attachments_Attach/TooMany":         attachTooMany,
	"Attachments_OpenAttachment/WhoMay":  openWhoMay,
	"Attachments_OpenAttachment/Removed": openRemoved,
	"Attachments_Detach/OnlyUnsent":      detachOnlyUnsent,
}

const (
	pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
	// exe begins like a program for Windows.
	exe = "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"
)

func attachKinds(w *world) {
	s := w.customer(alice, "lease")
	limit := int(w.policy().AttachmentMax)
	for name, file := range map[string]struct {
		data string
		kind string
	}{
		"scan.pdf":   {pdf, "application/pdf"},
		"note.txt":   {"Bonjour 🙂\r\nÀ bientôt", "text/plain"},
		"large.txt":  {strings.Repeat("x", limit), "text/plain"},
		"Letter.PDF": {pdf, "application/pdf"},
	} {
		got, err := s.Attach(w.ctx(), services.Upload{Name: name, Data: []byte(file.data)})
		w.must(err)
		sum := sha256.Sum256([]byte(file.data))
		same(w, name, got, services.Attachment{
			ID: got.ID, Name: name, Size: int64(len(file.data)), Type: file.kind, SHA256: hex.EncodeToString(sum[:]),
		})
		content, err := s.OpenAttachment(w.ctx(), got.ID)
		w.must(err)
		if content.Attachment != got || !bytes.Equal(content.Data, []byte(file.data)) {
			w.Errorf("%s comes back otherwise: %+v", name, content.Attachment)
		}
	}
}

func attachNames(w *world) {
	s := w.customer(alice, "lease")
	for typed, kept := range map[string]string{
		`C:\scans\regis` + "\u202e" + "tration\x00.pdf": "registration.pdf",
		"../../etc/passwd":                "passwd.pdf",
		"photo 🙂 d’été.pdf":               "photo 🙂 d’été.pdf",
		"a<b>:c?.pdf":                     "a_b__c_.pdf",
		strings.Repeat("é", 200) + ".pdf": strings.Repeat("é", 116) + ".pdf",
		"con.pdf":                         "_con.pdf",
	} {
		got, err := s.Attach(w.ctx(), services.Upload{Name: typed, Data: []byte(pdf)})
		w.must(err)
		same(w, "name", got.Name, kept)
	}
}

func attachRefused(w *world) {
	s := w.customer(alice, "lease")
	for name, data := range map[string]string{
		"setup.exe": exe, "setup.pdf": exe, "page.html": "<html><script>alert(1)</script></html>", "run.sh": "#!/bin/sh\nrm -rf /",
		"archive.zip": "PK\x03\x04\x14\x00\x00\x00", "broken.png": "\x89PNG\r\n\x1a\n", "noise.txt": "\xff\xfe\x00\x01", "anim.gif": "GIF89a\x01\x00",
	} {
		_, err := s.Attach(w.ctx(), services.Upload{Name: name, Data: []byte(data)})
		w.fails(err, "Attachments.Attach", services.CodeUnsupportedType)
	}
	for _, test := range []struct {
		upload services.Upload
		want   map[string]string
	}{
		{services.Upload{Name: "a.txt"}, map[string]string{"file": services.ReasonRequired}},
		{services.Upload{Name: "", Data: []byte("text")}, map[string]string{"name": services.ReasonRequired}},
		{services.Upload{Name: "/..", Data: []byte("text")}, map[string]string{"name": services.ReasonRequired}},
		{services.Upload{Name: "\u202e\x00", Data: []byte("text")}, map[string]string{"name": services.ReasonRequired}},
		{services.Upload{Name: "a.txt", Data: []byte(pdf)}, map[string]string{"name": services.ReasonMismatch}},
		{services.Upload{Name: "a.pdf", Data: []byte("text")}, map[string]string{"name": services.ReasonMismatch}},
	} {
		_, err := s.Attach(w.ctx(), test.upload)
		w.refuses(err, "Attachments.Attach", test.want)
	}
	_, err := s.Attach(w.ctx(), services.Upload{Name: "a.txt", Data: make([]byte, w.policy().AttachmentMax+1)})
	w.fails(err, "Attachments.Attach", services.CodeTooLarge)
}

// attachTooMany fills up what may wait to be sent, each person's for itself.
func attachTooMany(w *world) {
	desk, s := w.Advisor(w), w.customer(alice, "lease")
	var last services.Attachment
	for _, who := range []services.Attachments{desk, s} {
		for range 25 {
			last = w.attach(who, "a.txt")
		}
		_, err := who.Attach(w.ctx(), services.Upload{Name: "b.txt", Data: []byte("b")})
		w.refuses(err, "Attachments.Attach", map[string]string{"file": services.ReasonTooMany})
		w.must(who.Detach(w.ctx(), last.ID))
		last = w.attach(who, "c.txt")
	}
	w.send(s, "one", "With a file", last.ID)
	w.attach(s, "d.txt") // what was sent waits no more
}

func openWhoMay(w *world) {
	s, other, desk := w.customer(alice, "lease"), w.customer(bob, "two"), w.Advisor(w)
	unsent, sent, answer := w.attach(s, "unsent.txt"), w.attach(s, "sent.txt"), w.attach(desk, "answer.txt")
	id := w.send(s, "one", "With a file", sent.ID).ThreadID
	w.answer(desk, id, "one", "With a file", answer.ID)
	thread, err := s.Thread(w.ctx(), id)
	w.must(err)
	named, answered := thread.Messages[0].Attachments[0], thread.Messages[1].Attachments[0]
	same(w, "files of the thread", []string{named.Name, answered.Name}, []string{sent.Name, answer.Name})
	for _, test := range []struct {
		who  services.Attachments
		file services.Attachment
		may  bool
	}{
		{s, unsent, true},
		{s, sent, true},
		{s, named, true},
		{s, answered, true},
		{other, unsent, false},
		{other, sent, false},
		{other, named, false},
		{other, answered, false},
		{desk, unsent, false},
		{desk, named, true},
		{desk, answer, true},
		{desk, answered, true},
	} {
		content, err := test.who.OpenAttachment(w.ctx(), test.file.ID)
		if !test.may {
			w.fails(err, "Attachments.OpenAttachment", services.CodeNotFound)
			continue
		}
		w.must(err)
		same(w, "content", string(content.Data), "the content of "+test.file.Name)
	}
	for _, id := range strange {
		_, err := s.OpenAttachment(w.ctx(), id)
		w.fails(err, "Attachments.OpenAttachment", services.CodeNotFound)
	}
}

func openRemoved(w *world) {
	s := w.customer(alice, "lease")
	file := w.attach(s, "a.txt")
	w.send(s, "one", "With a file", file.ID)
	w.Advance(w.policy().Retention - time.Second)
	s = w.again(alice)
	_, err := s.OpenAttachment(w.ctx(), file.ID)
	w.must(err)
	w.Advance(time.Second)
	_, err = s.OpenAttachment(w.ctx(), file.ID)
	w.fails(err, "Attachments.OpenAttachment", services.CodeGone)
}

func detachOnlyUnsent(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	unsent, sent := w.attach(s, "unsent.txt"), w.attach(s, "sent.txt")
	w.send(s, "one", "With a file", sent.ID)
	for _, id := range append([]string{unsent.ID, sent.ID}, strange...) {
		w.must(other.Detach(w.ctx(), id))
	}
	_, err := s.OpenAttachment(w.ctx(), unsent.ID)
	w.must(err)
	for range 2 {
		w.must(s.Detach(w.ctx(), unsent.ID))
		w.must(s.Detach(w.ctx(), sent.ID))
	}
	_, err = s.OpenAttachment(w.ctx(), unsent.ID)
	w.fails(err, "Attachments.OpenAttachment", services.CodeNotFound)
	_, err = s.OpenAttachment(w.ctx(), sent.ID)
	w.must(err)
}
