package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/sample"
	"myaccount/services/seal"
	"myaccount/services/sqlitefile"
	"myaccount/services/store"
	"myaccount/services/store/postgres/pgtest"
)

// person is a customer of a portal that is linked, and calls it through one server.
type person struct {
	*served
	token     string
	device    string            // token of the computer, which is trusted
	agreement string            // id
	file      string            // id of an attachment
	sent      map[string]string // thread to what was written
}

// try sends what somebody who is signed in sends, and reads the answer when it is of the status.
func (p *person) try(method, path, contentType string, body []byte, status int, into any) error {
	r, err := http.NewRequest(method, p.url+strings.TrimPrefix(path, "/"), bytes.NewReader(body)) //nolint:noctx // the client has a time-out
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Authorization", "Bearer "+p.token)
	r.Header.Set(api.HeaderIdempotencyKey, fmt.Sprintf("key-%d", time.Now().UnixNano()))
	answer, err := p.client.Do(r)
	if err != nil {
		return err
	}
	var said bytes.Buffer
	_, err = said.ReadFrom(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return err
	}
	switch {
	case answer.StatusCode != status:
		return fmt.Errorf("%s %s: %s: %.300s", method, path, answer.Status, said.String())
	case into == nil:
		return nil
	}
	if text, ok := into.(*string); ok {
		*text = said.String()
		return nil
	}
	return json.Unmarshal(said.Bytes(), into)
}

// ask is try for JSON that has to go well.
func (p *person) ask(method, path string, body any, status int, into any) {
	p.t.Helper()
	data, err := json.Marshal(body)
	must(p.t, err)
	must(p.t, p.try(method, path, "application/json", data, status, into))
}

var codeOfMail = regexp.MustCompile(`(?m)^\s*(\d{6})\s*$`)

// inMails waits for what a form finds in the mails of a folder, read as the group 1 of it.
func inMails(t *testing.T, folder string, form *regexp.Regexp) (found string) {
	t.Helper()
	eventually(t, form.String(), func() bool {
		for _, mail := range mailsIn(t, folder) {
			if match := form.FindStringSubmatch(mail); match != nil {
				found = match[1]
			}
		}
		return found != ""
	})
	return found
}

// settles registers a customer, who links an agreement, and writes with a file.
func settles(s *served, mails string) *person {
	s.t.Helper()
	s.register()
	token := inMails(s.t, mails, regexp.MustCompile(`activate\?lang=fr&token=([\w-]+)`))
	if status := s.press("/activate?token=" + token); status != http.StatusOK {
		s.t.Fatalf("the button: %d", status)
	}
	p := &person{served: s, sent: map[string]string{}}
	p.signIn()
	people, err := sample.People(civil.DateOf(time.Now().UTC()))
	must(s.t, err)
	p.ask(http.MethodPost, api.PathLinks, api.Link{
		Method: services.LinkByBMWID, FirstName: people[0].FirstName, LastName: people[0].LastName, BMWID: people[0].CustomerID,
	}, http.StatusAccepted, nil)
	var session api.Session
	p.ask(http.MethodPost, api.PathDeviceAuthorizations,
		api.DeviceAuthorization{Code: inMails(s.t, mails, codeOfMail), Trust: true}, http.StatusOK, &session)
	var list api.List[api.Agreement]
	p.ask(http.MethodGet, api.PathAgreements, nil, http.StatusOK, &list)
	p.device, p.agreement = session.Device.Token, list.Items[0].ID
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	must(s.t, w.WriteField("name", "été.txt"))
	part, err := w.CreateFormFile("file", "file")
	must(s.t, err)
	_, err = part.Write([]byte("the content"))
	must(s.t, errors.Join(err, w.Close()))
	var file api.Attachment
	must(s.t, p.try(http.MethodPost, api.PathAttachments, w.FormDataContentType(), form.Bytes(), http.StatusCreated, &file))
	p.file = file.ID
	must(s.t, p.send("with a file", file.ID))
	return p
}

func (p *person) signIn() {
	p.t.Helper()
	var session api.Session
	p.call(http.MethodPost, api.PathSessions, api.Credentials{
		Email: email, Password: password, Device: api.DeviceClaim{Name: "Test", Kind: "personal", Token: p.device},
	}, http.StatusCreated, &session)
	p.token = session.Token
}

// send writes a message.
func (p *person) send(text string, files ...string) error {
	data, err := json.Marshal(api.NewThread{Topic: "payment", AgreementID: p.agreement, Body: text, AttachmentIDs: files})
	if err != nil {
		return err
	}
	var receipt api.Receipt
	if err := p.try(http.MethodPost, api.PathThreads, "application/json", data, http.StatusCreated, &receipt); err != nil {
		return err
	}
	p.sent[receipt.ThreadID] = text
	return nil
}

// read reads a message that was written.
func (p *person) read(id string) error {
	var thread api.Thread
	err := p.try(http.MethodGet, strings.Replace(api.PathThread, "{id}", id, 1), "", nil, http.StatusOK, &thread)
	if err == nil && thread.Messages[0].Body != p.sent[id] {
		err = fmt.Errorf("thread %s is %q, want %q", id, thread.Messages[0].Body, p.sent[id])
	}
	return err
}

// keepsOn writes and reads in the background until done is called.
func (p *person) keepsOn() (done func()) {
	ctx, stop := context.WithCancel(p.t.Context())
	var running sync.WaitGroup
	running.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			err := p.send(fmt.Sprint("message ", n))
			for id := range p.sent { // one of them
				err = errors.Join(err, p.read(id))
				break
			}
			if err != nil {
				p.t.Errorf("while the key is changed: %v", err)
				return
			}
		}
	})
	return func() { stop(); running.Wait() }
}

// everything goes once through what a customer calls.
func (p *person) everything() {
	p.t.Helper()
	for id := range p.sent {
		must(p.t, p.read(id))
	}
	var content string
	p.ask(http.MethodGet, strings.Replace(api.PathAttachment, "{id}", p.file, 1), nil, http.StatusOK, &content)
	if content != "the content" {
		p.t.Errorf("the file is %q", content)
	}
	for _, path := range []string{api.PathAgreement, api.PathPayments} {
		p.ask(http.MethodGet, strings.Replace(path, "{id}", p.agreement, 1), nil, http.StatusOK, nil)
	}
	for _, path := range []string{
		api.PathProfile, api.PathDevices, api.PathAgreements, api.PathSignInHistory, api.PathThreads, api.PathUnread, api.PathSession,
		api.PathSearch + "?q=message",
	} {
		p.ask(http.MethodGet, path, nil, http.StatusOK, nil)
	}
	var export string
	p.ask(http.MethodGet, api.PathExport, nil, http.StatusOK, &export)
	if !strings.HasPrefix(export, "PK") {
		p.t.Errorf("export: %.20q", export)
	}
	must(p.t, p.send("after all"))
	p.ask(http.MethodDelete, api.PathSession, nil, http.StatusNoContent, nil)
	p.signIn() // found by the hash of the address, checked with the password
}

// keysIn lists the keys that sealed values and files are sealed with.
func keysIn(t *testing.T, db *sql.DB, blobs string) (found []string) {
	t.Helper()
	note := func(sealed []byte) {
		if id := seal.SealedWith(sealed); !slices.Contains(found, id) {
			found = append(found, id)
		}
	}
	for _, c := range store.Sealed {
		rows, err := db.QueryContext(t.Context(), `SELECT `+c.Name+` FROM `+c.Table+` WHERE `+c.Name+` IS NOT NULL`)
		must(t, err)
		for rows.Next() {
			var sealed []byte
			must(t, rows.Scan(&sealed))
			note(sealed)
		}
		must(t, errors.Join(rows.Err(), rows.Close()))
	}
	must(t, filepath.WalkDir(blobs, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		note(data)
		return err
	}))
	slices.Sort(found)
	return found
}

// sealingIn are the sealing keys of a key file.
func sealingIn(t *testing.T, path string) []string {
	t.Helper()
	key, err := readKey(path)
	must(t, err)
	return key.Sealing()
}

// TestSealRotate changes the key while servers run and somebody uses them; killed in the middle, it goes on.
func TestSealRotate(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		data := t.TempDir()
		key, blobs := filepath.Join(data, keysetFile), filepath.Join(data, blobFolder)
		args := []string{"--data", data}
		does(t, append([]string{"sample"}, args...)...)
		s := serves(t, nil, append(args, "--http")...)
		file, err := sqlitefile.Open(t.Context(), filepath.Join(data, databaseFile), sqlitefile.Options{})
		must(t, err)
		t.Cleanup(func() { must(t, file.Close()) })
		p := settles(s, filepath.Join(data, "mail", "outgoing"))
		rotates(t, p, key, nil, file.Reader, blobs, args)
		p.everything()
		s.stop()
		p.served = serves(t, nil, append(args, "--http")...)
		p.everything()
		p.stop()
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		url, data := pgtest.Database(t), t.TempDir()
		key, copied, blobs := filepath.Join(data, "keyset"), filepath.Join(data, "copied"), filepath.Join(data, "blobs")
		args := []string{"--database", url, "--blobs", blobs, "--data", filepath.Join(data, "scratch")}
		operated, replica := append(args, "--keyset", key), append(slices.Clone(args), "--keyset", copied, "--http")
		does(t, append([]string{"sample"}, operated...)...)
		give := func() {
			now, err := os.ReadFile(key)
			must(t, errors.Join(err, os.WriteFile(copied, now, 0o600)))
		}
		give()
		one, two := serves(t, nil, append(operated, "--http")...), serves(t, nil, replica...)
		db, err := sql.Open("pgx", url)
		must(t, err)
		t.Cleanup(func() { must(t, db.Close()) })
		p := settles(two, filepath.Join(data, "scratch", "mail", "outgoing"))
		rotates(t, p, key, give, db, blobs, operated)
		p.everything()
		p.served = one
		p.everything()
		two.stop()
		give()
		p.served = serves(t, nil, replica...)
		p.everything()
		p.stop()
		one.stop()
	})
}

// rotates changes the key step by step while p goes on. give takes the key file to where other servers have it.
func rotates(t *testing.T, p *person, key string, give func(), db *sql.DB, blobs string, args []string) {
	t.Helper()
	command := func(words ...string) []string { return slices.Concat(args, words) }
	fails := func(says string, words ...string) {
		t.Helper()
		if out, errOut, code := runs(t, nil, command(words...)...); code != exitFailure || !strings.Contains(errOut, says) {
			t.Errorf("%v: exit code %d: %s%s", words, code, out, errOut)
		}
	}
	old := sealingIn(t, key)[0]
	fails("seal rotate --prepare first", "seal", "rotate")
	fails("nothing to finish", "seal", "rotate", "--finish")
	done := p.keepsOn()

	out := does(t, command("seal", "rotate", "--prepare")...)
	kept := regexp.MustCompile(`kept in (\S+)\.`).FindStringSubmatch(out)
	if kept == nil || !slices.Equal(sealingIn(t, kept[1]), []string{old}) {
		t.Fatalf("said %s", out)
	}
	ids := sealingIn(t, key)
	if len(ids) != 2 || ids[0] != old {
		t.Fatalf("prepared %v of %s", ids, old)
	}
	if info, err := os.Stat(key); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	fails("has a second sealing key already", "seal", "rotate", "--prepare")
	fails("nothing to finish", "seal", "rotate", "--finish")
	if out := does(t, command("doctor")...); !strings.Contains(out, "is prepared") {
		t.Errorf("doctor: %s", out)
	}
	if give != nil {
		give()
	}

	cut := begin(t, "program", nil, command("seal", "rotate")...)
	cut.line("Sealed again: ")
	cut.kill()
	if found := keysIn(t, db, blobs); !slices.Contains(found, old) || !slices.Contains(found, ids[1]) {
		t.Errorf("killed in the middle, the keys are %v", found)
	}
	if out := does(t, command("doctor")...); !strings.Contains(out, "is in use") {
		t.Errorf("doctor: %s", out)
	}
	does(t, command("seal", "rotate")...)
	does(t, command("seal", "rotate", "--finish")...)
	done()
	if found := keysIn(t, db, blobs); !slices.Equal(found, ids[1:]) {
		t.Errorf("the keys in use are %v, want %v", found, ids[1:])
	}
	if left := sealingIn(t, key); !slices.Equal(left, ids[1:]) {
		t.Errorf("the key file has %v", left)
	}
	if len(p.sent) < 3 {
		t.Errorf("nobody wrote anything meanwhile: %d messages", len(p.sent))
	}
	fails("not in this keyset", "mail", "list", "--keyset", kept[1])
	if out := does(t, command("doctor")...); !strings.Contains(out, "opens the database.\n") {
		t.Errorf("doctor: %s", out)
	}
}

// TestSealRotate_Alone: with SQLite and no server, one command does all steps, or those that are left.
func TestSealRotate_Alone(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	key := filepath.Join(data, keysetFile)
	if _, errOut, code := runs(t, nil, "seal", "rotate", "--data", data); code != exitFailure || !strings.Contains(errOut, "no key to change") {
		t.Errorf("exit code %d: %s", code, errOut)
	}
	if _, errOut, code := runs(t, nil, "seal", "rotate", "--data", data, "--prepare", "--finish"); code != exitUsage || !strings.Contains(errOut, "not both") {
		t.Errorf("exit code %d: %s", code, errOut)
	}
	does(t, "sample", "--data", data)
	backup := filepath.Join(t.TempDir(), "backup")
	does(t, "backup", backup, "--data", data)
	mails := does(t, "mail", "list", "--data", data)
	first := sealingIn(t, key)
	cut := begin(t, "program", nil, "seal", "rotate", "--data", data)
	cut.line("Sealed again: ")
	cut.kill()
	both := sealingIn(t, key)
	does(t, "seal", "rotate", "--data", data)
	last := sealingIn(t, key)
	if len(both) != 2 || len(last) != 1 || last[0] == first[0] || last[0] != both[0] {
		t.Errorf("keys %v, then %v, then %v", first, both, last)
	}
	if now := does(t, "mail", "list", "--data", data); now != mails || mails == "" {
		t.Errorf("mails were %s, are %s", mails, now)
	}
	// A backup from before needs the key from before.
	_, errOut, code := runs(t, nil, "restore", backup, "--data", t.TempDir(), "--keyset", key)
	if code != exitFailure || !strings.Contains(errOut, "not in this keyset") {
		t.Errorf("exit code %d: %s", code, errOut)
	}
	kept, err := filepath.Glob(key + ".*")
	must(t, err)
	if len(kept) != 2 {
		t.Fatalf("kept %v", kept)
	}
	again := t.TempDir()
	does(t, "restore", backup, "--data", again, "--keyset", kept[0])
	if now := does(t, "mail", "list", "--data", again, "--keyset", kept[0]); now != mails {
		t.Errorf("mails were %s, are %s", mails, now)
	}
}
