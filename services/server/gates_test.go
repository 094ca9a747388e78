package server_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"myaccount/services"
	"myaccount/services/api"
)

// Who may do what, by operation. One that stands in no list fails the tests.
var (
	// need a session and no more.
	signedOperations = []string{
		"get-session", "touch-session", "sign-out", "link", "send-code", "authorize-device", "get-profile", "change-profile",
		"subscribe",
	}
	// need an authorized device as well, once the person is linked.
	privateOperations = []string{
		"change-password", "change-email", "list-sign-ins", "get-second-factor", "set-up-second-factor", "confirm-second-factor",
		"remove-second-factor", "delete-account", "export-profile",
	}
	// need an authorized device and a link.
	readyOperations = []string{
		"list-agreements", "get-agreement", "list-payments", "get-schedule", "list-documents", "open-document", "copy-thread", "remove-document", "get-payoff", "get-what-if", "get-lease-end", "list-threads", "start-thread", "get-thread", "reply", "mark-read",
		"count-unread", "search-messages", "attach", "open-attachment", "detach", "start-upload", "get-upload", "append-upload",
		"complete-upload", "list-devices", "revoke-device",
		"list-bank-accounts", "add-bank-account", "remove-bank-account", "list-debits", "get-debit-terms", "make-payment",
		"cancel-payment", "get-autopay", "set-autopay", "stop-autopay", "get-debit-agreement", "list-readings", "add-reading",
	}
	deskOperations = []string{"desk-list-threads", "desk-get-thread", "desk-answer", "desk-put-document"}
	// are the advisor's as well.
	sharedOperations = []string{
		"get-session", "touch-session", "sign-out", "subscribe", "attach", "open-attachment", "detach", "start-upload", "get-upload",
		"append-upload", "complete-upload",
	}
)

// wellFormed are bodies that nothing is wrong with.
var wellFormed = map[string]any{
	"link":                  api.Link{Method: services.LinkByBMWID, FirstName: "A", LastName: "B", BMWID: "1"},
	"authorize-device":      api.DeviceAuthorization{Code: "123456"},
	"change-profile":        api.Profile{Language: "fr"},
	"change-password":       api.PasswordChange{Current: "wrong", Password: "another-Meadow-47-kettle"},
	"change-email":          api.EmailChange{Password: "wrong", Email: "new@example.ca"},
	"set-up-second-factor":  api.Password{Password: "wrong"},
	"confirm-second-factor": api.Code{Code: "123456"},
	"remove-second-factor":  api.Password{Password: "wrong"},
	"delete-account":        api.Password{Password: "wrong"},
	"start-thread":          api.NewThread{Topic: "payment", Body: "A question."},
	"reply":                 api.NewMessage{Body: "A question."},
	"desk-answer":           api.NewMessage{Body: "An answer."},
	"start-upload":          api.UploadStart{Name: "a.txt", Size: 1, SHA256: strings.Repeat("0", 64)},
	"append-upload":         "content",
	"add-bank-account":      api.NewBankAccount{Institution: "003", Transit: "00012", Number: "1234567", Holder: "A B"},
	"make-payment":          api.PaymentOrder{Amount: &api.Money{Amount: "1.00", Currency: "CAD"}, On: "2026-03-09", BankAccountID: "1"},
	"set-autopay":           api.AutopayOrder{BankAccountID: "1", Version: "1", Language: "fr"},
	"add-reading":           api.NewReading{},
}

// each asks for every operation that needs a session, with the id that id gives for it.
func (h *harness) each(token string, id func(operation string) string, judge func(operation string, r reply)) {
	h.t.Helper()
	for path, methods := range h.contract().Paths {
		for method, op := range methods {
			if len(op.Security) == 0 || op.ID == "sign-out" || op.ID == "subscribe" {
				continue
			}
			if op.ID == "attach" {
				judge(op.ID, h.attach(token, "key-of-the-file", "a.txt", []byte("content")))
				continue
			}
			q := request{
				method: strings.ToUpper(method), path: of(path, id(op.ID)), token: token, body: wellFormed[op.ID], header: map[string]string{},
			}
			for _, p := range op.Parameters {
				if p.Name == api.HeaderIdempotencyKey {
					q.header[p.Name] = "key-of-" + op.ID
				}
			}
			if op.ID == "append-upload" {
				q.path += "?offset=0"
				q.header["Content-Type"] = "application/octet-stream"
			}
			judge(op.ID, h.do(q))
		}
	}
}

// refused checks that an operation is answered with 403 and a code, or, when it is not to be, with anything else.
func refused(t *testing.T, operation string, r reply, want bool, code services.Code) {
	t.Helper()
	if got := r.status == 403 && r.problem().Code == code; got != want {
		t.Errorf("%s: %d %s, refused as %s: %v", operation, r.status, r.body, code, want)
	}
}

// TestGates asks for everything as somebody who may not: on a device that knows the password alone, before and after the
// link, as an advisor, and as a customer at the desk.
func TestGates(t *testing.T) {
	h := newHarness(t)
	nothing := func(string) string { return "x" }
	owner, desk := h.customer(alice), h.desk()
	h.person("stranger@example.ca")
	h.each(h.signIn("stranger@example.ca").Token, nothing, func(operation string, r reply) {
		refused(t, operation, r, slices.Contains(readyOperations, operation), services.CodeDeviceUnauthorized)
	})
	h.each(h.signIn(alice).Token, nothing, func(operation string, r reply) {
		needs := slices.Contains(readyOperations, operation) || slices.Contains(privateOperations, operation)
		refused(t, operation, r, needs, services.CodeDeviceUnauthorized)
	})
	h.each(desk, nothing, func(operation string, r reply) {
		mine := slices.Contains(deskOperations, operation) || slices.Contains(sharedOperations, operation)
		refused(t, operation, r, !mine, services.CodeForbidden)
	})
	h.each(owner, nothing, func(operation string, r reply) {
		refused(t, operation, r, slices.Contains(deskOperations, operation), services.CodeForbidden)
		known := slices.Concat(signedOperations, privateOperations, readyOperations, deskOperations)
		if !slices.Contains(known, operation) {
			t.Errorf("%s is in no list", operation)
		}
	})
}

// TestGates_OthersThings asks for everything that has an id as another customer: it is not there.
func TestGates_OthersThings(t *testing.T) {
	h := newHarness(t)
	owner, other := h.customer(alice), h.linked("other@example.ca", 1)
	var file api.Attachment
	h.attach(owner, "key-of-the-file", "a.txt", []byte("the content")).want(201).into(&file)
	var upload api.Upload
	digest := sha256.Sum256([]byte("content"))
	h.do(request{method: "POST", path: api.PathUploads, token: owner, body: api.UploadStart{
		Name: "b.txt", Size: 7, SHA256: hex.EncodeToString(digest[:]),
	}}).want(201).into(&upload)
	var devices api.List[api.Device]
	h.do(request{method: "GET", path: api.PathDevices, token: owner}).want(200).into(&devices)
	agreement, thread := h.agreement(owner), h.send(owner, "key-of-the-thread")
	var kept api.Document
	h.do(request{method: "PUT", path: of(api.PathThreadCopy, thread), token: owner}).want(200).into(&kept)
	theirs := func(operation string) string {
		switch {
		case strings.HasSuffix(operation, "upload"):
			return upload.ID
		case operation == "revoke-device":
			return devices.Items[0].ID
		case operation == "open-attachment", operation == "detach":
			return file.ID
		case operation == "get-thread", operation == "reply", operation == "mark-read", operation == "copy-thread":
			return thread
		case operation == "open-document", operation == "remove-document":
			return kept.ID
		}
		return agreement
	}
	asked := map[string]bool{}
	h.each(other, theirs, func(operation string, r reply) {
		switch operation {
		case "detach": // says nothing either way
			r.want(204)
		case "get-agreement", "list-payments", "get-thread", "reply", "mark-read", "open-attachment", "get-upload",
			"append-upload", "complete-upload", "revoke-device", "copy-thread", "open-document", "remove-document":
			r.fails(404, services.CodeNotFound)
		default:
			return
		}
		asked[operation] = true
	})
	if len(asked) != 14 {
		t.Errorf("asked for %v", asked)
	}
	for _, body := range []api.NewThread{
		{Topic: "payment", AgreementID: agreement, Body: "A question."},
		{Topic: "payment", AgreementID: h.agreement(other), Body: "A question.", AttachmentIDs: []string{file.ID}},
	} {
		h.do(request{
			method: "POST", path: api.PathThreads, token: other, body: body, header: map[string]string{api.HeaderIdempotencyKey: "key-of-mine"},
		}).fails(422, services.CodeInvalid)
	}
	if content := h.do(request{method: "GET", path: of(api.PathAttachment, file.ID), token: owner}).want(200); string(content.body) != "the content" {
		t.Errorf("the file is %q", content.body)
	}
	h.do(request{method: "GET", path: api.PathSession, token: owner}).want(200)
}
