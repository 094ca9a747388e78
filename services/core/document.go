package core

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"myaccount/services"
)

// DocumentTx is the part of a transaction that keeps what is known of documents; their bytes lie in Blobs.
type DocumentTx interface {
	// AddDocument writes a new one.
	AddDocument(row DocumentRow) error
	// Document reads one, or gives ErrNoRow.
	Document(id string) (DocumentRow, error)
	// DocumentsOf reads those of an agreement that are anybody's who is linked to it, and a person's own, in no order.
	DocumentsOf(agreementID, personID string) ([]DocumentRow, error)
	// CountDocuments counts those of an agreement.
	CountDocuments(agreementID string) (int, error)
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
}

// documentsMax is how many documents an agreement may have beside its statements: more than anybody needs, fewer than
// would fill a disk.
const documentsMax = 500

// storeDocument keeps the bytes of a document before its row is written by putDocument, and gives the row with id, size and
// digest filled in. When the row is not written after all, dropRefused removes the bytes; after a crash PurgeOrphans does.
func (c *Core) storeDocument(ctx context.Context, row DocumentRow, data []byte) (DocumentRow, error) {
	digest := sha256.Sum256(data)
	row.ID = c.NewID()
	row.Details.Size, row.Details.SHA256 = int64(len(data)), hex.EncodeToString(digest[:])
	return row, c.putBlob(ctx, row.ID, data)
}

// putDocument writes the row of a document that storeDocument has kept, and tells whoever may see it. Fails with
// CodeInvalid (file: too_many).
func putDocument(tx Tx, row DocumentRow) error {
	n, err := tx.CountDocuments(row.AgreementID)
	if err == nil && n >= documentsMax {
		err = services.Invalid("file", services.ReasonTooMany)
	}
	if err != nil {
		return err
	}
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
		ID: r.ID, AgreementID: r.AgreementID, Kind: r.Kind, Name: r.Details.Name, Languages: slices.Clone(r.Details.Languages),
		Type: r.Details.Type, Size: r.Details.Size, CreatedAt: r.MadeAt,
	}
}

// newestFirst orders documents.
func newestFirst(a, b services.Document) int {
	return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.ID, a.ID))
}
