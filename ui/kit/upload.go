package kit

import (
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
	remove string
	panel  *Panel
	column *fyne.Container
}

// NewUploadList makes an empty list. remove is the word of the links that take
// a file back, title what stands over the refusals, dismiss the word of the
// link that takes those away.
func NewUploadList(remove, title, dismiss string, dismissed func()) *UploadList {
	u := &UploadList{remove: remove, column: VStack(theme.Gap2)}
	u.panel = NewPanel(Warn, title, "", NewTextLink(dismiss, dismissed))
	u.ExtendBaseWidget(u)
	u.Set(nil, nil)
	return u
}

// Set changes the files, and the sentences about those that were refused.
func (u *UploadList) Set(lines []UploadLine, refused []string) {
	u.column.Objects = nil
	for _, line := range lines {
		row := NewFileLine(line.Name, line.Detail)
		if line.Remove != nil {
			row.Add(NewLink(u.remove, line.Remove))
		}
		u.column.Add(row)
	}
	if sentences := strings.Join(refused, "\n"); sentences != "" {
		u.panel.text.SetText(sentences)
		setVisible(u.panel.text, true)
		u.column.Add(u.panel)
	}
	setVisible(u, len(u.column.Objects) > 0)
	u.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (u *UploadList) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(u.column) }
