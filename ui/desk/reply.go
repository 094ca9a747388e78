package desk

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
)

const (
	replyRows  = 4
	nearLimit  = 0.9 // the part of a text's limit from which on the counter shows
	roomBeyond = 4   // how often over its limit a text may be, so that nothing pasted is lost
)

// replyBox is where an answer is written.
type replyBox struct {
	*kit.WriteBox
	page    *page
	reply   *reply // that the field was filled from
	content fyne.CanvasObject
}

func newReplyBox(pg *page) *replyBox {
	p := pg.p
	b := &replyBox{page: pg}
	words := kit.WriteWords{
		Field: p.T("desk.reply"), Attach: p.T("desk.attach"), Send: p.T("desk.send"), Sending: p.T("desk.sending"), Failed: p.T("desk.failed.send"),
		Remove: p.T("desk.file.remove"), Refused: p.T("desk.file.refused"), Dismiss: p.T("desk.file.dismiss"),
	}
	attach := func() { pg.env.Files.Open(words.Attach, pg.env.Policy.AttachmentTypes, b.reply.files.Add) }
	send := func() { pg.presenter.send(func() { pg.env.Toast(p.T("desk.sent")) }) }
	b.WriteBox = kit.NewWriteBox(words, replyRows, attach, send, func() { b.reply.files.Dismiss() })
	b.Field.MaxRunes = roomBeyond * pg.env.Policy.BodyMax
	b.content = b.Stack()
	b.update()
	return b
}

// update draws what is known of the answer. What is typed is touched only when it is another answer, or was sent.
func (b *replyBox) update() {
	r, p := b.page.presenter.reply(), b.page.p
	if r == nil {
		return
	}
	if r != b.reply || r.body == "" && b.Field.Text() != "" {
		b.reply = r
		b.Fill(r.body, r.setBody)
	}
	state := kit.WriteState{
		Files: b.lines(), Refused: r.files.Refused(p), Sending: r.sending, CanSend: r.canSend(), Failure: b.failure(),
	}
	if float64(r.length()) >= nearLimit*float64(r.policy.BodyMax) {
		state.Aside = p.T("desk.counter", text.Vars{"Count": p.Number(int64(r.length())), "Most": p.Number(int64(r.policy.BodyMax))})
	}
	if reason := r.fields[fieldBody]; reason != "" {
		state.Problem = nav.FieldSentence(p, fieldBody, reason)
	}
	b.Show(state)
}

// lines are the files, those on their way last.
func (b *replyBox) lines() []kit.UploadLine {
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
	return lines
}

// failure says why the answer was not sent.
func (b *replyBox) failure() string {
	p, r := b.page.p, b.reply
	switch {
	case r.fields[fieldKey] != "":
		return nav.FieldSentence(p, fieldKey, r.fields[fieldKey])
	case r.fields[fieldFiles] != "":
		return p.T("desk.failed.files")
	case r.err != nil && services.CodeOf(r.err) != services.CodeInvalid:
		return nav.Sentence(p, r.err, b.page.env.Clock.Now())
	}
	return ""
}
