package remote

import (
	"context"
	"slices"

	"myaccount/services"
	"myaccount/services/api"
)

// Names that answers are remembered under. What belongs to one thing begins with the name of its kind and ends with
// its id.
const (
	nameAgreements    = "agreements"
	namePayments      = "payments/"
	nameSchedule      = "schedule/"
	nameDebits        = "debits/"
	nameBankAccounts  = "bank-accounts"
	nameAutopay       = "autopay/"
	namePayoff        = "payoff/" // choice, day
	nameLeaseEnd      = "lease-end/"
	nameDocuments     = "documents/" // of an agreement
	nameDocument      = "document/"  // content
	nameKeptDocuments = "kept documents"
	nameThreads       = "threads"
	nameThread        = "thread/"
	nameUnread        = "unread"
	nameFile          = "file/" // content
	nameSentFile      = "sent/" // the service's id, by the id on this machine
)

// Agreements lists the customer's agreements.
func (s *customerSession) Agreements(ctx context.Context) ([]services.Agreement, error) {
	return seen(ctx, s, nameAgreements, get(api.PathAgreements, nil), api.AgreementsFrom)
}

// Agreement gives one; while the service cannot be reached, out of the list that was last seen.
func (s *customerSession) Agreement(ctx context.Context, id string) (services.Agreement, error) {
	var read api.Agreement
	err := s.do(ctx, get(api.PathAgreement, &read).of(id))
	if err == nil {
		return checked(read.Domain())
	}
	list, ok := recall(ctx, s, nameAgreements, err, api.AgreementsFrom)
	i := slices.IndexFunc(list, func(a services.Agreement) bool { return a.ID == id })
	if !ok || i < 0 {
		return services.Agreement{}, err
	}
	return list[i], nil
}
