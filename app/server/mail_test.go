package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// adds are the arguments that invite an advisor.
func adds(data, smtp string) []string {
	return []string{
		"advisor", "add", "--data", data, "--smtp", smtp, "--public-url", "https://portal.example.ca",
		"--first", "Sophie", "--last", "Nguyen", "--email", "sophie.nguyen@example.ca",
	}
}

// TestMail_CutAfterAcceptance kills the program when the mail server has a mail and nobody has noted that it was sent.
// It is sent once more, with the same Message-ID, and never again.
func TestMail_CutAfterAcceptance(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	smtp, mails := mailServer(t)
	goOn := touch(t, mails, "hang")
	cut := begin(t, "program", nil, adds(data, smtp)...)
	eventually(t, "the mail", func() bool { return len(mailsIn(t, mails)) == 1 })
	cut.kill()
	goOn()
	serve := func(ahead string) *served {
		return serves(t, []string{aheadVar + "=" + ahead}, "--http", "--data", data, "--smtp", smtp)
	}
	s := serve("6m") // a try is given up after five minutes
	eventually(t, "the mail once more", func() bool { return len(mailsIn(t, mails)) == 2 })
	eventually(t, "that it is noted", func() bool { return strings.Contains(does(t, "mail", "list", "--data", data), "sent") })
	s.stop()
	s = serve("3h")
	s.stop()
	sent := mailsIn(t, mails)
	if len(sent) != 2 || inMail(t, messageID, sent[0]) != inMail(t, messageID, sent[1]) {
		t.Errorf("%d mails: %v", len(sent), sent)
	}
}

func TestMail_RefusedAndReturned(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	smtp, mails := mailServer(t)
	accept := touch(t, mails, "refuse")
	does(t, adds(data, smtp)...)
	refused := func() string { return does(t, "mail", "list", "--refused", "--data", data) }
	list := refused()
	id, _, _ := strings.Cut(list, " ")
	if !strings.Contains(list, "sophie.nguyen@example.ca") || !strings.Contains(list, "refused by the mail server") {
		t.Fatalf("listed %q", list)
	}
	accept()
	does(t, "mail", "retry", id, "--data", data, "--smtp", smtp)
	if sent := mailsIn(t, mails); len(sent) != 1 || inMail(t, messageID, sent[0]) != id {
		t.Fatalf("%d mails", len(sent))
	}
	if list := refused(); list != "" {
		t.Errorf("listed %q", list)
	}
	report := filepath.Join(data, "report.eml")
	must(t, os.WriteFile(report, fmt.Appendf(nil, "Content-Type: multipart/report; report-type=delivery-status; boundary=B\n\n"+
		"--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nAction: failed\nStatus: 5.1.1\n\n"+
		"--B\nContent-Type: message/rfc822\n\nMessage-ID: <%s@example.ca>\n\n--B--\n", id), 0o600))
	if out := does(t, "mail", "report", report, "--data", data); !strings.Contains(out, id) || !strings.Contains(out, "5.1.1") {
		t.Errorf("said %q", out)
	}
	if list := refused(); !strings.Contains(list, "it was not delivered") {
		t.Errorf("listed %q", list)
	}
	for _, test := range []struct {
		says string
		args []string
	}{
		{"is of no use any more", []string{"mail", "retry", id}},
		{"There is no mail none.", []string{"mail", "retry", "none"}},
		{"is no report of delivery", []string{"mail", "report", filepath.Join(data, keysetFile)}},
		{"cannot be read", []string{"mail", "report", filepath.Join(data, "none")}},
	} {
		_, errOut, code := runs(t, nil, append(test.args, "--data", data)...)
		if code != exitFailure || !strings.Contains(errOut, test.says) {
			t.Errorf("%v: exit code %d: %s", test.args, code, errOut)
		}
	}
}
