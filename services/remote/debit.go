package remote

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

// Debits lists the payments that were ordered on an agreement. The first part is remembered.
func (s *customerSession) Debits(ctx context.Context, agreementID string, p services.Page) (services.DebitPage, error) {
	c := get(api.PathDebits, nil).of(agreementID)
	c.query = query(p)
	name := ""
	if p.After == "" {
		name = nameDebits + agreementID
	}
	return seen(ctx, s, name, c, api.DebitsFrom)
}

// DebitTerms says what may be paid on an agreement, and when. They change from day to day and are not remembered.
func (s *customerSession) DebitTerms(ctx context.Context, agreementID string, on services.Date) (services.DebitTerms, error) {
	var terms api.DebitTerms
	c := get(api.PathDebitTerms, &terms).of(agreementID)
	if on.IsValid() {
		c.query = map[string]string{"on": on.String()}
	}
	if err := s.do(ctx, c); err != nil {
		return services.DebitTerms{}, err
	}
	return checked(terms.Domain())
}

// MakePayment orders a debit. With its key it may be asked for again and is still ordered once; it never waits on this
// machine, as money must not move later than its owner thinks.
func (s *customerSession) MakePayment(ctx context.Context, o services.PaymentOrder) (services.Debit, error) {
	var debit api.Debit
	c := post(api.PathPayments, api.PaymentOrderOf(o), &debit).of(o.AgreementID)
	c.key, c.again = o.IdempotencyKey, true
	if err := s.do(ctx, c); err != nil {
		return services.Debit{}, err
	}
	return checked(debit.Domain())
}

// CancelPayment takes an order back.
func (s *customerSession) CancelPayment(ctx context.Context, id string) error {
	return s.do(ctx, call{method: http.MethodDelete, path: api.PathPayment, id: id, again: true})
}
