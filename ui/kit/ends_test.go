package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

func TestEnds(t *testing.T) {
	fynetest.NewApp().Settings().SetTheme(theme.New(theme.Light, 1))
	button, link := kit.NewPrimary("Sign in", nil), kit.NewLink("Forgot your password?", nil)
	row := kit.Ends(160, button, link)
	row.Resize(fyne.NewSize(400, row.MinSize().Height))
	if button.Size().Width != 160 || link.Position().X+link.Size().Width != 400 || row.MinSize().Height != button.MinSize().Height {
		t.Errorf("beside: button %v, link at %v", button.Size(), link.Position())
	}
	row.Resize(fyne.NewSize(240, row.MinSize().Height))
	if link.Position().X != 0 || link.Position().Y < button.Size().Height || row.MinSize().Height <= 2*theme.Gap4+link.MinSize().Height {
		t.Errorf("under: link at %v, row %v high", link.Position(), row.MinSize().Height)
	}
}
