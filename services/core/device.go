package core

import "time"

// DeviceTx is the part of a transaction that keeps devices.
type DeviceTx interface {
	// Device reads one, or gives ErrNoRow.
	Device(id string) (DeviceRow, error)
	// DeviceByToken finds a person's device by the hash of its token, or gives ErrNoRow.
	DeviceByToken(personID string, tokenHash []byte) (DeviceRow, error)
	// UseDevice notes when a device was last used.
	UseDevice(id string, at time.Time) error
}

// DeviceRow is a trusted device as it is kept.
type DeviceRow struct {
	ID           string
	PersonID     string
	Name         string
	Kind         string
	TrustedUntil time.Time
	LastUsed     time.Time
}
