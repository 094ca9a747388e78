package profile

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// secretAsk decides what a page shows that asks for the password before it does one thing.
type secretAsk struct {
	*form
	work func(ctx context.Context, password services.Secret) error
	done func()
}

func newSecretAsk(env nav.Env, work func(context.Context, services.Secret) error, done func()) *secretAsk {
	return &secretAsk{form: newForm(env, fieldPassword), work: work, done: done}
}

// submit does it, once.
func (s *secretAsk) submit() {
	password := s.typed[fieldPassword]
	s.send(func(ctx context.Context) error { return s.work(ctx, password) }, s.done)
}

// removal is a secretAsk after which the session is over: its answer is heard wherever the person is by then, because
// what was deleted cannot be shown any longer.
func removal(env nav.Env, work func(context.Context, services.Secret) error, done func()) *secretAsk {
	return newSecretAsk(env, func(ctx context.Context, password services.Secret) error {
		err := work(ctx, password)
		if err == nil {
			env.Dispatcher.Do(done)
		}
		return err
	}, func() {})
}
