package core_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
)

// writingStore notes of each transaction whether it wrote something beside counting.
type writingStore struct {
	core.Store
	wrote []bool
}

type writingTx struct {
	core.Tx
	wrote *bool
}

func (t writingTx) AddMail(row core.MailRow) error     { *t.wrote = true; return t.Tx.AddMail(row) }
func (t writingTx) AddSignIn(row core.SignInRow) error { *t.wrote = true; return t.Tx.AddSignIn(row) }

func (t writingTx) SpendCaptcha(id []byte, expires time.Time) error {
	*t.wrote = true
	return t.Tx.SpendCaptcha(id, expires)
}

func (s *writingStore) Update(ctx context.Context, fn func(core.Tx) error) error {
	var wrote bool
	err := s.Store.Update(ctx, func(tx core.Tx) error { return fn(writingTx{tx, &wrote}) })
	s.wrote = append(s.wrote, wrote)
	return err
}

// TestRequests_WriteForNobodyToo asks for mails for addresses with a login, without one, and with one that gets no such
// mail: as many transactions write, for a commit that has nothing to write is quicker than the others.
func TestRequests_WriteForNobodyToo(t *testing.T) {
	store := &writingStore{}
	h := newHarness(t, func(c *core.Config) { store.Store, c.Store = c.Store, store })
	h.person("active@example.ca")
	must(t, h.Register(h.ctx, h.registration("waiting@example.ca")))
	for name, ask := range map[string]func(context.Context, services.AddressRequest) error{
		"reset": h.RequestPasswordReset, "activation": h.ResendActivation,
	} {
		for _, email := range []string{"active@example.ca", "waiting@example.ca", "nobody@example.ca"} {
			request := services.AddressRequest{Email: email, Captcha: h.captcha()}
			store.wrote = nil
			must(t, ask(h.ctx, request))
			if !slices.Equal(store.wrote, []bool{true, true}) {
				t.Errorf("%s of %s: transactions that wrote: %v", name, email, store.wrote)
			}
		}
	}
}
