package core_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/brand"
)

func TestSend_StartsThread(t *testing.T) {
	c := newCenter(t)
	file := c.attach(c.amelie, "registration.txt", "plate 123")
	m := c.outgoing("What would it cost to end my lease?\r\n\u202eMerci 🚗 العربية")
	m.AttachmentIDs = []string{file.ID}
	receipt, err := c.amelie.Send(context.Background(), m)
	must(t, err)
	if !regexp.MustCompile(`^M-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`).MatchString(receipt.Reference) {
		t.Errorf("reference %q", receipt.Reference)
	}
	if !receipt.ReceivedAt.Equal(start) {
		t.Errorf("received at %v", receipt.ReceivedAt)
	}
	thread := c.thread(receipt.ThreadID)
	want := services.ThreadSummary{
		ID: receipt.ThreadID, Reference: receipt.Reference, Topic: "payoff", AgreementID: c.agreement.ID,
		AgreementNumber: "7001144471", Excerpt: "What would it cost to end my lease? Merci 🚗 العربية",
		LastFrom: services.RoleCustomer, LastAt: start, Attachments: 1, KeptUntil: start.Add(30 * brand.Day),
	}
	if thread.ThreadSummary != want {
		t.Errorf("got  %+v\nwant %+v", thread.ThreadSummary, want)
	}
	if len(thread.Messages) != 1 {
		t.Fatalf("%d messages", len(thread.Messages))
	}
	got := thread.Messages[0]
	if got.Author != "Amélie Tremblay" || got.Body != "What would it cost to end my lease?\nMerci 🚗 العربية" ||
		got.ID != receipt.MessageID || !slices.Equal(got.Attachments, []services.Attachment{file}) {
		t.Errorf("message %+v", got)
	}
	mail := c.mail(amelieAddress, "message_received")
	if !strings.Contains(mail.Text, receipt.Reference) || strings.Contains(mail.Text+mail.HTML, "lease?") {
		t.Errorf("confirmation %q", mail.Text)
	}
}

func TestSend_Refuses(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	sent := c.attach(c.amelie, "sent.txt", "x")
	c.send("first", sent.ID)
	theirs := c.attach(c.daniel, "theirs.txt", "x")
	mine := c.attach(c.amelie, "mine.txt", "x")
	six := []string{}
	for range 6 {
		six = append(six, c.attach(c.amelie, "a.txt", "x").ID)
	}
	for what, test := range map[string]struct {
		change func(m *services.Outgoing)
		fields map[string]string
	}{
		"everything missing": {
			func(m *services.Outgoing) { *m = services.Outgoing{IdempotencyKey: m.IdempotencyKey} },
			map[string]string{"topic": "required", "agreement_id": "required", "body": "required"},
		},
		"only white space": {
			func(m *services.Outgoing) { m.Body = " \t\r\n\u00a0\u200b\u202e" }, map[string]string{"body": "required"},
		},
		"too long": {
			func(m *services.Outgoing) { m.Body = strings.Repeat("é", 4001) }, map[string]string{"body": "too_long"},
		},
		"unknown topic":    {func(m *services.Outgoing) { m.Topic = "love" }, map[string]string{"topic": "unknown"}},
		"their agreement":  {func(m *services.Outgoing) { m.AgreementID = c.other.ID }, map[string]string{"agreement_id": "unknown"}},
		"their file":       {func(m *services.Outgoing) { m.AttachmentIDs = []string{theirs.ID} }, map[string]string{"attachment_ids": "unknown"}},
		"a file sent":      {func(m *services.Outgoing) { m.AttachmentIDs = []string{sent.ID} }, map[string]string{"attachment_ids": "unknown"}},
		"a file twice":     {func(m *services.Outgoing) { m.AttachmentIDs = []string{mine.ID, mine.ID} }, map[string]string{"attachment_ids": "unknown"}},
		"six files":        {func(m *services.Outgoing) { m.AttachmentIDs = six }, map[string]string{"attachment_ids": "too_many"}},
		"no key":           {func(m *services.Outgoing) { m.IdempotencyKey = "" }, map[string]string{"idempotency_key": "required"}},
		"short key":        {func(m *services.Outgoing) { m.IdempotencyKey = "1234567" }, map[string]string{"idempotency_key": "too_short"}},
		"long key":         {func(m *services.Outgoing) { m.IdempotencyKey = strings.Repeat("k", 65) }, map[string]string{"idempotency_key": "too_long"}},
		"key with an é":    {func(m *services.Outgoing) { m.IdempotencyKey = "clé-12345678" }, map[string]string{"idempotency_key": "format"}},
		"key with newline": {func(m *services.Outgoing) { m.IdempotencyKey = "key-12345678\n" }, map[string]string{"idempotency_key": "format"}},
	} {
		t.Run(what, func(t *testing.T) {
			m := c.outgoing("fine")
			test.change(&m)
			_, err := c.amelie.Send(ctx, m)
			wantCode(t, err, services.CodeInvalid)
			wantFields(t, err, test.fields)
		})
	}
	if n := len(c.threads()); n != 1 {
		t.Errorf("%d threads after refusals", n)
	}
	c.send(strings.Repeat("é", 4000), six[:5]...)
}

func TestSend_Reply(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	first := c.send("question")
	c.clock.Move(5 * time.Minute)
	c.answer(first.ThreadID, "answer")
	c.clock.Move(5 * time.Minute)
	reply := services.Outgoing{ThreadID: first.ThreadID, Body: "thanks", IdempotencyKey: "reply-key-1"}
	receipt, err := c.amelie.Send(ctx, reply)
	must(t, err)
	if receipt.ThreadID != first.ThreadID || receipt.Reference != first.Reference || receipt.MessageID == first.MessageID {
		t.Errorf("receipt %+v of %+v", receipt, first)
	}
	thread := c.thread(first.ThreadID)
	bodies := []string{}
	for _, m := range thread.Messages {
		bodies = append(bodies, m.Author+": "+m.Body)
	}
	company := c.Brand.Product.Company.In("en")
	want := []string{"Amélie Tremblay: question", company + ": answer", "Amélie Tremblay: thanks"}
	if !slices.Equal(bodies, want) {
		t.Errorf("got %q, want %q", bodies, want)
	}
	if thread.Unread || thread.LastFrom != services.RoleCustomer {
		t.Errorf("who replies has read: %+v", thread.ThreadSummary)
	}
	reply.IdempotencyKey = "reply-key-2"
	_, err = c.daniel.Send(ctx, reply)
	wantCode(t, err, services.CodeNotFound)
	reply.ThreadID = "nothing"
	_, err = c.amelie.Send(ctx, reply)
	wantCode(t, err, services.CodeNotFound)
}

func TestSend_SameKey(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	m := c.outgoing("once")
	m.AttachmentIDs = []string{c.attach(c.amelie, "a.txt", "x").ID}
	first, err := c.amelie.Send(ctx, m)
	must(t, err)
	c.clock.Move(29 * brand.Day)
	signedIn := c.signInLinked(amelieAddress)
	again, err := signedIn.Send(ctx, m)
	must(t, err)
	if again != first {
		t.Errorf("the same sending again gave %+v, want %+v", again, first)
	}
	var seen int64
	must(t, c.db.File.Reader.QueryRow(`SELECT seen_at FROM send_key WHERE name = $1`, m.IdempotencyKey).Scan(&seen))
	if want := c.clock.Now().UnixMicro(); seen != want {
		t.Errorf("a replay wrote %d, want %d", seen, want)
	}
	for what, change := range map[string]func(m *services.Outgoing){
		"body":      func(m *services.Outgoing) { m.Body = "twice" },
		"topic":     func(m *services.Outgoing) { m.Topic = "other" },
		"files":     func(m *services.Outgoing) { m.AttachmentIDs = nil },
		"thread":    func(m *services.Outgoing) { m.ThreadID = first.ThreadID },
		"agreement": func(m *services.Outgoing) { m.AgreementID = c.other.ID },
	} {
		other := m
		change(&other)
		_, err := signedIn.Send(ctx, other)
		if got := services.FieldsOf(err)["idempotency_key"]; got != services.ReasonReused {
			t.Errorf("another %s with the same key: %v", what, err)
		}
	}
	if n := len(c.threadsOf(signedIn)); n != 1 {
		t.Errorf("%d threads", n)
	}
	if n := c.confirmations(amelieAddress); n != 1 {
		t.Errorf("%d confirmations", n)
	}

	// The same key of somebody else is another key.
	theirs := m
	theirs.AgreementID, theirs.AttachmentIDs = c.other.ID, nil
	other, err := c.signInLinked(danielAddress).Send(ctx, theirs)
	must(t, err)
	if other == first {
		t.Error("two people got one receipt")
	}

	// After 30 days the key is forgotten, and so is the message.
	c.clock.Move(2 * brand.Day)
	must(t, c.Work(ctx))
	var keys int
	must(t, c.db.File.Reader.QueryRow(`SELECT count(*) FROM send_key WHERE name = $1`, m.IdempotencyKey).Scan(&keys))
	if keys != 1 { // Daniel's
		t.Errorf("%d keys are left", keys)
	}
}

func TestSend_Parallel(t *testing.T) {
	c := newCenter(t)
	m := c.outgoing("one of eight")
	receipts := make([]services.Receipt, 8)
	var group sync.WaitGroup
	for i := range receipts {
		group.Go(func() {
			var err error
			if receipts[i], err = c.amelie.Send(context.Background(), m); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for _, r := range receipts {
		if r != receipts[0] {
			t.Errorf("receipts %+v and %+v", r, receipts[0])
		}
	}
	if threads := c.threads(); len(threads) != 1 || len(c.thread(threads[0].ID).Messages) != 1 {
		t.Errorf("%d threads", len(threads))
	}
	if n := c.confirmations(amelieAddress); n != 1 {
		t.Errorf("%d confirmations", n)
	}
}

func TestSend_Draft(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	file := c.attach(c.amelie, "a.txt", "x")
	draft, err := c.amelie.SaveDraft(ctx, services.Draft{
		Topic: "payoff", AgreementID: c.agreement.ID, Body: "from a draft", Attachments: []services.Attachment{file},
	})
	must(t, err)
	m := services.Outgoing{
		Topic: draft.Topic, AgreementID: draft.AgreementID, Body: draft.Body, AttachmentIDs: []string{file.ID},
		DraftID: draft.ID, IdempotencyKey: draft.IdempotencyKey,
	}
	first, err := c.amelie.Send(ctx, m)
	must(t, err)
	again, err := c.amelie.Send(ctx, m)
	must(t, err)
	if first != again {
		t.Errorf("a draft sent twice gave %+v and %+v", first, again)
	}
	draft.Body = "late"
	_, err = c.amelie.SaveDraft(ctx, draft)
	wantCode(t, err, services.CodeNotFound)
	drafts, err := c.amelie.Drafts(ctx)
	must(t, err)
	if len(drafts) != 0 || len(c.threads()) != 1 {
		t.Errorf("%d drafts, %d threads", len(drafts), len(c.threads()))
	}
	if _, err := c.amelie.OpenAttachment(ctx, file.ID); err != nil {
		t.Errorf("the file of the sent draft: %v", err)
	}
}

func TestSend_OthersDraftStays(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	draft, err := c.daniel.SaveDraft(ctx, services.Draft{Body: "mine"})
	must(t, err)
	m := c.outgoing("with another's draft")
	m.DraftID = draft.ID
	_, err = c.amelie.Send(ctx, m)
	must(t, err)
	if _, err := c.daniel.Draft(ctx, draft.ID); err != nil {
		t.Errorf("the draft of somebody else: %v", err)
	}
}
