package core

// DeviceTx is the part of a transaction that keeps devices.
type DeviceTx interface{}
