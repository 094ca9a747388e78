package server

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) profileRoutes() {
	signed(s, call{
		id: "get-profile", method: http.MethodGet, path: api.PathProfile, summary: "What the person decides about themselves",
	}, profile)
	signed(s, call{
		id: "change-profile", method: http.MethodPatch, path: api.PathProfile, summary: "Change the language of mails, or what the person is told",
		codes: gated(),
	}, changeProfile)
	signed(s, call{
		id: "delete-account", method: http.MethodDelete, path: api.PathProfile, status: http.StatusNoContent, hashes: true,
		summary: "Remove the login, messages and drafts, after the password was shown once more",
		codes:   []services.Code{services.CodeDeviceUnauthorized, services.CodeThrottled, services.CodeLocked},
	}, deleteAccount)
	signed(s, call{
		id: "export-profile", method: http.MethodGet, path: api.PathExport, holds: true,
		summary: "Everything about the person as a zip", codes: []services.Code{services.CodeDeviceUnauthorized},
	}, s.export)
	produces(s, api.PathExport, "application/zip")
}

func profile(ctx context.Context, c services.CustomerSession, _ *nothing) (*answer[api.Profile], error) {
	info, err := c.Reload(ctx)
	out := api.Profile{Language: info.Person.Language}
	if err == nil && info.Ready() {
		var set services.NotificationSettings
		if set, err = c.Notifications(ctx); err == nil {
			shown := api.NotificationsOf(set)
			out.Notifications = &shown
		}
	}
	return &answer[api.Profile]{out}, err
}

// changeProfile changes what is not left out. Who leaves out everything is told that a language is missing.
func changeProfile(ctx context.Context, c services.CustomerSession, in *answer[api.Profile]) (*answer[api.Profile], error) {
	var err error
	if in.Body.Notifications != nil {
		err = c.SetNotifications(ctx, in.Body.Notifications.Domain())
	}
	if err == nil && (in.Body.Language != "" || in.Body.Notifications == nil) {
		err = c.SetLanguage(ctx, in.Body.Language)
	}
	return &answer[api.Profile]{in.Body}, err
}

func deleteAccount(ctx context.Context, c services.CustomerSession, in *answer[api.Password]) (*nothing, error) {
	return &nothing{}, c.DeleteAccount(ctx, services.Secret(in.Body.Password))
}

// streamed is an answer that is written piece by piece.
type streamed struct {
	Body func(huma.Context)
}

// export writes the archive as it is made. What fails before its first byte is a problem like any other; after it, the
// connection is cut, so that nobody takes half an archive for a whole one.
func (s *Server) export(_ context.Context, c services.CustomerSession, _ *nothing) (*streamed, error) {
	return &streamed{func(ctx huma.Context) {
		archive := &lateWriter{begin: func() io.Writer {
			ctx.SetHeader("Content-Type", "application/zip")
			ctx.SetHeader("Content-Disposition", `attachment; filename="export.zip"`)
			ctx.SetStatus(http.StatusOK)
			return ctx.BodyWriter()
		}}
		err := c.Export(ctx.Context(), archive)
		switch {
		case err == nil:
		case archive.to == nil:
			s.refuse(ctx, err)
		default:
			_ = s.problem(ctx.Context(), err) // for the log
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

// lateWriter begins its answer with the first byte.
type lateWriter struct {
	begin func() io.Writer
	to    io.Writer
}

// Write writes on.
func (w *lateWriter) Write(data []byte) (int, error) {
	if w.to == nil {
		w.to = w.begin()
	}
	return w.to.Write(data)
}
