package server_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"myaccount/services/api"
)

// attach sends a file.
func (h *harness) attach(token, key, name string, data []byte) reply {
	h.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	must(h.t, w.WriteField("name", name))
	part, err := w.CreateFormFile("file", "file")
	must(h.t, err)
	_, err = part.Write(data)
	must(h.t, err)
	must(h.t, w.Close())
	return h.do(request{
		method: "POST", path: api.PathAttachments, token: token, body: form.Bytes(),
		header: map[string]string{"Content-Type": w.FormDataContentType(), api.HeaderIdempotencyKey: key},
	})
}

// TestJourney walks the whole way over the wire: from a stranger to a customer whose message is answered.
func TestJourney(t *testing.T) {
	h := newHarness(t)
	token, desk := h.customer(alice), h.desk()
	agreement := h.agreement(token)

	var payments api.List[api.Payment]
	h.do(request{method: "GET", path: of(api.PathPayments, agreement) + "?limit=2", token: token}).want(200).into(&payments)
	if len(payments.Items) != 2 || payments.Next == nil {
		t.Errorf("payments: %+v", payments)
	}

	var file api.Attachment
	h.attach(token, "key-of-the-file", `a "fine" été.txt`, []byte("the content")).want(201).into(&file)
	keyed := map[string]string{api.HeaderIdempotencyKey: "key-of-the-message"}
	message := api.NewThread{Topic: "payment", AgreementID: agreement, Body: "Where is it?", AttachmentIDs: []string{file.ID}}
	var receipt, again api.Receipt
	h.do(request{method: "POST", path: api.PathThreads, token: token, body: message, header: keyed}).want(201).into(&receipt)
	h.do(request{method: "POST", path: api.PathThreads, token: token, body: message, header: keyed}).want(201).into(&again)
	if receipt != again || receipt.Reference == "" {
		t.Errorf("%+v, again %+v", receipt, again)
	}

	var queue api.List[api.DeskSummary]
	h.do(request{method: "GET", path: api.PathDeskThreads + "?waiting=true", token: desk}).want(200).into(&queue)
	if len(queue.Items) != 1 || queue.Items[0].ID != receipt.ThreadID {
		t.Fatalf("queue: %+v", queue)
	}
	h.do(request{
		method: "POST", path: of(api.PathDeskMessages, receipt.ThreadID), token: desk, body: api.NewMessage{Body: "Here."},
		header: map[string]string{api.HeaderIdempotencyKey: "key-of-the-answer"},
	}).want(201)

	var unread api.Unread
	h.do(request{method: "GET", path: api.PathUnread, token: token}).want(200).into(&unread)
	var thread api.Thread
	h.do(request{method: "GET", path: of(api.PathThread, receipt.ThreadID), token: token}).want(200).into(&thread)
	if unread.Threads != 1 || len(thread.Messages) != 2 || thread.Messages[1].Body != "Here." {
		t.Errorf("%d unread, %+v", unread.Threads, thread)
	}
	h.do(request{method: "PUT", path: of(api.PathThreadRead, receipt.ThreadID), token: token}).want(204)

	got := h.do(request{method: "GET", path: of(api.PathAttachment, file.ID), token: desk}).want(200)
	if string(got.body) != "the content" || got.header.Get("Content-Type") != file.Type ||
		!strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment;") || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%q, %v", got.body, got.header)
	}
	if zip := h.do(request{method: "GET", path: api.PathExport, token: token}).want(200); !bytes.HasPrefix(zip.body, []byte("PK")) {
		t.Errorf("export: %.20q", zip.body)
	}

	h.do(request{method: "DELETE", path: api.PathSession, token: token}).want(204)
	if p := h.do(request{method: "GET", path: api.PathSession, token: token}).problem(); p.Status != http.StatusUnauthorized {
		t.Errorf("after signing out: %+v", p)
	}
}
