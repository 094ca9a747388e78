package messages

import (
	"fmt"
	"strings"

	"cloud.google.com/go/civil"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// reader is the reading pane: the conversation that is open, and the reply to it.
type reader struct {
	page    *centerPage
	content *fyne.Container
	shown   string // what the pane was drawn for
	title   *kit.Wrapped
	meta    *kit.Wrapped
	thread  *kit.Conversation
	reply   *replyBox
}

func newReader(pg *centerPage) *reader { return &reader{page: pg, content: container.NewStack()} }

// update draws the pane anew when something else is open, and the conversation when it has changed.
func (r *reader) update() {
	c := r.page.c
	state := c.readerState()
	way, _ := c.inbox.kept.on(c.openID)
	if _, known := c.known[way.AgreementID]; known { // what it is about came later
		way.Key += " of an agreement"
	}
	if key := fmt.Sprint(c.openID, state, services.CodeOf(c.err), r.page.state == loading, way.Key, way.State, way.Percent); key != r.shown {
		r.shown, r.reply = key, nil
		r.content.Objects = []fyne.CanvasObject{r.face(state)}
		r.content.Refresh()
	}
	if r.reply != nil {
		r.fill()
		r.updateReply()
	}
}

func (r *reader) face(state pageState) fyne.CanvasObject {
	pg, p := r.page, r.page.p
	if d, ok := pg.c.draft(); ok {
		return r.draftFace(d)
	}
	if way, ok := pg.c.inbox.kept.on(pg.c.openID); ok {
		return r.wayFace(way)
	}
	switch state {
	case loading:
		return kit.Inset(theme.Gap6, theme.PageMargin, theme.Gap6, 28, kit.NewSkeleton(200, 320, 400, 400, 240))
	case failed:
		title, sentence := p.T("messages.thread.failed"), nav.Sentence(p, pg.c.err, pg.env.Clock.Now())
		if services.CodeOf(pg.c.err) == services.CodeNotFound {
			return kit.NewEmptyState(theme.IconMessages, p.T("messages.thread.gone"), p.T("messages.thread.gone_text"), nil)
		}
		return kit.NewFailedState(title, sentence, p.T("messages.retry"), pg.c.retryThread, kit.Reference(pg.env.Reference(p, pg.c.err)))
	case full:
		return r.threadFace()
	}
	if pg.state == loading {
		return container.NewStack()
	}
	return kit.NewEmptyState(theme.IconMessages, p.T("messages.thread.none"), p.T("messages.thread.none_text"), nil)
}

// threadFace is the frame of a conversation; fill puts the messages into it.
func (r *reader) threadFace() fyne.CanvasObject {
	pg, p := r.page, r.page.p
	id := pg.c.openID
	r.title, r.meta = kit.NewWrapped("", kit.StyleSection), kit.NewWrapped("", kit.StyleQuiet)
	save := kit.NewButton(p.T("messages.copy"), func() { pg.c.saveCopy(p, id) }).SetCompact(true)
	keep := kit.NewButton(p.T("messages.keep"), func() { pg.c.keepCopy(p, id) }).SetCompact(true)
	head := kit.VStack(theme.Gap1, r.title, r.meta, kit.Gap(theme.Gap1), kit.Flow(theme.Gap2, theme.Gap2, keep, save))
	r.reply = newReplyBox(pg)
	r.thread = kit.NewConversation(head, r.reply.content, pg.env.Dispatcher.Do)
	r.reply.view.OnGrown = r.thread.ToEnd
	return r.thread.Container
}

// fill draws the messages if they have changed, and shows the newest.
func (r *reader) fill() {
	pg, p, thread := r.page, r.page.p, r.page.c.thread
	r.title.SetText(topicName(p, pg.env.Policy, thread.Topic))
	r.meta.SetText(r.about(thread))
	ids := make([]string, len(thread.Messages))
	for i, m := range thread.Messages {
		ids[i] = m.ID
	}
	way := pg.c.inbox.kept.repliesTo(thread.ID)
	for _, i := range way {
		ids = append(ids, fmt.Sprint(i.Key, i.State, i.Percent))
	}
	r.thread.Show(ids, func(i int) fyne.CanvasObject {
		if i < len(thread.Messages) {
			return r.bubble(thread.Messages[i])
		}
		return r.wayBubble(way[i-len(thread.Messages)])
	})
}

// about is the line under the title: account, reference, until when it is kept.
func (r *reader) about(t services.Thread) string {
	p := r.page.p
	parts := []string{t.Reference, p.T("messages.thread.kept", text.Vars{"Date": p.Date(civil.DateOf(t.KeptUntil.Local()))})}
	if t.AgreementNumber != "" {
		parts = append([]string{agreementName(p, r.page.c.kind(t.AgreementID), t.AgreementNumber)}, parts...)
	}
	return strings.Join(parts, " · ")
}

// bubble draws a message.
func (r *reader) bubble(m services.Message) fyne.CanvasObject {
	p, own := r.page.p, m.From == services.RoleCustomer
	author := m.Author
	if own {
		author = p.T("messages.you")
	}
	head := kit.Flow(theme.Gap1, 0, kit.NewHint(author+" · "+when(p, r.page.env.Clock.Now(), m.SentAt)))
	if own {
		received := kit.NewHint("· ✓ " + p.T("messages.received"))
		received.SetColorName(theme.Good)
		head.Add(received)
	}
	var files []fyne.CanvasObject
	for _, a := range m.Attachments {
		files = append(files, r.file(a))
	}
	return kit.NewMessage(own, head, m.Body, files...)
}

// file is an attachment with what can be done with it.
func (r *reader) file(a services.Attachment) fyne.CanvasObject {
	pg, p := r.page, r.page.p
	return kit.NewFileLine(a.Name, p.Size(a.Size),
		kit.NewLink(p.T("messages.file.open"), func() { pg.c.openFile(p, a) }),
		kit.NewLink(p.T("messages.file.save"), func() { pg.c.keepFile(p, a) }))
}

// draftFace shows how a draft begins, and goes on with it or removes it.
func (r *reader) draftFace(d services.Draft) fyne.CanvasObject {
	pg, p := r.page, r.page.p
	name := p.T("messages.draft.name", text.Vars{"Topic": draftName(p, pg.env.Policy, d)})
	edited := p.T("messages.draft.at", text.Vars{"When": when(p, pg.env.Clock.Now(), d.UpdatedAt)})
	actions := kit.Flow(theme.Gap4, theme.Gap2,
		kit.NewButton(p.T("messages.draft.continue"), func() { pg.env.Go(nav.Route{Page: nav.PageCompose, Arg: d.ID}) }),
		kit.NewDanger(p.T("messages.draft.delete"), func() { r.askRemove(d.ID) }))
	column := kit.VStack(theme.Gap4, kit.VStack(theme.Gap1, kit.NewWrapped(name, kit.StyleSection), kit.NewWrapped(edited, kit.StyleQuiet)))
	if why := pg.c.inbox.kept.refusal(d.ID); why != nil {
		column.Add(kit.NewPanel(kit.Bad, p.T("messages.outbox.refused"), refusalSentence(p, why, pg.env.Clock.Now())))
	}
	if strings.TrimSpace(d.Body) != "" {
		column.Add(kit.NewWrapped(d.Body, kit.StyleLabel))
	}
	for _, a := range d.Attachments {
		column.Add(kit.NewFileLine(a.Name, p.Size(a.Size)))
	}
	column.Add(actions)
	return kit.NewPageScroll(kit.Inset(theme.Gap5, theme.PageMargin, theme.Gap5, 28, column))
}

// askRemove removes a draft once the person has said that they mean it.
func (r *reader) askRemove(id string) {
	pg, p := r.page, r.page.p
	kit.ShowDialog(pg.env.Window, p.T("messages.draft.ask"), kit.NewWrapped(p.T("messages.draft.ask_text"), kit.StyleLabel),
		p.T("messages.draft.delete"), p.T("messages.draft.keep"), true, func(ok bool) {
			if ok {
				pg.c.removeDraft(id, func(err error) {
					if err != nil {
						pg.env.Toast(nav.Sentence(p, err, pg.env.Clock.Now()))
					}
				})
			}
		})
}

func (r *reader) updateReply() {
	if r.reply != nil {
		r.reply.update()
	}
}

// focus goes to the reply, if a conversation is open.
func (r *reader) focus() {
	if r.reply != nil {
		r.reply.view.Field.Focus(r.page.env.Window.Canvas())
	}
}
