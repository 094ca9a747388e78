package remote

import (
	"context"

	"myaccount/services"
)

// Drafts stay on this machine, sealed.

// Drafts lists the person's drafts.
func (s *customerSession) Drafts(ctx context.Context) ([]services.Draft, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	return s.mine.Drafts(ctx)
}

// Draft gives one.
func (s *customerSession) Draft(ctx context.Context, id string) (services.Draft, error) {
	if err := s.check(); err != nil {
		return services.Draft{}, err
	}
	return s.mine.Draft(ctx, id)
}

// SaveDraft keeps a draft, also when the service has ended the session: nothing that was typed is lost by that.
func (s *customerSession) SaveDraft(ctx context.Context, d services.Draft) (services.Draft, error) {
	if err := s.check(); err != nil && !s.lastWords() {
		return services.Draft{}, err
	}
	saved, err := s.mine.SaveDraft(ctx, d)
	if err == nil {
		s.outbox.tell() // one that came back is an ordinary draft now
	}
	return saved, err
}

// DeleteDraft removes a draft and its files.
func (s *customerSession) DeleteDraft(ctx context.Context, id string) error {
	if err := s.check(); err != nil {
		return err
	}
	err := s.mine.DeleteDraft(ctx, id)
	if err == nil {
		s.outbox.tell()
	}
	return err
}
