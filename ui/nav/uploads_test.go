package nav_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// shelf takes every file but those whose content names an error.
type shelf struct {
	services.Attachments
	detached []string
	refuse   map[string]error
}

func (s *shelf) Attach(_ context.Context, u services.Upload) (services.Attachment, error) {
	if err := s.refuse[u.Name]; err != nil {
		return services.Attachment{}, err
	}
	return services.Attachment{ID: "id-" + u.Name, Name: u.Name, Size: int64(len(u.Data))}, nil
}

func (s *shelf) Detach(_ context.Context, id string) error {
	s.detached = append(s.detached, id)
	return nil
}

// inUploads runs a test in a bubble with uploads that take 3 files of 10 bytes.
func inUploads(t *testing.T, test func(t *testing.T, u *nav.Uploads, s *shelf, settle func())) {
	synctest.Test(t, func(t *testing.T) {
		queue, s := nav.NewQueue(), &shelf{refuse: map[string]error{}}
		u := &nav.Uploads{Dispatcher: queue, Attachments: s, Changed: func() {}, Policy: services.Policy{
			AttachmentMax: 10, AttachmentsMax: 3, AttachmentTypes: []string{"pdf", "jpg", "jpeg"},
		}}
		test(t, u, s, func() {
			for synctest.Wait(); queue.Drain() > 0; {
				synctest.Wait()
			}
		})
	})
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func names(u *nav.Uploads) (list []string) {
	for _, f := range u.Files() {
		list = append(list, f.Name)
	}
	return list
}

func TestUploads_WrongFilesAreNamedAndTheRestIsKept(t *testing.T) {
	inUploads(t, func(t *testing.T, u *nav.Uploads, s *shelf, settle func()) {
		s.refuse["odd.exe"] = services.Fail(services.CodeUnsupportedType)
		u.Add([]string{write(t, "a.pdf", "a"), write(t, "odd.exe", "x"), write(t, "big.pdf", "12345678901")})
		if got := u.Waiting(); !slices.Equal(got, []string{"a.pdf", "odd.exe", "big.pdf"}) {
			t.Errorf("waiting %q", got)
		}
		settle()
		u.Add([]string{t.TempDir(), filepath.Join(t.TempDir(), "none.pdf")})
		settle()
		u.Add([]string{write(t, "b.pdf", "b"), write(t, "c.pdf", "c"), write(t, "d.pdf", "d")})
		settle()
		if got := names(u); !slices.Equal(got, []string{"a.pdf", "b.pdf", "c.pdf"}) || len(u.Waiting()) != 0 {
			t.Errorf("kept %q, waiting %q", got, u.Waiting())
		}
		want := []error{&services.Error{Code: services.CodeUnsupportedType}, &services.Error{Code: services.CodeTooLarge}, nav.ErrUnreadable, nav.ErrUnreadable, nav.ErrTooManyFiles}
		for i, r := range u.Refusals() {
			if !errors.Is(r.Err, want[i]) {
				t.Errorf("%s refused for %v, want %v", r.Name, r.Err, want[i])
			}
		}
		if len(u.Refusals()) != len(want) {
			t.Errorf("refusals %v", u.Refusals())
		}
		if u.Dismiss(); len(u.Refusals()) != 0 {
			t.Error("refusals stay")
		}
	})
}

func TestUploads_Remove(t *testing.T) {
	inUploads(t, func(t *testing.T, u *nav.Uploads, s *shelf, settle func()) {
		u.SetFiles([]services.Attachment{{ID: "1", Name: "one"}, {ID: "2", Name: "two"}})
		u.Remove("1")
		settle()
		if !slices.Equal(names(u), []string{"two"}) || !slices.Equal(s.detached, []string{"1"}) {
			t.Errorf("kept %q, detached %q", names(u), s.detached)
		}
		if u.Clear(); len(u.Files()) != 0 || len(s.detached) != 1 {
			t.Error("clearing takes nothing back")
		}
	})
}

func TestRefusalSentence(t *testing.T) {
	catalogue, err := text.Load(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	policy := services.Policy{AttachmentMax: 10 << 20, AttachmentsMax: 5, AttachmentTypes: []string{"pdf", "jpg", "jpeg", "png"}}
	for reason, c := range map[string]struct {
		err  error
		says string
	}{
		"many":     {nav.ErrTooManyFiles, "takes 5 files"},
		"read":     {nav.ErrUnreadable, "could not be read"},
		"large":    {services.Fail(services.CodeTooLarge), "larger than 10"},
		"type":     {services.Fail(services.CodeUnsupportedType), "we take PDF, JPEG, PNG."},
		"empty":    {services.Invalid("file", services.ReasonRequired), "is empty"},
		"unsent":   {services.Invalid("file", services.ReasonTooMany), "your drafts hold"},
		"mismatch": {services.Invalid("name", services.ReasonMismatch), "not of the kind"},
		"name":     {services.Invalid("name", services.ReasonRequired), "another name"},
		"other":    {services.Fail(services.CodeUnavailable), "try again"},
	} {
		for _, lang := range []text.Lang{text.English, text.French} {
			got := nav.RefusalSentence(catalogue.Printer(lang), nav.Refusal{Name: "a.pdf", Err: c.err}, policy)
			if !strings.Contains(got, "a.pdf") || lang == text.English && !strings.Contains(got, c.says) {
				t.Errorf("%s, %s: %q", reason, lang, got)
			}
		}
	}
}
