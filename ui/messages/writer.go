package messages

import (
	"fmt"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
)

// roomBeyond is how often over its limit a text may be, so that nothing pasted is lost and typing stays quick.
const roomBeyond = 4

// writerView draws what a new message and a reply have in common: the text with its counter and where the draft
// stands, the files, and the sending. With every key it touches only what has changed.
type writerView struct {
	env     nav.Env
	p       *text.Printer
	writer  *writer // that the field was filled from
	field   *kit.Field
	files   *kit.UploadList
	problem *kit.Panel
	attach  *kit.Button
	send    *kit.Button
	grown   func() // something came or went, so that the height has changed

	hint, aside, shownFiles, shownProblem string
}

func newWriterView(env nav.Env, p *text.Printer, label string, rows int) *writerView {
	v := &writerView{env: env, p: p, field: kit.NewMultilineField(label, rows), grown: func() {}}
	v.problem = kit.NewPanel(kit.Bad, p.T("messages.send.failed"), "")
	v.field.MaxRunes = roomBeyond * env.Policy.BodyMax
	v.files = kit.NewUploadList(p.T("messages.file.remove"), p.T("messages.file.refused"), p.T("messages.file.dismiss"),
		func() { v.writer.files.Dismiss() })
	v.attach = kit.NewButton(p.T("messages.attach"), func() {
		env.Files.Open(p.T("messages.attach"), env.Policy.AttachmentTypes, v.writer.files.Add)
	}).SetCompact(true)
	v.files.Next = v.attach
	v.problem.Hide()
	return v
}

// update draws what is known of a writer. What is typed is touched only when another writer takes its place.
func (v *writerView) update(w *writer, counter bool) {
	if w != v.writer {
		v.writer = w
		v.field.OnChanged = nil
		v.field.SetText(w.draft.Body)
		v.field.OnChanged = w.setBody
	}
	v.drawField(counter)
	v.drawFiles()
	v.drawSending()
}

func (v *writerView) drawField(counter bool) {
	p, w := v.p, v.writer
	aside := ""
	if counter {
		aside = p.T("messages.counter", text.Vars{"Count": p.Number(int64(w.length())), "Most": p.Number(int64(w.policy.BodyMax))})
	}
	hint := map[saveState]string{saving: p.T("messages.draft.saving"), saved: p.T("messages.draft.kept")}[w.state]
	if aside != v.aside {
		v.aside = aside
		v.field.SetAside(aside)
	}
	if hint != v.hint {
		v.hint = hint
		v.field.SetHint(hint)
	}
	if problem := v.fieldProblem(); problem != v.field.Error() {
		v.field.SetError(problem)
	}
	enable(v.field, !w.sending)
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

func (v *writerView) drawFiles() {
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
	var refused []string
	for _, r := range w.files.Refusals() {
		refused = append(refused, nav.RefusalSentence(p, r, w.policy))
	}
	if version := fmt.Sprint(w.files.Files(), w.files.Waiting(), refused, w.sending); version != v.shownFiles {
		v.shownFiles = version
		v.files.Set(lines, refused)
		v.grown()
	}
	enable(v.attach, !w.sending)
}

// drawSending shows that the message is on its way, or why it was not sent.
func (v *writerView) drawSending() {
	p, w := v.p, v.writer
	if v.send.Busy() != w.sending {
		v.send.SetBusy(w.sending)
	}
	enable(v.send, w.canSend() || w.sending)
	sentence := ""
	switch {
	case w.fields[fieldKey] != "":
		sentence = nav.FieldSentence(p, fieldKey, w.fields[fieldKey])
	case w.fields[fieldFiles] != "":
		sentence = p.T("messages.send.files")
	case w.sendErr != nil && services.CodeOf(w.sendErr) != services.CodeInvalid:
		sentence = nav.Sentence(p, w.sendErr, v.env.Clock.Now())
	}
	if sentence != v.shownProblem {
		v.shownProblem = sentence
		v.problem.Set(kit.Bad, p.T("messages.send.failed"), sentence)
		setVisible(v.problem, sentence != "")
		v.grown()
	}
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
