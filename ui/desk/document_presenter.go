package desk

import (
	"context"
	"errors"
	"path/filepath"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// documentKinds are what an advisor may add, in the order shown; documentEndings what of.
var (
	documentKinds   = []services.DocumentKind{services.DocumentQuote, services.DocumentAgreement, services.DocumentOther}
	documentEndings = []string{"pdf", "jpg", "jpeg", "png"}
)

// paper is a file to be added to an agreement's documents. Its key stays the same until it was added, so that a second try
// adds it once.
type paper struct {
	path      string
	agreement string
	kind      services.DocumentKind
	key       string
}

// addDocument adds a file to the documents of the agreement of a conversation, and tells what came of it.
func (p *presenter) addDocument(words *text.Printer, agreementID, path string, kind services.DocumentKind) {
	this := paper{path: path, agreement: agreementID, kind: kind, key: p.paper.key}
	if this != p.paper {
		this.key = p.deps.NewKey()
		p.paper = this
	}
	name, most := filepath.Base(path), p.env.Policy.AttachmentMax
	nav.Run(&p.scope, func(ctx context.Context) (services.Document, error) {
		data, err := nav.ReadFile(path, most)
		if err != nil {
			return services.Document{}, err
		}
		return p.deps.Documents.PutDocument(ctx, services.DeskDocument{
			AgreementID: agreementID, Kind: kind, Name: name, Data: data, IdempotencyKey: this.key,
		})
	}, func(added services.Document, err error) {
		if err != nil {
			if services.FieldsOf(err)[fieldKey] != "" { // the file was changed between two tries
				p.paper = paper{}
			}
			p.env.Toast(p.documentRefused(words, name, err))
			return
		}
		p.paper = paper{}
		p.env.Toast(words.T("desk.document.added", text.Vars{"Name": added.Name}))
	})
}

// documentRefused says why a file was not added.
func (p *presenter) documentRefused(words *text.Printer, name string, err error) string {
	switch code := services.CodeOf(err); {
	case services.FieldsOf(err)["file"] == services.ReasonTooMany:
		return words.T("desk.document.many")
	case code == services.CodeNotFound:
		return words.T("desk.document.gone")
	case services.FieldsOf(err)["file"] != "", services.FieldsOf(err)["name"] != "", code == services.CodeTooLarge,
		code == services.CodeUnsupportedType, errors.Is(err, nav.ErrUnreadable):
		policy := p.env.Policy
		policy.AttachmentTypes = documentEndings
		return nav.RefusalSentence(words, nav.Refusal{Name: name, Err: err}, policy)
	}
	return words.T("desk.document.failed", text.Vars{"Name": name})
}
