package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

func TestButton_IsPressedByPointerEnterAndSpace(t *testing.T) {
	n := 0
	count := func() { n++ }
	for name, b := range map[string]*kit.Button{
		"plain": kit.NewButton("A", count), "primary": kit.NewPrimary("A", count), "danger": kit.NewDanger("A", count),
		"link": kit.NewLink("A", count), "text link": kit.NewTextLink("A", count), "quiet": kit.NewQuietLink("A", count),
		"icon": kit.NewIconButton(theme.IconClose, "A", count),
	} {
		t.Run(name, func(t *testing.T) {
			win := show(t, b, 200, 40)
			n = 0
			test.Tap(b)
			press(b, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace)
			if n != 4 {
				t.Errorf("pressed %d times, want 4", n)
			}
			if win.Canvas().Focused() != b {
				t.Error("a click does not give it the focus")
			}
			b.Disable()
			test.Tap(b)
			press(b, fyne.KeyReturn)
			b.Enable()
			b.SetBusy(true)
			test.Tap(b)
			press(b, fyne.KeySpace)
			if n != 4 {
				t.Error("pressed while disabled or busy")
			}
			b.SetBusy(false)
			test.Tap(b)
			if n != 5 {
				t.Error("not pressed once it is free again")
			}
			if b.AccessibilityLabel() != "A" {
				t.Errorf("assistive technology reads %q", b.AccessibilityLabel())
			}
		})
	}
}

func TestButton_SecondClickWhileTheFirstIsAtWork(t *testing.T) {
	n := 0
	var b *kit.Button
	b = kit.NewPrimary("Send", func() {
		n++
		b.SetBusy(true)
	})
	b.SetBusyText("Sending")
	show(t, b, 200, 40)
	test.Tap(b)
	test.Tap(b)
	if n != 1 || !says(b, "Sending") {
		t.Errorf("sent %d times", n)
	}
}

func TestButton_HandsOnWhatItDoesNotUse(t *testing.T) {
	b := kit.NewButton("A", nil)
	win := show(t, b, 200, 40)
	got := listen(win)
	press(b, fyne.KeyEscape, fyne.KeyReturn)
	if len(got.names) != 1 || got.names[0] != fyne.KeyEscape {
		t.Errorf("the page got %v, want Escape", got.names)
	}
	shortcut, ran := &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}, false
	withShortcuts(t, win).AddShortcut(shortcut, func(fyne.Shortcut) { ran = true })
	b.TypedShortcut(shortcut)
	if !ran {
		t.Error("the shell's shortcut did not run")
	}
}

func TestButton_SetText(t *testing.T) {
	b := kit.NewButton("Save", nil)
	show(t, b, 200, 40)
	narrow := b.MinSize().Width
	b.SetText("Enregistrer le brouillon")
	if !says(b, "Enregistrer le brouillon") || b.MinSize().Width <= narrow {
		t.Error("the label is not changed")
	}
	if got := b.MinSize().Height; got != 40 {
		t.Errorf("%v high, want 40", got)
	}
	if got := b.SetCompact(true).MinSize().Height; got != 34 {
		t.Errorf("compact: %v high, want 34", got)
	}
}

func TestCheck(t *testing.T) {
	var got []bool
	opened := 0
	c := kit.NewCheck("I have read and accept the", func(on bool) { got = append(got, on) })
	c.SetLink("Terms of Use", func() { opened++ })
	win := show(t, c, 400, 60)
	press(c.Focusable(), fyne.KeySpace)
	test.TapCanvas(win.Canvas(), fyne.NewPos(5, 10))   // the box
	test.TapCanvas(win.Canvas(), fyne.NewPos(60, 10))  // the sentence
	test.TapCanvas(win.Canvas(), fyne.NewPos(240, 10)) // the link
	if len(got) != 3 || !got[0] || got[1] || !got[2] || opened != 1 {
		t.Errorf("changes %v, opened %d times", got, opened)
	}
	c.SetChecked(false)
	if c.Checked() || len(got) != 3 {
		t.Error("SetChecked is told as a change of the person's")
	}
	c.Disable()
	press(c.Focusable(), fyne.KeySpace)
	if c.Checked() {
		t.Error("ticked while disabled")
	}
	c.SetError("Please accept the terms.")
	kit.Settle(win)
	if !says(c, "Please accept the terms.") {
		t.Error("the error is not drawn")
	}
}

func TestCheck_LinkGoesUnderALongSentence(t *testing.T) {
	c := kit.NewCheck("I have read and accept the", nil).SetLink("Terms of Use", nil)
	win := show(t, c, 400, 100)
	wide := c.MinSize().Height
	win.Resize(fyne.NewSize(230, 100))
	if c.MinSize().Height <= wide {
		t.Errorf("%v high at 230, as at 400", c.MinSize().Height)
	}
}

func TestRailItem(t *testing.T) {
	n := 0
	r := kit.NewRailItem(theme.IconMessages, "Message Center", func() { n++ })
	show(t, r, 200, 40)
	test.Tap(r)
	press(r, fyne.KeyReturn, fyne.KeySpace)
	if n != 3 {
		t.Errorf("pressed %d times, want 3", n)
	}
	narrow := r.MinSize().Width
	r.SetCount(120)
	if !says(r, "99+") || r.MinSize().Width <= narrow {
		t.Error("the counter is not drawn")
	}
	r.SetCount(0)
	if r.MinSize().Width != narrow {
		t.Error("an empty counter takes room")
	}
}
