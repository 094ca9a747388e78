package kit_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

func TestDialog_IsAnsweredOnce(t *testing.T) {
	key := func(name fyne.KeyName) func(fyne.Window, *kit.Dialog) {
		return func(win fyne.Window, _ *kit.Dialog) { win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name}) }
	}
	cases := []struct {
		name   string
		answer func(fyne.Window, *kit.Dialog)
		want   bool
	}{
		{"Enter", key(fyne.KeyReturn), true},
		{"Escape", key(fyne.KeyEscape), false},
		{"Escape on the button with the focus", func(win fyne.Window, _ *kit.Dialog) { press(win.Canvas().Focused(), fyne.KeyEscape) }, false},
		{"Enter on the button with the focus", func(win fyne.Window, _ *kit.Dialog) { press(win.Canvas().Focused(), fyne.KeyEnter) }, true},
		{"confirm button", func(_ fyne.Window, d *kit.Dialog) { test.Tap(d.ConfirmButton()) }, true},
		{"Close", func(_ fyne.Window, d *kit.Dialog) { d.Close(false) }, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			win := show(t, kit.NewTitle("Page"), 800, 600)
			page := listen(win)
			var got []bool
			d := kit.ShowDialog(win, "Send it?", kit.NewLabel("It cannot be called back."), "Send", "Keep", false, func(ok bool) { got = append(got, ok) })
			c.answer(win, d)
			d.Close(true)
			if len(got) != 1 || got[0] != c.want {
				t.Errorf("answered %v, want once %v", got, c.want)
			}
			if win.Canvas().Overlays().Top() != nil {
				t.Error("the dialog stays")
			}
			key(fyne.KeyEscape)(win, d)
			if len(page.names) != 1 {
				t.Errorf("the page gets its keys back: %v", page.names)
			}
		})
	}
}

func TestDialog_EnterInAFieldConfirmsUnlessItIsWrong(t *testing.T) {
	win := show(t, kit.NewTitle("Page"), 800, 600)
	name := kit.NewField("Name")
	closed := false
	d := kit.ShowDialog(win, "Name", name, "Save", "Cancel", false, func(bool) { closed = true })
	d.Validate = func() bool { return name.Text() != "" }
	d.Focus(name.Focusable())
	press(name.Focusable(), fyne.KeyReturn)
	if closed {
		t.Fatal("closed although it is not valid")
	}
	test.Type(name.Focusable(), "x")
	d.ConfirmButton().Disable()
	press(name.Focusable(), fyne.KeyReturn)
	if closed {
		t.Fatal("confirmed although the button is disabled")
	}
	d.ConfirmButton().Enable()
	press(name.Focusable(), fyne.KeyReturn)
	if !closed {
		t.Error("Enter in the field does not confirm")
	}
}

func TestDialog_DangerStartsAtTheSafeAnswer(t *testing.T) {
	win := show(t, kit.NewTitle("Page"), 800, 600)
	answer := true
	d := kit.ShowDialog(win, "Remove everything?", kit.NewLabel(""), "Remove", "Keep", true, func(ok bool) { answer = ok })
	press(win.Canvas().Focused(), fyne.KeyReturn)
	if answer {
		t.Error("Enter removes")
	}
	_ = d
}

func TestDialog_OverADrawer(t *testing.T) {
	win := show(t, kit.NewTitle("Page"), 800, 600)
	page := listen(win)
	drawer := kit.NewDrawer("Mail", "Kept on this device", "Close", kit.NewLabel(""))
	drawer.Show(win)
	escape := func() { win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
	kit.ShowDialog(win, "Remove it?", kit.NewLabel(""), "Remove", "Keep", false, nil)
	escape()
	if !drawer.Shown() {
		t.Fatal("the first Escape closed the drawer under the dialog")
	}
	escape()
	if drawer.Shown() {
		t.Fatal("the second Escape did not close the drawer")
	}
	escape()
	if len(page.names) != 1 {
		t.Errorf("the page got %v, want the third Escape", page.names)
	}
}

func TestDrawer(t *testing.T) {
	behind := 0
	win := show(t, container.NewStack(kit.NewButton("Page", func() { behind++ })), 1280, 800)
	closed, used := 0, 0
	d := kit.NewDrawer("Mail on this device", "Local-only mode keeps the e-mails.", "Close", kit.VStack(0, kit.NewButton("Activate now", func() { used++ })))
	d.OnClosed = func() { closed++ }
	d.Show(win)
	d.Show(win)
	if n := len(win.Canvas().Overlays().List()); n != 1 {
		t.Fatalf("%d drawers are open", n)
	}
	test.TapCanvas(win.Canvas(), fyne.NewPos(1000, 110))
	test.TapCanvas(win.Canvas(), fyne.NewPos(1000, 600)) // its empty part
	if used != 1 || !d.Shown() {
		t.Errorf("used %d times, shown %v", used, d.Shown())
	}
	test.TapCanvas(win.Canvas(), fyne.NewPos(300, 400)) // beside it
	if d.Shown() || closed != 1 || behind != 0 {
		t.Errorf("shown %v, closed %d times, the page behind was clicked %d times", d.Shown(), closed, behind)
	}
	d.Show(win)
	d.SetText("Courrier", "Gardé sur cet appareil")
	if !says(win.Canvas().Overlays().Top(), "Courrier") {
		t.Error("it does not open again, or keeps its words")
	}
	win.Canvas().FocusNext()
	press(win.Canvas().Focused(), fyne.KeyReturn) // the cross comes first
	if d.Shown() || closed != 2 {
		t.Error("the cross does not close it")
	}
}

func TestToaster(t *testing.T) {
	var due func()
	stopped := 0
	toaster := kit.NewToaster(func(d time.Duration, f func()) func() {
		if d != 5*time.Second {
			t.Errorf("stands for %v", d)
		}
		due = f
		return func() { stopped++ }
	})
	n := 0
	win := show(t, container.NewStack(kit.NewButton("Page", func() { n++ }), toaster), 400, 300)
	toaster.Say("One")
	toaster.Say("Two")
	if toaster.Message() != "Two" || stopped != 1 || !says(toaster, "Two") {
		t.Errorf("says %q, the first was called off %d times", toaster.Message(), stopped)
	}
	test.TapCanvas(win.Canvas(), fyne.NewPos(200, 270))
	if n != 1 {
		t.Error("the message swallows a click")
	}
	due()
	if toaster.Message() != "" || says(toaster, "Two") {
		t.Error("the message stays")
	}
}

func TestDialog_LongContentScrollsAndTheButtonsStay(t *testing.T) {
	win := show(t, kit.NewTitle("Page"), 800, 500)
	terms := kit.NewWrapped(strings.Repeat("A sentence of the terms that nobody shortens. ", 200), kit.StyleLabel)
	d := kit.ShowDialog(win, "Terms of Use", terms, "I accept", "Back", false, nil)
	button := d.ConfirmButton()
	y := fyne.CurrentApp().Driver().AbsolutePositionForObject(button).Y
	if y+button.Size().Height > 500 || y < 300 {
		t.Errorf("the button stands at %v of 500", y)
	}
	short := kit.ShowDialog(win, "Sure?", kit.NewWrapped("Yes or no.", kit.StyleLabel), "Yes", "No", false, nil).ConfirmButton()
	if y := fyne.CurrentApp().Driver().AbsolutePositionForObject(short).Y; y < 240 || y > 320 {
		t.Errorf("in a short dialog the button stands at %v of 500", y)
	}
}

func TestAccessibilityLabels(t *testing.T) {
	f := kit.NewField("E-mail")
	f.SetError("Enter a full address.")
	s := kit.NewSelect("Topic", abc, nil)
	s.SetSelected("b")
	for _, c := range []struct {
		of   any
		want string
	}{
		{f.Focusable(), "E-mail Enter a full address."},
		{s.Focusable(), "Topic, Pear"},
		{kit.NewTitle("Overview"), "Overview"},
		{kit.NewWrapped("A text", kit.StyleLabel), "A text"},
		{kit.NewRailItem(theme.IconHelp, "Help", nil), "Help"},
	} {
		if got := c.of.(fyne.Accessible).AccessibilityLabel(); got != c.want {
			t.Errorf("reads %q, want %q", got, c.want)
		}
	}
}
