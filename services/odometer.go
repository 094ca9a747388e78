package services

import (
	"context"
	"time"
)

// Odometers keep what a vehicle has run, as its customer reads it.
type Odometers interface {
	// Readings lists those of an agreement, the latest day first, corrected ones among them. Fails with CodeNotFound.
	Readings(ctx context.Context, agreementID string) ([]Reading, error)
	// AddReading keeps one; on a day that has one already it takes its place, and the one before stays in the history. The
	// same reading again changes nothing. Fails with CodeInvalid (km: required, format, too_low, too_high or too_many; on:
	// format, future or early), CodeNotFound, and CodeGone when the agreement is closed. An odometer never runs backwards:
	// less than on an earlier day is too low; more than on a later day, or than a car can run, too high. Before the
	// agreement began is early. Where a log is full, corrected readings among them, another one is too many.
	AddReading(ctx context.Context, agreementID string, r NewReading) (Reading, error)
}

// NewReading is what somebody read.
type NewReading struct {
	Km int64
	On Date
}

// Reading is one entry of the log.
type Reading struct {
	ID        string
	Km        int64
	On        Date
	Lender    bool      // it comes from the lender's file
	Corrected bool      // a later entry took its place
	CreatedAt time.Time // the zero Time for the lender's
}
