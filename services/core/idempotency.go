package core

import (
	"encoding/json"
	"fmt"
	"time"

	"myaccount/services"
	"myaccount/services/rule"
	"myaccount/services/seal"
)

// IdempotencyTx is the part of a transaction that keeps idempotency keys.
type IdempotencyTx interface {
	// SendKey reads what a person did with a key, and holds the key until the transaction ends, so that a second request
	// with it waits for the first. Of a new key the row is empty. It also notes when it was asked for, and the note is
	// part of the promise: a database with replicas confirms only what it wrote, so an answer that is given again must
	// write as well.
	SendKey(personID, name string, seen time.Time) (SendKeyRow, error)
	// SetSendKey writes what was done with a key that is held.
	SetSendKey(row SendKeyRow) error
	// ForgetSendKeys removes those that were first used before a moment.
	ForgetSendKeys(before time.Time) error
}

// SendKeyRow is what was done with an idempotency key.
type SendKeyRow struct {
	PersonID string
	Name     string // the key
	Content  []byte // keyed hash of what was asked for; empty of a new key
	Answer   string // JSON; holds nothing of a person
}

// once runs do unless the person has asked for the same with the key before: then it gives that answer. The same key with
// other content is refused.
func once[T any](c *Core, tx Tx, personID, key string, content any, do func() (T, error)) (answer T, err error) {
	if err := rule.Key(key); err != nil {
		return answer, err
	}
	plain, err := json.Marshal(content)
	if err != nil {
		return answer, fmt.Errorf("content of a request: %w", err)
	}
	hash := c.Box.Lookup("send_key.content", string(plain))
	row, err := tx.SendKey(personID, key, tx.Now())
	switch {
	case err != nil:
		return answer, err
	case len(row.Content) > 0 && !seal.Equal(row.Content, hash):
		return answer, services.Invalid("idempotency_key", services.ReasonReused)
	case len(row.Content) > 0:
		err = json.Unmarshal([]byte(row.Answer), &answer)
		return answer, err
	}
	if answer, err = do(); err != nil {
		return answer, err
	}
	written, err := json.Marshal(answer)
	if err != nil {
		return answer, fmt.Errorf("answer to a request: %w", err)
	}
	row.Content, row.Answer = hash, string(written)
	return answer, tx.SetSendKey(row)
}
