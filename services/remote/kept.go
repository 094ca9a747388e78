package remote

import (
	"context"

	"myaccount/services"
)

var _ services.Kept = (*customerSession)(nil)

// Kept says how much of the person's this machine keeps.
func (s *customerSession) Kept(ctx context.Context) (services.KeptInfo, error) {
	if err := s.check(); err != nil {
		return services.KeptInfo{}, err
	}
	sizes, err := s.mine.Sizes(ctx)
	return services.KeptInfo{Drafts: sizes.Drafts, Waiting: sizes.Waiting, Bytes: sizes.Bytes}, err
}

// RemoveKept removes all of the person's from this machine. What the service answers from then on is not kept: an answer
// may just be on its way.
func (s *customerSession) RemoveKept(ctx context.Context, discard bool) error {
	if err := s.check(); err != nil {
		return err
	}
	if err := s.removeAll(ctx, discard); err != nil {
		return err
	}
	s.outbox.tell()
	return nil
}

// removeAll removes all of the person's and has nothing kept afterwards.
func (s *customerSession) removeAll(ctx context.Context, discard bool) error {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	if err := s.mine.RemoveAll(ctx, discard); err != nil {
		return err
	}
	s.removed = true
	s.portal.forgetIdentity(ctx, s.Info().Person.Email)
	return nil
}
