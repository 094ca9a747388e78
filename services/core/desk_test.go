package core_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"myaccount/services"
)

func TestQueue_LongestWaitFirst(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	ids := []string{}
	for i := range 5 {
		ids = append(ids, c.send(fmt.Sprint("message ", i)).ThreadID)
		c.clock.Move(time.Minute)
	}
	c.answer(ids[0], "answered first")
	c.clock.Move(time.Minute)
	c.answer(ids[3], "answered later")
	_, err := c.amelie.Send(ctx, services.Outgoing{ThreadID: ids[1], Body: "again", IdempotencyKey: "again-again"})
	must(t, err)
	want := []string{ids[1], ids[2], ids[4], ids[3], ids[0]}
	for _, limit := range []int{1, 2, 5, 0} {
		got := pagesOf(t, limit, func(at services.Page) (ids []string, next string, err error) {
			page, err := c.advisor.Queue(ctx, services.DeskQuery{Page: at})
			for _, item := range page.Items {
				ids = append(ids, item.ID)
			}
			return ids, page.Next, err
		})
		if !slices.Equal(got, want) {
			t.Errorf("limit %d: got %q, want %q", limit, got, want)
		}
	}
	page, err := c.advisor.Queue(ctx, services.DeskQuery{WaitingOnly: true, Page: services.Page{Limit: 3}})
	must(t, err)
	if len(page.Items) != 3 || page.Next != "" {
		t.Errorf("waiting only: %d, next %q", len(page.Items), page.Next)
	}
	first := page.Items[0]
	if first.Customer != "Amélie Tremblay" || !first.Waiting || !first.WaitingSince.Equal(start.Add(time.Minute)) ||
		first.AgreementNumber != "7001144471" || first.Excerpt != "again" {
		t.Errorf("first %+v", first)
	}
	_, err = c.advisor.Queue(ctx, services.DeskQuery{Page: services.Page{After: "x"}})
	wantFields(t, err, map[string]string{"after": "format"})
}

func TestDeskThread_WhatAnAdvisorSees(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	must(t, c.amelie.SetLanguage(ctx, "fr"))
	id := c.send("question").ThreadID
	file := c.attach(c.advisor, "quote.txt", "39,612.20")
	receipt := c.answer(id, "answer", file.ID)
	thread, err := c.advisor.DeskThread(ctx, id)
	must(t, err)
	if thread.Language != "fr" || thread.Vehicle != (services.Vehicle{Year: 2024, Make: "BMW", Model: "i4"}) ||
		thread.Kind != services.Loan || thread.Waiting || !thread.WaitingSince.IsZero() {
		t.Errorf("thread %+v", thread)
	}
	last := thread.Messages[1]
	if last.ID != receipt.MessageID || last.Author != "Sophie Nguyen" || !slices.Equal(last.Attachments, []services.Attachment{file}) {
		t.Errorf("answer %+v", last)
	}
	if got := c.thread(id).Messages[1].Author; got != c.Brand.Product.Company.In("fr") {
		t.Errorf("the customer sees %q", got)
	}
	mail := c.mail(amelieAddress, "reply")
	if !strings.Contains(mail.Text, receipt.Reference) || !strings.Contains(mail.Text, "Bonjour") ||
		strings.Contains(mail.Text+mail.HTML, "answer") || strings.Contains(mail.Text+mail.HTML, "Nguyen") {
		t.Errorf("mail %q", mail.Text)
	}
	for _, wrong := range []string{"", "nothing"} {
		_, err := c.advisor.DeskThread(ctx, wrong)
		wantCode(t, err, services.CodeNotFound)
	}
}

func TestAnswer_Refuses(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	id := c.send("question").ThreadID
	theirs := c.attach(c.amelie, "a.txt", "x")
	for what, test := range map[string]struct {
		answer services.DeskAnswer
		code   services.Code
		fields map[string]string
	}{
		"empty":       {services.DeskAnswer{ThreadID: id, Body: " \n", IdempotencyKey: "key-00001"}, services.CodeInvalid, map[string]string{"body": "required"}},
		"no key":      {services.DeskAnswer{ThreadID: id, Body: "a"}, services.CodeInvalid, map[string]string{"idempotency_key": "required"}},
		"their file":  {services.DeskAnswer{ThreadID: id, Body: "a", IdempotencyKey: "key-00001", AttachmentIDs: []string{theirs.ID}}, services.CodeInvalid, map[string]string{"attachment_ids": "unknown"}},
		"no thread":   {services.DeskAnswer{ThreadID: "nothing", Body: "a", IdempotencyKey: "key-00001"}, services.CodeNotFound, map[string]string{}},
		"no customer": {services.DeskAnswer{Body: "a", IdempotencyKey: "key-00001"}, services.CodeNotFound, map[string]string{}},
	} {
		_, err := c.advisor.Answer(ctx, test.answer)
		if services.CodeOf(err) != test.code || fmt.Sprint(services.FieldsOf(err)) != fmt.Sprint(test.fields) {
			t.Errorf("%s: %v", what, err)
		}
	}
	answer := services.DeskAnswer{ThreadID: id, Body: "once", IdempotencyKey: "key-00001"}
	first, err := c.advisor.Answer(ctx, answer)
	must(t, err)
	again, err := c.advisor.Answer(ctx, answer)
	must(t, err)
	if first != again || len(c.thread(id).Messages) != 2 {
		t.Errorf("twice: %+v and %+v", first, again)
	}
	answer.Body = "other"
	_, err = c.advisor.Answer(ctx, answer)
	wantFields(t, err, map[string]string{"idempotency_key": "key_reused"})
}

// Who is no advisor any more gets no further, though the session lasts.
func TestDesk_OnlyAdvisors(t *testing.T) {
	c := newCenter(t)
	ctx := context.Background()
	id := c.send("question").ThreadID
	_, err := c.db.File.Writer.Exec(`UPDATE person SET role = 'customer' WHERE role = 'advisor'`)
	must(t, err)
	_, queue := c.advisor.Queue(ctx, services.DeskQuery{})
	_, thread := c.advisor.DeskThread(ctx, id)
	_, answer := c.advisor.Answer(ctx, services.DeskAnswer{ThreadID: id, Body: "a", IdempotencyKey: "key-00001"})
	for _, err := range []error{queue, thread, answer} {
		if code := services.CodeOf(err); code != services.CodeForbidden && code != services.CodeDeviceUnauthorized {
			t.Errorf("got %v", err)
		}
	}
}
