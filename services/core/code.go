package core

// CodeTx is the part of a transaction that keeps codes.
type CodeTx interface{}
