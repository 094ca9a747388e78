package core

// SessionTx is the part of a transaction that keeps sessions.
type SessionTx interface{}
