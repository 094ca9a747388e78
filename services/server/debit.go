package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) debitRoutes() {
	signed(s, call{
		id: "list-debits", method: http.MethodGet, path: api.PathDebits, codes: gated(services.CodeNotFound),
		summary: "Payments that were ordered here on an agreement, the latest day first",
	}, debits)
	signed(s, call{
		id: "get-debit-terms", method: http.MethodGet, path: api.PathDebitTerms,
		summary: "What may be paid on an agreement, and when", codes: gated(services.CodeNotFound, services.CodeGone),
	}, debitTerms)
	signed(s, call{
		id: "make-payment", method: http.MethodPost, path: api.PathPayments, status: http.StatusCreated,
		summary: "Order a payment; the answer has its confirmation number",
		codes:   gated(services.CodeNotFound, services.CodeGone, services.CodeConflict),
	}, makePayment)
	signed(s, call{
		id: "cancel-payment", method: http.MethodDelete, path: api.PathPayment, status: http.StatusNoContent,
		summary: "Take an order back, until the end of its last day to do so",
		codes:   gated(services.CodeNotFound, services.CodeGone),
	}, cancelPayment)
}

func debits(ctx context.Context, c services.CustomerSession, in *ofOne) (*answer[api.List[api.Debit]], error) {
	part, err := c.Debits(ctx, in.ID, in.domain())
	return &answer[api.List[api.Debit]]{api.DebitsOf(part)}, err
}

// termsOn asks for the bounds of a payment.
type termsOn struct {
	ByID
	On string `query:"on" maxLength:"10" doc:"YYYY-MM-DD, the day to pay on; else the day that most people want" example:"2026-03-09"`
}

func debitTerms(ctx context.Context, c services.CustomerSession, in *termsOn) (*answer[api.DebitTerms], error) {
	terms, err := c.DebitTerms(ctx, in.ID, day(in.On))
	return &answer[api.DebitTerms]{api.DebitTermsOf(terms)}, err
}

// newPayment orders a payment.
type newPayment struct {
	ByID
	Keyed
	Body api.PaymentOrder
}

func makePayment(ctx context.Context, c services.CustomerSession, in *newPayment) (*answer[api.Debit], error) {
	order, err := in.Body.Domain(in.ID, in.Key, day(in.Body.On))
	if err != nil {
		return nil, err
	}
	debit, err := c.MakePayment(ctx, order)
	return &answer[api.Debit]{api.DebitOf(debit)}, err
}

func cancelPayment(ctx context.Context, c services.CustomerSession, in *ByID) (*nothing, error) {
	return &nothing{}, c.CancelPayment(ctx, in.ID)
}
