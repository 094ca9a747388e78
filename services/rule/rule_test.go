package rule_test

import (
	"maps"
	"strings"
	"testing"

	"myaccount/services"
	"myaccount/services/rule"
)

// refused checks the fields of an error; none for a yes.
func refused(t *testing.T, what string, err error, want map[string]string) {
	t.Helper()
	if got := services.FieldsOf(err); !maps.Equal(got, want) || (err == nil) != (len(want) == 0) {
		t.Errorf("%s: %v, want the fields %v", what, err, want)
	}
}

func TestDraft(t *testing.T) {
	long := strings.Repeat("é", 65)
	for what, test := range map[string]struct {
		draft services.Draft
		want  map[string]string
	}{
		"empty":    {services.Draft{}, nil},
		"at most":  {services.Draft{Body: strings.Repeat("é", 100_000), Topic: long[:128], Attachments: make([]services.Attachment, 25)}, nil},
		"too long": {services.Draft{Body: strings.Repeat("é", 100_001)}, map[string]string{"body": services.ReasonTooLong}},
		"all": {
			services.Draft{ThreadID: long, Topic: long, AgreementID: long, Attachments: make([]services.Attachment, 26)},
			map[string]string{
				"thread_id": services.ReasonTooLong, "topic": services.ReasonTooLong,
				"agreement_id": services.ReasonTooLong, "attachment_ids": services.ReasonTooMany,
			},
		},
	} {
		refused(t, what, rule.Draft(test.draft), test.want)
	}
}

func TestKey(t *testing.T) {
	for key, reason := range map[string]string{
		"": services.ReasonRequired, "1234567": services.ReasonTooShort, "1234567é": services.ReasonFormat,
		"12345678\n": services.ReasonFormat, strings.Repeat("k", 65): services.ReasonTooLong,
		"12345678": "", strings.Repeat("~", 64): "",
	} {
		want := map[string]string{}
		if reason != "" {
			want["idempotency_key"] = reason
		}
		refused(t, key, rule.Key(key), want)
	}
}

func TestBody(t *testing.T) {
	for body, want := range map[string]string{
		"": services.ReasonRequired, " \n\u200b": services.ReasonRequired, "éa": "", "é\na": "", "éaab": services.ReasonTooLong,
	} {
		if got := rule.Body(body, 3); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}

func TestFile(t *testing.T) {
	got, err := rule.File(services.Upload{Name: `C:\a.TXT`, Data: []byte("abc")}, 3, []string{"txt"})
	want := services.Attachment{
		Name: "a.TXT", Size: 3, Type: "text/plain",
		SHA256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", // FIPS 180-2, B.1
	}
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	for what, test := range map[string]struct {
		upload services.Upload
		code   services.Code
		fields map[string]string
	}{
		"empty":     {services.Upload{Name: "a.txt"}, services.CodeInvalid, map[string]string{"file": services.ReasonRequired}},
		"nameless":  {services.Upload{Name: "..", Data: []byte("a")}, services.CodeInvalid, map[string]string{"name": services.ReasonRequired}},
		"a lie":     {services.Upload{Name: "a.pdf", Data: []byte("a")}, services.CodeInvalid, map[string]string{"name": services.ReasonMismatch}},
		"too large": {services.Upload{Name: "a.txt", Data: []byte("abcd")}, services.CodeTooLarge, map[string]string{}},
		"swells":    {services.Upload{Name: "a.png", Data: flood()}, services.CodeTooLarge, map[string]string{}},
		"a program": {services.Upload{Name: "a.exe", Data: []byte("MZ\x90\x00")}, services.CodeUnsupportedType, map[string]string{}},
	} {
		limit := int64(3)
		if what != "too large" {
			limit = 1000
		}
		_, err := rule.File(test.upload, limit, []string{"txt", "pdf", "png"})
		if services.CodeOf(err) != test.code || !maps.Equal(services.FieldsOf(err), test.fields) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// flood is the beginning of a PNG of 65,535 × 65,535 pixels.
func flood() []byte {
	return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x06\x00\x00\x00\xb6\x05\xd9\x50")
}
