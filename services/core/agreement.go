package core

import (
	"cmp"
	"context"
	"slices"

	"myaccount/services"
	"myaccount/services/portfolio"
)

// AgreementTx is the part of a transaction that reads agreements. They are written by ImportTx alone.
type AgreementTx interface {
	// Agreement reads one, or gives ErrNoRow.
	Agreement(id string) (AgreementRow, error)
	// Agreements reads those of a customer, in no order.
	Agreements(customerID string) ([]AgreementRow, error)
	// AgreementsByVIN reads those on a vehicle, by its normalized number, in no order.
	AgreementsByVIN(vin string) ([]AgreementRow, error)
}

// AgreementRow is an agreement as the last portfolio file has it.
type AgreementRow struct {
	ID         string
	CustomerID string
	Province   string // of the customer
	portfolio.Terms
}

// Agreements lists the customer's agreements; see services.Agreements.
func (s *customerSession) Agreements(ctx context.Context) ([]services.Agreement, error) {
	var list []services.Agreement
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		rows, err := tx.Agreements(row.CustomerID)
		if err != nil {
			return err
		}
		list = make([]services.Agreement, len(rows))
		for i, r := range rows {
			if list[i], err = agreement(tx, r); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortFunc(list, func(a, b services.Agreement) int {
		if (a.ClosedOn == nil) != (b.ClosedOn == nil) {
			return cmp.Compare(closed(a), closed(b))
		}
		return cmp.Compare(a.Number, b.Number)
	})
	return list, err
}

// closed orders open agreements before closed ones.
func closed(a services.Agreement) int {
	if a.ClosedOn == nil {
		return 0
	}
	return 1
}

// Agreement gives one of the customer's agreements; see services.Agreements.
func (s *customerSession) Agreement(ctx context.Context, id string) (services.Agreement, error) {
	var a services.Agreement
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		r, err := findAgreement(tx, row.CustomerID, id)
		if err != nil {
			return err
		}
		a, err = agreement(tx, r)
		return err
	})
	return a, err
}

// findAgreement reads an agreement of a customer. Fails with CodeNotFound when there is none, or it is another
// customer's.
func findAgreement(tx Tx, customerID, id string) (AgreementRow, error) {
	row, err := tx.Agreement(id)
	if err != nil {
		return AgreementRow{}, gone(err, services.CodeNotFound)
	}
	if row.CustomerID != customerID {
		return AgreementRow{}, services.Fail(services.CodeNotFound)
	}
	return row, nil
}

// ownAgreement says why an agreement cannot be what a customer writes about, "" when it can.
func ownAgreement(tx Tx, customerID, id string) (reason string, err error) {
	if id == "" {
		return services.ReasonRequired, nil
	}
	_, err = findAgreement(tx, customerID, id)
	if services.CodeOf(err) == services.CodeNotFound {
		return services.ReasonUnknown, nil
	}
	return "", err
}
