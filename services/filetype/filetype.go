// Package filetype judges what a file is from its bytes, whatever its name
// says, and makes the name harmless: the gate that every attachment passes.
//
// It looks inside only as far as needed to refuse what could hurt whoever
// opens the file: pictures of absurd dimensions and archives that swell.
package filetype

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
)

// Reasons to refuse a file.
var (
	// ErrEmpty says that there are no bytes.
	ErrEmpty = errors.New("filetype: empty file")
	// ErrName says that nothing is left of the name once it is cleaned.
	ErrName = errors.New("filetype: no usable name")
	// ErrUnsupported says that the bytes are of no accepted kind, or damaged.
	ErrUnsupported = errors.New("filetype: kind not accepted")
	// ErrMismatch says that the ending of the name names another kind than the bytes.
	ErrMismatch = errors.New("filetype: the name says another kind")
	// ErrSwells says that the file is harmless in size only until it is opened.
	ErrSwells = errors.New("filetype: too large once opened")
)

// Kind is a kind of file.
type Kind struct {
	Endings   []string // of file names, lower case, the usual one first
	MediaType string
}

// The kinds this package knows.
var (
	PDF  = Kind{[]string{"pdf"}, "application/pdf"}
	JPEG = Kind{[]string{"jpg", "jpeg"}, "image/jpeg"}
	PNG  = Kind{[]string{"png"}, "image/png"}
	HEIC = Kind{[]string{"heic", "heif"}, "image/heic"}
	Text = Kind{[]string{"txt"}, "text/plain"}
	DOCX = Kind{[]string{"docx"}, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
)

// kinds are all of them.
var kinds = []Kind{PDF, JPEG, PNG, HEIC, Text, DOCX}

// File is what is known of an accepted file.
type File struct {
	Name      string // cleaned, with an ending of its kind
	MediaType string
}

// Check judges a file. allowed are the endings of the policy ("pdf"); a kind
// is allowed when any of its endings is. Errors: ErrEmpty, ErrName,
// ErrUnsupported, ErrMismatch, ErrSwells.
func Check(name string, data []byte, allowed []string) (File, error) {
	if len(data) == 0 {
		return File{}, ErrEmpty
	}
	kind, ok := judge(data)
	if !ok || !kind.among(allowed) {
		return File{}, ErrUnsupported
	}
	if err := kind.inspect(data); err != nil {
		return File{}, err
	}
	clean, err := kind.name(name)
	if err != nil {
		return File{}, err
	}
	return File{Name: clean, MediaType: kind.MediaType}, nil
}

// among tells whether any ending of the kind is listed.
func (k Kind) among(endings []string) bool {
	return slices.ContainsFunc(endings, func(ending string) bool {
		return slices.Contains(k.Endings, strings.ToLower(ending))
	})
}

// judge finds the kind of the bytes.
func judge(data []byte) (Kind, bool) {
	switch m := mimetype.Detect(data); {
	case m.Is("application/pdf"):
		return PDF, true
	case m.Is("image/jpeg"):
		return JPEG, true
	case m.Is("image/png"):
		return PNG, true
	case m.Is("image/heic"), m.Is("image/heif"):
		return HEIC, true
	case descends(m, "application/zip"):
		return DOCX, true // what is no Word document fails its inspection
	case isText(data):
		return Text, true
	}
	return Kind{}, false
}

// descends tells whether a type is a kind of another, as a .docx is a zip.
func descends(m *mimetype.MIME, parent string) bool {
	for ; m != nil; m = m.Parent() {
		if m.Is(parent) {
			return true
		}
	}
	return false
}

// isText tells whether the bytes are UTF-8 without control characters other
// than those that lay out a text. A byte order mark may come first.
func isText(data []byte) bool {
	for first := true; len(data) > 0; first = false {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1, r == '\ufeff' && !first:
			return false
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r >= 0x7f && r < 0xa0:
			return false
		}
		data = data[size:]
	}
	return true
}
