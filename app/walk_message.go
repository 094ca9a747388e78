//go:build !release

package main

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"myaccount/services"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// What the walk writes.
const (
	walkQuestion = "What would it cost to end my lease in March and buy the car?"
	walkAnswer   = "Hello Amélie, your payoff amount on March 1 would be $39,612.20 plus taxes."
)

// compose writes a message with a file, goes away while it is a draft, comes back and sends it.
func (w *walk) compose() {
	w.goTo(nav.Route{Page: nav.PageMessages})
	w.WaitFor(w.say("messages.empty.title"))
	w.shot("messages-empty")
	w.Tap(w.say("messages.compose"))
	w.WaitFor(w.say("messages.compose.drop"))
	w.shot("compose")
	w.choose(0)
	w.Type(w.say("messages.compose.message"), walkQuestion)
	w.drop(w.file("setup.exe", "MZ\x90\x00 not a document"), w.file("registration.pdf", pdf))
	w.WaitFor(w.say("messages.file.refused"))
	w.WaitFor("registration.pdf")
	w.WaitGone(w.say("messages.file.waiting"))
	w.WaitFor(w.say("messages.draft.kept"))
	w.shot("compose-refused-file")
	w.Tap(w.say("messages.file.dismiss"))
	w.shot("compose-draft")
	w.goTo(nav.Route{Page: nav.PageMessages})
	w.WaitFor(w.say("messages.draft.saved"))
	w.shot("messages-draft")
	drafts := w.drafts()
	if len(drafts) != 1 || drafts[0].Body != walkQuestion || len(drafts[0].Attachments) != 1 {
		w.t.Fatalf("drafts after going away: %+v", drafts)
	}
	w.goTo(nav.Route{Page: nav.PageCompose, Arg: drafts[0].ID})
	w.WaitFor("registration.pdf")
	w.Tap(w.say("messages.compose.send"))
	w.WaitFor(w.say("messages.sent.title"))
	w.shot("message-received")
	if left := w.drafts(); len(left) != 0 {
		w.t.Errorf("drafts after sending: %+v", left)
	}
}

// hit says whether a row of the list shows some words.
func (w *walk) hit(words string) bool {
	return slices.ContainsFunc(uitest.All[*kit.Marked](w.Screen), func(m *kit.Marked) bool { return strings.Contains(m.Text(), words) })
}

// toList goes back to the list where a conversation has the window to itself, as with large letters.
func (w *walk) toList(s *uitest.Screen, title string) {
	if back := "‹ " + title; s.Has(back) {
		s.Tap(back)
	}
}

// choose takes the first choice of a drop-down list of the page.
func (w *walk) choose(n int) {
	list := uitest.All[*kit.Select](w.Screen)[n]
	w.Canvas().Focus(list.Focusable())
	w.Press(fyne.KeyDown)
}

// drop lets files fall on the window.
func (w *walk) drop(paths ...string) {
	uris := make([]fyne.URI, len(paths))
	for i, path := range paths {
		uris[i] = storage.NewFileURI(path)
	}
	w.program.Drop(uris)
	w.Drain()
}

// drafts lists what the person has not sent yet.
func (w *walk) drafts() []services.Draft {
	drafts, err := w.session().Drafts(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	return drafts
}

// pdf is a small document.
var pdf = strings.Join([]string{
	"%PDF-1.4", "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj", "trailer<</Root 1 0 R>>", "%%EOF", "",
}, "\n")

// answer is the advisor's part: choosing a password with the mail of the invitation, the desk in a window of its own,
// and a reply.
func (w *walk) answer() {
	advisor := w.inviteAdvisor()
	w.program.OpenDesk(nil)
	desk := uitest.On(w.t, w.program.Desk(), w.queue, w.options.size)
	w.program.Desk().Resize(w.options.size)
	desk.WaitFor(w.say("entry.signin.lead"))
	desk.Type(w.say("entry.field.email"), advisor)
	w.enterPassword(desk, deskPassword)
	desk.WaitFor("Amélie Tremblay")
	w.picture(desk, "desk-queue")
	uitest.All[*kit.List[services.DeskSummary]](desk)[0].Focus(desk.Canvas())
	desk.Press(fyne.KeyDown)
	desk.WaitFor("registration.pdf")
	w.picture(desk, "desk-thread")
	desk.Type(w.say("desk.reply"), walkAnswer)
	w.picture(desk, "desk-reply")
	desk.Tap(w.say("desk.send"))
	desk.WaitFor(w.say("desk.sent"))
	w.toList(desk, w.say("desk.title"))
	desk.WaitFor(w.say("desk.empty.title"))
	w.clock.move(6 * time.Second) // the toast goes
	w.picture(desk, "desk-answered")
}

// inviteAdvisor makes the sample advisor's password as a person does, and gives the address.
func (w *walk) inviteAdvisor() string {
	address, err := w.portal.InviteSampleAdvisor(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	link := w.mail(address, "set_password")
	if err := w.portal.ResetPassword(w.ctx, services.PasswordReset{Token: link.Token, Password: deskPassword}); err != nil {
		w.t.Fatal(err)
	}
	return address
}

// read finds the reply: a badge, a mail without content, and the text in the Message Center, which can be searched and
// saved.
func (w *walk) read() {
	w.goTo(nav.Route{Page: nav.PageOverview})
	w.WaitFor(w.say("overview.messages.unread"))
	w.shot("overview-reply")
	if m := w.mail(walkEmail, "reply"); strings.Contains(m.Text+m.HTML, "39,612") {
		w.t.Errorf("the mail holds the reply: %s", m.Text)
	}
	w.goTo(nav.Route{Page: nav.PageMessages})
	w.pictureNow(w.Screen, "messages-loading")
	w.Until("the reply in the list", func() bool { return w.hit("Hello Amélie") })
	w.Press(fyne.KeyDown) // from the search into the list
	w.WaitFor("registration.pdf")
	w.shot("messages")
	w.Tap(w.say("messages.copy"))
	w.Until("the copy", func() bool { return len(w.files.Saved) > 0 })
	w.Tap(w.say("messages.keep"))
	w.WaitFor(w.say("messages.keep.done_files"))
	w.clock.move(6 * time.Second) // the toast goes
	w.toList(w.Screen, w.say("messages.center.title"))
	w.Canvas().Focus(uitest.All[*kit.Field](w.Screen)[0].Focusable())
	w.TypeFocused("payoff march")
	w.Until("the hit in the list", func() bool { return w.hit("payoff amount") })
	w.shot("messages-search")
	w.TypeFocused(" zebra")
	w.WaitFor(w.say("messages.search.none"))
	w.shot("messages-search-nothing")
	w.portal.down.Store(true)
	w.goTo(nav.Route{Page: nav.PageMessages})
	w.WaitFor(w.say("messages.failed.title"))
	w.shot("messages-failed")
	w.portal.down.Store(false)
}
