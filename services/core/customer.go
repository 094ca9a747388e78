package core

// CustomerTx is the part of a transaction that keeps customers.
type CustomerTx interface{}
