package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// somebody is a session of a role.
type somebody struct {
	services.Session
	role services.Role
}

func (s somebody) Info() services.SessionInfo { return services.SessionInfo{Role: s.role} }

// away is a window while the service is away.
func away(app *uitest.App, session services.Session) *frame {
	c, _, wait, _ := watched(&wire{since: time.Date(2026, 11, 21, 19, 5, 0, 0, time.UTC)})
	app.Clock.Time = time.Date(2026, 11, 21, 19, 30, 0, 0, time.UTC)
	c.start()
	wait()
	return &frame{program: &Program{Options: Options{Clock: app.Clock}, printer: app.Printer, link: c}, session: session}
}

func TestBanner_Pictures(t *testing.T) {
	for look, in := range map[string]struct {
		lang       text.Lang
		appearance theme.Appearance
	}{"en-light": {text.English, theme.Light}, "fr-dark": {text.French, theme.Dark}} {
		app := uitest.NewApp(t, in.lang, in.appearance, 1)
		column := kit.VStack(theme.Gap4)
		for _, session := range []services.Session{nil, somebody{role: services.RoleCustomer}, somebody{role: services.RoleAdvisor}} {
			column.Add(away(app, session).withBanner(kit.NewLabel("…")))
		}
		screen := app.ShowObject(t, column, fyne.NewSize(1024, 220))
		screen.AssertLayout()
		screen.Golden("banner-" + look)
	}
}

// The strip takes no room while the service is there, and is reached by keyboard while it is not.
func TestBanner_ComesAndGoes(t *testing.T) {
	app := uitest.NewApp(t, text.English, theme.Light, 2)
	f := away(app, somebody{role: services.RoleCustomer})
	screen := app.ShowObject(t, f.withBanner(kit.NewPrimary("Page", nil)), uitest.Small)
	screen.AssertLayout()
	screen.Canvas().FocusNext()
	if screen.Canvas().Focused() != f.banner.retry {
		t.Errorf("the first control is %T", screen.Canvas().Focused())
	}
	f.program.link.away = false
	f.tellConnection()
	if f.banner.strip.Visible() || f.banner.below.Objects[1].Position().Y != 0 {
		t.Error("it stays")
	}
}
