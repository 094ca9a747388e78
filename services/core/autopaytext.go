package core

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"text/template"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/document"
	"myaccount/services/finance"
	"myaccount/services/text"
)

// debitWording is the wording of the debit agreement by language.
var debitWording = map[string]*template.Template{
	string(text.English): template.Must(template.New("debit/en.md").Option("missingkey=error").Parse(assets.DebitEnglish)),
	string(text.French):  template.Must(template.New("debit/fr.md").Option("missingkey=error").Parse(assets.DebitFrench)),
}

// debitFigures is what the wording is filled in with, in words of one language.
type debitFigures struct {
	Date, Name, Agreement, Kind                   string
	Holder, Institution, Digits                   string
	Business, Changed, FrenchFirst                bool
	Extra                                         string // "" for none
	When                                          string
	FirstAmount, FirstOn, FirstDue                string
	NoticeDays, CutoffDays, StopDays, DisputeDays int
	Company, Address, Phone, Hours, Email         string
}

// debitText fills in the wording in every language, and gives the version of all of it: another figure or another word is
// another version.
func (c *Core) debitText(of autopayOffer) (texts map[string]string, version string, err error) {
	texts = map[string]string{}
	hash := sha256.New()
	_, _ = fmt.Fprintf(hash, "%s %d", of.account.ID, of.accepted.Day) // a hash does not fail
	for _, language := range c.Brand.Rules.Languages {
		figures, err := c.debitFigures(of, language)
		if err != nil {
			return nil, "", err
		}
		var words strings.Builder
		if err := debitWording[language].Execute(&words, figures); err != nil {
			return nil, "", fmt.Errorf("debit agreement: %w", err)
		}
		texts[language] = words.String()
		_, _ = fmt.Fprintf(hash, "\x00%s\x00%s", language, texts[language])
	}
	return texts, hex.EncodeToString(hash.Sum(nil)[:12]), nil
}

// debitFigures are the figures of an offer in a language.
func (c *Core) debitFigures(of autopayOffer, language string) (debitFigures, error) {
	p, rules, contact := c.Catalogue.Printer(text.Lang(language)), c.Brand.Rules, c.Brand.Contact
	kind := p.T("debit.kind.loan")
	if of.agreement.Kind == finance.KindLease {
		kind = p.T("debit.kind.lease")
	}
	figures := debitFigures{
		Date: p.DateLong(of.plan.stand.today), Name: plain(of.person.FirstName + " " + of.person.LastName), Kind: kind,
		Agreement: p.T("debit.agreement", text.Vars{
			"Kind": kind, "Number": of.agreement.Number, "Year": of.agreement.Year, "Make": of.agreement.Make, "Model": of.agreement.Model,
		}),
		Holder: plain(of.account.Holder), Institution: of.account.Institution, Digits: of.account.LastDigits(),
		Business: of.account.Business, Changed: of.before != nil, FrenchFirst: frenchFirst(of.agreement),
		When: p.T("debit.when.due"), FirstAmount: p.T("debit.amount.later"),
		FirstOn: p.DateLong(of.first.On), FirstDue: p.DateLong(of.first.Due),
		NoticeDays: rules.DebitNoticeDays, CutoffDays: rules.AutopayCutoffDays, StopDays: rules.DebitStopDays,
		DisputeDays: rules.DebitDisputeDays, Company: c.Brand.Product.Company.In(language),
		Address: contact.Address.In(language), Phone: contact.Phone, Hours: contact.Hours.In(language), Email: contact.Email,
	}
	switch day := of.accepted.Day; {
	case of.agreement.Frequency != finance.Monthly:
		figures.When = p.T("debit.when.biweekly")
	case day > 28:
		figures.When = p.T("debit.when.end", text.Vars{"Day": day})
	case day > 1:
		figures.When = p.T("debit.when.day", text.Vars{"Day": day})
	case day == 1:
		figures.When = p.T("debit.when.first")
	}
	if of.first.Amount.CurrencyCode() != "" {
		figures.FirstAmount = p.Money(of.first.Amount)
	}
	if of.accepted.Extra > 0 {
		extra, err := money(of.agreement.Currency, of.accepted.Extra)
		if err != nil {
			return debitFigures{}, err
		}
		figures.Extra = p.Money(extra)
	}
	return figures, nil
}

// plain keeps what a person typed from reading as a heading or a list.
func plain(words string) string { return strings.TrimLeft(text.Line(words), "#-*> ") }

// keepDebitAgreement keeps an accepted agreement as PDF, and gives the row that putDocument writes.
func (c *Core) keepDebitAgreement(ctx context.Context, of autopayOffer) (DocumentRow, error) {
	p := c.Catalogue.Printer(text.Lang(of.accepted.Language))
	languages := []string{of.accepted.Language}
	if frenchFirst(of.agreement) {
		languages = []string{string(text.French)}
	}
	for _, language := range c.Brand.Rules.Languages {
		if language != languages[0] {
			languages = append(languages, language)
		}
	}
	agreement := document.DebitAgreement{
		Product: c.Brand.Product.Name, Name: of.person.FirstName + " " + of.person.LastName, Version: of.accepted.Version,
		Language: p.T("debit.language." + of.accepted.Language), AcceptedAt: c.Clock.Now().In(c.Location),
	}
	for _, language := range languages {
		agreement.Texts = append(agreement.Texts, of.accepted.Text[language])
	}
	if at := of.accepted.ShownFR; !at.IsZero() {
		agreement.ShownFR = at.In(c.Location)
	}
	if at := of.accepted.ShownEN; !at.IsZero() {
		agreement.ShownEN = at.In(c.Location)
	}
	data, err := agreement.PDF(p)
	if err != nil {
		return DocumentRow{}, err
	}
	return c.storeDocument(ctx, DocumentRow{
		AgreementID: of.agreement.ID, PersonID: of.person.ID, Kind: services.DocumentDebit,
		Details: DocumentDetails{Type: "application/pdf", Languages: languages},
	}, data)
}
