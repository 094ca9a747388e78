package core

// DraftTx is the part of a transaction that keeps drafts.
type DraftTx interface{}
