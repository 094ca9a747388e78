package uitest

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/theme"
)

// PageSize is what the shell leaves to a page beside its rail, at Normal.
var PageSize = fyne.NewSize(1056, 800)

// Looks are the appearances in which every state of a page has a picture, with the names of their files.
var Looks = []struct {
	Name       string
	Lang       text.Lang
	Appearance theme.Appearance
}{{"en-light", text.English, theme.Light}, {"fr-dark", text.French, theme.Dark}}

// Rooms are the windows and text sizes, besides those of the pictures, in which nothing may be cut. Rail is how much of
// their width the shell's rail takes.
var Rooms = []struct {
	Window fyne.Size
	Scale  float32
	Rail   float32
}{{Small, 1, 224}, {Small, 1.5, 292}, {Small, 2, 368}, {Large, 1, 224}}

// EachLook draws a state of a page in every look: nothing is cut, the picture is as it was, and the keyboard reaches
// everything.
func EachLook(t *testing.T, state string, show func(t *testing.T, app *App) *Screen) {
	t.Helper()
	for _, look := range Looks {
		t.Run(state+"-"+look.Name, func(t *testing.T) {
			s := show(t, NewApp(t, look.Lang, look.Appearance, 1))
			s.AssertLayout()
			s.Golden(state + "-" + look.Name)
			s.AssertKeyboard()
		})
	}
}

// EachRoom draws a page in both languages and in every room, of which it has what the rail leaves, in high contrast, where
// nothing may be cut when show is done.
func EachRoom(t *testing.T, show func(t *testing.T, app *App, room fyne.Size) *Screen) {
	t.Helper()
	for _, lang := range text.Langs() {
		for _, room := range Rooms {
			t.Run(fmt.Sprint(lang, " ", room.Window.Width, " ", room.Scale), func(t *testing.T) {
				app := NewApp(t, lang, theme.HighContrast, room.Scale)
				show(t, app, room.Window.SubtractWidthHeight(room.Rail, 0)).AssertLayout()
			})
		}
	}
}
