package messages

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/ui/kit"
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

func newReplyBox(pg *centerPage) *replyBox {
	p := pg.p
	words := kit.WriteWords{Field: p.T("messages.reply"), Placeholder: p.T("messages.reply.write"), Send: p.T("messages.reply.send")}
	v := newWriterView(pg.env, p, words, replyRows, pg.sendReply)
	b := &replyBox{page: pg, view: v, content: v.Stack()}
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
	pg.c.send(func(r services.Receipt) {
		switch {
		case pg.p == nil:
		case r.Waiting:
			pg.env.Toast(pg.p.T("messages.outbox.waiting"))
		default:
			pg.env.Toast(pg.p.T("messages.reply.sent"))
		}
	})
}
