package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"myaccount/ui/kit"
)

var abc = []kit.Option{{ID: "a", Label: "Apple"}, {ID: "b", Label: "Pear"}, {ID: "c", Label: "Plum"}}

var abcFrench = []kit.Option{{ID: "c", Label: "Prune"}, {ID: "b", Label: "Poire"}}

func TestSelect(t *testing.T) {
	var got []string
	s := kit.NewSelect("Fruit", abc, func(id string) { got = append(got, id) })
	win := show(t, s, 300, 400)
	s.SetPlaceholder("Choose")
	if !says(s, "Choose") || s.Selected() != "" {
		t.Error("nothing chosen does not show the placeholder")
	}
	press(s.Focusable(), fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
	if want := "a b c b"; strings.Join(got, " ") != want {
		t.Errorf("arrows chose %q, want %q", got, want)
	}
	s.SetOptions(abcFrench)
	if s.Selected() != "b" || !says(s, "Poire") || len(got) != 4 {
		t.Errorf("after a change of language: %q chosen", s.Selected())
	}
	s.SetOptions(abc[:1])
	if s.Selected() != "" {
		t.Errorf("%q is chosen but no option any more", s.Selected())
	}
	s.SetOptions(abc)
	s.Focus(win.Canvas())
	press(s.Focusable(), fyne.KeySpace) // opens the list, which takes the focus
	press(win.Canvas().Focused(), fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if s.Selected() != "b" || win.Canvas().Overlays().Top() != nil {
		t.Errorf("from the list: %q chosen", s.Selected())
	}
}

func TestSelect_DisabledAndError(t *testing.T) {
	s := kit.NewSelect("Fruit", abc, func(string) { t.Error("chosen while disabled") })
	win := show(t, s, 300, 400)
	s.Disable()
	press(s.Focusable(), fyne.KeyDown, fyne.KeySpace)
	if win.Canvas().Overlays().Top() != nil {
		t.Error("opened while disabled")
	}
	s.Enable()
	s.SetError("Choose a fruit.")
	kit.Settle(win)
	if !says(s, "Choose a fruit.") {
		t.Error("the error is not drawn")
	}
}

func TestSegmented(t *testing.T) {
	var got []string
	s := kit.NewSegmented(abc, func(id string) { got = append(got, id) })
	show(t, s, 400, 40)
	press(s, fyne.KeyLeft, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight)
	test.TapAt(s, fyne.NewPos(10, 10))
	test.TapAt(s, fyne.NewPos(399, 10)) // beside the segments
	if want := "b c a"; strings.Join(got, " ") != want {
		t.Errorf("chose %q, want %q", got, want)
	}
	s.SetOptions(abcFrench)
	s.SetSelected("c")
	if !says(s, "Prune") || s.Selected() != "c" || len(got) != 3 {
		t.Error("the words are not changed")
	}
}

func TestRadio(t *testing.T) {
	var got []string
	r := kit.NewRadio(abc, func(id string) { got = append(got, id) })
	show(t, r, 300, 96)
	press(r, fyne.KeyUp, fyne.KeyDown, fyne.KeyDown)
	test.TapAt(r, fyne.NewPos(30, 80))
	test.TapAt(r, fyne.NewPos(30, 300))
	if want := "a b c"; strings.Join(got, " ") != want {
		t.Errorf("chose %q, want %q", got, want)
	}
	r.Disable()
	test.TapAt(r, fyne.NewPos(30, 10))
	press(r, fyne.KeyUp)
	if r.Selected() != "c" {
		t.Error("chosen while disabled")
	}
}

func TestCodeEntry(t *testing.T) {
	cases := []struct {
		name string
		do   func(f fyne.Focusable)
		want string
		done []string
	}{
		{"typed", func(f fyne.Focusable) { test.Type(f, "007123") }, "007123", []string{"007123"}},
		{"letters are refused", func(f fyne.Focusable) { test.Type(f, "a0 b1é٣") }, "01", nil},
		{"paste with a space", func(f fyne.Focusable) { paste(f, " 407 123\n") }, "407123", []string{"407123"}},
		{"paste of a sentence", func(f fyne.Focusable) { paste(f, "Your code: 004-071.") }, "004071", []string{"004071"}},
		{"paste of a whole code replaces", func(f fyne.Focusable) {
			test.Type(f, "99")
			paste(f, "407123")
		}, "407123", []string{"407123"}},
		{"paste of a part goes on", func(f fyne.Focusable) {
			test.Type(f, "40")
			paste(f, "7 1")
		}, "4071", nil},
		{"too many", func(f fyne.Focusable) { test.Type(f, "12345678") }, "123456", []string{"123456"}},
		{"backspace", func(f fyne.Focusable) {
			test.Type(f, "407")
			press(f, fyne.KeyBackspace, fyne.KeyBackspace)
		}, "4", nil},
		{"delete at the beginning", func(f fyne.Focusable) {
			test.Type(f, "407")
			press(f, fyne.KeyHome, fyne.KeyDelete)
		}, "07", nil},
		{"a digit typed over", func(f fyne.Focusable) {
			test.Type(f, "407")
			press(f, fyne.KeyLeft, fyne.KeyLeft)
			test.Type(f, "9")
		}, "497", nil},
		{"keys beyond the ends", func(f fyne.Focusable) {
			press(f, fyne.KeyLeft, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyRight, fyne.KeyEnd)
		}, "", nil},
		{"completed again after a correction", func(f fyne.Focusable) {
			test.Type(f, "123456")
			press(f, fyne.KeyBackspace)
			test.Type(f, "7")
		}, "123457", []string{"123456", "123457"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var done []string
			e := kit.NewCodeEntry(6, func(code string) { done = append(done, code) })
			show(t, e, 400, 100)
			c.do(e.Focusable())
			if e.Code() != c.want {
				t.Errorf("code %q, want %q", e.Code(), c.want)
			}
			if strings.Join(done, " ") != strings.Join(c.done, " ") {
				t.Errorf("completed with %q, want %q", done, c.done)
			}
		})
	}
}

func TestCodeEntry_HoldsOnlyDigits(t *testing.T) {
	e := kit.NewCodeEntry(6, nil)
	show(t, e, 400, 100)
	names := []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd, fyne.KeyBackspace, fyne.KeyDelete}
	rapid.Check(t, func(t *rapid.T) {
		e.Clear()
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 2).Draw(t, "how") {
			case 0:
				test.Type(e.Focusable(), rapid.String().Draw(t, "typed"))
			case 1:
				paste(e.Focusable(), rapid.String().Draw(t, "pasted"))
			default:
				press(e.Focusable(), rapid.SampledFrom(names).Draw(t, "key"))
			}
			if code := e.Code(); len(code) > 6 || strings.Trim(code, "0123456789") != "" {
				t.Fatalf("the boxes hold %q", code)
			}
		}
	})
}

func TestCodeEntry_States(t *testing.T) {
	e := kit.NewCodeEntry(6, nil)
	win := show(t, e, 400, 120)
	got := listen(win)
	e.SetCode("407 1")
	if e.Code() != "4071" {
		t.Errorf("SetCode made %q", e.Code())
	}
	press(e.Focusable(), fyne.KeyReturn, fyne.KeyEscape)
	if len(got.names) != 2 {
		t.Errorf("the page got %v, want Return and Escape", got.names)
	}
	e.Disable()
	test.Type(e.Focusable(), "9")
	paste(e.Focusable(), "999999")
	press(e.Focusable(), fyne.KeyBackspace)
	if e.Code() != "4071" {
		t.Errorf("changed while disabled: %q", e.Code())
	}
	e.Enable()
	e.SetError("This code is not right.")
	kit.Settle(win)
	if !says(e, "This code is not right.") {
		t.Error("the error is not drawn")
	}
	submitted := ""
	e.OnSubmitted = func(code string) { submitted = code }
	got.names = nil
	press(e.Focusable(), fyne.KeyEnter)
	if submitted != "4071" || len(got.names) != 0 {
		t.Errorf("submitted %q", submitted)
	}
}
