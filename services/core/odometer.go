package core

import (
	"context"
	"errors"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
)

// OdometerTx is the part of a transaction that keeps what customers read on the odometer.
type OdometerTx interface {
	// AddReading writes one.
	AddReading(row ReadingRow) error
	// Readings reads those of an agreement, the latest day first, and of a day the one kept last first.
	Readings(agreementID string) ([]ReadingRow, error)
	// LatestReading reads the first of them, or gives ErrNoRow.
	LatestReading(agreementID string) (ReadingRow, error)
}

// ReadingRow is a reading as it is kept.
type ReadingRow struct {
	ID          string
	AgreementID string
	PersonID    string
	Km          int64
	On          civil.Date
	CreatedAt   time.Time
}

// kmMost is more than a car can run, in km.
const kmMost = 2_000_000

// Readings lists what the odometer said; see services.Odometers.
func (s *customerSession) Readings(ctx context.Context, agreementID string) ([]services.Reading, error) {
	var list []services.Reading
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		a, err := findAgreement(tx, row.CustomerID, agreementID)
		if err != nil {
			return err
		}
		list, err = readings(tx, a)
		return err
	})
	return list, err
}

// readings are an agreement's, the lender's among them: it counts as the first one of its day.
func readings(tx Tx, a AgreementRow) ([]services.Reading, error) {
	rows, err := tx.Readings(a.ID)
	if err != nil {
		return nil, err
	}
	var list []services.Reading
	for i, r := range rows {
		list = append(list, services.Reading{
			ID: r.ID, Km: r.Km, On: r.On, Corrected: i > 0 && rows[i-1].On == r.On, CreatedAt: r.CreatedAt,
		})
	}
	if a.ReadOn.IsZero() {
		return list, nil
	}
	at := slices.IndexFunc(list, func(r services.Reading) bool { return r.On.Before(a.ReadOn) })
	if at < 0 {
		at = len(list)
	}
	lender := services.Reading{ID: "lender", Km: a.Odometer, On: a.ReadOn, Lender: true}
	lender.Corrected = at > 0 && list[at-1].On == a.ReadOn
	return slices.Insert(list, at, lender), nil
}

// AddReading keeps a reading; see services.Odometers. The one that a day has already, read again, is given back.
func (s *customerSession) AddReading(ctx context.Context, agreementID string, r services.NewReading) (services.Reading, error) {
	var added services.Reading
	err := s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		a, err := findAgreement(tx, session.CustomerID, agreementID)
		if err != nil {
			return err
		}
		if !a.ClosedOn.IsZero() {
			return services.Fail(services.CodeGone)
		}
		list, err := readings(tx, a)
		if err != nil {
			return err
		}
		if err := checkReading(a, list, r, today(tx.Now(), a.Province)); err != nil {
			return err
		}
		same := func(old services.Reading) bool { return old.On == r.On && old.Km == r.Km && !old.Corrected }
		if i := slices.IndexFunc(list, same); i >= 0 {
			added = list[i]
			return nil
		}
		if len(list) >= s.core.Brand.Rules.ReadingsMax {
			return services.Invalid("km", services.ReasonTooMany)
		}
		row := ReadingRow{
			ID: s.core.NewID(), AgreementID: a.ID, PersonID: session.PersonID, Km: r.Km, On: r.On, CreatedAt: tx.Now(),
		}
		added = services.Reading{ID: row.ID, Km: row.Km, On: row.On, CreatedAt: row.CreatedAt}
		if err := tx.AddReading(row); err != nil {
			return err
		}
		return announce(tx, session.PersonID, services.EventReading, a.ID)
	})
	return added, err
}

// checkReading refuses what cannot have been read: an odometer never runs backwards. On the day itself a reading takes the
// place of the one there is, whatever that says.
func checkReading(a AgreementRow, list []services.Reading, r services.NewReading, today civil.Date) error {
	switch {
	case !r.On.IsValid():
		return services.Invalid("on", services.ReasonFormat)
	case r.On.After(today):
		return services.Invalid("on", services.ReasonFuture)
	case r.On.Before(a.Start):
		return services.Invalid("on", services.ReasonEarly)
	case r.Km == 0:
		return services.Invalid("km", services.ReasonRequired)
	case r.Km < 0:
		return services.Invalid("km", services.ReasonFormat)
	case r.Km > kmMost:
		return services.Invalid("km", services.ReasonTooHigh)
	}
	for _, old := range list {
		switch {
		case old.Corrected || old.On == r.On:
		case old.On.Before(r.On) && old.Km > r.Km:
			return services.Invalid("km", services.ReasonTooLow)
		case old.On.After(r.On) && old.Km < r.Km:
			return services.Invalid("km", services.ReasonTooHigh)
		}
	}
	return nil
}

// readLately puts the newer of the lender's and the customer's reading into an agreement.
func readLately(tx Tx, row *AgreementRow) error {
	latest, err := tx.LatestReading(row.ID)
	if errors.Is(err, ErrNoRow) {
		return nil
	}
	if err == nil && !latest.On.Before(row.ReadOn) {
		row.Odometer, row.ReadOn = latest.Km, latest.On
	}
	return err
}
