package mail

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// postfix is a report as Postfix writes it, with CRLF as it comes by mail.
var postfix = strings.ReplaceAll(`From: MAILER-DAEMON@mx.example.ca (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: no-reply@lender.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="B1"

This is a MIME-encapsulated message.

--B1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.ca
X-Postfix-Queue-ID: 12345
Arrival-Date: Sun, 22 Nov 2026 01:00:00 +0000 (UTC)

Final-Recipient: rfc822; amelie@example.ca
Original-Recipient: rfc822;amelie@example.ca
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <amelie@example.ca>: Recipient address
    rejected: User unknown

--B1
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: My Account <no-reply@lender.example>
To: =?utf-8?q?Am=C3=A9lie?= <amelie@example.ca>
Message-ID: <0198a2c4-0000-7000-8000-000000000000@lender.example>
Subject: Activate your account

Hello
--B1--
`, "\n", "\r\n")

const reportedID = "0198a2c4-0000-7000-8000-000000000000"

func TestParseReport(t *testing.T) {
	failed := Report{ID: reportedID, Failed: true, Status: "5.1.1"}
	tests := []struct {
		name     string
		from, to string // replaced in postfix
		want     Report
	}{
		{"failed", "", "", failed},
		{"in capitals, with a comment", "Action: failed\r\nStatus: 5.1.1", "ACTION: Failed\r\nStatus: 5.1.1 (bad mailbox)", failed},
		{"late", "Action: failed\r\nStatus: 5.1.1", "Action: delayed\r\nStatus: 4.4.1", Report{ID: reportedID, Status: "4.4.1"}},
		{"delivered", "Action: failed\r\nStatus: 5.1.1", "Action: delivered\r\nStatus: 2.0.0", Report{ID: reportedID, Status: "2.0.0"}},
		{"header only", "Type: message/rfc822", "Type: text/rfc822-headers", failed},
		{"of two, one failed", "Action: failed\r\n", "Action: delivered\r\nStatus: 2.0.0\r\n\r\nAction: failed\r\n", failed},
		{"of two, the first failed", "5.1.1\r\nDiag", "5.1.1\r\n\r\nAction: delivered\r\nStatus: 2.0.0\r\nDiag", failed},
		{
			"base64", "Type: message/rfc822\r\n\r\nFrom: My Account <no-reply@lender.example>\r\n",
			"Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
				"TWVzc2FnZS1JRDogPDAxOThhMmM0LTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMEBsLmV4YW1wbGU+DQo=\r\n--B1--\r\n", failed,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Replace(postfix, test.from, test.to, 1)
			if test.from != "" && text == postfix {
				t.Fatal("nothing was replaced")
			}
			if got, err := ParseReport(strings.NewReader(text)); err != nil || got != test.want {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestParseReport_Refuses(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":        "",
		"no mail":        "\x00\xff{}",
		"another mail":   "Content-Type: text/plain\r\n\r\nI am on holiday.\r\n",
		"another report": strings.Replace(postfix, "delivery-status;", "disposition-notification;", 1),
		"no boundary":    strings.Replace(postfix, `boundary="B1"`, "x=y", 1),
		"no action":      strings.Replace(postfix, "Action:", "X-Action:", 1),
		"no mail in it":  strings.Replace(postfix, "Message-ID:", "X-ID:", 1),
		"id of no form":  strings.Replace(postfix, "@lender.example>\r\nSubject", "\r\nSubject", 1),
		"cut":            postfix[:700],
		"too long":       strings.Replace(postfix, "I'm sorry", strings.Repeat("I'm sorry\r\n", reportMax/10), 1),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := ParseReport(strings.NewReader(text)); !errors.Is(err, ErrReport) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func FuzzParseReport(f *testing.F) {
	f.Add(postfix)
	f.Fuzz(func(t *testing.T, text string) {
		report, err := ParseReport(strings.NewReader(text))
		if err == nil && report.ID == "" || err != nil && report != (Report{}) {
			t.Errorf("got %+v, %v", report, err)
		}
	})
}

func TestFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail", "outgoing")
	sender, err := NewFiles(dir, from)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // a mail that is sent again replaces itself
		if err := sender.Send(t.Context(), sample); err != nil {
			t.Fatal(err)
		}
	}
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 1 || names[0].Name() != sample.ID+".eml" {
		t.Fatalf("the folder holds %v, %v", names, err)
	}
	data, err := os.ReadFile(filepath.Join(dir, names[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Message-ID: <" + sample.ID + "@lender.example>\r\n", "multipart/alternative", "To: ", "<" + sample.To + ">\r\n",
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %q in %s", want, data)
		}
	}
	if info, err := names[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestFiles_Refuses(t *testing.T) {
	if _, err := NewFiles(t.TempDir(), "nobody"); !errors.Is(err, ErrURL) {
		t.Errorf("sender: %v", err)
	}
	dir := t.TempDir()
	sender, err := NewFiles(filepath.Join(dir, "out"), from)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"", "../x", "a/b", `a\b`, "a@b"} {
		m := sample
		m.ID = id
		if err := sender.Send(t.Context(), m); !errors.Is(err, ErrPermanent) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if err := os.Remove(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	if err := sender.Send(t.Context(), sample); !errors.Is(err, ErrTemporary) {
		t.Errorf("no folder: %v", err)
	}
}
