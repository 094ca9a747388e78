package services

import (
	"context"
	"time"
)

// Devices are where a person signs in. Whoever has the password alone neither sees them nor ends their trust.
type Devices interface {
	// Devices lists the person's trusted devices and the one in use, newest first.
	Devices(ctx context.Context) ([]Device, error)
	// RevokeDevice ends the trust in a device and its sessions. Fails with CodeNotFound.
	RevokeDevice(ctx context.Context, id string) error
}

// Device is a computer that a person signs in on.
type Device struct {
	ID           string
	Name         string
	Authorized   bool
	TrustedUntil time.Time // zero: for this session only
	LastUsed     time.Time
	Current      bool   // the one this session runs on
	Token        Secret `json:"-"` // set once, by AuthorizeDevice with Trust, for the implementation to keep
}
