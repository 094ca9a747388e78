package cache

import (
	"context"
	"errors"
)

// Pin gives the fingerprint of the certificate that a server showed when the person accepted it. ok is false when there
// is none.
func (c *Cache) Pin(ctx context.Context, host string) (fingerprint string, ok bool, err error) {
	err = c.view(ctx, func(t *tx) error {
		var sealed []byte
		id := t.pinID(host)
		err := t.one(`SELECT content FROM pin WHERE id = $1`, []any{id}, &sealed)
		if errors.Is(err, errNoRow) {
			return nil
		}
		if err == nil {
			err = t.open("pin", "content", id, sealed, &fingerprint)
		}
		ok = err == nil
		return err
	})
	return fingerprint, ok, err
}

// SetPin keeps the fingerprint of a server's certificate, in place of an earlier one.
func (c *Cache) SetPin(ctx context.Context, host, fingerprint string) error {
	return c.update(ctx, func(t *tx) error {
		id := t.pinID(host)
		sealed, err := t.seal("pin", "content", id, fingerprint)
		if err != nil {
			return err
		}
		return t.exec(`INSERT INTO pin (id, content) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET content = $2`, id, sealed)
	})
}

// pinID is the id of the row of a server.
func (t *tx) pinID(host string) string { return rowID(t.box.Lookup("pin.host", host)) }
