package core

import (
	"context"

	"myaccount/services"
)

// Schedule lists the installments of an agreement; see services.Schedules.
func (s *customerSession) Schedule(ctx context.Context, agreementID string) ([]services.Installment, error) {
	var list []services.Installment
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		a, err := findAgreement(tx, row.CustomerID, agreementID)
		if err != nil {
			return err
		}
		standing, err := stand(tx, a)
		if err != nil {
			return err
		}
		list, err = standing.installments()
		return err
	})
	return list, err
}

// installments are the payments of the schedule with their taxes; none where what was posted is not what the schedule
// has, or where the agreement was closed before it was through: then nobody here can tell what is still to be paid.
func (s *standing) installments() ([]services.Installment, error) {
	if !s.exact || !s.row.ClosedOn.IsZero() && s.totals.Count < len(s.schedule) {
		return nil, nil
	}
	list := make([]services.Installment, len(s.schedule))
	for n, row := range s.schedule {
		base, tax, _, err := s.installment(n)
		if err != nil {
			return nil, err
		}
		amounts, err := moneys(s.row.Currency, tax, base+tax)
		if err != nil {
			return nil, err
		}
		list[n] = services.Installment{
			Number: row.Number, Due: row.Due, Principal: row.Principal, Interest: row.Interest, Tax: amounts[0], Total: amounts[1],
			Balance: row.Balance, Paid: n < s.totals.Count,
		}
	}
	return list, nil
}
