package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"myaccount/services/program"
	"myaccount/services/seal"
	"myaccount/services/store"
	"myaccount/services/text"
)

// step is how far the sealing key is changed.
type step int

const (
	resting  step = iota // one sealing key
	prepared             // a second one, which opens and does not seal yet
	promoted             // the second seals, the first is left for what was not sealed again yet
)

// stepOf tells the step by a key and the sealing keys that the database names.
func stepOf(key seal.Key, named string) step {
	switch {
	case len(key.Sealing()) == 1:
		return resting
	case named != "" && strings.Fields(named)[0] == key.Newest():
		return promoted
	}
	return prepared
}

// fits tells whether a key holds all sealing keys that a database names. Errors: store.ErrMissingKey.
func fits(key seal.Key, named string) error {
	box, err := seal.Open(key)
	if err != nil {
		return err
	}
	return store.Fits(box, "", named)
}

var (
	// settle is how long after a change no replica seals with the key before any more: each looks every two seconds,
	// and what PostgreSQL holds open for longer than a minute it gives up.
	settle = 90 * time.Second
	// settleAlone is the same where nobody serves.
	settleAlone = 5 * time.Second
	// rest is how long PostgreSQL is left to others after each batch; SQLite rests for a breath.
	rest = 5 * time.Millisecond
)

// rotate changes the sealing key, in steps, so that replicas can be given the new one before anything is sealed with it.
// Where nobody else serves the database, it does them all.
func (o *operator) rotate(ctx context.Context, c config, cmd *cli.Command) error {
	prepare, finish := cmd.Bool("prepare"), cmd.Bool("finish")
	switch {
	case prepare && finish:
		return &program.Fault{Key: "server.seal.one", Usage: true}
	case prepare:
		return o.prepareKey(ctx, c)
	case finish:
		return o.with(ctx, c, func(b *backend) error { return o.finishRotation(ctx, b, settle) })
	}
	if c.onSQLite() {
		unlock, err := c.alone()
		if err == nil {
			defer unlock()
			return o.rotateAlone(ctx, c)
		}
		var running *program.Fault
		if !errors.As(err, &running) || running.Key != serving {
			return err
		}
	}
	return o.with(ctx, c, func(b *backend) error {
		if err := o.reseal(ctx, b); err != nil {
			return err
		}
		o.say("server.seal.resealed")
		return nil
	})
}

// rotateAlone does all steps, or those that are left.
func (o *operator) rotateAlone(ctx context.Context, c config) error {
	key, err := readKey(c.keysetPath())
	if err != nil || len(key.Sealing()) == 1 {
		if err := o.prepareKey(ctx, c); err != nil {
			return err
		}
	}
	return o.with(ctx, c, func(b *backend) error {
		if err := o.reseal(ctx, b); err != nil {
			return err
		}
		return o.finishRotation(ctx, b, settleAlone)
	})
}

// prepareKey adds a sealing key to the key file.
func (o *operator) prepareKey(ctx context.Context, c config) error {
	path := c.keysetPath()
	want, err := c.keyID(ctx)
	if err != nil {
		return c.explain(err)
	}
	if want == "" {
		return &program.Fault{Key: "server.seal.nothing"}
	}
	key, err := loadKey(path, want)
	if err != nil {
		return err
	}
	named, err := c.sealingKeys(ctx)
	if err == nil {
		err = fits(key, named)
	}
	if err != nil {
		return c.explain(err)
	}
	next, err := key.Prepare()
	if errors.Is(err, seal.ErrRotating) {
		return &program.Fault{Key: "server.seal.prepared_before", Vars: text.Vars{"File": path}}
	}
	if err != nil {
		return err
	}
	kept, err := changeKey(path, next)
	if err != nil {
		return c.explain(err)
	}
	o.say("server.seal.prepared", text.Vars{"File": path, "Before": kept})
	return nil
}

// changeKey writes another key into the key file and gives the name of a copy of the one before.
func changeKey(path string, key seal.Key) (kept string, err error) {
	if kept, err = keepKey(path); err != nil {
		return "", err
	}
	return kept, replaceKey(path, key)
}

// reseal makes the newest key the one that seals, for all replicas, and seals again what is sealed with the one before.
func (o *operator) reseal(ctx context.Context, b *backend) error {
	path := b.config.keysetPath()
	key, err := readKey(path)
	if err != nil {
		return err
	}
	if len(key.Sealing()) == 1 {
		return &program.Fault{Key: "server.seal.unprepared"}
	}
	if err := b.data.Promote(ctx, key.Newest()); err != nil {
		return err
	}
	if key.Sealing()[0] != key.Newest() { // so that the file says so as well; what counts is the database
		if key, err = key.Promote(key.Newest()); err != nil {
			return err
		}
		if err := replaceKey(path, key); err != nil {
			return err
		}
	}
	failed, err := o.resealAll(ctx, b)
	if err == nil && failed > 0 {
		o.say("server.seal.failed", text.Vars{"Count": o.printer.Number(int64(failed))})
	}
	return err
}

// resealAll seals again what is sealed with the key before, and counts what does not open.
func (o *operator) resealAll(ctx context.Context, b *backend) (failed int, err error) {
	tell := o.resealed("server.seal.values")
	values, err := b.data.Reseal(ctx, func(done int) {
		tell(done)
		b.rest()
	})
	if err != nil {
		return 0, stopped(ctx, err)
	}
	files, err := b.ResealBlobs(ctx, o.resealed("server.seal.files"))
	return values + files, stopped(ctx, err)
}

// stopped says that a rotation can go on, when that is what ended it.
func stopped(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return &program.Fault{Key: "server.seal.stopped", Err: ctx.Err()}
	}
	return err
}

// rest leaves the database to others for a moment.
func (b *backend) rest() {
	if b.config.onSQLite() {
		time.Sleep(breath)
	} else {
		time.Sleep(rest)
	}
}

// resealed says now and then how many are done.
func (o *operator) resealed(key string) func(done int) {
	last := now()
	return func(done int) {
		if now().Sub(last) >= tellEvery {
			last = now()
			o.say(key, text.Vars{"Count": o.printer.Number(int64(done))})
		}
	}
}

// finishRotation removes the key before, once nothing is sealed with it. within is how long after the change somebody
// may still seal with it.
func (o *operator) finishRotation(ctx context.Context, b *backend, within time.Duration) error {
	path := b.config.keysetPath()
	key, err := readKey(path)
	if err != nil {
		return err
	}
	r, err := b.data.Rotation(ctx)
	if err != nil {
		return err
	}
	if stepOf(key, strings.Join(r.Keys, " ")) != promoted {
		return &program.Fault{Key: "server.seal.unfinished"}
	}
	if left := within - b.Clock.Now().Sub(r.Since); left > 0 {
		o.say("server.seal.waiting", text.Vars{"Seconds": int(left.Seconds()) + 1})
		select {
		case <-time.After(left):
		case <-ctx.Done():
			return stopped(ctx, ctx.Err())
		}
	}
	if _, err := o.resealAll(ctx, b); err != nil { // what was sealed while somebody did not know yet
		return err
	}
	if err := o.noneLeft(ctx, b); err != nil {
		return err
	}
	if err := b.data.Retire(ctx); err != nil { // before the file: a key that the database names has to be there
		return err
	}
	last, err := key.Retire()
	if err != nil {
		return err
	}
	kept, err := changeKey(path, last)
	if err != nil {
		return err
	}
	o.say("server.seal.finished", text.Vars{"File": path, "Before": kept})
	return nil
}

// noneLeft fails when something is sealed with the key before.
func (o *operator) noneLeft(ctx context.Context, b *backend) error {
	values, err := b.data.Stale(ctx)
	if err != nil {
		return err
	}
	files, err := b.StaleBlobs(ctx)
	if err != nil {
		return stopped(ctx, err)
	}
	if values+files == 0 {
		return nil
	}
	return &program.Fault{Key: "server.seal.left", Vars: text.Vars{
		"Values": o.printer.Number(int64(values)), "Files": o.printer.Number(int64(files)),
	}}
}
