package remote

import (
	"context"

	"myaccount/services"
	"myaccount/services/api"
)

// Payoff reckons what ending an agreement costs on a day.
func (s *customerSession) Payoff(ctx context.Context, q services.PayoffQuery) (services.Payoff, error) {
	c := get(api.PathPayoff, nil).of(q.AgreementID)
	c.query = map[string]string{"on": q.On.String(), "choice": string(q.Choice)}
	name := namePayoff + c.query["choice"] + "/" + c.query["on"] + "/" + q.AgreementID
	return seen(ctx, s, name, c, api.Payoff.Domain)
}

// WhatIf reckons what paying more on a loan would save. Nothing of it is remembered.
func (s *customerSession) WhatIf(ctx context.Context, q services.WhatIfQuery) (services.WhatIf, error) {
	c := get(api.PathWhatIf, nil).of(q.AgreementID)
	c.query = map[string]string{"on": q.On.String()}
	if m := api.MoneyOf(q.Each); m != nil {
		c.query["each"], c.query["currency"] = m.Amount, m.Currency
	}
	if m := api.MoneyOf(q.Once); m != nil {
		c.query["once"], c.query["currency"] = m.Amount, m.Currency
	}
	return seen(ctx, s, "", c, api.WhatIf.Domain)
}

// LeaseEnd says what happens at the end of a lease.
func (s *customerSession) LeaseEnd(ctx context.Context, agreementID string) (services.LeaseEnd, error) {
	return seen(ctx, s, nameLeaseEnd+agreementID, get(api.PathLeaseEnd, nil).of(agreementID), api.LeaseEnd.Domain)
}
