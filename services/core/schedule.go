package core

import (
	"context"

	"myaccount/services"
	"myaccount/services/finance"
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

// installments are the payments of the plan with their taxes; none where what was posted is not explained, or where the
// agreement was closed before it was through: then nobody here can tell what is still to be paid.
func (s *standing) installments() ([]services.Installment, error) {
	made, _ := s.covered()
	if !s.row.ClosedOn.IsZero() && made < len(s.plan) {
		return nil, nil
	}
	list := make([]services.Installment, len(s.plan))
	for n, row := range s.plan {
		i, err := s.taxed(row)
		if err != nil {
			return nil, err
		}
		i.Paid = n < made
		list[n] = i
	}
	return list, nil
}

// taxed adds to an installment its tax, which follows the payment where that is not the level one.
func (s *standing) taxed(row finance.Installment) (services.Installment, error) {
	base, tax := row.Payment.BigInt().Int64(), s.row.Tax
	if base != s.row.Base {
		var err error
		if _, tax, err = s.taxes(base); err != nil {
			return services.Installment{}, err
		}
	}
	amounts, err := moneys(s.row.Currency, tax, base+tax)
	if err != nil {
		return services.Installment{}, err
	}
	return services.Installment{
		Number: row.Number, Due: row.Due, Principal: row.Principal, Interest: row.Interest, Tax: amounts[0], Total: amounts[1],
		Balance: row.Balance,
	}, nil
}
