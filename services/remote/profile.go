package remote

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/filetype"
)

// SetLanguage changes the language of mails.
func (s *customerSession) SetLanguage(ctx context.Context, language string) error {
	c := call{method: http.MethodPatch, path: api.PathProfile, body: api.Profile{Language: language}, again: true}
	if err := s.do(ctx, c); err != nil {
		return err
	}
	info := s.Info()
	info.Person.Language = language
	s.keep(info)
	return nil
}

// draftsFile is where the archive keeps drafts, which the service knows nothing of.
const draftsFile = "drafts.json"

// Export writes everything about the person: what the service has, and the drafts and files of this machine.
func (s *customerSession) Export(ctx context.Context, w io.Writer) error {
	var data []byte
	c := get(api.PathExport, &data)
	c.files = true
	if err := s.do(ctx, c); err != nil {
		return err
	}
	theirs, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return services.Internal(fmt.Errorf("export: %w", err))
	}
	archive := zip.NewWriter(w)
	for _, file := range theirs.File {
		if file.Name == draftsFile {
			continue
		}
		if err := archive.Copy(file); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	if err := s.exportDrafts(ctx, archive); err != nil {
		return err
	}
	return archive.Close()
}

// exportDrafts adds the drafts, and messages on their way, with their files.
func (s *customerSession) exportDrafts(ctx context.Context, archive *zip.Writer) error {
	drafts, err := s.mine.Drafts(ctx)
	if err != nil {
		return err
	}
	waiting, err := s.mine.Waiting(ctx)
	if err != nil {
		return err
	}
	for _, m := range waiting {
		if !slices.ContainsFunc(drafts, func(d services.Draft) bool { return d.ID == m.ID }) {
			drafts = append(drafts, draftOf(m))
		}
	}
	text, err := json.MarshalIndent(drafts, "", "  ")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := add(archive, draftsFile, text); err != nil {
		return err
	}
	for _, d := range drafts {
		for _, file := range d.Attachments {
			content, err := s.mine.OpenFile(ctx, file.ID)
			if code := services.CodeOf(err); code == services.CodeGone || code == services.CodeNotFound {
				continue // it was removed meanwhile
			}
			if err != nil {
				return err
			}
			if err := add(archive, "attachments/"+file.ID+"/"+filetype.CleanName(file.Name), content.Data); err != nil {
				return err
			}
		}
	}
	return nil
}

// add writes one file of the archive.
func add(archive *zip.Writer, name string, data []byte) error {
	file, err := archive.Create(name)
	if err == nil {
		_, err = file.Write(data)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// DeleteAccount removes the login at the service, and all that this machine keeps of the person.
func (s *customerSession) DeleteAccount(ctx context.Context, password services.Secret) error {
	c := call{method: http.MethodDelete, path: api.PathProfile, body: api.Password{Password: password.Reveal()}}
	if err := s.do(ctx, c); err != nil {
		return err
	}
	s.leave()
	return errors.Join(s.removeAll(context.WithoutCancel(ctx), true), s.portal.options.Secrets.Delete(s.tokenName()))
}
