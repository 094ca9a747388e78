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

// keeper is a session of which the computer keeps something.
type keeper struct {
	somebody
	services.Kept
}

func (keeper) Info() services.SessionInfo { return services.SessionInfo{Role: services.RoleCustomer} }

func TestParting_Pictures(t *testing.T) {
	for name, in := range map[string]struct {
		lang       text.Lang
		appearance theme.Appearance
		scale      float32
		info       services.KeptInfo
	}{
		"figures-en-light": {text.English, theme.Light, 1, services.KeptInfo{Bytes: 4711}},
		"message-fr-dark":  {text.French, theme.Dark, 1, services.KeptInfo{Bytes: 4711, Drafts: 2, Waiting: 1}},
		"large":            {text.French, theme.HighContrast, 2, services.KeptInfo{Bytes: 4711, Drafts: 2, Waiting: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			app := uitest.NewApp(t, in.lang, in.appearance, in.scale)
			f := &frame{program: &Program{printer: app.Printer}, window: app.Env().Window, session: keeper{}, history: newHistory()}
			screen := app.ShowObject(t, kit.NewLabel(""), uitest.Small)
			f.askParting(nil, in.info)
			if in.info.Waiting > 0 {
				screen.Canvas().Focus(uitest.All[*kit.Radio](screen)[0])
				screen.Press(fyne.KeyDown)
			}
			screen.AssertLayout()
			screen.AssertKeyboard()
			if in.scale == 1 {
				screen.Golden("parting-" + name)
			}
			screen.Press(fyne.KeyEscape)
			if f.parting != nil {
				t.Error("Escape does not leave the question")
			}
		})
	}
}

// What is chosen at first loses no message, and leaves nothing on somebody else's computer.
func TestPartingChoice(t *testing.T) {
	trusted := services.Device{TrustedUntil: time.Now().Add(time.Hour)}
	for _, c := range []struct {
		device services.Device
		kept   services.KeptInfo
		want   string
	}{
		{trusted, services.KeptInfo{Drafts: 1}, partKeep},
		{services.Device{}, services.KeptInfo{Drafts: 1}, partRemove},
		{services.Device{}, services.KeptInfo{Waiting: 1}, partKeep},
	} {
		if got := partingChoice(c.device, c.kept); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
