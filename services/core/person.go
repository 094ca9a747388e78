package core

// PersonTx is the part of a transaction that keeps persons.
type PersonTx interface{}
