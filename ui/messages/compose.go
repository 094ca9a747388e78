package messages

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// The measures of the design: the width of the card, and the lines of the text that are seen.
const (
	composeWidth = 720
	composeRows  = 8
)

// composePage draws a new message. Its widgets live from Build to Stop.
type composePage struct {
	env  nav.Env
	c    *composer
	p    *text.Printer
	body *fyne.Container
	face pageState

	topic, account *kit.Select
	view           *writerView
	keep           *kit.Button
	errors         map[string]string // sentence under a choice, by field
}

// NewCompose makes the page of nav.PageCompose: a new message, or a draft that the route names.
func NewCompose(env nav.Env, deps Deps, route nav.Route) nav.Page {
	pg := &composePage{env: env, c: newComposer(env, deps, route)}
	return pg
}

// Start is part of nav.Page. A message that was sent after the person had left is not shown to be written again.
func (pg *composePage) Start() {
	pg.c.changed = pg.update
	pg.c.start()
	if pg.c.sent != nil {
		pg.env.Dispatcher.Do(func() { pg.confirm(*pg.c.sent) })
	}
}

// Leaving is part of nav.Leaver.
func (pg *composePage) Leaving() { pg.c.save() }

// Stop is part of nav.Page.
func (pg *composePage) Stop() {
	pg.c.scope.Stop()
	*pg = composePage{env: pg.env, c: pg.c}
}

// Drop is part of nav.Dropper.
func (pg *composePage) Drop(files []fyne.URI) {
	if pg.c.loaded && !pg.c.sending {
		pg.c.files.Add(paths(files))
	}
}

// Focus is part of nav.Focuser.
func (pg *composePage) Focus() fyne.Focusable {
	switch {
	case pg.topic == nil:
		return nil
	case pg.c.draft.Topic == "":
		return pg.topic.Focusable()
	default:
		return pg.view.Field.Focusable()
	}
}

// Build is part of nav.Page.
func (pg *composePage) Build(p *text.Printer) fyne.CanvasObject {
	pg.p, pg.body = p, container.NewStack()
	pg.face = pg.c.page()
	pg.draw()
	back := kit.NewLink("‹ "+p.T("messages.center.title"), func() { pg.env.Go(nav.Route{Page: nav.PageMessages}) })
	title := kit.NewWrapped(p.T("messages.compose.title"), kit.StyleTitle)
	return kit.NewPageScroll(kit.PageMargin(kit.MaxWidth(composeWidth, kit.VStack(theme.Gap3,
		kit.VStack(6, kit.HStack(0, back), title), pg.body))))
}

// update draws what the presenter knows now.
func (pg *composePage) update() {
	if pg.body == nil {
		return
	}
	if face := pg.c.page(); face != pg.face {
		pg.face = face
		pg.draw()
		if focus := pg.Focus(); focus != nil && pg.env.Window.Canvas().Focused() == nil {
			pg.env.Window.Canvas().Focus(focus)
		}
		return
	}
	if pg.face == full {
		pg.fill()
	}
}

func (pg *composePage) draw() {
	var face fyne.CanvasObject
	switch pg.face {
	case full:
		face = kit.NewCard(pg.form())
		pg.fill()
	case failed:
		face = kit.NewCard(pg.failure())
	default:
		face = kit.NewCard(kit.NewSkeleton(280, 400, 120, 480, 480, 480))
	}
	pg.body.Objects = []fyne.CanvasObject{face}
	pg.body.Refresh()
}

// failure says that the page could not be read. A draft that is gone does not come back by trying again.
func (pg *composePage) failure() fyne.CanvasObject {
	p := pg.p
	if services.CodeOf(pg.c.err) == services.CodeNotFound {
		return kit.NewEmptyState(theme.IconMessages, p.T("messages.draft.gone"), p.T("messages.draft.gone_text"),
			kit.NewButton(p.T("messages.center.title"), func() { pg.env.Go(nav.Route{Page: nav.PageMessages}) }))
	}
	return kit.NewFailedState(p.T("messages.compose.failed"), nav.Sentence(p, pg.c.err, pg.env.Clock.Now()), p.T("messages.retry"), pg.c.retry,
		kit.Reference(pg.env.Reference(p, pg.c.err)))
}

// form makes the fields and fills them with what was typed.
func (pg *composePage) form() fyne.CanvasObject {
	p, c := pg.p, pg.c
	pg.errors = map[string]string{}
	pg.topic = kit.NewSelect(p.T("messages.compose.topic"), pg.topics(), c.setTopic)
	pg.topic.SetPlaceholder(p.T("messages.compose.choose"))
	pg.topic.SetSelected(c.draft.Topic)
	pg.account = kit.NewSelect(p.T("messages.compose.account"), pg.accounts(), c.setAgreement)
	pg.account.SetPlaceholder(p.T("messages.compose.choose"))
	pg.account.SetSelected(c.draft.AgreementID)
	words := kit.WriteWords{Field: p.T("messages.compose.message"), Send: p.T("messages.compose.send")}
	v := newWriterView(pg.env, p, words, composeRows, func() { c.writer.send(pg.confirm) })
	pg.view = v
	pg.keep = kit.NewButton(p.T("messages.compose.save"), pg.saveDraft)
	return kit.VStack(theme.Gap4, kit.Columns(1, 1)(pg.topic, pg.account), v.Field, pg.dropArea(), v.Files, v.Problem,
		kit.Flow(theme.Gap4, theme.Gap2, v.Send, pg.keep))
}

// dropArea says where files go and which are taken.
func (pg *composePage) dropArea() fyne.CanvasObject {
	p, policy := pg.p, pg.env.Policy
	hint := p.T("messages.compose.types", text.Vars{"Types": nav.FileTypes(policy), "Size": p.Size(policy.AttachmentMax)})
	return kit.NewCard(kit.VStack(theme.Gap2,
		kit.Flow(theme.Gap3, theme.Gap2, kit.NewQuiet(p.T("messages.compose.drop")), pg.view.Attach),
		kit.NewWrapped(hint, kit.StyleHint)), kit.CardInset(14, theme.Gap4))
}

func (pg *composePage) topics() []kit.Option {
	options := make([]kit.Option, len(pg.env.Policy.Topics))
	for i, t := range pg.env.Policy.Topics {
		options[i] = kit.Option{ID: t.ID, Label: topicName(pg.p, pg.env.Policy, t.ID)}
	}
	return options
}

func (pg *composePage) accounts() []kit.Option {
	p := pg.p
	options := make([]kit.Option, len(pg.c.agreements))
	for i, a := range pg.c.agreements {
		key := "messages.compose.agreement"
		if a.ClosedOn != nil {
			key = "messages.compose.agreement_closed"
		}
		options[i] = kit.Option{ID: a.ID, Label: p.T(key, text.Vars{
			"Year": a.Vehicle.Year, "Model": a.Vehicle.Model, "Agreement": agreementName(p, a.Kind, a.Number),
		})}
	}
	return options
}

// fill shows what has changed besides what is typed.
func (pg *composePage) fill() {
	w := pg.c.writer
	pg.setError(pg.topic, fieldTopic)
	pg.setError(pg.account, fieldAgreement)
	pg.view.update(w, true)
	for _, o := range []fyne.Disableable{pg.topic, pg.account, pg.keep} {
		enable(o, !w.sending)
	}
}

// setError says that something must be chosen, or no longer.
func (pg *composePage) setError(s *kit.Select, field string) {
	sentence := ""
	if pg.c.fields[field] != "" {
		sentence = nav.FieldSentence(pg.p, field, services.ReasonUnknown)
	}
	if sentence != pg.errors[field] {
		pg.errors[field] = sentence
		s.SetError(sentence)
	}
}

// confirm shows the receipt; when the person has gone elsewhere meanwhile, a word must do. A message that waits has only
// its key to be known by.
func (pg *composePage) confirm(r services.Receipt) {
	if r.Waiting && pg.c.scope.Active() {
		pg.env.Replace(nav.Route{Page: nav.PageSent, Arg: pg.c.draft.IdempotencyKey, Payload: r})
		return
	}
	if pg.c.scope.Active() {
		pg.env.Replace(nav.Route{Page: nav.PageSent, Arg: r.ThreadID, Payload: r})
	}
}

// saveDraft keeps what is written and goes back. It stays when that fails, which shows under the text.
func (pg *composePage) saveDraft() {
	pg.c.whenSaved(func(err error) {
		if err != nil || !pg.c.scope.Active() {
			return
		}
		if pg.c.state == saved {
			pg.env.Toast(pg.p.T("messages.compose.saved"))
		}
		pg.env.Back()
	})
}
