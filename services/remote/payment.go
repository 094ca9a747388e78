package remote

import (
	"context"
	"strconv"

	"myaccount/services"
	"myaccount/services/api"
)

// pageMost is the longest part of a list.
const pageMost = 100

// query asks for part of a list.
func query(p services.Page) map[string]string {
	q := map[string]string{}
	if p.Limit > 0 {
		q["limit"] = strconv.Itoa(min(p.Limit, pageMost))
	}
	if p.After != "" {
		q["after"] = p.After
	}
	return q
}

// Payments lists posted and returned payments. The first part is remembered.
func (s *customerSession) Payments(ctx context.Context, agreementID string, p services.Page) (services.PaymentPage, error) {
	c := get(api.PathPayments, nil).of(agreementID)
	c.query = query(p)
	name := ""
	if p.After == "" {
		name = namePayments + agreementID
	}
	return seen(ctx, s, name, c, api.PaymentsFrom)
}
