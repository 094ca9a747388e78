package messages

import (
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// row draws an item of the list in three lines: topic and time, account, and what matters most about it.
type row struct {
	env                nav.Env
	c                  *center
	p                  *text.Printer
	topic, time, about *kit.Text
	excerpt            *kit.Marked
	note, dot          *kit.Text
	copy               *kit.Button
}

func newRow(env nav.Env, c *center, p *text.Printer) kit.Row[item] {
	r := &row{
		env: env, c: c, p: p, topic: kit.NewLabel("").SetTruncate(true), time: kit.NewQuiet(""), about: kit.NewQuiet("").SetTruncate(true),
		excerpt: kit.NewMarked(kit.StyleLabel), note: kit.NewHint(""), copy: kit.NewTextLink(p.T("messages.copy"), nil),
		dot: kit.NewText("●", kit.Style{Size: theme.SizeSmall, Color: theme.Primary}),
	}
	r.copy.SetSizeName(theme.SizeHint).SetColorName(theme.Warn)
	last := kit.HStack(theme.Gap1, r.note, r.copy, kit.HFill(r.excerpt), r.dot)
	lines := kit.VStack(3, kit.HStack(theme.Gap2, kit.HFill(r.topic), r.time), r.about, last)
	return kit.NewRow[item](kit.Inset(13, theme.Gap4, 12, theme.Gap4, lines), r.set)
}

// shown says which parts of the last line are seen.
type shown struct{ note, copy, excerpt, dot bool }

func (r *row) set(i item) {
	p, now := r.p, r.env.Clock.Now()
	r.about.SetText(r.describe(i))
	r.time.SetColorName(theme.QuietText)
	switch {
	case i.draft != nil:
		r.setDraft(p, *i.draft, i.refusal != nil)
		return
	case i.way != nil && i.thread.ID == "":
		r.setWay(p, *i.way)
		return
	}
	r.time.SetText(p.When(i.at.Local(), now.Local()))
	style := kit.StyleLabel
	if i.thread.Unread {
		style = kit.StyleStrong
	}
	r.topic.SetStyle(style)
	r.topic.SetText(topicName(p, r.env.Policy, i.thread.Topic))
	r.show(r.setLast(p, now, i))
}

// setWay shows a new message that is on its way.
func (r *row) setWay(p *text.Printer, i services.OutboxItem) {
	r.topic.SetStyle(kit.StyleLabel)
	r.topic.SetText(topicName(p, r.env.Policy, i.Topic))
	r.time.SetText(wayWords(p, i))
	r.time.SetColorName(theme.Warn)
	r.excerpt.Set(text.Line(i.Body), nil)
	r.show(shown{excerpt: true})
}

func (r *row) setDraft(p *text.Printer, d services.Draft, refused bool) {
	r.topic.SetStyle(kit.StyleLabel)
	r.topic.SetText(p.T("messages.draft.name", text.Vars{"Topic": draftName(p, r.env.Policy, d)}))
	r.time.SetText(p.T("messages.draft.saved"))
	if refused {
		r.time.SetText(p.T("messages.outbox.refused"))
		r.time.SetColorName(theme.Bad)
	}
	r.excerpt.Set(text.Line(d.Body), nil)
	r.show(shown{excerpt: true})
}

// setLast fills the last line with what was found; else that the conversation will be removed soon; else a new reply;
// else a reply that was not sent; else how long it is kept.
func (r *row) setLast(p *text.Printer, now time.Time, i item) shown {
	if i.hit != nil {
		r.excerpt.Set(i.hit.Excerpt, i.hit.Marks)
		return shown{excerpt: true, dot: i.thread.Unread}
	}
	kept, soon := keptFor(p, now, i.thread.KeptUntil)
	note, color := kept, theme.QuietText
	parts := shown{note: true}
	switch {
	case soon:
		note, color = kept+" ·", theme.Warn
		r.copy.OnTapped = func() { r.c.saveCopy(p, i.id) }
		parts = shown{note: true, copy: true, dot: i.thread.Unread}
	case i.thread.Unread:
		r.excerpt.Set(i.thread.Excerpt, nil)
		return shown{excerpt: true, dot: true}
	case i.way != nil:
		note, color = p.T("messages.outbox.reply", text.Vars{"State": wayWords(p, *i.way)}), theme.Warn
	case i.refusal != nil:
		note, color = p.T("messages.outbox.reply_refused"), theme.Bad
	case i.reply:
		note = p.T("messages.draft.reply")
	}
	r.note.SetText(note)
	r.note.SetColorName(color)
	return parts
}

func (r *row) show(s shown) {
	setVisible(r.note, s.note)
	setVisible(r.copy, s.copy)
	setVisible(r.excerpt, s.excerpt)
	setVisible(r.dot, s.dot)
}

// draftName is what a draft is about, as far as that was chosen.
func draftName(p *text.Printer, policy services.Policy, d services.Draft) string {
	if d.Topic == "" {
		return p.T("messages.draft.untitled")
	}
	return topicName(p, policy, d.Topic)
}

// summary is what can be said of a message that belongs to no conversation yet.
func (r *row) summary(agreementID string, files int) services.ThreadSummary {
	return services.ThreadSummary{AgreementID: agreementID, AgreementNumber: r.c.number(agreementID), Attachments: files}
}

// describe gives the account of an item, its reference, and how many files it has.
func (r *row) describe(i item) string {
	thread := i.thread
	switch {
	case i.draft != nil:
		thread = r.summary(i.draft.AgreementID, len(i.draft.Attachments))
	case i.way != nil && thread.ID == "":
		thread = r.summary(i.way.AgreementID, len(i.way.Attachments))
	}
	var parts []string
	if thread.AgreementNumber != "" {
		parts = append(parts, agreementName(r.p, r.c.kind(thread.AgreementID), thread.AgreementNumber))
	}
	if thread.Reference != "" {
		parts = append(parts, thread.Reference)
	}
	if thread.Attachments > 0 {
		parts = append(parts, r.p.T("messages.attachments", text.Vars{"Count": thread.Attachments}))
	}
	return strings.Join(parts, " · ")
}
