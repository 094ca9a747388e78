package core

// MailTx is the part of a transaction that keeps mails.
type MailTx interface{}
