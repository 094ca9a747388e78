package cache

import (
	"context"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/seal"
)

// Remember keeps an answer of the backend under a name, in place of an earlier one, until a moment: what was seen stays
// readable without the backend.
func (p *Person) Remember(ctx context.Context, name string, value []byte, keepUntil time.Time) error {
	return p.update(ctx, func(t *tx) error {
		id := t.answerID(name)
		sealedName, err := t.box.Seal([]byte(name), seal.AD("answer", "name", id))
		if err != nil {
			return err
		}
		sealed, err := t.box.Seal(value, seal.AD("answer", "value", id))
		if err != nil {
			return err
		}
		return t.exec(`INSERT INTO answer (id, person, name, value, at, kept_until) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (id) DO UPDATE SET name = $3, value = $4, at = $5, kept_until = $6`,
			id, t.person, sealedName, sealed, micros(t.now), micros(keepUntil))
	})
}

// Recall gives an answer that is still to be kept, and when it was remembered. Fails with CodeNotFound.
func (p *Person) Recall(ctx context.Context, name string) (value []byte, at time.Time, err error) {
	err = p.view(ctx, func(t *tx) error {
		id := t.answerID(name)
		var sealed []byte
		var us int64
		err := t.one(`SELECT value, at FROM answer WHERE id = $1 AND kept_until > $2`,
			[]any{id, micros(t.now)}, &sealed, &us)
		if err != nil {
			return found(err)
		}
		at = moment(us)
		value, err = t.box.Open(sealed, seal.AD("answer", "value", id))
		return err
	})
	if err != nil {
		return nil, time.Time{}, err
	}
	return value, at, nil
}

// Forget removes the answers whose names begin with a prefix; all of them when it is "".
func (p *Person) Forget(ctx context.Context, prefix string) error {
	return p.update(ctx, func(t *tx) error {
		ids, err := t.answers(prefix)
		for _, id := range ids {
			if err == nil {
				err = t.exec(`DELETE FROM answer WHERE id = $1`, id)
			}
		}
		return err
	})
}

// answers lists the answers whose names begin with a prefix: names are sealed, so all are opened.
func (t *tx) answers(prefix string) (ids []string, err error) {
	err = t.each(func(row scanner) error {
		var id string
		var sealed []byte
		if err := row.Scan(&id, &sealed); err != nil {
			return err
		}
		name, err := t.box.Open(sealed, seal.AD("answer", "name", id))
		if err != nil && prefix != "" {
			return services.Internal(err)
		}
		if strings.HasPrefix(string(name), prefix) {
			ids = append(ids, id)
		}
		return nil
	}, `SELECT id, name FROM answer WHERE person = $1`, t.person)
	return ids, err
}

// answerID is the id of the row of an answer.
func (t *tx) answerID(name string) string {
	return rowID(t.box.Lookup("answer.name", string(t.person)+name))
}
