package remote

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"mime"
	"net/http"
	"sync"
	"time"

	"myaccount/services"
	"myaccount/services/api"
)

// Attach keeps a file on this machine until its message is sent.
func (s *customerSession) Attach(ctx context.Context, u services.Upload) (services.Attachment, error) {
	if err := s.check(); err != nil {
		return services.Attachment{}, err
	}
	policy, err := s.portal.Policy(ctx)
	if err != nil {
		return services.Attachment{}, err
	}
	return s.mine.Attach(ctx, u, policy)
}

// Detach removes a file that was not sent yet.
func (s *customerSession) Detach(ctx context.Context, id string) error {
	if err := s.check(); err != nil {
		return err
	}
	return s.mine.Detach(ctx, id)
}

// OpenAttachment gives the content of a file of this machine, or of a message. A file that was sent goes on by the id
// that it had here.
func (s *customerSession) OpenAttachment(ctx context.Context, id string) (services.AttachmentContent, error) {
	if err := s.check(); err != nil {
		return services.AttachmentContent{}, err
	}
	content, err := s.mine.OpenFile(ctx, id)
	if services.CodeOf(err) != services.CodeNotFound {
		return content, err
	}
	there := id
	if sent, _, err := s.mine.Recall(ctx, nameSentFile+id); err == nil {
		there = string(sent)
	}
	content, err = s.openAttachment(ctx, there)
	if err == nil {
		s.rememberFile(ctx, content)
	} else if known, ok := recall(ctx, s, nameFile+there, err, fileFrom); ok {
		content, err = known, nil
	}
	if err == nil {
		content.ID = id
	}
	return content, err
}

// keptFile is a file as it is remembered.
type keptFile struct {
	Attachment api.Attachment
	Data       []byte
}

func fileFrom(f keptFile) (services.AttachmentContent, error) {
	return services.AttachmentContent{Attachment: f.Attachment.Domain(), Data: f.Data}, nil
}

// rememberFile keeps a file of a message, as long as the message may be kept, if that is known.
func (s *customerSession) rememberFile(ctx context.Context, content services.AttachmentContent) {
	until, ok := s.kept.of(content.ID)
	if !ok || !s.seen.changed(nameFile+content.ID, []byte(content.SHA256), s.portal.options.Clock.Now()) {
		return
	}
	raw, err := json.Marshal(keptFile{api.AttachmentOf(content.Attachment), content.Data})
	if err == nil {
		s.write(ctx, nameFile+content.ID, raw, until)
	}
}

// keptFiles knows until when files of messages may be kept. The zero value is ready.
type keptFiles struct {
	mu   sync.Mutex
	each map[string]time.Time
}

func (k *keptFiles) note(m services.Message) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.each == nil {
		k.each = map[string]time.Time{}
	}
	for _, file := range m.Attachments {
		k.each[file.ID] = m.KeptUntil
	}
}

func (k *keptFiles) of(id string) (time.Time, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	until, ok := k.each[id]
	return until, ok
}

// openAttachment reads a file of the service.
func (s *session) openAttachment(ctx context.Context, id string) (services.AttachmentContent, error) {
	var data []byte
	var header http.Header
	c := get(api.PathAttachment, &data).of(id)
	c.files, c.header = true, &header
	if err := s.do(ctx, c); err != nil {
		return services.AttachmentContent{}, err
	}
	_, parameters, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	if err != nil {
		return checked(services.AttachmentContent{}, err)
	}
	return services.AttachmentContent{
		Attachment: services.Attachment{
			ID: id, Name: parameters["filename"], Size: int64(len(data)), Type: header.Get("Content-Type"), SHA256: digestOf(data),
		},
		Data: data,
	}, nil
}

// digestOf is the digest that a file is checked by.
func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// upload hands a file to the service, under a key that makes it one file however often it is handed in.
func (s *session) upload(ctx context.Context, u services.Upload) (services.Attachment, error) {
	var kept api.Attachment
	c := post(api.PathAttachments, nil, &kept)
	c.file, c.key, c.again, c.files = &u, u.IdempotencyKey, true, true
	err := s.do(ctx, c)
	return kept.Domain(), err
}

// Attach keeps a file for an answer to be sent.
func (s *advisorSession) Attach(ctx context.Context, u services.Upload) (services.Attachment, error) {
	if u.IdempotencyKey == "" {
		u.IdempotencyKey = s.portal.options.NewID()
	}
	return s.upload(ctx, u)
}

// OpenAttachment gives the content of a file.
func (s *advisorSession) OpenAttachment(ctx context.Context, id string) (services.AttachmentContent, error) {
	return s.openAttachment(ctx, id)
}

// Detach removes a file that was not sent yet.
func (s *advisorSession) Detach(ctx context.Context, id string) error {
	if !mayBeID(id) {
		return nil
	}
	return s.do(ctx, call{method: http.MethodDelete, path: api.PathAttachment, again: true}.of(id))
}
