package desk

import (
	"strconv"
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

// reader is the reading pane: the conversation that is open, what is known of the customer, and the answer.
type reader struct {
	page    *page
	content *fyne.Container
	shown   string // what the pane was drawn for
	facts   *fyne.Container
	thread  *kit.Conversation
	reply   *replyBox
}

func newReader(pg *page) *reader { return &reader{page: pg, content: container.NewStack()} }

// update draws the pane anew when something else is open, and the conversation when it has changed.
func (r *reader) update() {
	pr := r.page.presenter
	state := pr.threadState()
	if key := strings.Join([]string{pr.openID, strconv.Itoa(int(state)), string(services.CodeOf(pr.threadErr))}, " "); key != r.shown {
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
	p, pr := r.page.p, r.page.presenter
	switch {
	case state == loading:
		return kit.Inset(theme.Gap6, theme.PageMargin, theme.Gap6, 28, kit.NewSkeleton(200, 320, 400, 400, 240))
	case state == full:
		return r.threadFace()
	case services.CodeOf(pr.threadErr) == services.CodeNotFound:
		return kit.NewEmptyState(theme.IconMessages, p.T("desk.thread.gone"), p.T("desk.thread.gone_text"), nil)
	case state == failed:
		return kit.NewFailedState(p.T("desk.thread.failed"), nav.Sentence(p, pr.threadErr, r.page.env.Clock.Now()), p.T("desk.retry"), pr.retry,
			kit.Reference(r.page.env.Reference(p, pr.threadErr)))
	}
	return kit.NewEmptyState(theme.IconMessages, p.T("desk.thread.none"), p.T("desk.thread.none_text"), nil)
}

// threadFace is the frame of a conversation; fill puts the messages into it.
func (r *reader) threadFace() fyne.CanvasObject {
	r.facts = kit.VStack(theme.Gap3)
	r.reply = newReplyBox(r.page)
	r.thread = kit.NewConversation(r.facts, r.reply.content, r.page.env.Dispatcher.Do)
	r.reply.OnGrown = r.thread.ToEnd
	return r.thread.Container
}

// fill draws the facts and the messages if they have changed, and shows the newest.
func (r *reader) fill() {
	thread := r.page.presenter.thread
	ids := make([]string, len(thread.Messages))
	for i, m := range thread.Messages {
		ids[i] = m.ID
	}
	if r.thread.Show(ids, func(i int) fyne.CanvasObject { return r.bubble(thread.Messages[i]) }) {
		r.facts.Objects = r.about(thread)
		r.facts.Refresh()
	}
}

// about says who writes about what: the customer, the topic, the agreement and the vehicle.
func (r *reader) about(t services.DeskThread) []fyne.CanvasObject {
	p := r.page.p
	meta := strings.Join([]string{
		topicName(p, r.page.env.Policy, t.Topic), t.Reference,
		p.T("desk.thread.kept", text.Vars{"Date": p.Date(civil.DateOf(t.KeptUntil.Local()))}),
	}, " · ")
	fact := func(key, value string) fyne.CanvasObject {
		return kit.VStack(2, kit.NewHint(p.T("desk.fact."+key)), kit.NewSelectable(value, kit.StyleLabel).SetWrapping(true))
	}
	facts := kit.Columns(1, 1, 1)(
		fact("agreement", p.T("desk.kind."+kindKey(p, t.Kind), text.Vars{"Number": t.AgreementNumber})),
		fact("vehicle", vehicleName(p, t.Vehicle)), fact("language", languageName(p, t.Language)))
	about := []fyne.CanvasObject{
		kit.VStack(theme.Gap1, kit.NewWrapped(t.Customer, kit.StyleSection), kit.NewWrapped(meta, kit.StyleQuiet)), facts,
	}
	if r.page.presenter.deps.Documents != nil && t.AgreementID != "" {
		about = append(about, r.documentLink(t))
	}
	if len(t.Doubts) > 0 {
		about = append(about, kit.NewPanel(kit.Warn, p.T("desk.doubt.title"), doubtText(p, t.Doubts)))
	}
	return about
}

// doubtText says what does not add up in the lender's figures, a line each, and what the customer sees of it.
func doubtText(p *text.Printer, doubts []services.Doubt) string {
	var lines []string
	for _, d := range doubts {
		vars := text.Vars{"Found": d.FoundCount, "Expected": d.ExpectedCount, "Count": d.FoundCount}
		if d.Found.CurrencyCode() != "" {
			vars["Found"], vars["Expected"] = p.Money(d.Found), p.Money(d.Expected)
		}
		lines = append(lines, p.T("desk.doubt."+string(d.Kind), vars))
	}
	return strings.Join(append(lines, p.T("desk.doubt.shown")), "\n")
}

// kindKey is "lease" or "loan"; "other" when the lender has taken the agreement out of the portfolio.
func kindKey(p *text.Printer, kind services.AgreementKind) string {
	if p.Has("desk.kind." + string(kind)) {
		return string(kind)
	}
	return "other"
}

func vehicleName(p *text.Printer, v services.Vehicle) string {
	if v.Model == "" {
		return p.T("desk.fact.unknown")
	}
	return p.T("desk.vehicle", text.Vars{"Year": v.Year, "Make": v.Make, "Model": v.Model})
}

func languageName(p *text.Printer, language string) string {
	if key := "desk.language." + language; p.Has(key) {
		return p.T(key)
	}
	return p.T("desk.fact.unknown")
}

// bubble draws a message; the desk's own stand at the right.
func (r *reader) bubble(m services.Message) fyne.CanvasObject {
	p := r.page.p
	head := kit.NewWrapped(m.Author+" · "+p.DateTime(m.SentAt.Local()), kit.StyleHint)
	var files []fyne.CanvasObject
	for _, a := range m.Attachments {
		files = append(files, kit.NewFileLine(a.Name, p.Size(a.Size),
			kit.NewLink(p.T("desk.file.open"), func() { r.page.presenter.openFile(p, a) }),
			kit.NewLink(p.T("desk.file.save"), func() { r.page.presenter.keepFile(p, a) })))
	}
	return kit.NewMessage(m.From == services.RoleAdvisor, head, m.Body, files...)
}

func (r *reader) updateReply() {
	if r.reply != nil {
		r.reply.update()
	}
}

// focus goes to the answer, if a conversation is open.
func (r *reader) focus() {
	if r.reply != nil {
		r.reply.Field.Focus(r.page.env.Window.Canvas())
	}
}
