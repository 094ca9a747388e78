package core

// EventTx is the part of a transaction that keeps events.
type EventTx interface{}
