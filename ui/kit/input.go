package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// input is Fyne's entry without its box and border, which the field draws; it
// changes what is typed or pasted as the field says, and hands on the keys and
// shortcuts that it has no use for.
type input struct {
	widget.Entry
	field *Field
}

var _ fyne.Tabbable = (*input)(nil)

func newInput(f *Field, multiline bool) *input {
	e := &input{field: f}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if multiline {
		e.MultiLine = true
		e.Wrapping = fyne.TextWrapWord
	}
	e.ExtendBaseWidget(e)
	return e
}

// hide makes it a password entry, without Fyne's eye at its end.
func (e *input) hide() {
	e.Password = true
	e.ActionItem = layout.NewSpacer()
}

// CreateRenderer is part of fyne.Widget.
func (e *input) CreateRenderer() fyne.WidgetRenderer {
	return bareRenderer{e.Entry.CreateRenderer()}
}

// bareRenderer leaves out the rectangles that Fyne draws around an entry.
type bareRenderer struct{ fyne.WidgetRenderer }

func (r bareRenderer) Objects() []fyne.CanvasObject {
	var rest []fyne.CanvasObject
	for _, o := range r.WidgetRenderer.Objects() {
		if _, frame := o.(*canvas.Rectangle); !frame {
			rest = append(rest, o)
		}
	}
	return rest
}

// AccessibilityLabel is what assistive technology reads: the field's name, and
// what is wrong with it.
func (e *input) AccessibilityLabel() string {
	return strings.TrimSpace(e.field.label.Text() + " " + e.field.err)
}

// AccessibilityRole is part of fyne.Accessible: Fyne has no role for an entry.
func (e *input) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AcceptsTab is part of fyne.Tabbable: Tab leaves a field of several lines too.
func (e *input) AcceptsTab() bool { return false }

// FocusGained is part of fyne.Focusable.
func (e *input) FocusGained() {
	e.Entry.FocusGained()
	e.field.focusChanged(true)
}

// FocusLost is part of fyne.Focusable.
func (e *input) FocusLost() {
	e.Entry.FocusLost()
	e.field.focusChanged(false)
}

// TypedRune is part of fyne.Focusable.
func (e *input) TypedRune(r rune) {
	r, ok := e.field.accept(r)
	if !ok || e.full(1) {
		return
	}
	e.Entry.TypedRune(r)
}

// full says whether n more runes would be too many.
func (e *input) full(n int) bool {
	if e.field.MaxRunes <= 0 {
		return false
	}
	return len([]rune(e.Text))-len([]rune(e.SelectedText()))+n > e.field.MaxRunes
}

// TypedKey is part of fyne.Focusable.
func (e *input) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape:
		if e.field.OnEscape != nil {
			e.field.OnEscape()
			return
		}
		passKey(e, ev)
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.MultiLine && e.field.OnSubmitted == nil {
			passKey(e, ev)
			return
		}
		if e.MultiLine && e.full(1) {
			return
		}
		e.Entry.TypedKey(ev)
	default:
		if e.field.OnKey == nil || !e.field.OnKey(ev) {
			e.Entry.TypedKey(ev)
		}
	}
}

// TypedShortcut is part of fyne.Shortcutable.
func (e *input) TypedShortcut(s fyne.Shortcut) {
	if e.field.OnShortcut != nil && e.field.OnShortcut(s) {
		return
	}
	switch s := s.(type) {
	case *fyne.ShortcutPaste:
		e.paste(s)
	case *fyne.ShortcutCopy, *fyne.ShortcutCut, *fyne.ShortcutSelectAll, *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		e.Entry.TypedShortcut(s)
	case *desktop.CustomShortcut:
		if editing[s.KeyName] {
			e.Entry.TypedShortcut(s)
			return
		}
		passShortcut(e, s)
	default:
		passShortcut(e, s)
	}
}

// editing are the keys that an entry takes together with modifiers: word by
// word, and to the ends of the line.
var editing = map[fyne.KeyName]bool{
	fyne.KeyLeft: true, fyne.KeyRight: true, fyne.KeyBackspace: true, fyne.KeyDelete: true,
}

// paste inserts the clipboard as if it had been typed, as far as there is room.
func (e *input) paste(s *fyne.ShortcutPaste) {
	if e.Disabled() || s.Clipboard == nil {
		return
	}
	text := e.field.clean(s.Clipboard.Content())
	if e.field.MaxRunes > 0 {
		room := e.field.MaxRunes - len([]rune(e.Text)) + len([]rune(e.SelectedText()))
		if runes := []rune(text); len(runes) > room {
			text = string(runes[:max(room, 0)])
		}
	}
	if text == "" {
		return
	}
	e.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &fixedClipboard{text}})
}

// fixedClipboard lets Fyne's own paste, with its undo, insert a given text.
type fixedClipboard struct{ text string }

func (c *fixedClipboard) Content() string     { return c.text }
func (c *fixedClipboard) SetContent(s string) { c.text = s }

// accept is what becomes of one typed rune.
func (f *Field) accept(r rune) (rune, bool) {
	if f.Upper {
		r = unicode.ToUpper(r)
	}
	if unicode.IsControl(r) && (r != '\n' || !f.input.MultiLine) {
		return 0, false
	}
	return r, f.Filter == nil || f.Filter(r)
}

// clean is what becomes of a pasted text: the line breaks of a text for one
// line become spaces, what the filter refuses is left out.
func (f *Field) clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(text)
	if !f.input.MultiLine {
		text = strings.ReplaceAll(strings.Trim(text, "\n "), "\n", " ")
	}
	var b strings.Builder
	for _, r := range text {
		if r, ok := f.accept(r); ok {
			b.WriteRune(r)
		}
	}
	return b.String()
}
