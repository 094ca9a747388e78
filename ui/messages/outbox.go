package messages

import (
	"strings"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// wayFace shows a new message that is on its way.
func (r *reader) wayFace(i services.OutboxItem) fyne.CanvasObject {
	pg, p := r.page, r.page.p
	about := []string{p.T("messages.outbox.since", text.Vars{"When": when(p, pg.env.Clock.Now(), i.Since)})}
	if number := pg.c.number(i.AgreementID); number != "" {
		about = append([]string{agreementName(p, pg.c.kind(i.AgreementID), number)}, about...)
	}
	head := kit.VStack(theme.Gap1,
		kit.NewWrapped(topicName(p, pg.env.Policy, i.Topic), kit.StyleSection), kit.NewWrapped(strings.Join(about, " · "), kit.StyleQuiet))
	panel := kit.NewPanel(kit.Info, wayWords(p, i), p.T("messages.outbox.text"), r.wayActions(i)...)
	return kit.NewPageScroll(kit.Inset(theme.Gap5, theme.PageMargin, theme.Gap5, 28,
		kit.VStack(theme.Gap4, head, panel, kit.NewMessage(true, kit.NewHint(p.T("messages.you")), i.Body, r.wayFiles(i)...))))
}

// wayActions are what can be done with a message that waits.
func (r *reader) wayActions(i services.OutboxItem) []fyne.CanvasObject {
	if i.State != services.OutboxWaiting {
		return nil
	}
	pg, p := r.page, r.page.p
	return []fyne.CanvasObject{kit.NewTextLink(p.T("messages.outbox.cancel"), func() {
		pg.c.takeBack(i.Key, func(err error) {
			switch {
			case services.CodeOf(err) == services.CodeConflict:
				pg.env.Toast(p.T("messages.outbox.late"))
			case err != nil && services.CodeOf(err) != services.CodeNotFound:
				pg.env.Toast(nav.Sentence(p, err, pg.env.Clock.Now()))
			case err == nil:
				pg.env.Toast(p.T("messages.outbox.cancelled"))
			}
		})
	})}
}

func (r *reader) wayFiles(i services.OutboxItem) []fyne.CanvasObject {
	var files []fyne.CanvasObject
	for _, a := range i.Attachments {
		files = append(files, kit.NewFileLine(a.Name, r.page.p.Size(a.Size)))
	}
	return files
}

// wayBubble draws a reply that is on its way.
func (r *reader) wayBubble(i services.OutboxItem) fyne.CanvasObject {
	p := r.page.p
	state := kit.NewHint("· " + wayWords(p, i))
	state.SetColorName(theme.Warn)
	head := kit.Flow(theme.Gap1, 0, kit.NewHint(p.T("messages.you")+" · "+when(p, r.page.env.Clock.Now(), i.Since)), state)
	for _, action := range r.wayActions(i) {
		head.Add(action)
	}
	return kit.NewMessage(true, head, i.Body, r.wayFiles(i)...)
}
