package server

import (
	"context"
	"net/http"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) payoffRoutes() {
	codes := gated(services.CodeNotFound, services.CodeGone, services.CodeConflict)
	signed(s, call{
		id: "get-payoff", method: http.MethodGet, path: api.PathPayoff, codes: codes,
		summary: "What ending an agreement costs on a day, with every line of its arithmetic; an estimate",
	}, payoff)
	signed(s, call{
		id: "get-what-if", method: http.MethodGet, path: api.PathWhatIf, codes: codes,
		summary: "What paying more on a loan would save",
	}, whatIf)
	signed(s, call{
		id: "get-lease-end", method: http.MethodGet, path: api.PathLeaseEnd, codes: codes,
		summary: "What happens at the end of a lease, and what each choice costs",
	}, leaseEnd)
}

// payoffQuery asks what ending an agreement costs.
type payoffQuery struct {
	ByID
	On     string `query:"on" doc:"YYYY-MM-DD, from today to the end of the agreement" maxLength:"10"`
	Choice string `query:"choice" doc:"Of a lease: buy or return" maxLength:"20"`
}

func payoff(ctx context.Context, c services.CustomerSession, in *payoffQuery) (*answer[api.Payoff], error) {
	p, err := c.Payoff(ctx, services.PayoffQuery{AgreementID: in.ID, On: day(in.On), Choice: services.PayoffChoice(in.Choice)})
	return &answer[api.Payoff]{api.PayoffOf(p)}, err
}

// day reads a date; what is none reads as the zero Date, which the rules refuse.
func day(text string) services.Date {
	date, err := civil.ParseDate(text)
	if err != nil {
		return services.Date{}
	}
	return date
}

// whatIfQuery asks what paying more would save.
type whatIfQuery struct {
	ByID
	Each     string `query:"each" doc:"On top of each payment" maxLength:"32"`
	Once     string `query:"once" doc:"Once, with the payment due on the day or after it" maxLength:"32"`
	On       string `query:"on" doc:"YYYY-MM-DD, with 'once'" maxLength:"10"`
	Currency string `query:"currency" doc:"ISO 4217 code of the amounts" maxLength:"3"`
}

func whatIf(ctx context.Context, c services.CustomerSession, in *whatIfQuery) (*answer[api.WhatIf], error) {
	each, err := amount("each", in.Each, in.Currency)
	if err != nil {
		return nil, err
	}
	once, err := amount("once", in.Once, in.Currency)
	if err != nil {
		return nil, err
	}
	w, err := c.WhatIf(ctx, services.WhatIfQuery{AgreementID: in.ID, Each: each, Once: once, On: day(in.On)})
	return &answer[api.WhatIf]{api.WhatIfOf(w)}, err
}

// amount reads an amount of a query, which may be left out.
func amount(field, text, currency string) (services.Money, error) {
	if text == "" {
		return services.Money{}, nil
	}
	m := api.Money{Amount: text, Currency: currency}
	value, err := m.Domain()
	if err != nil {
		return services.Money{}, services.Invalid(field, services.ReasonFormat)
	}
	return value, nil
}

func leaseEnd(ctx context.Context, c services.CustomerSession, in *ByID) (*answer[api.LeaseEnd], error) {
	end, err := c.LeaseEnd(ctx, in.ID)
	return &answer[api.LeaseEnd]{api.LeaseEndOf(end)}, err
}
