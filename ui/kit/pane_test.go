package kit_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

func TestSplit_OnePaneWhereThereIsRoomForOne(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	left, right := box(160, 100), box(200, 100)
	s := kit.NewSplit(300, left, right, "Back")
	var alone []bool
	s.OnAlone = func(on bool) { alone = append(alone, on) }
	show(t, s, 1000, 400)
	if !left.Visible() || !right.Visible() || left.Size().Width != 300 || right.Position().X != 301 || right.Size() != fyne.NewSize(699, 400) {
		t.Errorf("beside each other: left %v, right %v at %v", left.Size(), right.Size(), right.Position())
	}
	s.ShowDetail(true)
	s.Resize(fyne.NewSize(600, 400))
	if left.Visible() || !right.Visible() || right.Size().Width != 600 || right.Position().Y < 30 {
		t.Errorf("alone: left seen %t, right %v at %v", left.Visible(), right.Size(), right.Position())
	}
	s.ShowDetail(false)
	if !left.Visible() || right.Visible() || left.Size() != fyne.NewSize(600, 400) {
		t.Errorf("back: left %v, right seen %t", left.Size(), right.Visible())
	}
	if !slices.Equal(alone, []bool{true, false}) {
		t.Errorf("told %v", alone)
	}
}

func TestMarked(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	m := kit.NewMarked(kit.StyleLabel)
	drawn := func() (texts []string, grounds int) {
		for _, o := range test.WidgetRenderer(m).Objects() {
			switch o := o.(type) {
			case *canvas.Text:
				texts = append(texts, o.Text)
			case *canvas.Rectangle:
				grounds++
			}
		}
		return texts, grounds
	}
	show(t, m, 600, 20)
	m.Set("What would it cost, would you say", [][2]int{{5, 10}, {20, 25}})
	if texts, grounds := drawn(); !slices.Equal(texts, []string{"What ", "would", " it cost, ", "would", " you say"}) || grounds != 2 {
		t.Errorf("draws %q with %d grounds", texts, grounds)
	}
	m.Set("short", [][2]int{{3, 99}, {2, 4}, {1, 3}}) // a range beyond the text, and one that overlaps
	if texts, _ := drawn(); strings.Join(texts, "") != "short" {
		t.Errorf("draws %q", texts)
	}
	m.Set(strings.Repeat("long ", 100), [][2]int{{400, 404}})
	m.Resize(fyne.NewSize(100, 20))
	if texts, grounds := drawn(); len(texts) != 1 || !strings.HasSuffix(texts[0], "…") || grounds != 0 {
		t.Errorf("draws %q with %d grounds", texts, grounds)
	}
}

func TestUploadList_KeepsTheFocus(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	next := kit.NewButton("Add", func() {})
	u := kit.NewUploadList("Remove", "Not attached", "Got it", func() {})
	u.Next = next
	win := show(t, kit.VStack(8, next, u), 400, 300)
	set := func(refused []string, names ...string) {
		var lines []kit.UploadLine
		for _, name := range names {
			lines = append(lines, kit.UploadLine{Name: name, Remove: func() {}})
		}
		u.Set(lines, refused)
	}
	focused := func() int { // which link of the list, counted from the top
		links := 0
		at := -1
		walk(u, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			if b, ok := o.(*kit.Button); ok {
				if win.Canvas().Focused() == b {
					at = links
				}
				links++
			}
		})
		return at
	}
	set(nil, "a", "b", "c")
	if set(nil, "a", "b"); focused() != -1 {
		t.Error("the list takes the focus")
	}
	win.Canvas().FocusNext()
	win.Canvas().FocusNext()
	win.Canvas().FocusNext()
	if focused() != 1 {
		t.Fatalf("the focus is on link %d", focused())
	}
	if set([]string{"no"}, "a"); focused() != 0 {
		t.Errorf("after the last was removed the focus is on link %d", focused())
	}
	win.Canvas().FocusNext()
	if set([]string{"no", "nor this"}, "a"); focused() != 1 {
		t.Errorf("with other refusals the focus is on link %d", focused())
	}
	if set(nil, "a"); focused() != 0 {
		t.Errorf("after the refusals the focus is on link %d", focused())
	}
	if set(nil); win.Canvas().Focused() != next {
		t.Errorf("after all the focus is on %v", win.Canvas().Focused())
	}
}

func TestUploadList(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	removed, dismissed := "", 0
	u := kit.NewUploadList("Remove", "Not attached", "Got it", func() { dismissed++ })
	if u.Visible() {
		t.Error("an empty list takes room")
	}
	show(t, u, 400, 200)
	u.Set([]kit.UploadLine{{Name: "a.pdf", Detail: "9 bytes", Remove: func() { removed = "a.pdf" }}, {Name: "b.pdf", Detail: "Attaching…"}}, []string{"One.", "Two."})
	var buttons []*kit.Button
	for _, o := range test.LaidOutObjects(u) {
		if b, ok := o.(*kit.Button); ok && b.Text() != "" {
			buttons = append(buttons, b)
		}
	}
	if len(buttons) != 2 {
		t.Fatalf("%d links", len(buttons))
	}
	test.Tap(buttons[0])
	test.Tap(buttons[1])
	if removed != "a.pdf" || dismissed != 1 {
		t.Errorf("removed %q, dismissed %d times", removed, dismissed)
	}
	if u.Set(nil, nil); u.Visible() {
		t.Error("an empty list takes room")
	}
}

func TestField_OnKeySeesOtherKeysFirst(t *testing.T) {
	f := kit.NewField("Search")
	show(t, f, 300, 60)
	var seen []fyne.KeyName
	f.OnKey = func(ev *fyne.KeyEvent) bool {
		seen = append(seen, ev.Name)
		return ev.Name == fyne.KeyBackspace
	}
	f.SetText("ab")
	f.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	f.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if !slices.Equal(seen, []fyne.KeyName{fyne.KeyDown, fyne.KeyBackspace}) || f.Text() != "ab" {
		t.Errorf("saw %v, text %q", seen, f.Text())
	}
}

func TestHeadBody_HiddenHeadTakesNoRoom(t *testing.T) {
	head, body := box(10, 40), box(10, 10)
	c := kit.HeadBody(head, body)
	c.Resize(fyne.NewSize(100, 100))
	at(t, "body", body, 0, 40, 100, 60)
	head.Hide()
	c.Refresh()
	at(t, "body", body, 0, 0, 100, 100)
}
