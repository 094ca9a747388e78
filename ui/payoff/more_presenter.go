package payoff

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// more is what somebody would pay on top of a loan, as typed, and what it would save.
type more struct {
	deps    Deps
	scope   *nav.Scope
	request *nav.Request
	changed func()

	each, once string
	day        string
	on         services.Date
	fields     map[string]string // reasons, found here
	result     *services.WhatIf
	table      bool // the chart is shown as a table
}

func newMore(scope *nav.Scope, deps Deps, clock services.Clock, changed func()) *more {
	return &more{deps: deps, scope: scope, request: nav.NewRequest(scope, clock, changed), changed: changed}
}

// clear forgets what was typed, as for another agreement.
func (m *more) clear() {
	m.each, m.once, m.day, m.on, m.fields, m.result = "", "", "", services.Date{}, nil, nil
	m.request.Forget()
}

// set takes what is typed into a field.
func (m *more) set(field *string, typed string) {
	*field, m.fields = typed, nil
	m.request.Forget()
}

// setDay takes the day on which something is paid once; the zero Date where what is typed is none.
func (m *more) setDay(typed string, on services.Date) {
	m.set(&m.day, typed)
	m.on = on
}

// query reads the fields. It notes the reasons where they cannot be read.
func (m *more) query(agreementID, currency string) (q services.WhatIfQuery, ok bool) {
	q, m.fields = services.WhatIfQuery{AgreementID: agreementID}, map[string]string{}
	q.Each = m.amount("each", m.each, currency)
	q.Once = m.amount("once", m.once, currency)
	switch {
	case len(m.fields) > 0:
	case !q.Each.IsPositive() && !q.Once.IsPositive():
		m.fields["each"] = services.ReasonRequired
	case q.Once.IsPositive():
		if q.On = m.on; q.On.IsZero() {
			m.fields["on"] = services.ReasonRequired
		}
	}
	return q, len(m.fields) == 0
}

// amount reads one; nothing typed is nothing paid.
func (m *more) amount(field, typed, currency string) services.Money {
	amount, reason := nav.ReadExtra(typed, currency)
	if reason != "" {
		m.fields[field] = reason
	}
	return amount
}

// compare asks what it would save.
func (m *more) compare(agreementID, currency string) {
	q, ok := m.query(agreementID, currency)
	if !ok {
		m.changed()
		return
	}
	if !m.request.Begin() {
		return
	}
	nav.Run(m.scope, func(ctx context.Context) (services.WhatIf, error) { return m.deps.Payoffs.WhatIf(ctx, q) },
		func(w services.WhatIf, err error) {
			if m.request.End(err) {
				m.result = &w
			}
			m.changed()
		})
}

// reason says why a field is refused, "" if it is not.
func (m *more) reason(field string) string {
	if r := m.fields[field]; r != "" {
		return r
	}
	return m.request.Fields[field]
}
