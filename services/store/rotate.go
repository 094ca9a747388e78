package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"myaccount/services/core"
	"myaccount/services/seal"
)

// Rotation is what a database says of the keys that its values are sealed with.
type Rotation struct {
	// Keys are their ids. New values are sealed with the first; another is that of values that are not sealed again yet.
	Keys []string
	// Since is when the first became that; zero when it always was.
	Since time.Time
}

// Rotation reads how far a rotation is.
func (s *Store) Rotation(ctx context.Context) (r Rotation, err error) {
	err = s.View(ctx, func(tx core.Tx) (err error) {
		r, err = rotationOf(tx)
		return err
	})
	return r, err
}

func rotationOf(tx core.Tx) (r Rotation, err error) {
	keys, err := tx.Setting(core.SettingSealing)
	if errors.Is(err, core.ErrNoRow) {
		return Rotation{}, nil
	}
	if err != nil {
		return Rotation{}, err
	}
	r.Keys = strings.Fields(keys)
	since, err := tx.Setting(core.SettingSealingSince)
	if errors.Is(err, core.ErrNoRow) {
		return r, nil
	}
	if err == nil {
		r.Since, err = time.Parse(time.RFC3339Nano, since)
	}
	return r, err
}

// Promote makes a sealing key that the Box holds the one that every replica seals with, from lookEvery after on at the
// latest. Fails with seal.ErrUnknown, and with seal.ErrRotating when values of yet another key are left.
func (s *Store) Promote(ctx context.Context, id string) error {
	if !s.box.Holds(id) {
		return seal.ErrUnknown
	}
	err := s.Update(ctx, func(tx core.Tx) error {
		r, err := rotationOf(tx)
		if err != nil || len(r.Keys) > 0 && r.Keys[0] == id {
			return err
		}
		if len(r.Keys) != 1 {
			return seal.ErrRotating
		}
		return errors.Join(
			tx.SetSetting(core.SettingSealing, id+" "+r.Keys[0]),
			tx.SetSetting(core.SettingSealingSince, tx.Now().Format(time.RFC3339Nano)),
		)
	})
	if err != nil {
		return err
	}
	return s.box.Use(id)
}

// Retire notes that nothing is sealed with any key but the first. Who calls has made sure of it.
func (s *Store) Retire(ctx context.Context) error {
	return s.Update(ctx, func(tx core.Tx) error {
		r, err := rotationOf(tx)
		if err != nil || len(r.Keys) < 2 {
			return err
		}
		return tx.SetSetting(core.SettingSealing, r.Keys[0])
	})
}

const (
	// resealRows and resealBytes bound what one transaction seals again, so that nobody waits for it long.
	resealRows  = 500
	resealBytes = 8 << 20
)

// Reseal seals what is sealed with another key than the one that is to seal. It may be cut off and begun again at any
// time, also twice at once, while others read and write. tell is called after each transaction with how many values
// are done. Values that do not open are left as they are and counted in failed.
func (s *Store) Reseal(ctx context.Context, tell func(done int)) (failed int, err error) {
	done := 0
	for _, column := range Sealed {
		for after, more := "", true; more; {
			var batch []stale
			if batch, more, err = s.stale(ctx, column, after); err != nil || len(batch) == 0 {
				break
			}
			after = batch[len(batch)-1].id
			n := s.reseal(column, batch)
			failed += n
			if err = s.put(ctx, column, batch); err != nil {
				break
			}
			done += len(batch) - n
			tell(done)
		}
		if err != nil {
			return failed, fmt.Errorf("reseal %s: %w", column, err)
		}
	}
	return failed, nil
}

// stale is a value that is sealed with another key, and what it is sealed as with the right one.
type stale struct {
	id       string
	old, new []byte
}

// errEnough ends reading a batch.
var errEnough = errors.New("enough")

// stale reads the next values of a column that are to be sealed again, in the order of their ids; more tells whether
// there may be others.
func (s *Store) stale(ctx context.Context, c Column, after string) (batch []stale, more bool, err error) {
	err = s.View(ctx, func(view core.Tx) error {
		size := 0
		err := view.(*tx).each(func(row scanner) error {
			var v stale
			if err := row.Scan(&v.id, &v.old); err != nil {
				return err
			}
			batch = append(batch, v)
			if size += len(v.old); size >= resealBytes {
				return errEnough
			}
			return nil
		}, `SELECT `+c.ID+`, `+c.Name+` FROM `+c.Table+` WHERE `+c.ID+` > $1 AND `+c.isStale(2)+` ORDER BY `+c.ID+` LIMIT $3`,
			after, s.box.Prefix(), resealRows)
		if errors.Is(err, errEnough) {
			more, err = true, nil
		}
		return err
	})
	return batch, more || len(batch) == resealRows, err
}

// isStale is the condition that a value is sealed with another key than that of a prefix, the argument of a number.
func (c Column) isStale(prefix int) string {
	return fmt.Sprintf("substr(%s, 1, %d) <> $%d", c.Name, seal.PrefixSize, prefix)
}

// reseal seals values again, and counts those that do not open.
func (s *Store) reseal(c Column, batch []stale) (failed int) {
	for i, v := range batch {
		sealed, err := s.box.Reseal(v.old, seal.AD(c.Table, c.Name, v.id))
		if err != nil {
			failed++
			continue
		}
		batch[i].new = sealed
	}
	return failed
}

// put writes values in place of those they were made of. What somebody else has changed meanwhile stays as it is.
func (s *Store) put(ctx context.Context, c Column, batch []stale) error {
	query := `UPDATE ` + c.Table + ` SET ` + c.Name + ` = $1 WHERE ` + c.ID + ` = $2 AND ` + c.Name + ` = $3`
	return s.Update(ctx, func(update core.Tx) error {
		for _, v := range batch {
			if v.new == nil {
				continue
			}
			if err := update.(*tx).execPrepared(query, v.new, v.id, v.old); err != nil {
				return err
			}
		}
		return nil
	})
}

// Stale counts the values that are sealed with another key than the one that is to seal.
func (s *Store) Stale(ctx context.Context) (total int, err error) {
	err = s.View(ctx, func(view core.Tx) error {
		for _, c := range Sealed {
			var n int
			err := view.(*tx).one(func(row scanner) error { return row.Scan(&n) },
				`SELECT count(*) FROM `+c.Table+` WHERE `+c.isStale(1), s.box.Prefix())
			if err != nil {
				return fmt.Errorf("count %s: %w", c, err)
			}
			total += n
		}
		return nil
	})
	return total, err
}
