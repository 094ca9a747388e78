package desk

import (
	"fmt"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

const (
	replyRows  = 4
	nearLimit  = 0.9 // the part of a text's limit from which on the counter shows
	roomBeyond = 4   // how often over its limit a text may be, so that nothing pasted is lost
)

// replyBox is where an answer is written. With every key it touches only what has changed.
type replyBox struct {
	page    *page
	reply   *reply // that the field was filled from
	field   *kit.Field
	files   *kit.UploadList
	problem *kit.Panel
	attach  *kit.Button
	send    *kit.Button
	content fyne.CanvasObject
	grown   func() // something came or went, so that the height has changed

	aside, shownFiles, shownProblem string
}

func newReplyBox(pg *page, grown func()) *replyBox {
	p := pg.p
	b := &replyBox{page: pg, grown: grown, field: kit.NewMultilineField(p.T("desk.reply"), replyRows), problem: kit.NewPanel(kit.Bad, "", "")}
	b.field.MaxRunes = roomBeyond * pg.env.Policy.BodyMax
	b.problem.Hide()
	b.files = kit.NewUploadList(p.T("desk.file.remove"), p.T("desk.file.refused"), p.T("desk.file.dismiss"), func() { b.reply.files.Dismiss() })
	b.attach = kit.NewButton(p.T("desk.attach"), func() {
		pg.env.Files.Open(p.T("desk.attach"), pg.env.Policy.AttachmentTypes, b.reply.files.Add)
	}).SetCompact(true)
	b.files.Next = b.attach
	b.send = kit.NewPrimary(p.T("desk.send"), func() {
		pg.presenter.send(func() { pg.env.Toast(p.T("desk.sent")) })
	}).SetCompact(true)
	b.send.SetBusyText(p.T("desk.sending"))
	b.content = kit.VStack(theme.Gap3, b.problem, b.field, b.files, kit.HStack(theme.Gap3, b.attach, kit.Spacer(), b.send))
	b.update()
	return b
}

// update draws what is known of the answer. What is typed is touched only when it is another answer, or was sent.
func (b *replyBox) update() {
	r := b.page.presenter.reply()
	if r == nil {
		return
	}
	if r != b.reply || r.body == "" && b.field.Text() != "" {
		b.reply = r
		b.field.OnChanged = nil
		b.field.SetText(r.body)
		b.field.OnChanged = r.setBody
	}
	b.drawField()
	b.drawFiles()
	b.drawSending()
}

func (b *replyBox) drawField() {
	p, r := b.page.p, b.reply
	aside, problem := "", ""
	if float64(r.length()) >= nearLimit*float64(r.policy.BodyMax) {
		aside = p.T("desk.counter", text.Vars{"Count": p.Number(int64(r.length())), "Most": p.Number(int64(r.policy.BodyMax))})
	}
	if aside != b.aside {
		b.aside = aside
		b.field.SetAside(aside)
	}
	if reason := r.fields[fieldBody]; reason != "" {
		problem = nav.FieldSentence(p, fieldBody, reason)
	}
	if problem != b.field.Error() {
		b.field.SetError(problem)
	}
	enable(b.field, !r.sending)
}

func (b *replyBox) drawFiles() {
	p, r := b.page.p, b.reply
	var lines []kit.UploadLine
	for _, f := range r.files.Files() {
		line := kit.UploadLine{Name: f.Name, Detail: p.Size(f.Size)}
		if !r.sending {
			line.Remove = func() { r.files.Remove(f.ID) }
		}
		lines = append(lines, line)
	}
	for _, name := range r.files.Waiting() {
		lines = append(lines, kit.UploadLine{Name: name, Detail: p.T("desk.file.waiting")})
	}
	var refused []string
	for _, refusal := range r.files.Refusals() {
		refused = append(refused, nav.RefusalSentence(p, refusal, r.policy))
	}
	if version := fmt.Sprint(r.files.Files(), r.files.Waiting(), refused, r.sending); version != b.shownFiles {
		b.shownFiles = version
		b.files.Set(lines, refused)
		b.grown()
	}
	enable(b.attach, !r.sending)
}

// drawSending shows that the answer is on its way, or why it was not sent.
func (b *replyBox) drawSending() {
	p, r := b.page.p, b.reply
	if b.send.Busy() != r.sending {
		b.send.SetBusy(r.sending)
	}
	enable(b.send, r.canSend() || r.sending)
	sentence := ""
	switch {
	case r.fields[fieldKey] != "":
		sentence = nav.FieldSentence(p, fieldKey, r.fields[fieldKey])
	case r.fields[fieldFiles] != "":
		sentence = p.T("desk.failed.files")
	case r.err != nil && services.CodeOf(r.err) != services.CodeInvalid:
		sentence = nav.Sentence(p, r.err, b.page.env.Clock.Now())
	}
	if sentence != b.shownProblem {
		b.shownProblem = sentence
		b.problem.Set(kit.Bad, p.T("desk.failed.send"), sentence)
		setVisible(b.problem, sentence != "")
		b.grown()
	}
}

func enable(o fyne.Disableable, on bool) {
	switch {
	case on && o.Disabled():
		o.Enable()
	case !on && !o.Disabled():
		o.Disable()
	}
}
