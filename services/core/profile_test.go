package core_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"myaccount/services"
)

func TestSetLanguage_OfMails(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	must(t, c.amelie.SetLanguage(ctx, "fr"))
	if got := c.amelie.Info().Person.Language; got != "fr" {
		t.Errorf("the session says %q", got)
	}
	c.send("question")
	if mail := c.mail(amelieAddress, "message_received"); !strings.Contains(mail.Text, "Bonjour") {
		t.Errorf("mail %q", mail.Text)
	}
	for _, wrong := range []string{"", "de", "FR"} {
		wantFields(t, c.amelie.SetLanguage(ctx, wrong), map[string]string{"language": "unknown"})
	}
	c.person("new@example.ca")
	must(t, c.signIn("new@example.ca").(services.CustomerSession).SetLanguage(ctx, "fr"))
}

// export reads an export.
func export(t *testing.T, s services.Profile) map[string]string {
	t.Helper()
	var out bytes.Buffer
	must(t, s.Export(context.Background(), &out))
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	must(t, err)
	files := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		must(t, err)
		data, err := io.ReadAll(r)
		must(t, err)
		files[f.Name] = string(data)
		if path.Clean(f.Name) != f.Name || strings.HasPrefix(f.Name, "/") || strings.HasPrefix(f.Name, "..") {
			t.Errorf("name %q", f.Name)
		}
	}
	return files
}

func TestExport_Everything(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	file := c.attach(c.amelie, "../../plate.txt", "plate 123")
	id := c.send("question", file.ID).ThreadID
	c.answer(id, "answer")
	drafted := c.attach(c.amelie, "photo.txt", "a draft's file")
	_, err := c.amelie.SaveDraft(ctx, services.Draft{Body: "a draft", Attachments: []services.Attachment{drafted}})
	must(t, err)
	_, err = c.daniel.Send(ctx, services.Outgoing{
		Topic: "payoff", AgreementID: c.other.ID, Body: "of Daniel", IdempotencyKey: "of-daniel",
	})
	must(t, err)
	must(t, c.RequestPasswordReset(ctx, services.AddressRequest{Email: amelieAddress, Captcha: c.captcha()}))
	token := c.mail(amelieAddress, "reset").Token

	files := export(t, c.amelie)
	for name, parts := range map[string][]string{
		"person.json":                           {"Amélie", amelieAddress, c.Brand.Rules.TermsVersion, "4410028817", `"QC"`},
		"devices.json":                          {"Linux computer"},
		"documents.json":                        {"[]"},
		"autopays.json":                         {"[]"},
		"bank-accounts.json":                    {"[]"},
		"agreements.json":                       {"7001144471", "WBY43AW01RF000006"},
		"messages.json":                         {"question", "answer", "plate.txt", c.Brand.Product.Company.In("en")},
		"drafts.json":                           {"a draft", "photo.txt"},
		"sign-ins.json":                         {"Linux computer", "ok"},
		"mails.json":                            {"message_received", "reset", "••••••"},
		"attachments/" + file.ID + "/plate.txt": {"plate 123"},
		"attachments/" + drafted.ID + "/photo.txt": {"a draft's file"},
	} {
		for _, part := range parts {
			if !strings.Contains(files[name], part) {
				t.Errorf("%s lacks %q:\n%s", name, part, files[name])
			}
		}
		if strings.HasSuffix(name, ".json") && !json.Valid([]byte(files[name])) {
			t.Errorf("%s is not JSON", name)
		}
	}
	if len(files) != 12 {
		t.Errorf("%d files", len(files))
	}
	for name, data := range files {
		if strings.Contains(data, token.Reveal()) || strings.Contains(data, "of Daniel") || strings.Contains(data, "argon2") {
			t.Errorf("%s says too much", name)
		}
	}
}

func TestExport_Payments(t *testing.T) {
	h := newHarness(t)
	s := linked(t, h, "paid_off")
	var agreements []struct {
		PaymentsMade int
		Payments     []services.Payment
	}
	must(t, json.Unmarshal([]byte(export(t, s.(services.Profile))["agreements.json"]), &agreements))
	if len(agreements) != 1 || len(agreements[0].Payments) != agreements[0].PaymentsMade || agreements[0].PaymentsMade <= 50 {
		t.Errorf("%+v", agreements)
	}
}

func TestExport_NeedsDeviceWhenLinked(t *testing.T) {
	c := newCenter(t)
	strange := c.signIn(amelieAddress).(services.CustomerSession)
	wantCode(t, strange.Export(context.Background(), io.Discard), services.CodeDeviceUnauthorized)
	c.person("new@example.ca")
	files := export(t, c.signIn("new@example.ca").(services.CustomerSession))
	if files["agreements.json"] != "[]" || !strings.Contains(files["person.json"], "new@example.ca") {
		t.Errorf("files %v", files)
	}
}

func TestDeleteAccount_NothingIsLeft(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	id := c.amelie.Info().Person.ID
	sent, unsent := c.attach(c.amelie, "a.txt", "a"), c.attach(c.amelie, "b.txt", "b")
	thread := c.send("question", sent.ID).ThreadID
	answer := c.attach(c.advisor, "c.txt", "c")
	c.answer(thread, "answer", answer.ID)
	_, err := c.amelie.SaveDraft(ctx, services.Draft{Body: "a draft"})
	must(t, err)
	_, err = c.daniel.Send(ctx, services.Outgoing{
		Topic: "payoff", AgreementID: c.other.ID, Body: "stays", IdempotencyKey: "of-daniel",
	})
	must(t, err)
	events, err := c.amelie.Subscribe(ctx, 0)
	must(t, err)
	elsewhere := c.signInLinked(amelieAddress)

	must(t, elsewhere.DeleteAccount(ctx, password))
	if kinds := c.kinds(amelieAddress); !slices.Equal(kinds, []string{"data_deleted"}) {
		t.Errorf("mails %q", kinds)
	}
	closed(t, events)
	_, err = c.amelie.Threads(ctx, services.ThreadQuery{})
	wantCode(t, err, services.CodeUnauthenticated)
	_, err = c.SignIn(ctx, credentials(amelieAddress))
	wantCode(t, err, services.CodeUnauthenticated)
	if keys := c.blobKeys(); len(keys) != 0 {
		t.Errorf("blobs %q: sent %s, unsent %s, answer %s", keys, sent.ID, unsent.ID, answer.ID)
	}
	for _, where := range []string{
		"thread WHERE person_id = '" + id + "'", "message WHERE person_id = '" + id + "'", "attachment", "draft",
		"send_key WHERE person_id = '" + id + "'", "event WHERE audience = '" + id + "'",
		"event_seq WHERE audience = '" + id + "'", "person WHERE id = '" + id + "'", "device", "session WHERE person_id = '" + id + "'",
		"token WHERE person_id = '" + id + "'", "tries WHERE person_id = '" + id + "'",
	} {
		c.wantRows(where, 0)
	}
	if n := len(c.threadsOf(c.daniel)); n != 1 {
		t.Errorf("Daniel has %d threads left", n)
	}
	page, err := c.advisor.Queue(ctx, services.DeskQuery{})
	must(t, err)
	if len(page.Items) != 1 {
		t.Errorf("the desk has %d threads", len(page.Items))
	}
	// The customer is free to register and link again.
	c.clock.Move(time.Minute)
	c.customer(amelieAddress, "Amélie", "Tremblay", "4410028817")
}

func TestDeleteAccount_Password(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	wrong := services.Secret("not-the-password-92")
	err := c.amelie.DeleteAccount(ctx, wrong)
	wantFields(t, err, map[string]string{"password": "mismatch"})
	var last error
	for range 20 {
		c.clock.Move(31 * time.Second)
		if last = c.amelie.DeleteAccount(ctx, wrong); services.CodeOf(last) == services.CodeLocked {
			break
		}
		wantFields(t, last, map[string]string{"password": "mismatch"})
	}
	wantCode(t, last, services.CodeLocked)
	if services.RetryAfterOf(last) <= 0 {
		t.Error("locked, but for how long")
	}
	wantCode(t, c.amelie.DeleteAccount(ctx, password), services.CodeLocked)
	_, err = c.SignIn(ctx, credentials(amelieAddress)) // one counter for both ways
	wantCode(t, err, services.CodeLocked)
	c.wantRows("person WHERE id = '"+c.amelie.Info().Person.ID+"'", 1)
}

// The password alone is not enough to delete the account of somebody linked; nor does it say whether it is right.
func TestDeleteAccount_NeedsDeviceWhenLinked(t *testing.T) {
	c := newCenter(t)
	strange := c.signIn(amelieAddress).(services.CustomerSession)
	for _, typed := range []services.Secret{password, "not-the-password-92"} {
		wantCode(t, strange.DeleteAccount(context.Background(), typed), services.CodeDeviceUnauthorized)
	}
	c.person("new@example.ca")
	must(t, c.signIn("new@example.ca").(services.CustomerSession).DeleteAccount(context.Background(), password))
}

// Somebody who locks the address does not keep its owner, on a trusted device, from deleting the account.
func TestDeleteAccount_LockOfAStranger(t *testing.T) {
	h := newHarness(t)
	s, _ := trusted(t, h)
	owner := s.(services.CustomerSession)
	wantCode(t, h.fail(alice, 10), services.CodeLocked)
	wantFields(t, owner.DeleteAccount(t.Context(), "not-the-password-92"), map[string]string{"password": "mismatch"})
	must(t, owner.DeleteAccount(t.Context(), password))
}
