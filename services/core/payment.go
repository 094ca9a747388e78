package core

// PaymentTx is the part of a transaction that keeps payments.
type PaymentTx interface{}
