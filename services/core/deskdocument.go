package core

import (
	"context"
	"slices"

	"myaccount/services"
	"myaccount/services/rule"
)

// What an advisor may put among the documents of an agreement.
var (
	deskKinds = []services.DocumentKind{services.DocumentAgreement, services.DocumentQuote, services.DocumentOther}
	deskTypes = []string{"pdf", "jpeg", "png"}
)

// PutDocument puts a file among the documents of an agreement. Its bytes are safe before its row is written, as for Attach.
func (s *advisorSession) PutDocument(ctx context.Context, d services.DeskDocument) (services.Document, error) {
	c := s.core
	if d.Kind == "" {
		return services.Document{}, services.Invalid("kind", services.ReasonRequired)
	}
	if !slices.Contains(deskKinds, d.Kind) {
		return services.Document{}, services.Invalid("kind", services.ReasonUnknown)
	}
	err := s.desk(ctx, func(tx Tx) error {
		_, err := tx.Agreement(d.AgreementID)
		return gone(err, services.CodeNotFound)
	})
	if err != nil {
		return services.Document{}, err
	}
	file, err := rule.File(services.Upload{Name: d.Name, Data: d.Data}, c.Brand.Rules.AttachmentMaxBytes, deskTypes)
	if err != nil {
		return services.Document{}, err
	}
	row, err := c.storeDocument(ctx, DocumentRow{
		AgreementID: d.AgreementID, Kind: d.Kind, Details: DocumentDetails{Name: file.Name, Type: file.Type},
	}, d.Data)
	if err != nil {
		return services.Document{}, err
	}
	kept, err := s.addDocument(ctx, d.IdempotencyKey, row)
	if err != nil {
		c.dropRefused(ctx, row.ID, err)
		return services.Document{}, err
	}
	if kept.ID != row.ID { // the key was used before
		c.dropBlobs(context.WithoutCancel(ctx), []string{row.ID})
	}
	return kept.document(), nil
}

// addDocument writes the row of a document, once for a key, and gives it, or that which the key was used for.
func (s *advisorSession) addDocument(ctx context.Context, key string, row DocumentRow) (kept DocumentRow, err error) {
	content := []string{row.AgreementID, string(row.Kind), row.Details.Name, row.Details.SHA256}
	err = s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		if session.Role != services.RoleAdvisor {
			return services.Fail(services.CodeForbidden)
		}
		id, err := once(s.core, tx, session.PersonID, key, content, func() (string, error) {
			n, err := tx.CountDocuments(row.AgreementID)
			if err == nil && n >= documentsMax {
				err = services.Invalid("file", services.ReasonTooMany)
			}
			if err != nil {
				return "", err
			}
			return row.ID, putDocument(tx, row)
		})
		if err != nil {
			return err
		}
		kept, err = tx.Document(id)
		return err
	})
	return kept, err
}
