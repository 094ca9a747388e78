package core

import (
	"context"
	"errors"
	"time"

	"myaccount/services"
)

const (
	// purgeBatch is how many messages one transaction removes, so that nobody waits for it long.
	purgeBatch = 500
	// strayFor is how long a file may belong to neither a message nor a draft.
	strayFor = 24 * time.Hour
	// orphanFor is how long bytes may be kept without a row: the time between the two writings of Attach is far less.
	orphanFor = time.Hour
)

// Purge removes messages that are past their time, with their files, and threads with their last message. It may be
// run at any time, also twice at once: views show nothing that is past its time in any case, and what was removed does
// not come back when the clock is set back.
func (c *Core) Purge(ctx context.Context) error {
	for {
		var files []string
		var due []DueMessage
		err := c.update(ctx, func(tx Tx) (err error) {
			if due, err = tx.DueMessages(purgeBatch); err != nil {
				return err
			}
			files, err = purge(tx, due)
			return err
		})
		if err != nil {
			return err
		}
		c.dropBlobs(context.WithoutCancel(ctx), files)
		if len(due) < purgeBatch {
			return nil
		}
	}
}

// purge removes messages and gives the ids of their files.
func purge(tx Tx, due []DueMessage) (files []string, err error) {
	threads := map[string]bool{}
	for _, m := range due {
		rows, err := tx.AttachmentsOf(m.ID)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			files = append(files, row.ID)
			if err := tx.DeleteAttachment(row.ID); err != nil {
				return nil, err
			}
		}
		if err := tx.DeleteMessage(m.ID); err != nil {
			return nil, err
		}
		if threads[m.ThreadID] {
			continue
		}
		threads[m.ThreadID] = true
		if err := announce(tx, m.PersonID, services.EventThread, m.ThreadID); err != nil {
			return nil, err
		}
	}
	for id := range threads {
		if err := purgeThread(tx, id); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// purgeThread removes a thread that is past its time, which is that of its last message. Of a thread that stays, the
// messages that waited for an answer may have gone.
func purgeThread(tx Tx, id string) error {
	thread, err := tx.Thread(id)
	if errors.Is(err, ErrNoRow) {
		return tx.DeleteThread(id)
	}
	if err != nil || thread.WaitingSince.IsZero() {
		return err
	}
	left, err := tx.Messages(id)
	if err != nil || len(left) == 0 || !thread.WaitingSince.Before(left[0].SentAt) {
		return err
	}
	thread.WaitingSince = left[0].SentAt
	return tx.UpdateThread(thread)
}

// PurgeOrphans removes files that neither a message nor a draft names, and bytes without a row, which a crash while
// attaching or removing leaves behind.
func (c *Core) PurgeOrphans(ctx context.Context) error {
	for {
		var files []string
		err := c.update(ctx, func(tx Tx) (err error) {
			if files, err = tx.StrayAttachments(tx.Now().Add(-strayFor), purgeBatch); err != nil {
				return err
			}
			for _, id := range files {
				if err := tx.DeleteAttachment(id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		c.dropBlobs(context.WithoutCancel(ctx), files)
		if len(files) < purgeBatch {
			return c.purgeBlobs(ctx)
		}
	}
}

// purgeBlobs removes bytes without a row.
func (c *Core) purgeBlobs(ctx context.Context) error {
	before := c.Clock.Now().Add(-orphanFor)
	return c.Blobs.List(ctx, func(key string, put time.Time) error {
		if !put.Before(before) {
			return nil
		}
		known, err := c.namesBlob(ctx, key)
		if err != nil || known {
			return err
		}
		return c.Blobs.Delete(ctx, key)
	})
}
