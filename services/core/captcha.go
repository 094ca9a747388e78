package core

// CaptchaTx is the part of a transaction that keeps captchas.
type CaptchaTx interface{}
