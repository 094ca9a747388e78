package core

// IdempotencyTx is the part of a transaction that keeps idempotency keys.
type IdempotencyTx interface{}
