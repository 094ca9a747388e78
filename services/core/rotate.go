package core

import (
	"context"
	"errors"
	"fmt"
	"time"

	"myaccount/services/blob"
	"myaccount/services/seal"
)

// ResealBlobs seals the files again that are sealed with another key than the one that is to seal. It may be cut off and
// begun again at any time, while others read and write. tell is called after each with how many are done. Files that do
// not open are left as they are and counted in failed.
func (c *Core) ResealBlobs(ctx context.Context, tell func(done int)) (failed int, err error) {
	done := 0
	err = c.eachStaleBlob(ctx, func(key string, sealed []byte) error {
		again, err := c.Box.Reseal(sealed, blobAD(key))
		if err != nil {
			failed++
			return nil //nolint:nilerr // it is counted
		}
		if err := c.replaceBlob(ctx, key, again); err != nil {
			return err
		}
		done++
		tell(done)
		return nil
	})
	return failed, err
}

// replaceBlob writes the bytes of a file again, unless it was removed meanwhile: then they do not come back. Bytes that
// have no row yet, or none any more, are those of PurgeOrphans.
func (c *Core) replaceBlob(ctx context.Context, key string, sealed []byte) error {
	before, err := c.namesBlob(ctx, key)
	if err != nil {
		return err
	}
	if err := c.Blobs.Put(ctx, key, sealed); err != nil {
		return err
	}
	after, err := c.namesBlob(ctx, key)
	if err == nil && before && !after {
		err = c.Blobs.Delete(ctx, key)
	}
	return err
}

// StaleBlobs counts the files that are sealed with another key than the one that is to seal. It reads them all.
func (c *Core) StaleBlobs(ctx context.Context) (n int, err error) {
	err = c.eachStaleBlob(ctx, func(string, []byte) error {
		n++
		return nil
	})
	return n, err
}

// eachStaleBlob calls fn for the files that are sealed with another key.
func (c *Core) eachStaleBlob(ctx context.Context, fn func(key string, sealed []byte) error) error {
	return c.Blobs.List(ctx, func(key string, _ time.Time) error {
		sealed, err := c.Blobs.Get(ctx, key)
		if errors.Is(err, blob.ErrNotFound) {
			return nil // removed meanwhile
		}
		if err != nil {
			return fmt.Errorf("file %s: %w", key, err)
		}
		if with := seal.SealedWith(sealed); with == "" || with == c.Box.Sealing()[0] {
			return nil
		}
		return fn(key, sealed)
	})
}

// namesBlob tells whether a row names a blob.
func (c *Core) namesBlob(ctx context.Context, key string) (known bool, err error) {
	err = c.Store.View(ctx, func(tx Tx) (err error) {
		if known, err = tx.HasAttachment(key); err != nil || known {
			return err
		}
		if known, err = tx.HasPart(key); err != nil || known {
			return err
		}
		known, err = tx.HasDocument(key)
		return err
	})
	return known, err
}
