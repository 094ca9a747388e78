package uitest_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// echoPage says what was typed, and answers a press later.
type echoPage struct {
	scope  nav.Scope
	typed  string
	answer *kit.Text
	field  *kit.Field
}

func (e *echoPage) Start() { e.scope.Start() }
func (e *echoPage) Stop()  { e.scope.Stop() }

func (e *echoPage) Build(*text.Printer) fyne.CanvasObject {
	e.answer = kit.NewLabel("")
	e.field = kit.NewField("Name")
	e.field.SetText(e.typed)
	e.field.OnChanged = func(s string) { e.typed = s }
	check := kit.NewCheck("I agree", func(bool) {})
	return kit.VStack(8, kit.NewTitle("Hello"), e.field, check, kit.NewPrimary("Say it", func() { e.answer.SetText("You said " + e.typed) }), e.answer)
}

func (e *echoPage) Focus() fyne.Focusable { return e.field.Focusable() }

func TestScreen_DrivesAPage(t *testing.T) {
	app := uitest.NewApp(t, text.English, theme.Light, 1)
	s := app.Show(t, &echoPage{}, uitest.Normal)
	s.TypeFocused("Amé")
	s.Type("Name", "lie")
	s.Tick("I agree")
	s.Tap("Say it")
	if !s.Has("You said Amélie") || !s.Check("I agree").Checked() {
		t.Fatalf("screen says %q", s.Texts())
	}
	s.Rebuild()
	if got := s.Field("Name").Text(); got != "Amélie" {
		t.Errorf("after a rebuild the field has %q", got)
	}
	if got, want := s.TabOrder(), []string{"Name", "I agree", "Say it"}; !slices.Equal(got, want) {
		t.Errorf("TabOrder = %q, want %q", got, want)
	}
	s.AssertLayout()
}

func TestScreen_WaitForWorkElsewhere(t *testing.T) {
	app := uitest.NewApp(t, text.French, theme.Dark, 1.5)
	label := kit.NewLabel("…")
	s := app.ShowObject(t, label, uitest.Small)
	go app.Queue.Do(func() { label.SetText("there") })
	s.WaitFor("there")
	s.WaitGone("…")
}
