package core

// ImportTx is the part of a transaction that keeps imports.
type ImportTx interface{}
