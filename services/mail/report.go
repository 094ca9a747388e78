package mail

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"strings"
)

// ErrReport says that some bytes are no delivery status notification of a mail of ours.
var ErrReport = errors.New("mail: not a delivery report")

const (
	reportMax   = 1 << 20 // bytes of a report that are read; the mail it returns may be long
	reportParts = 10
)

// Report is what a mail server says later of a mail that it took: a delivery status notification (RFC 3464).
type Report struct {
	ID     string // of the mail, as in Message
	Failed bool   // it was given up; else it is late, was delivered or went on to somewhere else
	Status string // "5.1.1" (RFC 3463); "" when it is not said
}

// ParseReport reads a whole report as it came by mail. Errors: ErrReport; its words never quote the report.
func ParseReport(r io.Reader) (Report, error) {
	message, err := mail.ReadMessage(io.LimitReader(r, reportMax))
	if err != nil {
		return Report{}, fmt.Errorf("%w: no header", ErrReport)
	}
	kind, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return Report{}, fmt.Errorf("%w: it is of another type", ErrReport)
	}
	var report Report
	var told bool
	parts := multipart.NewReader(message.Body, params["boundary"])
	for range reportParts {
		part, err := parts.NextPart()
		if err != nil { // the end, or a mail that was cut
			break
		}
		switch kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind {
		case "message/delivery-status", "message/global-delivery-status":
			told = report.read(part)
		case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
			report.ID = messageID(decoded(part))
		}
	}
	switch {
	case !told:
		return Report{}, fmt.Errorf("%w: it does not say what became of the mail", ErrReport)
	case report.ID == "":
		return Report{}, fmt.Errorf("%w: it does not say which mail it is about", ErrReport)
	}
	return report, nil
}

// read reads the groups of fields, the first about the mail, each other about a recipient, and tells whether there was
// one of those. A failure counts more than anything else.
func (r *Report) read(part *multipart.Part) (told bool) {
	groups := textproto.NewReader(bufio.NewReader(decoded(part)))
	for {
		fields, err := groups.ReadMIMEHeader()
		if action := fields.Get("Action"); action != "" {
			failed := strings.EqualFold(strings.TrimSpace(action), "failed")
			if !told || failed {
				status, _, _ := strings.Cut(fields.Get("Status"), " ") // a comment may follow
				r.Failed, r.Status = failed, status
			}
			told = true
		}
		if err != nil {
			return told
		}
	}
}

// decoded undoes base64; package multipart undoes quoted-printable itself.
func decoded(part *multipart.Part) io.Reader {
	if strings.EqualFold(part.Header.Get("Content-Transfer-Encoding"), "base64") {
		return base64.NewDecoder(base64.StdEncoding, part)
	}
	return part
}

// messageID takes the local part of the Message-ID out of a mail or its header; "" when there is none.
func messageID(r io.Reader) string {
	header, _ := textproto.NewReader(bufio.NewReader(r)).ReadMIMEHeader() // what there is of it
	id, _, ok := strings.Cut(strings.Trim(strings.TrimSpace(header.Get("Message-Id")), "<>"), "@")
	if !ok {
		return ""
	}
	return id
}
