package kit

import (
	"fmt"

	"fyne.io/fyne/v2"

	"myaccount/ui/theme"
)

// WriteWords are the words of a WriteBox.
type WriteWords struct {
	Field, Placeholder       string
	Attach, Send, Sending    string
	Remove, Refused, Dismiss string // of its files
	Failed                   string // stands over why something was not sent
}

// WriteState is what a WriteBox shows besides the text.
type WriteState struct {
	Hint, Aside string // under the text, at both ends
	Problem     string // why the text is refused
	Files       []UploadLine
	Refused     []string // sentences about files that were not taken
	Sending     bool     // it is on its way: nothing can be changed
	CanSend     bool
	Failure     string // why it was not sent
}

// WriteBox is where a message is written: the text, its files, and the sending.
// With every key it touches only what has changed. Its parts can be laid out in
// any way; Stack is that of a reply.
type WriteBox struct {
	Field   *Field
	Files   *UploadList
	Problem *Panel
	Attach  *Button
	Send    *Button
	// OnGrown is called when something came or went, so that the height has
	// changed.
	OnGrown func()

	words WriteWords
	shown WriteState
	files string // what was shown of them
}

// NewWriteBox makes a box in which so many rows of text are seen.
func NewWriteBox(words WriteWords, rows int, attach, send, dismiss func()) *WriteBox {
	b := &WriteBox{
		words: words, Field: NewMultilineField(words.Field, rows), Problem: NewPanel(Bad, words.Failed, ""), OnGrown: func() {},
		Files: NewUploadList(words.Remove, words.Refused, words.Dismiss, dismiss), Attach: NewButton(words.Attach, attach).SetCompact(true),
		Send: NewPrimary(words.Send, send),
	}
	b.Field.SetPlaceholder(words.Placeholder)
	b.Send.SetBusyText(words.Sending)
	b.Files.Next = b.Attach
	b.Problem.Hide()
	return b
}

// Stack puts the parts under each other.
func (b *WriteBox) Stack() fyne.CanvasObject {
	b.Send.SetCompact(true)
	return VStack(theme.Gap3, b.Problem, b.Field, b.Files, HStack(theme.Gap3, b.Attach, Spacer(), b.Send))
}

// Fill begins with a text; changed is told what is typed from then on.
func (b *WriteBox) Fill(text string, changed func(string)) {
	b.files = ""
	b.Field.OnChanged = nil
	b.Field.SetText(text)
	b.Field.OnChanged = changed
}

// Show shows a state.
func (b *WriteBox) Show(s WriteState) {
	if s.Aside != b.shown.Aside {
		b.Field.SetAside(s.Aside)
	}
	if s.Hint != b.shown.Hint {
		b.Field.SetHint(s.Hint)
	}
	if s.Problem != b.Field.Error() {
		b.Field.SetError(s.Problem)
	}
	enable(b.Field, !s.Sending)
	enable(b.Attach, !s.Sending)
	if b.Send.Busy() != s.Sending {
		b.Send.SetBusy(s.Sending)
	}
	enable(b.Send, s.CanSend || s.Sending)
	before := b.shown.Failure
	b.shown = s
	if b.showFiles(s) || s.Failure != before {
		b.Problem.Set(Bad, b.words.Failed, s.Failure)
		setVisible(b.Problem, s.Failure != "")
		b.OnGrown()
	}
}

// showFiles shows the files if they have changed, and says whether.
func (b *WriteBox) showFiles(s WriteState) bool {
	files := ""
	for _, f := range s.Files {
		files += fmt.Sprintf("%q %q %t ", f.Name, f.Detail, f.Remove != nil)
	}
	if files += fmt.Sprintf("%q", s.Refused); files == b.files {
		return false
	}
	b.files = files
	b.Files.Set(s.Files, s.Refused)
	return true
}

// enable lets something be used, or not.
func enable(o fyne.Disableable, on bool) {
	switch {
	case on && o.Disabled():
		o.Enable()
	case !on && !o.Disabled():
		o.Disable()
	}
}

// NewMessage is a message of a conversation: who wrote it and when, the text,
// which can be copied, and its files.
func NewMessage(own bool, head fyne.CanvasObject, body string, files ...fyne.CanvasObject) *fyne.Container {
	column := VStack(theme.Gap1, head, NewSelectable(body, StyleLabel).SetWrapping(true))
	for _, file := range files {
		column.Add(Inset(6, 0, 0, 0, NewCard(file, CardInset(9, theme.Gap3))))
	}
	return NewBubble(own, column)
}
