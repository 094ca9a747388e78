package payoff

import (
	"strings"

	"myaccount/services"
	"myaccount/services/document"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// What messages are filed under: about payoffs, and about the end of a lease.
const (
	topic    = "payoff"
	topicEnd = "contract_end"
)

// message is the way to a new message about an agreement.
func message(a services.Agreement, body string) nav.Route {
	return nav.Route{Page: nav.PageCompose, Payload: nav.ComposePreset{Topic: topic, AgreementID: a.ID, Body: body}}
}

// request asks for a binding quote, with the figures of the estimate.
func request(p *text.Printer, a services.Agreement, payoff services.Payoff) string {
	var b strings.Builder
	b.WriteString(p.T("payoff.request."+string(payoff.Choice)+"."+string(a.Kind), text.Vars{
		"Agreement": nav.AgreementName(p, a), "Date": p.DateLong(payoff.On),
	}))
	b.WriteString("\n\n" + p.T("payoff.request.estimate") + "\n")
	for _, line := range payoff.Lines {
		b.WriteString(p.T("payoff.request.line", text.Vars{"Name": lineName(p, line), "Amount": p.Money(line.Amount)}) + "\n")
	}
	b.WriteString(p.T("payoff.request.line", text.Vars{
		"Name": p.T("payoff.total", text.Vars{"Date": p.DateLong(payoff.On)}), "Amount": p.Money(payoff.Total),
	}))
	b.WriteString("\n\n" + holds(p, payoff))
	return b.String()
}

// save makes a PDF of the estimate and asks where to put it.
func (pg *page) save(a services.Agreement, payoff services.Payoff) {
	p, now := pg.printer, pg.env.Clock.Now().Local()
	e := document.Estimate{
		Product: pg.env.Policy.Product, Title: p.T("payoff.title." + string(a.Kind)), Account: nav.AgreementName(p, a), VIN: a.VIN,
		On: payoff.On, SavedAt: now, Total: p.Money(payoff.Total), Notes: []string{holds(p, payoff), waiting(p, a, payoff)},
	}
	for i, line := range payoff.Lines {
		e.Rows = append(e.Rows, document.EstimateRow{Name: lineName(p, line), Amount: p.Money(line.Amount), Note: behind(p, payoff, i)})
	}
	data, err := e.PDF(p)
	if err != nil {
		pg.env.Toast(nav.Sentence(p, err, now))
		return
	}
	name := p.T("payoff.file", text.Vars{"Digits": a.LastDigits(), "Date": payoff.On.String()})
	pg.env.Files.Save(p.T("payoff.save"), name, data, func(path string, err error) {
		switch {
		case err != nil:
			pg.env.Toast(p.T("payoff.saved.not", text.Vars{"Name": name}))
		case path != "":
			pg.env.Toast(p.T("payoff.saved", text.Vars{"Name": name}))
		}
	})
}
