package servicetest

import (
	"reflect"

	"cloud.google.com/go/civil"

	"myaccount/services"
)

var copyCases = suite{
	"Public_Policy/ValuesAreCopies":    policyIsCopied,
	"Messages_Thread/ValuesAreCopies":  answersAreCopies,
	"Messages_Send/ArgumentsAreCopied": argumentsAreCopied,
}

// readers are calls that answer the same as long as nothing happens.
type readers map[string]func() (any, error)

// check changes all that a reader gave, and reads again.
func (r readers) check(w *world) {
	w.Helper()
	for method, read := range r {
		want, err := read()
		w.must(err)
		given, err := read()
		w.must(err)
		same(w, method+" twice", given, want)
		value := reflect.New(reflect.TypeOf(given)).Elem()
		value.Set(reflect.ValueOf(given))
		if scramble(value); reflect.DeepEqual(value.Interface(), want) {
			w.Errorf("%s gives nothing that could be changed: %+v", method, want)
		}
		got, err := read()
		w.must(err)
		same(w, method+" after a change", got, want)
	}
}

// scramble changes all of a value that its owner can reach.
func scramble(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("changed")
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 77)
	case reflect.Uint8:
		v.SetUint(v.Uint() ^ 0xff)
	case reflect.Pointer:
		if !v.IsNil() {
			scramble(v.Elem())
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			scramble(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			v.SetMapIndex(key, reflect.Zero(v.Type().Elem()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				scramble(v.Field(i))
			}
		}
	}
}

// reading makes a reader of a call.
func reading[T any](call func() (T, error)) func() (any, error) {
	return func() (any, error) { return call() }
}

func policyIsCopied(w *world) {
	readers{
		"Public.Policy": reading(func() (services.Policy, error) { return w.Portal().Policy(w.ctx()) }),
		"Public.Terms":  reading(func() (services.Terms, error) { return w.Portal().Terms(w.ctx(), "fr") }),
	}.check(w)
}

func answersAreCopies(w *world) {
	s, desk, ctx := w.customer(alice, "lease"), w.Advisor(w), w.ctx()
	file := w.attach(s, "a.txt")
	id := w.send(s, "one", "A question", file.ID).ThreadID
	agreement := w.agreement(s).ID
	statement := w.documents(s, agreement, services.DocumentStatement)[0]
	w.pay(s, "payment", "100")
	draft := w.save(s, services.Draft{Body: "a draft", Attachments: []services.Attachment{w.attach(s, "b.txt")}})
	readers{
		"Session.Info":          reading(func() (services.SessionInfo, error) { return s.Info(), nil }),
		"Session.Reload":        reading(func() (services.SessionInfo, error) { return s.Reload(ctx) }),
		"Devices.Devices":       reading(func() ([]services.Device, error) { return s.Devices(ctx) }),
		"Agreements.Agreements": reading(func() ([]services.Agreement, error) { return s.Agreements(ctx) }),
		"Agreements.Agreement":  reading(func() (services.Agreement, error) { return s.Agreement(ctx, agreement) }),
		"Payments.Payments": reading(func() (services.PaymentPage, error) {
			return s.Payments(ctx, agreement, services.Page{})
		}),
		"Payoffs.Payoff": reading(func() (services.Payoff, error) {
			return s.Payoff(ctx, services.PayoffQuery{AgreementID: agreement, On: civil.DateOf(w.Now()), Choice: services.PayoffBuy})
		}),
		"Payoffs.LeaseEnd":   reading(func() (services.LeaseEnd, error) { return s.LeaseEnd(ctx, agreement) }),
		"Schedules.Schedule": reading(func() ([]services.Installment, error) { return s.Schedule(ctx, agreement) }),
		"Autopays.DebitAgreement": reading(func() (services.DebitAgreement, error) {
			return s.DebitAgreement(ctx, services.AutopayOrder{AgreementID: agreement, BankAccountID: w.autopayOrder(s, 0).BankAccountID})
		}),
		"BankAccounts.BankAccounts": reading(func() ([]services.BankAccount, error) { return s.BankAccounts(ctx) }),
		"Debits.Debits":             reading(func() (services.DebitPage, error) { return s.Debits(ctx, agreement, services.Page{}) }),
		"Debits.DebitTerms":         reading(func() (services.DebitTerms, error) { return s.DebitTerms(ctx, agreement, services.Date{}) }),
		"Messages.Threads":          reading(func() (services.ThreadPage, error) { return s.Threads(ctx, services.ThreadQuery{}) }),
		"Messages.Thread":           reading(func() (services.Thread, error) { return s.Thread(ctx, id) }),
		"Documents.Documents": reading(func() (services.DocumentPage, error) {
			return s.Documents(ctx, services.DocumentQuery{AgreementID: agreement})
		}),
		"Documents.OpenDocument": reading(func() (services.DocumentContent, error) {
			return s.OpenDocument(ctx, statement.ID, "fr")
		}),
		"Documents.CopyThread":        reading(func() (services.Document, error) { return s.CopyThread(ctx, id, "en") }),
		"Messages.Search":             reading(func() ([]services.Hit, error) { return s.Search(ctx, "question", 10) }),
		"Drafts.Drafts":               reading(func() ([]services.Draft, error) { return s.Drafts(ctx) }),
		"Drafts.Draft":                reading(func() (services.Draft, error) { return s.Draft(ctx, draft.ID) }),
		"Notifications.Notifications": reading(func() (services.NotificationSettings, error) { return s.Notifications(ctx) }),
		"Odometers.Readings": reading(func() ([]services.Reading, error) {
			return s.Readings(ctx, agreement)
		}),
		"Attachments.OpenAttachment": reading(func() (services.AttachmentContent, error) {
			return s.OpenAttachment(ctx, file.ID)
		}),
		"Desk.Queue":      reading(func() (services.DeskPage, error) { return desk.Queue(ctx, services.DeskQuery{}) }),
		"Desk.DeskThread": reading(func() (services.DeskThread, error) { return desk.DeskThread(ctx, id) }),
	}.check(w)
}

func argumentsAreCopied(w *world) {
	s := w.customer(alice, "lease")
	data := []byte("the content of a.txt")
	file, err := s.Attach(w.ctx(), services.Upload{Name: "a.txt", Data: data})
	w.must(err)
	copy(data, "overwritten")
	content, err := s.OpenAttachment(w.ctx(), file.ID)
	w.must(err)
	same(w, "content", string(content.Data), "the content of a.txt")

	files := []services.Attachment{file}
	draft := w.save(s, services.Draft{Body: "a draft", Attachments: files})
	files[0] = services.Attachment{ID: "other"}
	got, err := s.Draft(w.ctx(), draft.ID)
	w.must(err)
	same(w, "files of the draft", got.Attachments, []services.Attachment{file})

	ids := []string{file.ID}
	receipt := w.send(s, "one", "A question", ids...)
	ids[0] = "other"
	thread, err := s.Thread(w.ctx(), receipt.ThreadID)
	w.must(err)
	sent := thread.Messages[0].Attachments
	if len(sent) != 1 {
		w.Fatalf("%d files of the message", len(sent))
	}
	file.ID = sent[0].ID // which may be another than on this computer
	same(w, "file of the message", sent[0], file)
}
