// Package rule holds the pure rules that services/core and the cache on a person's machine (services/remote/cache)
// keep alike: what a draft may be, an idempotency key, the text of a message, a file. They ask nobody and keep nothing.
package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"myaccount/services"
	"myaccount/services/filetype"
	"myaccount/services/text"
)

// What a person can keep: more than anybody writes, less than what would fill a disk.
const (
	DraftsMax = 100 // drafts of a person
	UnsentMax = 25  // files of a person that wait to be sent: five messages' worth of them

	draftBodyMax = 100_000 // characters
	draftIDMax   = 64      // characters of what names a thread, a topic or an agreement
)

// KeysFor is how long an idempotency key is known: as long as a message may wait to be sent.
const KeysFor = 30 * 24 * time.Hour

// Draft checks what no person writes; whether a draft can be sent is looked at when it is. Fails with CodeInvalid (body,
// thread_id, topic, agreement_id: too_long; attachment_ids: too_many).
func Draft(d services.Draft) error {
	reasons := map[string]string{}
	for field, part := range map[string]struct {
		text string
		max  int
	}{
		"body":         {d.Body, draftBodyMax},
		"thread_id":    {d.ThreadID, draftIDMax},
		"topic":        {d.Topic, draftIDMax},
		"agreement_id": {d.AgreementID, draftIDMax},
	} {
		if utf8.RuneCountInString(part.text) > part.max {
			reasons[field] = services.ReasonTooLong
		}
	}
	if len(d.Attachments) > UnsentMax {
		reasons["attachment_ids"] = services.ReasonTooMany
	}
	if len(reasons) == 0 {
		return nil
	}
	return &services.Error{Code: services.CodeInvalid, Fields: reasons}
}

// Key checks that an idempotency key is 8 to 64 printable ASCII characters. Fails with CodeInvalid (idempotency_key).
func Key(key string) error {
	printable := func(r rune) bool { return ' ' <= r && r <= '~' }
	switch {
	case key == "":
		return services.Invalid("idempotency_key", services.ReasonRequired)
	case strings.ContainsFunc(key, func(r rune) bool { return !printable(r) }):
		return services.Invalid("idempotency_key", services.ReasonFormat)
	case len(key) < 8:
		return services.Invalid("idempotency_key", services.ReasonTooShort)
	case len(key) > 64:
		return services.Invalid("idempotency_key", services.ReasonTooLong)
	}
	return nil
}

// Body gives the reason why the text of a message, cleaned by text.Body, cannot be sent; "" when it can. It has at most
// max characters, and at least one that can be seen.
func Body(body string, max int) string {
	switch {
	case strings.TrimSpace(text.Line(body)) == "":
		return services.ReasonRequired
	case text.RuneCount(body) > max:
		return services.ReasonTooLong
	}
	return ""
}

// File judges a file that a person attaches: at most max bytes, and of a kind that types names ("pdf"). The kind is told
// from the bytes, and the name is cleaned. The attachment has everything but its id. Fails as Attachments.Attach does.
func File(u services.Upload, max int64, types []string) (services.Attachment, error) {
	size := int64(len(u.Data))
	if size > max {
		return services.Attachment{}, services.Fail(services.CodeTooLarge)
	}
	file, err := filetype.Check(u.Name, u.Data, types)
	if err != nil {
		return services.Attachment{}, refusal(err)
	}
	digest := sha256.Sum256(u.Data)
	return services.Attachment{
		Name: file.Name, Size: size, Type: file.MediaType, SHA256: hex.EncodeToString(digest[:]),
	}, nil
}

// refusal turns what is wrong with a file into an error with a code.
func refusal(err error) error {
	switch {
	case errors.Is(err, filetype.ErrEmpty):
		return services.Invalid("file", services.ReasonRequired)
	case errors.Is(err, filetype.ErrName):
		return services.Invalid("name", services.ReasonRequired)
	case errors.Is(err, filetype.ErrMismatch):
		return services.Invalid("name", services.ReasonMismatch)
	case errors.Is(err, filetype.ErrSwells):
		return services.Fail(services.CodeTooLarge)
	case errors.Is(err, filetype.ErrUnsupported):
		return services.Fail(services.CodeUnsupportedType)
	}
	return services.Internal(err)
}
