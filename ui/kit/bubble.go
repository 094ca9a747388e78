package kit

import (
	"slices"

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

// Conversation shows messages under a head, with what is written below them.
type Conversation struct {
	*fyne.Container
	messages *fyne.Container
	scroll   *PageScroll
	later    func(func())
	shown    []string
}

// NewConversation makes the frame of a conversation. later runs something once
// everything is laid out.
func NewConversation(head, below fyne.CanvasObject, later func(func())) *Conversation {
	c := &Conversation{messages: VStack(theme.Gap4), later: later}
	c.scroll = NewPageScroll(Inset(theme.Gap1, theme.PageMargin, theme.Gap5, conversationLeft,
		VStack(theme.Gap4, c.messages, Spacer(), below)))
	c.Container = HeadBody(Inset(theme.Gap5, theme.PageMargin, theme.Gap4, conversationLeft, head), c.scroll)
	return c
}

// conversationLeft is the room at the left of a conversation.
const conversationLeft = 28

// Show draws messages and shows the newest, if they are others than before, and
// says whether they are. keys tell them apart.
func (c *Conversation) Show(keys []string, draw func(i int) fyne.CanvasObject) bool {
	if slices.Equal(keys, c.shown) {
		return false
	}
	c.shown, c.messages.Objects = keys, nil
	for i := range keys {
		c.messages.Add(draw(i))
	}
	c.messages.Refresh()
	c.ToEnd()
	return true
}

// ToEnd shows the newest message and what is below it.
func (c *Conversation) ToEnd() { c.later(c.scroll.ScrollToBottom) }
