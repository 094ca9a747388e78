package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"myaccount/ui/theme"
)

// UploadLine is a file of a message that is being written.
type UploadLine struct {
	Name   string
	Detail string // its size, or that it is on its way
	Remove func() // nil while it is on its way
}

// UploadList lists the files of a message that is being written, and says which
// were refused and why until that is dismissed.
type UploadList struct {
	widget.BaseWidget
	// Next gets the focus when what had it in the list is gone, and no other file can be taken back.
	Next fyne.Focusable

	remove  string
	removes []*Button // of the files that can be taken back
	dismiss *Button
	panel   *Panel
	column  *fyne.Container
}

// NewUploadList makes an empty list. remove is the word of the links that take
// a file back, title what stands over the refusals, dismiss the word of the
// link that takes those away.
func NewUploadList(remove, title, dismiss string, dismissed func()) *UploadList {
	u := &UploadList{remove: remove, column: VStack(theme.Gap2)}
	u.dismiss = NewTextLink(dismiss, dismissed)
	u.panel = NewPanel(Warn, title, "", u.dismiss)
	u.ExtendBaseWidget(u)
	u.Set(nil, nil)
	return u
}

// Set changes the files, and the sentences about those that were refused. The focus stays in its place: on the file that
// follows one that was taken back.
func (u *UploadList) Set(lines []UploadLine, refused []string) {
	at := u.focused()
	u.column.Objects, u.removes = nil, nil
	for _, line := range lines {
		var actions []fyne.CanvasObject
		if line.Remove != nil {
			link := NewLink(u.remove, line.Remove)
			u.removes = append(u.removes, link)
			actions = append(actions, link)
		}
		u.column.Add(NewFileLine(line.Name, line.Detail, actions...))
	}
	if sentences := strings.Join(refused, "\n"); sentences != "" {
		u.panel.text.SetText(sentences)
		setVisible(u.panel.text, true)
		u.column.Add(u.panel)
	}
	setVisible(u, len(u.column.Objects) > 0)
	u.Refresh()
	if at >= 0 && (at < dismissStop || len(refused) == 0) {
		u.focus(at)
	}
}

// dismissStop stands for the link that takes the refusals away, behind all files.
const dismissStop = 1 << 20

// focused is which of the links has the focus, -1 when none has.
func (u *UploadList) focused() int {
	c := fyne.CurrentApp().Driver().CanvasForObject(u)
	if c == nil || c.Focused() == nil {
		return -1
	}
	if c.Focused() == u.dismiss {
		return dismissStop
	}
	return slices.IndexFunc(u.removes, func(b *Button) bool { return c.Focused() == b })
}

// focus goes to the link at an index, the last one when there are fewer, or to what comes after the list.
func (u *UploadList) focus(at int) {
	c := fyne.CurrentApp().Driver().CanvasForObject(u)
	switch n := len(u.removes); {
	case c == nil:
	case n > 0:
		c.Focus(u.removes[min(at, n-1)])
	case u.Next != nil:
		c.Focus(u.Next)
	}
}

// CreateRenderer is part of fyne.Widget.
func (u *UploadList) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(u.column) }
