package nav

import (
	"strings"

	"myaccount/services"
	"myaccount/services/text"
)

// KeptSentence says how much of a person a computer keeps; "" when that is nothing.
func KeptSentence(p *text.Printer, k services.KeptInfo) string {
	var parts []string
	if k.Bytes > 0 {
		parts = append(parts, p.T("nav.kept.copies"))
	}
	if k.Drafts > 0 {
		parts = append(parts, p.T("nav.kept.drafts", text.Vars{"Count": k.Drafts}))
	}
	if k.Waiting > 0 {
		parts = append(parts, p.T("nav.kept.waiting", text.Vars{"Count": k.Waiting}))
	}
	return strings.Join(parts, "\n")
}

// KeptLoss says what a person loses when a computer keeps nothing of them any more.
func KeptLoss(p *text.Printer, k services.KeptInfo) string {
	switch {
	case k.Waiting > 0:
		return p.T("nav.kept.loss_waiting", text.Vars{"Count": k.Waiting})
	case k.Drafts > 0:
		return p.T("nav.kept.loss_drafts", text.Vars{"Count": k.Drafts})
	}
	return p.T("nav.kept.loss")
}
