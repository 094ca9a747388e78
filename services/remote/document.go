package remote

import (
	"cmp"
	"context"
	"encoding/json"
	"mime"
	"net/http"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/rule"
)

// documentsFor is how long this machine keeps a document that was opened.
const documentsFor = 366 * 24 * time.Hour

// documentsMost is how many bytes of documents this machine keeps for a person: those opened last. A variable for tests.
var documentsMost int64 = 64 << 20

// Documents lists the papers of an agreement. The first part is remembered.
func (s *customerSession) Documents(ctx context.Context, q services.DocumentQuery) (services.DocumentPage, error) {
	c := get(api.PathDocuments, nil).of(q.AgreementID)
	c.query = query(q.Page)
	if q.Kind != "" {
		c.query["kind"] = string(q.Kind)
	}
	name := ""
	if q.After == "" {
		name = nameDocuments + q.AgreementID + "/" + string(q.Kind)
	}
	page, err := seen(ctx, s, name, c, api.DocumentsFrom)
	kept := s.keptDocuments(ctx)
	for i, d := range page.Items {
		page.Items[i].KeptHere = slices.ContainsFunc(kept, func(k keptDocument) bool { return k.ID == d.ID })
	}
	return page, err
}

// OpenDocument gives a paper with its bytes. It is remembered; while the service cannot be reached, what was remembered is
// given, in the other language if need be.
func (s *customerSession) OpenDocument(ctx context.Context, id, language string) (services.DocumentContent, error) {
	language = cmp.Or(language, s.Info().Person.Language)
	content, err := s.openDocument(ctx, id, language)
	if err == nil {
		content.KeptHere = s.rememberDocument(ctx, content, language)
		return content, nil
	}
	if known, ok := s.recallDocument(ctx, id, language, err); ok {
		return known, nil
	}
	return services.DocumentContent{}, err
}

// recallDocument gives what is remembered of a document, in another language than the one asked for if need be.
func (s *customerSession) recallDocument(ctx context.Context, id, language string, err error) (services.DocumentContent, bool) {
	kept := slices.DeleteFunc(s.keptDocuments(ctx), func(k keptDocument) bool { return k.ID != id })
	if i := slices.IndexFunc(kept, func(k keptDocument) bool { return k.Language == language }); i > 0 {
		kept[0], kept[i] = kept[i], kept[0]
	}
	for _, k := range kept {
		if content, ok := recall(ctx, s, k.name(), err, documentFrom); ok {
			return content, true
		}
	}
	return services.DocumentContent{}, false
}

// openDocument reads a document of the service.
func (s *customerSession) openDocument(ctx context.Context, id, language string) (services.DocumentContent, error) {
	var data []byte
	var header http.Header
	c := get(api.PathDocument, &data).of(id)
	c.files, c.header, c.query = true, &header, map[string]string{"lang": language}
	if err := s.do(ctx, c); err != nil {
		return services.DocumentContent{}, err
	}
	_, parameters, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	if err != nil {
		return checked(services.DocumentContent{}, err)
	}
	document, err := api.ParseDocument(header.Get(api.HeaderDocument))
	return checked(services.DocumentContent{Document: document, FileName: parameters["filename"], Data: data}, err)
}

// keptDocument is a document that this machine keeps, in a language.
type keptDocument struct {
	ID       string
	Language string
	Size     int64
	Until    time.Time
}

func (k keptDocument) name() string { return nameDocument + k.Language + "/" + k.ID }

// keptContent is a document as it is remembered.
type keptContent struct {
	Document api.Document
	FileName string
	Data     []byte
}

func documentFrom(k keptContent) (services.DocumentContent, error) {
	content := services.DocumentContent{Document: k.Document.Domain(), FileName: k.FileName, Data: k.Data}
	content.KeptHere = true
	return content, nil
}

// keptDocuments lists what this machine keeps, those opened last at the end.
func (s *customerSession) keptDocuments(ctx context.Context) (list []keptDocument) {
	raw, _, err := s.mine.Recall(ctx, nameKeptDocuments)
	if err != nil || json.Unmarshal(raw, &list) != nil {
		return nil
	}
	now := s.portal.options.Clock.Now()
	return slices.DeleteFunc(list, func(k keptDocument) bool { return !now.Before(k.Until) })
}

// rememberDocument keeps a document, in place of those that were opened long ago when there is no room, and tells whether
// it does.
func (s *customerSession) rememberDocument(ctx context.Context, content services.DocumentContent, language string) bool {
	s.documents.Lock()
	defer s.documents.Unlock()
	now := s.portal.options.Clock.Now()
	mine := keptDocument{content.ID, language, int64(len(content.Data)), now.Add(documentsFor)}
	list := s.keptDocuments(ctx)
	if mine.Size > documentsMost {
		return false
	}
	list = slices.DeleteFunc(list, func(k keptDocument) bool { return k.name() == mine.name() })
	list = append(list, mine)
	for sum(list) > documentsMost {
		s.forget(ctx, list[0].name())
		list = list[1:]
	}
	raw, err := json.Marshal(keptContent{api.DocumentOf(content.Document), content.FileName, content.Data})
	if err != nil {
		return false
	}
	index, err := json.Marshal(list)
	if err != nil {
		return false
	}
	if s.seen.changed(mine.name(), raw, now) {
		s.write(ctx, mine.name(), raw, mine.Until)
	}
	s.write(ctx, nameKeptDocuments, index, mine.Until)
	_, _, err = s.mine.Recall(ctx, mine.name())
	return err == nil
}

func sum(list []keptDocument) (bytes int64) {
	for _, k := range list {
		bytes += k.Size
	}
	return bytes
}

// CopyThread puts a copy of a conversation among the documents. Asked for again, it does no harm.
func (s *customerSession) CopyThread(ctx context.Context, threadID, language string) (services.Document, error) {
	var kept api.Document
	c := call{method: http.MethodPut, path: api.PathThreadCopy, answer: &kept, again: true}
	c.query = map[string]string{"lang": language}
	if err := s.do(ctx, c.of(threadID)); err != nil {
		return services.Document{}, err
	}
	return kept.Domain(), nil
}

// RemoveDocument removes a copy, also what this machine keeps of it.
func (s *customerSession) RemoveDocument(ctx context.Context, id string) error {
	if err := s.do(ctx, call{method: http.MethodDelete, path: api.PathDocumentItem, id: id}); err != nil {
		return err
	}
	for _, k := range s.keptDocuments(ctx) {
		if k.ID == id {
			s.forget(ctx, k.name())
		}
	}
	return nil
}

// PutDocument puts a file among the documents of an agreement.
func (s *advisorSession) PutDocument(ctx context.Context, d services.DeskDocument) (services.Document, error) {
	if err := rule.Key(d.IdempotencyKey); err != nil {
		return services.Document{}, err
	}
	var kept api.Document
	c := post(api.PathDeskDocuments, nil, &kept).of(d.AgreementID)
	c.query = map[string]string{"kind": string(d.Kind)}
	c.file, c.key, c.again, c.files = &services.Upload{Name: d.Name, Data: d.Data}, d.IdempotencyKey, true, true
	if err := s.do(ctx, c); err != nil {
		return services.Document{}, err
	}
	return kept.Domain(), nil
}
