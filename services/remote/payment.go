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

// Payments lists posted and returned payments. Every part is remembered by itself: screens ask for parts of different
// sizes, and one of them for all.
func (s *customerSession) Payments(ctx context.Context, agreementID string, p services.Page) (services.PaymentPage, error) {
	c := get(api.PathPayments, nil).of(agreementID)
	c.query = query(p)
	name := namePayments + strconv.Itoa(p.Limit) + "/" + p.After + "/" + agreementID
	return seen(ctx, s, name, c, api.PaymentsFrom)
}
