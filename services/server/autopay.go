package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) autopayRoutes() {
	signed(s, call{
		id: "get-autopay", method: http.MethodGet, path: api.PathAutopay, codes: gated(services.CodeNotFound),
		summary: "The autopay of an agreement, with exactly what it takes next",
	}, autopay)
	signed(s, call{
		id: "set-autopay", method: http.MethodPut, path: api.PathAutopay, codes: gated(services.CodeNotFound, services.CodeGone),
		summary: "Begin or change an autopay by accepting its debit agreement; the same once more changes nothing",
	}, setAutopay)
	signed(s, call{
		id: "stop-autopay", method: http.MethodDelete, path: api.PathAutopay, status: http.StatusNoContent,
		summary: "End an autopay; debits past their last day to cancel still happen", codes: gated(services.CodeNotFound),
	}, stopAutopay)
	signed(s, call{
		id: "get-debit-agreement", method: http.MethodGet, path: api.PathDebitAgreement,
		summary: "The pre-authorized debit agreement that an autopay would have, filled in, in both languages",
		codes:   gated(services.CodeNotFound, services.CodeGone),
	}, debitAgreement)
}

func autopay(ctx context.Context, c services.CustomerSession, in *ByID) (*answer[api.Autopay], error) {
	a, err := c.Autopay(ctx, in.ID)
	return &answer[api.Autopay]{api.AutopayOf(a)}, err
}

// autopayOrder begins or changes an autopay.
type autopayOrder struct {
	ByID
	Body api.AutopayOrder
}

func setAutopay(ctx context.Context, c services.CustomerSession, in *autopayOrder) (*answer[api.Autopay], error) {
	order, err := in.Body.Domain(in.ID)
	if err != nil {
		return nil, err
	}
	a, err := c.SetAutopay(ctx, order)
	return &answer[api.Autopay]{api.AutopayOf(a)}, err
}

func stopAutopay(ctx context.Context, c services.CustomerSession, in *ByID) (*nothing, error) {
	return &nothing{}, c.StopAutopay(ctx, in.ID)
}

// debitAgreementQuery asks for the agreement of an autopay.
type debitAgreementQuery struct {
	ByID
	BankAccountID string `query:"bank_account_id" maxLength:"64"`
	Day           int    `query:"day" doc:"Of the month; left out for the day each payment is due"`
	Extra         string `query:"extra" doc:"On top of each installment of a loan" maxLength:"32"`
	Currency      string `query:"currency" doc:"ISO 4217 code of the extra" maxLength:"3"`
}

func debitAgreement(ctx context.Context, c services.CustomerSession, in *debitAgreementQuery) (*answer[api.DebitAgreement], error) {
	extra, err := amount("extra", in.Extra, in.Currency)
	if err != nil {
		return nil, err
	}
	a, err := c.DebitAgreement(ctx, services.AutopayOrder{
		AgreementID: in.ID, BankAccountID: in.BankAccountID, Day: in.Day, Extra: extra,
	})
	return &answer[api.DebitAgreement]{api.DebitAgreementOf(a)}, err
}
