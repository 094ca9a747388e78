package nav

import (
	"myaccount/services"
	"myaccount/services/text"
)

// Reference names the request that failed, for whoever helps a person. It is a kit.Reference.
type Reference struct {
	ID     string // "" when no service has answered: there is nothing to show
	Words  string // that name it
	Copy   string // words of the button that copies the id
	Copied func() // says that it was copied
}

// Reference names the request that an error is about.
func (e Env) Reference(p *text.Printer, err error) Reference {
	id := services.RequestIDOf(err)
	return Reference{
		ID: id, Words: p.T("nav.reference.id", text.Vars{"ID": id}), Copy: p.T("nav.reference.copy"),
		Copied: func() { e.Toast(p.T("nav.reference.copied")) },
	}
}
