package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

func TestSwitcher_Keyboard(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	var chosen []string
	s := kit.NewSwitcher("Lease ending 4471", "a", []kit.Option{{ID: "a", Label: "Lease"}, {ID: "b", Label: "Loan"}}, func(id string) {
		chosen = append(chosen, id)
	})
	w := test.NewTempWindow(t, kit.HStack(0, s))
	press := func(keys ...fyne.KeyName) {
		for _, key := range keys {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
		}
	}
	w.Canvas().Focus(s.Focusable())
	press(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if len(chosen) != 1 || chosen[0] != "b" {
		t.Fatalf("chose %q", chosen)
	}
	w.Canvas().Focus(s.Focusable())
	press(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if len(chosen) != 1 {
		t.Error("choosing the same again is told")
	}
	w.Canvas().Focus(s.Focusable())
	press(fyne.KeySpace, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil || len(chosen) != 1 {
		t.Error("Escape does not close the list")
	}
}
