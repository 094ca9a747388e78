package core

// ThreadTx is the part of a transaction that keeps threads.
type ThreadTx interface{}
