package messages

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

const (
	replyRows = 3
	nearLimit = 0.9 // the part of a text's limit from which on a reply shows the counter
)

// replyBox is where a reply is written.
type replyBox struct {
	page    *centerPage
	view    *writerView
	content fyne.CanvasObject
}

// newReplyBox makes the box; grown is called when it has become higher or lower.
func newReplyBox(pg *centerPage, grown func()) *replyBox {
	p := pg.p
	v := newWriterView(pg.env, p, p.T("messages.reply"), replyRows)
	v.field.SetPlaceholder(p.T("messages.reply.write"))
	v.send = kit.NewPrimary(p.T("messages.reply.send"), pg.sendReply).SetCompact(true)
	v.send.SetBusyText(p.T("messages.compose.sending"))
	v.grown = grown
	b := &replyBox{page: pg, view: v}
	b.content = kit.VStack(theme.Gap3, v.problem, v.field, v.files, kit.HStack(theme.Gap3, v.attach, kit.Spacer(), v.send))
	b.update()
	return b
}

func (b *replyBox) update() {
	if w := b.page.c.reply(); w != nil {
		b.view.update(w, float64(w.length()) >= nearLimit*float64(w.policy.BodyMax))
	}
}

// sendReply hands in the reply that is open.
func (pg *centerPage) sendReply() {
	pg.c.send(func(services.Receipt) {
		if pg.p != nil {
			pg.env.Toast(pg.p.T("messages.reply.sent"))
		}
	})
}
