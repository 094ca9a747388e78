package core

// LimitTx is the part of a transaction that keeps limits.
type LimitTx interface{}
