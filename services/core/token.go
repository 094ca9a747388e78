package core

// TokenTx is the part of a transaction that keeps tokens.
type TokenTx interface{}
