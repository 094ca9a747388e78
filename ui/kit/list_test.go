package kit_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"myaccount/ui/kit"
)

func numbers(from, to int) (list []string) {
	for i := from; i < to; i++ {
		list = append(list, "n"+strconv.Itoa(i))
	}
	return list
}

// newList makes a list of strings whose rows are 40 high and a hairline.
func newList(rows *int) *kit.List[string] {
	l := kit.NewList(func() kit.Row[string] {
		*rows++
		label := kit.NewLabel("")
		return kit.NewRow(kit.Inset(11, 8, 12, 8, label), label.SetText)
	})
	l.Key = func(s string) string { return s }
	return l
}

func TestList_OnlyRowsInViewExist(t *testing.T) {
	rows := 0
	l := newList(&rows)
	show(t, l, 300, 410)
	l.SetItems(numbers(0, 100_000))
	press(l, fyne.KeyEnd, fyne.KeyHome, fyne.KeyPageDown)
	if rows > 40 {
		t.Errorf("%d rows were made", rows)
	}
	drawn := 0
	walk(l, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if line, ok := o.(*canvas.Text); ok && strings.HasPrefix(line.Text, "n") {
			drawn++
		}
	})
	if drawn < 10 || drawn > 13 {
		t.Errorf("%d rows are drawn in 410 px", drawn)
	}
}

func TestList_Keyboard(t *testing.T) {
	rows, opened := 0, ""
	var got []string
	l := newList(&rows)
	l.OnSelected = func(i int, s string) { got = append(got, fmt.Sprint(i, s)) }
	l.OnOpened = func(_ int, s string) { opened = s }
	win := show(t, l, 300, 410)
	page := listen(win)
	press(l, fyne.KeyDown, fyne.KeyReturn) // empty: not its own
	l.SetItems(numbers(0, 100))
	press(l, fyne.KeyReturn) // nothing selected yet
	press(l, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyUp, fyne.KeyEnd, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEscape)
	want := "0 n0|1 n1|0 n0|0 n0|99 n99|99 n99|90 n90|0 n0"
	if g := strings.ReplaceAll(strings.Join(got, "|"), "n", " n"); strings.ReplaceAll(g, "  ", " ") != want {
		t.Errorf("selected %s, want %s", g, want)
	}
	press(l, fyne.KeyReturn)
	if opened != "n0" {
		t.Errorf("opened %q", opened)
	}
	if len(page.names) != 3 {
		t.Errorf("the page got %v", page.names)
	}
}

func TestList_SelectedRowIsBroughtIntoView(t *testing.T) {
	rows := 0
	l := newList(&rows)
	show(t, l, 300, 410)
	l.SetItems(numbers(0, 1000))
	for _, key := range []string{"n500", "n3", "n999"} {
		if !l.SelectKey(key) || !says(l, key) {
			t.Errorf("%s is not in view", key)
		}
	}
	if l.SelectKey("none") || l.Selected() != -1 {
		t.Error("an unknown key is selected")
	}
}

func TestList_Pointer(t *testing.T) {
	rows, opened, selected := 0, 0, -1
	l := newList(&rows)
	l.OnSelected = func(i int, _ string) { selected = i }
	l.OnOpened = func(int, string) { opened++ }
	win := show(t, l, 300, 410)
	l.SetItems(numbers(0, 1000))
	test.TapCanvas(win.Canvas(), fyne.NewPos(100, 50))
	if selected != 1 || opened != 0 || win.Canvas().Focused() != l {
		t.Errorf("a click selected %d, opened %d", selected, opened)
	}
	test.TapCanvas(win.Canvas(), fyne.NewPos(100, 50))
	if opened != 1 {
		t.Error("a second click does not open")
	}
	test.Scroll(win.Canvas(), fyne.NewPos(100, 100), 0, -400)
	if says(l, "n0") || !says(l, "n12") {
		t.Error("the wheel does not scroll")
	}
}

func TestList_SetItemsKeepsTheSelectionByKey(t *testing.T) {
	rows := 0
	l := newList(&rows)
	show(t, l, 300, 410)
	l.SetItems(numbers(0, 10))
	l.SelectKey("n4")
	l.SetItems(numbers(3, 10))
	if l.Selected() != 1 {
		t.Errorf("row %d is selected, want that of n4", l.Selected())
	}
	l.SetItems(numbers(7, 10))
	if l.Selected() != -1 {
		t.Errorf("row %d is selected, but n4 is gone", l.Selected())
	}
	l.SetItems(nil)
	press(l, fyne.KeyDown)
	if l.Selected() != -1 || says(l, "n7") {
		t.Error("an empty list shows rows")
	}
}

// Only what has changed is drawn again: not the rows that stay when the selection or the focus moves.
func TestList_DrawsWhatHasChanged(t *testing.T) {
	drawn := 0
	l := kit.NewList(func() kit.Row[string] {
		return kit.NewRow(kit.Inset(11, 8, 12, 8, kit.NewLabel("")), func(string) { drawn++ })
	})
	win := show(t, l, 300, 410)
	l.SetItems(numbers(0, 100))
	for what, c := range map[string]struct {
		do          func()
		least, most int
	}{
		"the selection moves": {func() { press(l, fyne.KeyDown) }, 0, 0},
		"the focus comes":     {func() { win.Canvas().Focus(l) }, 0, 0},
		"the focus goes":      {func() { win.Canvas().Unfocus() }, 0, 0},
		"other items":         {func() { l.SetItems(numbers(5, 90)) }, 8, 13},
		"another theme":       {l.Refresh, 8, 13},
	} {
		drawn = 0
		if c.do(); drawn < c.least || drawn > c.most {
			t.Errorf("%s: %d rows are drawn", what, drawn)
		}
	}
}

func TestList_AsksForMoreNearTheEnd(t *testing.T) {
	rows, asked := 0, 0
	l := newList(&rows)
	l.OnNearEnd = func() { asked++ }
	show(t, l, 300, 410)
	l.SetItems(numbers(0, 100))
	if asked != 0 {
		t.Error("asked at the beginning")
	}
	press(l, fyne.KeyEnd)
	if asked == 0 {
		t.Error("not asked at the end")
	}
}

func BenchmarkList_Scroll100000(b *testing.B) {
	rows := 0
	l := newList(&rows)
	test.NewTempApp(b)
	win := test.NewTempWindow(b, l)
	win.Resize(fyne.NewSize(300, 700))
	l.SetItems(numbers(0, 100_000))
	for b.Loop() {
		test.Scroll(win.Canvas(), fyne.NewPos(100, 100), 0, -40)
	}
}
