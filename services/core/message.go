package core

// MessageTx is the part of a transaction that keeps messages.
type MessageTx interface{}
