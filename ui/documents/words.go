package documents

import (
	"strings"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/text"
)

// documentName is what people call a document.
func documentName(p *text.Printer, a services.Agreement, d services.Document) string {
	switch {
	case d.Kind == services.DocumentMessage:
		return strings.TrimSuffix(d.Name, " "+d.Reference+".pdf")
	case d.Name != "":
		return d.Name
	case d.Kind == services.DocumentStatement:
		return p.T("documents.kind.statement", text.Vars{"Month": p.Month(d.Month)})
	case d.Kind == services.DocumentAgreement:
		return p.T("documents.kind."+string(a.Kind), text.Vars{"Digits": a.LastDigits()})
	case d.Kind == services.DocumentDebit, d.Kind == services.DocumentQuote:
		return p.T("documents.kind." + string(d.Kind))
	}
	return p.T("documents.kind.other")
}

// documentFacts are what else is known of it, the most important first: "PDF · 64 KB · Jun 2, 2025 · kept on this device";
// of a conversation, which one.
func documentFacts(p *text.Printer, d services.Document) string {
	facts := []string{p.T("documents.type." + typeName(d.Type))}
	both := d.Kind == services.DocumentDebit && len(d.Languages) > 1
	switch {
	case d.Kind == services.DocumentMessage:
		facts[0] = d.Reference
	case d.Size > 0 && !both:
		facts = append(facts, p.Size(d.Size))
	}
	if d.Kind != services.DocumentStatement {
		facts = append(facts, p.Date(civil.DateOf(d.CreatedAt.Local())))
	}
	if d.KeptHere {
		facts = append(facts, p.T("documents.kept"))
	}
	if both {
		facts = append(facts, p.T("documents.languages"))
	}
	return strings.Join(facts, " · ")
}

// documentWords are what it is found by: its name, what is known of it, a month also as 2026-03, and a copy as a
// conversation.
func documentWords(p *text.Printer, a services.Agreement, d services.Document) string {
	words := documentName(p, a, d) + " " + documentFacts(p, d)
	switch {
	case !d.Month.IsZero():
		words += " " + d.Month.String()
	case d.Kind == services.DocumentMessage:
		words += " " + p.T("documents.kind.message")
	}
	return words
}

// typeName is the key of a media type's name.
func typeName(mediaType string) string {
	switch mediaType {
	case "application/pdf":
		return "pdf"
	case "image/jpeg":
		return "jpeg"
	case "image/png":
		return "png"
	}
	return "other"
}
