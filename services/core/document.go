package core

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/services/document"
	"myaccount/services/text"
)

// DocumentTx is the part of a transaction that keeps what is known of documents; their bytes lie in Blobs.
type DocumentTx interface {
	// AddDocument writes a new one.
	AddDocument(row DocumentRow) error
	// Document reads one, or gives ErrNoRow.
	Document(id string) (DocumentRow, error)
	// DocumentsOf reads those of an agreement that are anybody's who is linked to it, and a person's own, in no order.
	DocumentsOf(agreementID, personID string) ([]DocumentRow, error)
	// CountDocuments counts those of an agreement, without any person's own.
	CountDocuments(agreementID string) (int, error)
	// DeleteDocument removes one.
	DeleteDocument(id string) error
	// PersonalDocuments lists the ids of those that are a person's own, which go with the person's row.
	PersonalDocuments(personID string) ([]string, error)
	// HasDocument tells whether there is a row with an id.
	HasDocument(id string) (bool, error)
}

// DocumentRow is what is known of a document.
type DocumentRow struct {
	ID          string // also the key of its blob
	AgreementID string
	PersonID    string // whose own it is; "" when it belongs to the agreement
	Kind        services.DocumentKind
	MadeAt      time.Time
	Details     DocumentDetails
}

// DocumentDetails are the part of a DocumentRow that is sealed.
type DocumentDetails struct {
	Name      string // of a file that somebody gave it; "" when it is named by its kind
	Type      string // media type
	Size      int64
	SHA256    string   // hex
	Languages []string // that it is written in

	ThreadID  string   `json:",omitempty"` // of a copy of a conversation
	Reference string   `json:",omitempty"` // of that conversation
	Messages  []string `json:",omitempty"` // the ids of what it is a copy of
}

// documentsMax is how many documents of a sort an agreement has when there may be no more: those that advisors put there,
// and, for each person, the copies of conversations.
const documentsMax = 100

// storeDocument keeps the bytes of a document before its row is written by putDocument, and gives the row with id, size and
// digest filled in. When the row is not written after all, dropRefused removes the bytes; after a crash PurgeOrphans does.
func (c *Core) storeDocument(ctx context.Context, row DocumentRow, data []byte) (DocumentRow, error) {
	digest := sha256.Sum256(data)
	row.ID = c.NewID()
	row.Details.Size, row.Details.SHA256 = int64(len(data)), hex.EncodeToString(digest[:])
	return row, c.putBlob(ctx, row.ID, data)
}

// putDocument writes the row of a document that storeDocument has kept, and tells whoever may see it.
func putDocument(tx Tx, row DocumentRow) error {
	row.MadeAt = tx.Now()
	if err := tx.AddDocument(row); err != nil {
		return err
	}
	return announceDocument(tx, row)
}

// announceDocument tells whoever may see a document that it is there; nobody, where nobody is linked yet.
func announceDocument(tx Tx, row DocumentRow) error {
	if row.PersonID != "" {
		return announce(tx, row.PersonID, services.EventDocument, row.ID)
	}
	agreement, err := tx.Agreement(row.AgreementID)
	if err != nil {
		return err
	}
	person, err := tx.PersonByCustomer(agreement.CustomerID)
	if errors.Is(err, ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	return announce(tx, person.ID, services.EventDocument, row.ID)
}

// document is what others may know of a row.
func (r DocumentRow) document() services.Document {
	return services.Document{
		ID: r.ID, AgreementID: r.AgreementID, Kind: r.Kind, Name: r.Details.Name, Reference: r.Details.Reference,
		Languages: slices.Clone(r.Details.Languages), Type: r.Details.Type, Size: r.Details.Size, CreatedAt: r.MadeAt, KeptHere: true,
	}
}

// documentKinds are the kinds that can be asked for.
var documentKinds = []services.DocumentKind{
	services.DocumentStatement, services.DocumentAgreement, services.DocumentDebit, services.DocumentQuote,
	services.DocumentMessage, services.DocumentOther,
}

// Documents lists the papers of an agreement; see services.Documents.
func (s *customerSession) Documents(ctx context.Context, q services.DocumentQuery) (services.DocumentPage, error) {
	after, err := cursorOf(q.After, Cursor{At: math.MaxInt64})
	if err != nil {
		return services.DocumentPage{}, err
	}
	if q.Kind != "" && !slices.Contains(documentKinds, q.Kind) {
		return services.DocumentPage{}, services.Invalid("kind", services.ReasonUnknown)
	}
	var list []services.Document
	err = s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		agreement, err := findAgreement(tx, row.CustomerID, q.AgreementID)
		if err != nil {
			return err
		}
		list, err = documents(tx, agreement, row.PersonID)
		return err
	})
	if err != nil {
		return services.DocumentPage{}, err
	}
	return documentPage(list, q.Kind, after, limitOf(q.Limit)), nil
}

// documents lists all papers of an agreement, in no order.
func documents(tx Tx, agreement AgreementRow, personID string) ([]services.Document, error) {
	months, err := statementsOf(tx, agreement)
	if err != nil {
		return nil, err
	}
	list := months.list()
	rows, err := tx.DocumentsOf(agreement.ID, personID)
	for _, row := range rows {
		list = append(list, row.document())
	}
	return list, err
}

// documentPage is part of a list: an agreement has so few papers that all of them are looked at.
func documentPage(list []services.Document, kind services.DocumentKind, after Cursor, limit int) services.DocumentPage {
	slices.SortFunc(list, func(a, b services.Document) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.ID, a.ID))
	})
	page := services.DocumentPage{Items: []services.Document{}}
	for _, d := range list {
		place := Cursor{d.CreatedAt.UnixMicro(), d.ID}
		if kind != "" && d.Kind != kind || place.At > after.At || place.At == after.At && place.ID >= after.ID {
			continue
		}
		if len(page.Items) == limit {
			last := page.Items[limit-1]
			page.Next = Cursor{last.CreatedAt.UnixMicro(), last.ID}.String()
			break
		}
		page.Items = append(page.Items, d)
	}
	return page
}

// OpenDocument gives a paper with its bytes; see services.Documents.
func (s *customerSession) OpenDocument(ctx context.Context, id, language string) (services.DocumentContent, error) {
	agreementID, month, isStatement := parseStatement(id)
	if isStatement {
		return s.openStatement(ctx, agreementID, month, language)
	}
	var row DocumentRow
	var agreement AgreementRow
	var printer *text.Printer
	err := s.view(ctx, ready, func(tx Tx, session SessionRow) (err error) {
		if row, err = tx.Document(id); err != nil {
			return gone(err, services.CodeNotFound)
		}
		if row.PersonID != "" && row.PersonID != session.PersonID {
			return services.Fail(services.CodeNotFound)
		}
		if agreement, err = findAgreement(tx, session.CustomerID, row.AgreementID); err != nil {
			return err
		}
		printer, err = s.core.printerOf(tx, session.PersonID, language)
		return err
	})
	if err != nil {
		return services.DocumentContent{}, err
	}
	data, err := s.core.getBlob(ctx, AttachmentRow{ID: row.ID, SHA256: row.Details.SHA256})
	if services.CodeOf(err) == services.CodeGone { // it was removed a moment ago
		err = services.Fail(services.CodeNotFound)
	}
	return services.DocumentContent{Document: row.document(), FileName: row.fileName(printer, agreement), Data: data}, err
}

// fileName is what a document is saved by.
func (r DocumentRow) fileName(p *text.Printer, agreement AgreementRow) string {
	if r.Details.Name != "" {
		return r.Details.Name
	}
	return p.T("document.file."+string(r.Kind), text.Vars{"Digits": agreement.lastDigits()})
}

// lastDigits is how people tell their agreements apart.
func (r AgreementRow) lastDigits() string { return services.Agreement{Number: r.Number}.LastDigits() }

// printerOf writes in a language, or, when that is "", in the person's.
func (c *Core) printerOf(tx Tx, personID, language string) (*text.Printer, error) {
	if language == "" {
		person, err := tx.Person(personID)
		if err != nil {
			return nil, err
		}
		language = person.Language
	}
	return c.Catalogue.Printer(text.ParseLang(language)), nil
}

// openStatement makes the statement of a month.
func (s *customerSession) openStatement(
	ctx context.Context, agreementID string, month services.Date, language string,
) (services.DocumentContent, error) {
	var content services.DocumentContent
	var statement document.Statement
	var printer *text.Printer
	err := s.view(ctx, ready, func(tx Tx, session SessionRow) error {
		agreement, err := findAgreement(tx, session.CustomerID, agreementID)
		if err != nil {
			return err
		}
		months, err := statementsOf(tx, agreement)
		if err != nil {
			return err
		}
		if !months.has(month) {
			return services.Fail(services.CodeNotFound)
		}
		content.Document = months.document(month)
		if printer, err = s.core.printerOf(tx, session.PersonID, language); err != nil {
			return err
		}
		if statement, err = months.make(month); err != nil {
			return err
		}
		customer, err := tx.Customer(agreement.CustomerID)
		s.core.address(&statement, customer, agreement, printer)
		content.FileName = printer.T("document.file.statement", text.Vars{
			"Month": month.String()[:len("2006-01")], "Digits": agreement.lastDigits(),
		})
		return err
	})
	if err != nil {
		return services.DocumentContent{}, err
	}
	content.Data, err = statement.PDF(printer)
	content.Size = int64(len(content.Data))
	return content, err
}

// address fills in whom a statement is for and whom it is from.
func (c *Core) address(d *document.Statement, customer CustomerRow, agreement AgreementRow, p *text.Printer) {
	language, contact := string(p.Lang()), c.Brand.Contact
	d.Product, d.Company = c.Brand.Product.Name, c.Brand.Product.Company.In(language)
	d.Customer = customer.FirstName + " " + customer.LastName
	d.Vehicle = p.Vehicle(agreement.Year, agreement.Make, agreement.Model)
	d.Phone, d.Email = contact.Phone, contact.Email
	d.Hours, d.Address = contact.Hours.In(language), contact.Address.In(language)
}
