package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

func box(w, h float32) *canvas.Rectangle {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(w, h))
	return r
}

// at checks place and size of an object.
func at(t *testing.T, name string, o fyne.CanvasObject, x, y, w, h float32) {
	t.Helper()
	if o.Position() != fyne.NewPos(x, y) || o.Size() != fyne.NewSize(w, h) {
		t.Errorf("%s is at %v with %v, want (%v,%v) with %vx%v", name, o.Position(), o.Size(), x, y, w, h)
	}
}

func TestVStack(t *testing.T) {
	a, b, hidden, c := box(10, 10), box(30, 20), box(99, 99), box(5, 5)
	hidden.Hide()
	s := kit.VStack(7, a, hidden, b, kit.Spacer(), c)
	if m := s.MinSize(); m != fyne.NewSize(30, 10+7+20+7+0+7+5) {
		t.Errorf("needs %v", m)
	}
	s.Resize(fyne.NewSize(100, 200))
	at(t, "a", a, 0, 0, 100, 10)
	at(t, "b", b, 0, 17, 100, 20)
	at(t, "c", c, 0, 195, 100, 5)
}

func TestHStack(t *testing.T) {
	a, b, c := box(10, 10), box(30, 20), box(5, 5)
	s := kit.HStack(6, a, kit.HFill(b), c)
	s.Resize(fyne.NewSize(100, 20))
	at(t, "a", a, 0, 5, 10, 10)
	at(t, "b's frame", s.Objects[1], 16, 0, 73, 20)
	at(t, "c", c, 95, 7.5, 5, 5)
}

func TestColumns_StackWhereTheyDoNotFit(t *testing.T) {
	a, b := box(100, 10), box(150, 30)
	c := kit.Columns(2, 1)(a, b)
	c.Resize(fyne.NewSize(616, 50))
	at(t, "a", a, 0, 0, 400, 50)
	at(t, "b", b, 416, 0, 200, 50)
	if m := c.MinSize(); m != fyne.NewSize(150, 30) {
		t.Errorf("beside each other they need %v", m)
	}
	c.Resize(fyne.NewSize(300, 60))
	at(t, "a", a, 0, 0, 300, 10)
	at(t, "b", b, 0, 26, 300, 30)
	if m := c.MinSize(); m != fyne.NewSize(150, 56) {
		t.Errorf("under each other they need %v", m)
	}
}

func TestSides(t *testing.T) {
	a, b := box(100, 40), box(80, 20)
	s := kit.Sides(a, b)
	s.Resize(fyne.NewSize(300, 40))
	at(t, "a", a, 0, 0, 204, 40)
	at(t, "b", b, 220, 0, 80, 20)
	s.Resize(fyne.NewSize(150, 80))
	at(t, "a", a, 0, 0, 150, 40)
	at(t, "b", b, 0, 56, 80, 20)
}

func TestFlow(t *testing.T) {
	a, b, c := box(60, 20), box(60, 10), box(60, 20)
	f := kit.Flow(10, 4, a, b, c)
	f.Resize(fyne.NewSize(130, 100))
	at(t, "a", a, 0, 0, 60, 20)
	at(t, "b", b, 70, 5, 60, 10)
	at(t, "c", c, 0, 24, 60, 20)
	if m := f.MinSize(); m != fyne.NewSize(60, 44) {
		t.Errorf("needs %v", m)
	}
}

func TestCenterBoxAndMaxWidth(t *testing.T) {
	a := box(100, 40)
	kit.CenterBox(200, a).Resize(fyne.NewSize(500, 140))
	at(t, "centred", a, 150, 50, 200, 40)
	kit.MaxWidth(200, a).Resize(fyne.NewSize(500, 140))
	at(t, "bounded", a, 0, 0, 200, 140)
	kit.MaxWidth(200, a).Resize(fyne.NewSize(120, 140))
	at(t, "in a narrow room", a, 0, 0, 120, 140)
	kit.PageMargin(a).Resize(fyne.NewSize(500, 300))
	at(t, "in a page", a, 36, 28, 428, 236)
}

func TestWrapped_HeightFollowsWidthThroughStacks(t *testing.T) {
	text := kit.NewWrapped("Messages are kept for 30 days from the date sent. Save a copy of what you need.", kit.StyleQuiet)
	below := kit.NewLabel("below")
	inner := kit.NewCard(kit.VStack(8, text, below))
	win := show(t, kit.NewPageScroll(kit.PageMargin(kit.VStack(16, inner))), 1000, 600)
	one := text.Size().Height
	if y := below.Position().Y; y != one+8 {
		t.Errorf("one line: what is below stands at %v, the text is %v high", y, one)
	}
	win.Resize(fyne.NewSize(300, 600))
	if text.Size().Height < 3*one || below.Position().Y != text.Size().Height+8 {
		t.Errorf("many lines: %v high, below stands at %v", text.Size().Height, below.Position().Y)
	}
	win.Resize(fyne.NewSize(1000, 600))
	if text.Size().Height != one {
		t.Errorf("wide again: %v high, want %v", text.Size().Height, one)
	}
}

func TestWrapped_LosesNothing(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zé \x{a0}\n]{0,80}`).Draw(t, "text")
		width := float32(rapid.IntRange(1, 300).Draw(t, "width"))
		w := kit.NewWrapped(text, kit.StyleLabel)
		w.Resize(fyne.NewSize(width, 1000))
		var got strings.Builder
		walk(w, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			line, ok := o.(*canvas.Text)
			if !ok {
				return
			}
			if line.MinSize().Width > width && len([]rune(line.Text)) > 1 {
				t.Fatalf("%q is %v wide in %v", line.Text, line.MinSize().Width, width)
			}
			got.WriteString(line.Text)
		})
		bare := strings.NewReplacer(" ", "", "\n", "").Replace
		if bare(got.String()) != bare(text) {
			t.Fatalf("%q became %q", text, got.String())
		}
	})
}

// What non-breaking spaces keep together stays on one line, and where even that has no room it is broken between words.
func TestWrapped_NonBreakingSpaces(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	for width, want := range map[float32]string{170: "kept until|21\u00a0novembre\u00a02026", 90: "kept until|21\u00a0novembre\u00a0|2026"} {
		w := kit.NewWrapped("kept until 21\u00a0novembre\u00a02026", kit.StyleLabel)
		w.Resize(fyne.NewSize(width, 100))
		var lines []string
		walk(w, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			if line, ok := o.(*canvas.Text); ok {
				lines = append(lines, line.Text)
			}
		})
		if got := strings.Join(lines, "|"); got != want {
			t.Errorf("in %v px: %q, want %q", width, got, want)
		}
	}
}

func TestText_Truncate(t *testing.T) {
	text := kit.NewStrong("Change my bank account").SetTruncate(true)
	win := show(t, container.NewStack(text), 90, 20)
	if says(text, "Change my bank account") || !strings.HasSuffix(drawn(text), "…") {
		t.Errorf("in 90 px it reads %q", drawn(text))
	}
	win.Resize(fyne.NewSize(400, 20))
	if drawn(text) != "Change my bank account" || text.Text() != "Change my bank account" {
		t.Errorf("in 400 px it reads %q", drawn(text))
	}
}

func drawn(o fyne.CanvasObject) (s string) {
	walk(o, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if line, ok := o.(*canvas.Text); ok {
			s += line.Text
		}
	})
	return s
}

func TestPageScroll_BringsTheFocusIntoView(t *testing.T) {
	column := kit.VStack(16)
	var fields []*kit.Field
	for range 30 {
		f := kit.NewField("Label")
		fields = append(fields, f)
		column.Add(f)
	}
	other := kit.NewField("Beside")
	page := kit.NewPageScroll(kit.PageMargin(column))
	win := show(t, container.NewBorder(other, nil, nil, nil, page), 500, 500)
	visible := func(f *kit.Field) bool {
		y := fyne.CurrentApp().Driver().AbsolutePositionForObject(f).Y
		return y >= page.Position().Y && y+f.Size().Height <= 500
	}
	for _, i := range []int{29, 15, 0} {
		fields[i].Focus(win.Canvas())
		if !visible(fields[i]) {
			t.Errorf("field %d has the focus and is not in view", i)
		}
	}
	fields[29].Focus(win.Canvas())
	other.Focus(win.Canvas())
	if !visible(fields[29]) {
		t.Error("a field outside the page scrolls it")
	}
}

func TestStates(t *testing.T) {
	retried := 0
	failed := kit.NewFailedState("Not read", "What you typed is kept.", "Try again", func() { retried++ }, kit.Reference{ID: "1", Words: "Request 1", Copy: "Copy", Copied: func() {}})
	s := kit.NewStates(kit.NewSkeleton(100, 200), kit.NewEmptyState(theme.IconMessages, "Nothing yet", "Write to us.", nil), failed, kit.NewLabel("full"))
	win := show(t, s, 500, 400)
	for state, word := range map[kit.State]string{kit.Empty: "Nothing yet", kit.Failed: "Not read", kit.Full: "full"} {
		s.SetState(state)
		if !says(s, word) || s.State() != state {
			t.Errorf("state %d does not say %q", state, word)
		}
	}
	s.SetState(kit.Failed)
	win.Canvas().FocusNext()
	press(win.Canvas().Focused(), fyne.KeyReturn)
	if retried != 1 {
		t.Error("the first control is not Try again")
	}
	failed.SetReference(kit.Reference{})
	kit.Settle(win)
	if says(s, "Request 1") {
		t.Error("the reference is still shown")
	}
	s.Set(kit.Failed, kit.NewLabel("other"))
	if !says(s, "other") {
		t.Error("the face of the state shown is not changed")
	}
}

func TestStates_ThemeReachesWhatIsHidden(t *testing.T) {
	full := kit.NewLabel("full")
	s := kit.NewStates(nil, nil, nil, kit.NewCard(full))
	show(t, s, 500, 400)
	dark := theme.New(theme.Dark, 2)
	fyne.CurrentApp().Settings().SetTheme(dark)
	s.SetState(kit.Full)
	walk(full, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		line, ok := o.(*canvas.Text)
		if ok && (line.Color != dark.Color(theme.Text, 0) || line.TextSize != 28) {
			t.Errorf("drawn in %v at %v", line.Color, line.TextSize)
		}
	})
}

func TestPanelBadgeCounterStepper(t *testing.T) {
	p := kit.NewPanel(kit.Good, "Active", "Sign in.")
	b, c := kit.NewBadge("Posted", kit.Good), kit.NewCounter(0)
	s := kit.NewStepper([]string{"Details", "Device", "Done"})
	bar, busy := kit.NewProgress(), kit.NewBusy("")
	win := show(t, kit.VStack(8, p, b, c, s, bar, busy), 500, 400)
	high := p.MinSize().Height
	p.Set(kit.Bad, "Not sent", "")
	b.Set("Refusé", kit.Bad)
	c.Set(100)
	s.SetCurrent(2)
	s.SetSteps([]string{"Détails", "Appareil", "Terminé"})
	bar.Set(7)
	busy.Set("Checking")
	kit.Settle(win)
	for _, word := range []string{"Not sent", "Refusé", "99+", "Terminé", "3", "Checking"} {
		if !says(win.Content(), word) {
			t.Errorf("%q is not drawn", word)
		}
	}
	if says(s, "1") || s.Current() != 2 {
		t.Error("a step that is done shows its number")
	}
	if p.MinSize().Height >= high {
		t.Error("an empty text takes room")
	}
	if bar.Value() != 1 {
		t.Errorf("a fraction of 7 is kept as %v", bar.Value())
	}
}

// What stands for a text while it is loaded takes the room there is, as the text will.
func TestSkeleton_MakesNoRoom(t *testing.T) {
	if width := kit.NewSkeleton(360, 900).MinSize().Width; width > 0 {
		t.Errorf("it asks for a width of %v", width)
	}
}
