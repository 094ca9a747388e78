package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"
)

func TestFiles_DialogTakesEscape(t *testing.T) {
	fynetest.NewApp()
	window := fynetest.NewTempWindow(t, nil)
	window.Resize(fyne.NewSize(800, 600))
	canvas := window.Canvas()
	pages := 0
	canvas.SetOnTypedKey(func(*fyne.KeyEvent) { pages++ })
	escape := func() { canvas.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) }

	answers := map[string]int{}
	files := NewFiles(window, nil, &Folder{})
	for name, ask := range map[string]func(){
		"open": func() { files.Open("", []string{"pdf"}, func(paths []string) { answers["open"] += 1 + len(paths) }) },
		"save": func() {
			files.Save("", "copy.pdf", nil, func(path string, err error) {
				answers["save"]++
				if path != "" || err != nil {
					t.Errorf("saved to %q, %v", path, err)
				}
			})
		},
	} {
		ask()
		if canvas.Overlays().Top() == nil {
			t.Fatalf("%s: no dialog", name)
		}
		escape()
		if canvas.Overlays().Top() != nil || answers[name] != 1 {
			t.Errorf("%s: open after Escape: %v, answers %d", name, canvas.Overlays().Top() != nil, answers[name])
		}
	}
	if pages != 0 {
		t.Error("the page under the dialog got the key")
	}
	escape()
	if pages != 1 {
		t.Error("the page does not get its keys back")
	}
}
