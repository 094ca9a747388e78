package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

func TestWriteBox(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light, 1))
	sent, grown, typed := 0, 0, ""
	words := kit.WriteWords{Field: "Reply", Attach: "Attach", Send: "Send", Sending: "Sending", Remove: "Remove", Refused: "No", Dismiss: "Ok", Failed: "Not sent"}
	b := kit.NewWriteBox(words, 3, func() {}, func() { sent++ }, func() {})
	b.OnGrown = func() { grown++ }
	win := show(t, b.Stack(), 400, 400)
	b.Fill("before", func(s string) { typed = s })
	if b.Field.Text() != "before" || typed != "" {
		t.Errorf("filled with %q, told %q", b.Field.Text(), typed)
	}
	file := kit.UploadLine{Name: "a.pdf", Detail: "1 KB", Remove: func() {}}
	b.Show(kit.WriteState{CanSend: true, Hint: "kept", Files: []kit.UploadLine{file}})
	b.Show(kit.WriteState{CanSend: true, Hint: "kept", Files: []kit.UploadLine{file}, Aside: "3"})
	kit.Settle(win)
	if grown != 1 || !says(b.Files, "a.pdf") || b.Send.Disabled() || b.Problem.Visible() {
		t.Errorf("grown %d times, can send %t", grown, !b.Send.Disabled())
	}
	b.Show(kit.WriteState{Sending: true, Files: []kit.UploadLine{{Name: "a.pdf", Detail: "1 KB"}}})
	if !b.Send.Busy() || !b.Field.Disabled() || !b.Attach.Disabled() || says(b.Files, "Remove") {
		t.Error("something can be changed while it is sent")
	}
	b.Show(kit.WriteState{CanSend: true, Failure: "No network.", Problem: "Too long."})
	kit.Settle(win)
	if !says(b.Problem, "No network.") || b.Field.Error() != "Too long." || b.Files.Visible() || b.Field.Disabled() {
		t.Error("a failure is not shown")
	}
	press(b.Send, fyne.KeyReturn)
	if b.Show(kit.WriteState{}); sent != 1 || b.Problem.Visible() || !b.Send.Disabled() {
		t.Errorf("sent %d times", sent)
	}
}
