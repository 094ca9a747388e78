package core

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"myaccount/services"
	"myaccount/services/rule"
	"myaccount/services/seal"
)

// IdempotencyTx is the part of a transaction that keeps idempotency keys.
type IdempotencyTx interface {
	// SendKey reads what a person sent with a key and notes when it was asked for. The note is part of the promise: a
	// database with replicas confirms only what it wrote, so an answer that is given again must write as well. Gives
	// ErrNoRow.
	SendKey(personID, name string, seen time.Time) (SendKeyRow, error)
	// AddSendKey writes a new key.
	AddSendKey(row SendKeyRow) error
	// ForgetSendKeys removes those whose message was received before a moment.
	ForgetSendKeys(before time.Time) error
}

// SendKeyRow is what was sent with an idempotency key.
type SendKeyRow struct {
	PersonID string
	Name     string // the key
	Content  []byte // keyed hash of what was sent
	Receipt  services.Receipt
}

// once runs send unless the person has sent the same content with the key before: then it gives that receipt. The
// same key with other content is refused.
func (c *Core) once(tx Tx, personID, key string, content any, send func() (services.Receipt, error)) (services.Receipt, error) {
	if err := rule.Key(key); err != nil {
		return services.Receipt{}, err
	}
	plain, err := json.Marshal(content)
	if err != nil {
		return services.Receipt{}, fmt.Errorf("content of a message: %w", err)
	}
	hash := c.Box.Lookup("send_key.content", string(plain))
	row, err := tx.SendKey(personID, key, tx.Now())
	switch {
	case err == nil && seal.Equal(row.Content, hash):
		return row.Receipt, nil
	case err == nil:
		return services.Receipt{}, services.Invalid("idempotency_key", services.ReasonReused)
	case !errors.Is(err, ErrNoRow):
		return services.Receipt{}, err
	}
	receipt, err := send()
	if err != nil {
		return services.Receipt{}, err
	}
	return receipt, tx.AddSendKey(SendKeyRow{PersonID: personID, Name: key, Content: hash, Receipt: receipt})
}
