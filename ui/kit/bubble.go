package kit

import (
	"fyne.io/fyne/v2"

	"myaccount/ui/theme"
)

// bubbleStep is how far a bubble keeps from the other side.
const bubbleStep = 36

// NewBubble puts a message of a conversation on its ground: one's own at the
// right in the colour of what is chosen, the other's at the left in grey.
func NewBubble(own bool, content fyne.CanvasObject) *fyne.Container {
	if own {
		card := NewCard(content, CardInset(14, theme.Gap4), CardColors(theme.SelectedGround, theme.SelectedGround))
		return Inset(0, 0, 0, bubbleStep, card)
	}
	card := NewCard(content, CardInset(14, theme.Gap4), CardColors(theme.MessageGround, theme.MessageGround))
	return Inset(0, bubbleStep, 0, 0, card)
}
