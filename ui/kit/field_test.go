package kit_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

func TestField_Typing(t *testing.T) {
	cases := []struct {
		name    string
		prepare func(*kit.Field)
		typed   string
		want    string
	}{
		{"plain", func(*kit.Field) {}, "Amélie 🚗", "Amélie 🚗"},
		{"control characters are left out", func(*kit.Field) {}, "a\x00\x07b\u0085", "ab"},
		{"capitals", func(f *kit.Field) { f.Upper = true }, "wby43é", "WBY43É"},
		{"bound", func(f *kit.Field) { f.MaxRunes = 3 }, "éàüx", "éàü"},
		{"filter", func(f *kit.Field) { f.Filter = func(r rune) bool { return !strings.ContainsRune("IOQ", r) } }, "AIBOQ1", "AB1"},
		{"filter sees capitals", func(f *kit.Field) {
			f.Upper, f.Filter = true, func(r rune) bool { return r != 'I' }
		}, "aib", "AB"},
		{"disabled", func(f *kit.Field) { f.Disable() }, "a", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := kit.NewField("Label")
			show(t, f, 300, 100)
			c.prepare(f)
			test.Type(f.Focusable(), c.typed)
			if f.Text() != c.want {
				t.Errorf("typed %q: %q, want %q", c.typed, f.Text(), c.want)
			}
			paste(f.Focusable(), "")
			if f.Text() != c.want {
				t.Errorf("an empty clipboard made %q", f.Text())
			}
			f.SetText("")
			paste(f.Focusable(), c.typed)
			if f.Text() != c.want {
				t.Errorf("pasted %q: %q, want %q", c.typed, f.Text(), c.want)
			}
		})
	}
}

func TestField_Paste(t *testing.T) {
	cases := []struct {
		name  string
		field *kit.Field
		text  string
		want  string
	}{
		{"line breaks become spaces", kit.NewField(""), " one\r\ntwo\tthree\n", "one two three"},
		{"line breaks stay", kit.NewMultilineField("", 3), "one\r\ntwo\rthree", "one\ntwo\nthree"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			show(t, c.field, 300, 200)
			paste(c.field.Focusable(), c.text)
			if c.field.Text() != c.want {
				t.Errorf("pasted %q: %q, want %q", c.text, c.field.Text(), c.want)
			}
		})
	}
}

func TestField_PasteAtTheCursorOverTheSelection(t *testing.T) {
	f := kit.NewField("Label")
	show(t, f, 300, 100)
	f.MaxRunes = 4
	test.Type(f.Focusable(), "abcd")
	press(f.Focusable(), fyne.KeyHome)
	paste(f.Focusable(), "xyz")
	if f.Text() != "abcd" {
		t.Errorf("a full field took a paste: %q", f.Text())
	}
	f.Focusable().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	paste(f.Focusable(), "vwxyz")
	if f.Text() != "vwxy" {
		t.Errorf("a paste over the selection made %q, want the first four", f.Text())
	}
	test.Type(f.Focusable(), "!")
	if f.Text() != "vwxy" {
		t.Errorf("typing into a full field made %q", f.Text())
	}
	f.Focusable().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutUndo{})
	if f.Text() != "" && f.Text() != "abcd" {
		t.Errorf("undo made %q", f.Text())
	}
}

func TestField_NeverLongerThanItsBound(t *testing.T) {
	f := kit.NewMultilineField("Label", 3)
	show(t, f, 300, 200)
	f.MaxRunes = 10
	rapid.Check(t, func(t *rapid.T) {
		f.SetText("")
		for _, s := range rapid.SliceOfN(rapid.String(), 0, 6).Draw(t, "pieces") {
			switch rapid.IntRange(0, 3).Draw(t, "how") {
			case 0:
				paste(f.Focusable(), s)
			case 1:
				test.Type(f.Focusable(), s)
			case 2:
				press(f.Focusable(), fyne.KeyReturn)
			default:
				press(f.Focusable(), fyne.KeyLeft, fyne.KeyLeft)
			}
		}
		if n := utf8.RuneCountInString(f.Text()); n > 10 {
			t.Fatalf("%d runes: %q", n, f.Text())
		}
	})
}

func TestField_SetText(t *testing.T) {
	f := kit.NewVINField("VIN")
	show(t, f, 300, 100)
	var changes []string
	f.OnChanged = func(s string) { changes = append(changes, s) }
	f.SetText("wby43")
	test.Type(f.Focusable(), "a")
	if want := []string{"WBY43", "WBY43A"}; strings.Join(changes, " ") != strings.Join(want, " ") {
		t.Errorf("changes %q, want %q: the cursor belongs at the end", changes, want)
	}
	m := kit.NewMultilineField("Message", 3)
	show(t, m, 120, 200)
	m.SetText("a first line that wraps more than once\nlast")
	test.Type(m.Focusable(), "!")
	if !strings.HasSuffix(m.Text(), "\nlast!") {
		t.Errorf("typed after SetText: %q", m.Text())
	}
}

func TestField_LanguageIsSwitchedWithoutLoss(t *testing.T) {
	f := kit.NewPasswordField("Password", "Show", "Hide")
	win := show(t, f, 300, 120)
	test.Type(f.Focusable(), "sécret")
	f.SetLabel("Mot de passe")
	f.SetToggleLabels("Afficher", "Masquer")
	f.SetHint("Au moins 12 caractères")
	kit.Settle(win)
	for _, want := range []string{"Mot de passe", "Afficher", "Au moins 12 caractères"} {
		if !says(f, want) {
			t.Errorf("the field does not say %q", want)
		}
	}
	if f.Text() != "sécret" {
		t.Errorf("what was typed became %q", f.Text())
	}
}

func TestField_Error(t *testing.T) {
	f := kit.NewField("E-mail")
	win := show(t, f, 300, 140)
	f.SetHint("Your username")
	f.SetAside("3 / 100")
	f.SetError("Enter a full address.")
	kit.Settle(win)
	if !says(f, "Enter a full address.") || says(f, "Your username") || !says(f, "3 / 100") {
		t.Error("the error does not take the place of the hint alone")
	}
	f.SetError("")
	kit.Settle(win)
	if says(f, "Enter a full address.") || !says(f, "Your username") {
		t.Error("the hint does not come back")
	}
	f.SetHint("")
	f.SetAside("")
	if high := f.MinSize().Height; high >= 80 {
		t.Errorf("an empty line below takes room: %v high", high)
	}
}

func TestField_PasswordIsHiddenUntilShown(t *testing.T) {
	f := kit.NewPasswordField("Password", "Show", "Hide")
	win := show(t, f, 300, 100)
	test.Type(f.Focusable(), "tulipe")
	if says(f, "tulipe") {
		t.Error("the password is drawn")
	}
	win.Canvas().Focus(f.Focusable())
	win.Canvas().FocusNext() // the link at the end is the next stop
	press(win.Canvas().Focused(), fyne.KeyReturn)
	if !says(f, "tulipe") || !says(f, "Hide") {
		t.Error("Show does not show the password")
	}
	press(win.Canvas().Focused(), fyne.KeySpace)
	if says(f, "tulipe") || !says(f, "Show") || f.Text() != "tulipe" {
		t.Error("Hide does not hide the password")
	}
}

func TestField_Keys(t *testing.T) {
	f := kit.NewField("Label")
	win := show(t, f, 300, 100)
	got := listen(win)
	press(f.Focusable(), fyne.KeyReturn, fyne.KeyEscape, fyne.KeyLeft)
	if len(got.names) != 2 || got.names[0] != fyne.KeyReturn || got.names[1] != fyne.KeyEscape {
		t.Errorf("the page got %v, want Return and Escape", got.names)
	}
	submitted, escaped := "", 0
	f.OnSubmitted = func(s string) { submitted = s }
	f.OnEscape = func() { escaped++ }
	f.SetText("x")
	press(f.Focusable(), fyne.KeyReturn, fyne.KeyEscape)
	if submitted != "x" || escaped != 1 || len(got.names) != 2 {
		t.Errorf("submitted %q, escaped %d times, the page got %v", submitted, escaped, got.names)
	}
}

func TestField_MultilineEnterBreaksAndTabLeaves(t *testing.T) {
	f := kit.NewMultilineField("Message", 3)
	win := show(t, kit.VStack(8, f, kit.NewButton("Send", nil)), 300, 300)
	win.Canvas().Focus(f.Focusable())
	test.Type(f.Focusable(), "a")
	press(f.Focusable(), fyne.KeyReturn)
	test.Type(f.Focusable(), "b")
	if f.Text() != "a\nb" {
		t.Errorf("Enter made %q", f.Text())
	}
	if f.Focusable().(fyne.Tabbable).AcceptsTab() {
		t.Error("Tab is caught")
	}
}

func TestField_Shortcuts(t *testing.T) {
	f := kit.NewField("Label")
	win := show(t, f, 300, 100)
	find := &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}
	shell := 0
	canvas := withShortcuts(t, win)
	canvas.AddShortcut(find, func(fyne.Shortcut) { shell++ })
	canvas.AddShortcut(&fyne.ShortcutSelectAll{}, func(fyne.Shortcut) { t.Error("Select all went past the entry") })
	canvas.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) {
		t.Error("word by word went past the entry")
	})
	typed := f.Focusable().(fyne.Shortcutable)
	typed.TypedShortcut(find)
	typed.TypedShortcut(&fyne.ShortcutSelectAll{})
	typed.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierControl})
	if shell != 1 {
		t.Errorf("the shell's shortcut ran %d times, want once", shell)
	}
	f.OnShortcut = func(s fyne.Shortcut) bool { return s == find }
	typed.TypedShortcut(find)
	if shell != 1 {
		t.Error("a shortcut that the page took went on to the shell")
	}
}

func TestField_Trailing(t *testing.T) {
	f := kit.NewVINField("VIN")
	win := show(t, f, 300, 100)
	f.SetTrailing("17 / 17 ✓", theme.Good)
	kit.Settle(win)
	if !says(f, "17 / 17 ✓") {
		t.Error("the words at the end are not drawn")
	}
	paste(f.Focusable(), "wby43aw01rf000006 and more")
	if f.Text() != "WBY43AW01RF000006" {
		t.Errorf("the VIN became %q", f.Text())
	}
}
