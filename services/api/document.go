package api

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"myaccount/services"
)

// HeaderDocument is the header of a document's content that describes it: a Document as JSON, in base64.
const HeaderDocument = "X-Document"

// Document is a paper of an agreement.
type Document struct {
	ID          string                `json:"id"`
	AgreementID string                `json:"agreement_id"`
	Kind        services.DocumentKind `json:"kind"`
	Name        string                `json:"name,omitempty" doc:"Of a file that somebody gave it"`
	Reference   string                `json:"reference,omitempty" doc:"Of the conversation that it is a copy of"`
	Month       *Date                 `json:"month,omitempty" doc:"Of a statement, its first day"`
	Languages   []string              `json:"languages" nullable:"false" doc:"That it can be had in"`
	Type        string                `json:"type" doc:"Media type"`
	Size        int64                 `json:"size" doc:"Bytes; 0 when it is made only when it is opened"`
	Pages       int                   `json:"pages" doc:"0 when not known"`
	CreatedAt   time.Time             `json:"created_at"`
}

// DocumentOf makes it from the domain's.
func DocumentOf(d services.Document) Document {
	wire := Document{
		ID: d.ID, AgreementID: d.AgreementID, Kind: d.Kind, Name: d.Name, Reference: d.Reference,
		Languages: append([]string{}, d.Languages...), Type: d.Type, Size: d.Size, Pages: d.Pages, CreatedAt: d.CreatedAt.UTC(),
	}
	if !d.Month.IsZero() {
		wire.Month = DateOf(&d.Month)
	}
	return wire
}

// Domain gives it back.
func (d Document) Domain() services.Document {
	domain := services.Document{
		ID: d.ID, AgreementID: d.AgreementID, Kind: d.Kind, Name: d.Name, Reference: d.Reference, Type: d.Type,
		Size: d.Size, Pages: d.Pages, CreatedAt: d.CreatedAt.UTC(),
	}
	if len(d.Languages) > 0 {
		domain.Languages = append([]string{}, d.Languages...)
	}
	if d.Month != nil {
		domain.Month = d.Month.Date
	}
	return domain
}

// DocumentsOf makes part of a list.
func DocumentsOf(p services.DocumentPage) List[Document] { return listOf(p.Items, p.Next, DocumentOf) }

// DocumentsFrom gives the part back.
func DocumentsFrom(l List[Document]) (services.DocumentPage, error) {
	return services.DocumentPage{Items: convert(l.Items, Document.Domain), Next: l.after()}, nil
}

// Header writes a document for HeaderDocument.
func (d Document) Header() (string, error) {
	plain, err := json.Marshal(d)
	if err != nil {
		return "", fmt.Errorf("document: %w", err)
	}
	return base64.StdEncoding.EncodeToString(plain), nil
}

// ParseDocument reads what Header wrote.
func ParseDocument(header string) (services.Document, error) {
	var d Document
	plain, err := base64.StdEncoding.DecodeString(header)
	if err == nil {
		err = json.Unmarshal(plain, &d)
	}
	if err != nil {
		return services.Document{}, fmt.Errorf("document: %w", err)
	}
	return d.Domain(), nil
}
