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
		list, err = standing.installments(tx)
		return err
	})
	return list, err
}

// installments are the payments of the schedule with their taxes; none where what was posted is not explained by it, or
// where the agreement was closed before it was through: then nobody here can tell what is still to be paid.
func (s *standing) installments(tx Tx) ([]services.Installment, error) {
	var rows []finance.Row
	made := s.totals.Count
	switch {
	case !s.row.ClosedOn.IsZero() && (!s.exact || made < len(s.schedule)):
		return nil, nil
	case s.exact:
		for _, i := range s.schedule {
			rows = append(rows, i.Row)
		}
	default:
		r, err := s.replayed(tx)
		if err != nil {
			return nil, err
		}
		if rows, err = r.plan(); err != nil {
			return nil, err
		}
		made = len(r.rows)
	}
	list := make([]services.Installment, len(rows))
	for n, row := range rows {
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
func (s *standing) taxed(row finance.Row) (services.Installment, error) {
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
		Number: row.Number, Due: s.terms.Due(row.Number), Principal: row.Principal, Interest: row.Interest, Tax: amounts[0], Total: amounts[1],
		Balance: row.Balance,
	}, nil
}
