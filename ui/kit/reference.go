package kit

import (
	"fyne.io/fyne/v2"

	"myaccount/ui/theme"
)

// Reference is an id that helps whoever helps a person: small words that name
// it, and a button that copies it. Without an id nothing is shown.
type Reference struct {
	ID     string
	Words  string // that name it
	Copy   string // words of the button
	Copied func() // told after it was copied
}

// NewReference draws a reference.
func NewReference(r Reference) *fyne.Container {
	button := NewIconButton(theme.IconCopy, r.Copy, func() {
		fyne.CurrentApp().Clipboard().SetContent(r.ID)
		r.Copied()
	})
	row := HStack(theme.Gap1, NewSelectable(r.Words, StyleHint), button)
	setVisible(row, r.ID != "")
	return row
}
