package messages

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// row draws an item of the list in three lines: topic and time, account, and what matters most about it.
type row struct {
	page               *centerPage
	topic, time, about *kit.Text
	excerpt            *kit.Marked
	note, dot          *kit.Text
	copy               *kit.Button
}

func (pg *centerPage) newRow() kit.Row[item] {
	r := &row{
		page: pg, topic: kit.NewLabel("").SetTruncate(true), time: kit.NewQuiet(""), about: kit.NewQuiet("").SetTruncate(true),
		excerpt: kit.NewMarked(kit.StyleLabel), note: kit.NewHint(""), copy: kit.NewTextLink(pg.p.T("messages.copy"), nil),
		dot: kit.NewText("●", kit.Style{Size: theme.SizeSmall, Color: theme.Primary}),
	}
	r.copy.SetSizeName(theme.SizeHint).SetColorName(theme.Warn)
	last := kit.HStack(theme.Gap1, r.note, r.copy, kit.HFill(r.excerpt), r.dot)
	lines := kit.VStack(3, kit.HStack(theme.Gap2, kit.HFill(r.topic), r.time), r.about, last)
	return kit.NewRow[item](kit.Inset(13, theme.Gap4, 12, theme.Gap4, lines), r.set)
}

func (r *row) set(i item) {
	p, now := r.page.p, r.page.env.Clock.Now()
	r.time.SetText(p.When(i.at.Local(), now.Local()))
	r.about.SetText(r.page.about(i))
	r.show(false, false, false)
	if i.draft != nil {
		r.setDraft(p, *i.draft)
		return
	}
	r.topic.SetStyle(kit.StyleLabel)
	if i.thread.Unread {
		r.topic.SetStyle(kit.StyleStrong)
	}
	r.topic.SetText(topicName(p, r.page.env.Policy, i.thread.Topic))
	r.setLast(p, now, i)
}

func (r *row) setDraft(p *text.Printer, d services.Draft) {
	r.topic.SetStyle(kit.StyleLabel)
	r.topic.SetText(p.T("messages.draft.name", text.Vars{"Topic": draftName(p, r.page.env.Policy, d)}))
	r.time.SetText(p.T("messages.draft.saved"))
	r.excerpt.Set(text.Line(d.Body), nil)
	r.show(false, true, false)
}

// setLast shows what was found; else that the conversation will be removed soon; else a new reply; else a reply that
// was not sent; else how long it is kept.
func (r *row) setLast(p *text.Printer, now time.Time, i item) {
	kept, soon := keptFor(p, now, i.thread.KeptUntil)
	r.note.SetText(kept)
	r.note.SetColorName(theme.QuietText)
	switch {
	case i.hit != nil:
		r.excerpt.Set(i.hit.Excerpt, i.hit.Marks)
		r.show(false, true, i.thread.Unread)
	case soon:
		r.note.SetText(kept + " ·")
		r.note.SetColorName(theme.Warn)
		id := i.id
		r.copy.OnTapped = func() { r.page.c.saveCopy(r.page.p, id) }
		r.show(true, false, i.thread.Unread)
		r.copy.Show()
	case i.thread.Unread:
		r.excerpt.Set(i.thread.Excerpt, nil)
		r.show(false, true, true)
	case i.reply:
		r.note.SetText(p.T("messages.draft.reply"))
		r.show(true, false, false)
	default:
		r.show(true, false, false)
	}
}

func (r *row) show(note, excerpt, dot bool) {
	r.copy.Hide()
	for o, on := range map[fyne.CanvasObject]bool{r.note: note, r.excerpt: excerpt, r.dot: dot} {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

// draftName is what a draft is about, as far as that was chosen.
func draftName(p *text.Printer, policy services.Policy, d services.Draft) string {
	if d.Topic == "" {
		return p.T("messages.draft.untitled")
	}
	return topicName(p, policy, d.Topic)
}

// about is the account of an item, and how many files it has.
func (pg *centerPage) about(i item) string {
	p, thread := pg.p, i.thread
	if i.draft != nil {
		thread = services.ThreadSummary{AgreementID: i.draft.AgreementID, Attachments: len(i.draft.Attachments), AgreementNumber: pg.c.number(i.draft.AgreementID)}
	}
	var parts []string
	if thread.AgreementNumber != "" {
		parts = append(parts, agreementName(p, pg.c.kind(thread.AgreementID), thread.AgreementNumber))
	}
	if thread.Reference != "" {
		parts = append(parts, thread.Reference)
	}
	if thread.Attachments > 0 {
		parts = append(parts, p.T("messages.attachments", text.Vars{"Count": thread.Attachments}))
	}
	return strings.Join(parts, " · ")
}
