package servicetest

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"time"

	"myaccount/services"
)

var profileCases = suite{
	"Profile_SetLanguage/OfMails":          setLanguage,
	"Profile_Export/Everything":            exportEverything,
	"Profile_Export/NeedsDeviceOnceLinked": exportNeedsDevice,
	"Profile_Export/HowTermsWereAccepted":  exportTerms,
	"Profile_DeleteAccount/Everything":     deleteEverything,
	"Profile_DeleteAccount/WrongPassword":  deleteWrongPassword,
	"Profile_DeleteAccount/NeedsDevice":    deleteNeedsDevice,
}

func setLanguage(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	for _, language := range []string{"", "de", "EN", "fr-CA", "\x00"} {
		w.refuses(s.SetLanguage(w.ctx(), language), "Profile.SetLanguage", map[string]string{"language": services.ReasonUnknown})
	}
	w.resetToken(alice)
	english := w.mail(alice, "reset").Subject
	w.must(s.SetLanguage(w.ctx(), "fr"))
	same(w, "language", s.Info().Person.Language, "fr")
	w.Advance(pauseMost * 2)
	w.resetToken(alice)
	if french := w.mail(alice, "reset").Subject; french == english {
		w.Errorf("the mail is still %q", french)
	}
}

// export reads the archive of a session by the names of its files.
func (w *world) export(s services.CustomerSession) map[string]string {
	w.Helper()
	var archive bytes.Buffer
	w.must(s.Export(w.ctx(), &archive))
	reader, err := zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
	w.must(err)
	files := map[string]string{}
	for _, file := range reader.File {
		content, err := file.Open()
		w.must(err)
		data, err := io.ReadAll(content)
		w.must(err)
		if strings.HasSuffix(file.Name, ".json") && !json.Valid(data) {
			w.Errorf("%s is no JSON", file.Name)
		}
		files[file.Name] = string(data)
	}
	return files
}

func exportEverything(w *world) {
	s, desk := w.customer(alice, "lease"), w.Advisor(w)
	w.send(w.customer(bob, "two"), "one", "The question of another")
	id := w.send(s, "one", "My question 🙂", w.attach(s, "sent.txt").ID).ThreadID
	w.answer(desk, id, "one", "Your answer", w.attach(desk, "answer.txt").ID)
	w.save(s, services.Draft{Body: "My draft", Attachments: []services.Attachment{w.attach(s, "draft.txt")}})
	files := w.export(s)
	var all strings.Builder
	for name, content := range files {
		all.WriteString(name + "\n" + content + "\n")
	}
	for _, want := range []string{
		"Alice", alice, w.agreement(s).Number, w.agreement(s).VIN, "My question 🙂", "Your answer", "My draft",
		"the content of sent.txt", "the content of answer.txt", "the content of draft.txt",
	} {
		if !strings.Contains(all.String(), want) {
			w.Errorf("%q is not in the export", want)
		}
	}
	for _, not := range []string{bob, "The question of another", password.Reveal(), w.Advisor(w).Info().Person.Email} {
		if strings.Contains(all.String(), not) {
			w.Errorf("%q is in the export", not)
		}
	}
}

// exportTerms is what Québec asks for: when the terms were shown in French, and in which language they were accepted.
func exportTerms(w *world) {
	r := w.registration(alice)
	read := w.Now().Add(-time.Minute)
	r.TermsShown = map[string]time.Time{"fr": read, "en": w.Now().Add(time.Hour)} // by a clock that is wrong
	w.must(w.Portal().Register(w.ctx(), r))
	r = w.registration(alice) // which a stranger sends after it
	r.TermsLanguage = "fr"
	own := w.mail(alice, "activate").Token
	w.must(w.Portal().Register(w.ctx(), r))
	w.must(w.Portal().Activate(w.ctx(), own))
	var person struct {
		Terms struct {
			Version, Language string
			Shown             map[string]time.Time
			At                time.Time
		}
	}
	w.must(json.Unmarshal([]byte(w.export(w.signIn(alice))["person.json"]), &person))
	terms := person.Terms
	same(w, "version and language", []string{terms.Version, terms.Language}, []string{w.policy().TermsVersion, "en"})
	if len(terms.Shown) != 2 || !terms.Shown["fr"].Equal(read) || !terms.Shown["en"].Equal(w.Now()) || !terms.At.Equal(w.Now()) {
		w.Errorf("terms %+v", terms)
	}
}

func exportNeedsDevice(w *world) {
	w.person(alice)
	s := w.signIn(alice)
	if !strings.Contains(w.export(s)["person.json"], alice) {
		w.Error("a person who is not linked gets no export")
	}
	w.link(s, "lease")
	w.fails(w.signIn(alice).Export(w.ctx(), io.Discard), "Profile.Export", services.CodeDeviceUnauthorized)
}

func deleteEverything(w *world) {
	s, other := w.customer(alice, "lease"), w.signIn(alice)
	id := w.send(s, "one", "My question", w.attach(s, "a.txt").ID).ThreadID
	w.save(s, services.Draft{Body: "My draft"})
	w.must(s.DeleteAccount(w.ctx(), password))
	for _, session := range []services.CustomerSession{s, other} {
		w.fails(session.Touch(w.ctx()), "Session.Touch", services.CodeUnauthenticated)
	}
	w.fails(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeUnauthenticated)
	_, err := w.Advisor(w).DeskThread(w.ctx(), id)
	w.fails(err, "Desk.DeskThread", services.CodeNotFound)
	mails := w.Mails(w, alice)
	if len(mails) == 0 || mails[0].Kind != "data_deleted" {
		w.Errorf("the last mail: %+v", mails)
	}
	s = w.customer(alice, "lease") // the customer is free again, and nothing is left
	page, err := s.Threads(w.ctx(), services.ThreadQuery{})
	w.must(err)
	drafts, err := s.Drafts(w.ctx())
	w.must(err)
	same(w, "threads and drafts", len(page.Items)+len(drafts), 0)
}

// deleteNeedsDevice is somebody who knows the password and has none of the person's devices.
func deleteNeedsDevice(w *world) {
	s := w.customer(alice, "lease")
	for _, typed := range []services.Secret{password, "wrong"} {
		w.fails(w.signIn(alice).DeleteAccount(w.ctx(), typed), "Profile.DeleteAccount", services.CodeDeviceUnauthorized)
	}
	w.must(s.Touch(w.ctx()))
	w.person(bob) // who is not linked
	w.must(w.signIn(bob).DeleteAccount(w.ctx(), password))
}

// deleteWrongPassword is somebody at a computer that was left open.
func deleteWrongPassword(w *world) {
	s := w.customer(alice, "lease")
	for range 3 {
		w.refuses(s.DeleteAccount(w.ctx(), "wrong"), "Profile.DeleteAccount", map[string]string{"password": services.ReasonMismatch})
	}
	w.waits(s.DeleteAccount(w.ctx(), password), "Profile.DeleteAccount", services.CodeThrottled)
	for range w.policy().LockoutAfter - 4 {
		w.Advance(pauseMost)
		w.refuses(s.DeleteAccount(w.ctx(), ""), "Profile.DeleteAccount", map[string]string{"password": services.ReasonMismatch})
	}
	w.Advance(pauseMost)
	w.waits(s.DeleteAccount(w.ctx(), "wrong"), "Profile.DeleteAccount", services.CodeLocked)
	w.Advance(pauseMost)
	w.waits(s.DeleteAccount(w.ctx(), password), "Profile.DeleteAccount", services.CodeLocked)
	w.fails(w.trySignIn(credentials(alice)), "SignIns.SignIn", services.CodeLocked)
	w.must(s.Touch(w.ctx()))
}
