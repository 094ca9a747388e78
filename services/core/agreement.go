package core

// AgreementTx is the part of a transaction that keeps agreements.
type AgreementTx interface{}
