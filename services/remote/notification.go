package remote

import (
	"context"
	"errors"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

// Notifications gives what is set.
func (s *customerSession) Notifications(ctx context.Context) (services.NotificationSettings, error) {
	if err := s.session.check(); err != nil {
		return services.NotificationSettings{}, err
	}
	var profile api.Profile
	if err := s.do(ctx, get(api.PathProfile, &profile)); err != nil {
		return services.NotificationSettings{}, err
	}
	if profile.Notifications == nil {
		return services.NotificationSettings{}, services.Internal(errors.New("remote: a profile without notifications"))
	}
	return profile.Notifications.Domain(), nil
}

// SetNotifications replaces it.
func (s *customerSession) SetNotifications(ctx context.Context, set services.NotificationSettings) error {
	body := api.NotificationsOf(set)
	return s.do(ctx, call{method: http.MethodPatch, path: api.PathProfile, body: api.Profile{Notifications: &body}, again: true})
}
