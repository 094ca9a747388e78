package remote

import (
	"context"
	"net/http"
	"strconv"

	"myaccount/services"
	"myaccount/services/api"
)

// Autopay gives the autopay of an agreement.
func (s *customerSession) Autopay(ctx context.Context, agreementID string) (services.Autopay, error) {
	return seen(ctx, s, nameAutopay+agreementID, get(api.PathAutopay, nil).of(agreementID), api.Autopay.Domain)
}

// DebitAgreement gives the text that SetAutopay would accept. It is of the day and is not remembered.
func (s *customerSession) DebitAgreement(ctx context.Context, o services.AutopayOrder) (services.DebitAgreement, error) {
	c := get(api.PathDebitAgreement, nil).of(o.AgreementID)
	c.query = map[string]string{"bank_account_id": o.BankAccountID}
	if o.Day != 0 {
		c.query["day"] = strconv.Itoa(o.Day)
	}
	if m := api.MoneyOf(o.Extra); m != nil {
		c.query["extra"], c.query["currency"] = m.Amount, m.Currency
	}
	return seen(ctx, s, "", c, api.DebitAgreement.Domain)
}

// SetAutopay begins or changes an autopay. The same once more changes nothing, so it may be asked for again.
func (s *customerSession) SetAutopay(ctx context.Context, o services.AutopayOrder) (services.Autopay, error) {
	var autopay api.Autopay
	c := call{method: http.MethodPut, path: api.PathAutopay, body: api.AutopayOrderOf(o), answer: &autopay, again: true}
	if err := s.do(ctx, c.of(o.AgreementID)); err != nil {
		return services.Autopay{}, err
	}
	return checked(autopay.Domain())
}

// StopAutopay ends an autopay. What was remembered of it goes at once: nobody should read offline that it goes on.
func (s *customerSession) StopAutopay(ctx context.Context, agreementID string) error {
	err := s.do(ctx, call{method: http.MethodDelete, path: api.PathAutopay, id: agreementID, again: true})
	if err == nil {
		s.forget(ctx, nameAutopay+agreementID)
	}
	return err
}
