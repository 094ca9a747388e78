package nav

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"myaccount/services"
	"myaccount/services/text"
)

// Why a file is refused before it is handed in.
var (
	ErrUnreadable   = errors.New("nav: the file cannot be read")
	ErrTooManyFiles = errors.New("nav: more files than a message takes")
)

// Refusal is a file that was not taken, until the person has read why.
type Refusal struct {
	Name string
	Err  error
}

// Uploads are the files of a message that is being written. They are read and handed in one after the other, so that
// at most one is in memory; a wrong one is refused by name and the others are kept. What is under way goes on when the
// visit ends. It is used on the user interface's goroutine only.
type Uploads struct {
	Dispatcher  Dispatcher
	Attachments services.Attachments
	Policy      services.Policy
	Changed     func() // the files, or what is known of them, changed

	files    []services.Attachment
	waiting  []string // paths; the first is under way
	refusals []Refusal
}

// Files are those that were taken, in their order.
func (u *Uploads) Files() []services.Attachment { return slices.Clone(u.files) }

// SetFiles begins with files that were taken earlier.
func (u *Uploads) SetFiles(files []services.Attachment) { u.files = slices.Clone(files) }

// Waiting names the files that are not handed in yet, the one under way first.
func (u *Uploads) Waiting() []string {
	names := make([]string, len(u.waiting))
	for i, path := range u.waiting {
		names[i] = filepath.Base(path)
	}
	return names
}

// Refusals are the files that were not taken.
func (u *Uploads) Refusals() []Refusal { return slices.Clone(u.refusals) }

// Refused are the sentences about those.
func (u *Uploads) Refused(p *text.Printer) []string {
	var list []string
	for _, r := range u.refusals {
		list = append(list, RefusalSentence(p, r, u.Policy))
	}
	return list
}

// Dismiss forgets the refusals.
func (u *Uploads) Dismiss() {
	u.refusals = nil
	u.Changed()
}

// Clear forgets the files: they were sent.
func (u *Uploads) Clear() { u.files, u.refusals = nil, nil }

// Add reads files and hands them in.
func (u *Uploads) Add(paths []string) {
	idle := len(u.waiting) == 0
	for _, path := range paths {
		if len(u.files)+len(u.waiting) >= u.Policy.AttachmentsMax {
			u.refuse(path, ErrTooManyFiles)
			continue
		}
		u.waiting = append(u.waiting, path)
	}
	if idle {
		u.next()
	}
	u.Changed()
}

// Remove takes a file back.
func (u *Uploads) Remove(id string) {
	u.files = slices.DeleteFunc(u.files, func(f services.Attachment) bool { return f.ID == id })
	u.Changed()
	Keep(&Scope{Dispatcher: u.Dispatcher}, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, u.Attachments.Detach(ctx, id)
	}, func(struct{}, error) {}) // one that stays belongs to nothing and is removed with the strays
}

func (u *Uploads) refuse(path string, err error) {
	u.refusals = append(u.refusals, Refusal{filepath.Base(path), err})
}

// next takes the first file that waits.
func (u *Uploads) next() {
	if len(u.waiting) == 0 {
		return
	}
	path, most := u.waiting[0], u.Policy.AttachmentMax
	Keep(&Scope{Dispatcher: u.Dispatcher}, func(ctx context.Context) (services.Attachment, error) {
		data, err := ReadFile(path, most)
		if err != nil {
			return services.Attachment{}, err
		}
		return u.Attachments.Attach(ctx, services.Upload{Name: filepath.Base(path), Data: data})
	}, func(file services.Attachment, err error) {
		u.waiting = u.waiting[1:]
		if err != nil {
			u.refuse(path, err)
		} else {
			u.files = append(u.files, file)
		}
		u.next()
		u.Changed()
	})
}

// ReadFile reads a file of at most a number of bytes. Fails with CodeTooLarge before it has read it all, and with
// ErrUnreadable.
func ReadFile(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	case !info.Mode().IsRegular():
		return nil, ErrUnreadable
	case info.Size() > most:
		return nil, services.Fail(services.CodeTooLarge)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1)) // it may have grown meanwhile
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	if int64(len(data)) > most {
		return nil, services.Fail(services.CodeTooLarge)
	}
	return data, nil
}

// RefusalSentence says why a file was not taken.
func RefusalSentence(p *text.Printer, r Refusal, policy services.Policy) string {
	vars := text.Vars{
		"Name": r.Name, "Size": p.Size(policy.AttachmentMax), "Count": policy.AttachmentsMax, "Types": FileTypes(policy),
	}
	return p.T("nav.file."+refusalReason(r.Err), vars)
}

func refusalReason(err error) string {
	fields := services.FieldsOf(err)
	switch code := services.CodeOf(err); {
	case errors.Is(err, ErrTooManyFiles):
		return "too_many"
	case errors.Is(err, ErrUnreadable):
		return "unreadable"
	case code == services.CodeTooLarge:
		return "too_large"
	case code == services.CodeUnsupportedType:
		return "unsupported"
	case fields["file"] == services.ReasonTooMany:
		return "unsent"
	case fields["file"] == services.ReasonRequired:
		return "empty"
	case fields["name"] == services.ReasonMismatch:
		return "mismatch"
	case fields["name"] != "":
		return "name"
	default:
		return "failed"
	}
}

// FileTypes names the kinds of files that are taken, each once: "PDF, JPEG, PNG".
func FileTypes(policy services.Policy) string {
	var names []string
	for _, ending := range policy.AttachmentTypes {
		name := strings.ToUpper(ending)
		if name == "JPG" {
			name = "JPEG"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
