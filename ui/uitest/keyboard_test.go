package uitest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// clickOnly can be clicked and has no key.
type clickOnly struct{ widget.Icon }

func (*clickOnly) Tapped(*fyne.PointEvent) {}

func TestScreen_KeyboardFaults(t *testing.T) {
	press := func() {}
	mute := &clickOnly{}
	mute.ExtendBaseWidget(mute)
	for name, tt := range map[string]struct {
		content fyne.CanvasObject
		want    int
	}{
		"all is well": {kit.VStack(0, kit.NewField("Name"), kit.HStack(0, kit.NewButton("One", press), kit.NewButton("Two", press))), 0},
		"dead":        {kit.NewButton("One", nil), 1},
		"unreached":   {kit.VStack(0, kit.NewButton("One", press), mute), 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := NewApp(t, text.English, theme.Light, 1).ShowObject(t, tt.content, Normal)
			stops := s.tabStops()
			if got := len(s.deadButtons()) + len(s.unreached(stops)) + len(s.jumps(stops)); got != tt.want {
				t.Errorf("%d faults, want %d: %q %q %q", got, tt.want, s.deadButtons(), s.unreached(stops), s.jumps(stops))
			}
		})
	}
}

func TestScreen_KeyboardJumps(t *testing.T) {
	one, two := kit.NewButton("One", func() {}), kit.NewButton("Two", func() {})
	s := NewApp(t, text.English, theme.Light, 1).ShowObject(t, kit.VStack(0, one, two), Normal)
	if got := s.jumps([]fyne.Focusable{two, one}); len(got) != 1 {
		t.Errorf("the wrong way round in a column: %q", got)
	}
	s = NewApp(t, text.English, theme.Light, 1).ShowObject(t, kit.HStack(0, one, two), Normal)
	if got := s.jumps([]fyne.Focusable{two, one}); len(got) != 1 {
		t.Errorf("the wrong way round in a line: %q", got)
	}
}
