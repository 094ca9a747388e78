package messages

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
)

// roomBeyond is how often over its limit a text may be, so that nothing pasted is lost and typing stays quick.
const roomBeyond = 4

// writerView draws what a new message and a reply have in common: the text with its counter and where the draft
// stands, the files, and the sending.
type writerView struct {
	*kit.WriteBox
	env    nav.Env
	p      *text.Printer
	writer *writer // that the field was filled from
}

func newWriterView(env nav.Env, p *text.Printer, words kit.WriteWords, rows int, send func()) *writerView {
	v := &writerView{env: env, p: p}
	words.Attach, words.Sending, words.Failed = p.T("messages.attach"), p.T("messages.compose.sending"), p.T("messages.send.failed")
	words.Remove, words.Refused, words.Dismiss = p.T("messages.file.remove"), p.T("messages.file.refused"), p.T("messages.file.dismiss")
	attach := func() { env.Files.Open(words.Attach, env.Policy.AttachmentTypes, v.writer.files.Add) }
	v.WriteBox = kit.NewWriteBox(words, rows, attach, send, func() { v.writer.files.Dismiss() })
	v.Field.MaxRunes = roomBeyond * env.Policy.BodyMax
	return v
}

// update draws what is known of a writer. What is typed is touched only when another writer takes its place.
func (v *writerView) update(w *writer, counter bool) {
	if w != v.writer {
		v.writer = w
		v.Fill(w.draft.Body, w.setBody)
	}
	p, aside := v.p, ""
	if counter {
		aside = p.T("messages.counter", text.Vars{"Count": p.Number(int64(w.length())), "Most": p.Number(int64(w.policy.BodyMax))})
	}
	v.Show(kit.WriteState{
		Hint:  map[saveState]string{saving: p.T("messages.draft.saving"), saved: p.T("messages.draft.kept")}[w.state],
		Aside: aside, Problem: v.fieldProblem(), Files: v.lines(), Refused: w.files.Refused(p),
		Sending: w.sending, CanSend: w.canSend(), Failure: v.failure(),
	})
}

// fieldProblem says why a text cannot be sent, or why it is not saved.
func (v *writerView) fieldProblem() string {
	p, w := v.p, v.writer
	switch {
	case w.fields[fieldBody] != "":
		return nav.FieldSentence(p, fieldBody, w.fields[fieldBody])
	case w.lost && w.sent == nil:
		return p.T("messages.draft.lost")
	case w.state == notSaved:
		return p.T("messages.draft.not_saved")
	}
	return ""
}

// lines are the files, those on their way last.
func (v *writerView) lines() []kit.UploadLine {
	p, w := v.p, v.writer
	var lines []kit.UploadLine
	for _, f := range w.files.Files() {
		line := kit.UploadLine{Name: f.Name, Detail: p.Size(f.Size)}
		if !w.sending {
			line.Remove = func() { w.files.Remove(f.ID) }
		}
		lines = append(lines, line)
	}
	for _, name := range w.files.Waiting() {
		lines = append(lines, kit.UploadLine{Name: name, Detail: p.T("messages.file.waiting")})
	}
	return lines
}

// failure says why the message was not sent.
func (v *writerView) failure() string {
	p, w := v.p, v.writer
	switch {
	case w.fields[fieldKey] != "":
		return nav.FieldSentence(p, fieldKey, w.fields[fieldKey])
	case w.fields[fieldFiles] != "":
		return p.T("messages.send.files")
	case w.sendErr != nil && services.CodeOf(w.sendErr) != services.CodeInvalid:
		return refusalSentence(p, w.sendErr, v.env.Clock.Now())
	}
	return ""
}

func enable(o fyne.Disableable, on bool) {
	if on == !o.Disabled() {
		return
	}
	if on {
		o.Enable()
	} else {
		o.Disable()
	}
}

func setVisible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
