package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// What the rail leaves of the three sizes of a window.
var (
	small  = fyne.NewSize(uitest.Small.Width-224, uitest.Small.Height)
	normal = fyne.NewSize(uitest.Normal.Width-224, uitest.Normal.Height)
	large  = fyne.NewSize(uitest.Large.Width-224, uitest.Large.Height)
)

// stage is an app with the bureau that the desk works with.
type stage struct {
	*uitest.App
	t      *testing.T
	bureau *bureau
	size   fyne.Size
	screen *uitest.Screen
}

func newStage(t *testing.T, lang text.Lang, look theme.Appearance, scale float32) *stage {
	t.Helper()
	return &stage{App: uitest.NewApp(t, lang, look, scale), t: t, bureau: newBureau(), size: normal}
}

func english(t *testing.T) *stage { return newStage(t, text.English, theme.Light, 1) }

func (s *stage) open(threadID string) {
	s.t.Helper()
	s.screen = s.Show(s.t, New(s.Env(), s.bureau.deps(), nav.Route{Page: nav.PageDesk, Arg: threadID}), s.size)
}

// say is a sentence of the catalogue.
func (s *stage) say(key string, vars ...text.Vars) string { return s.Printer.T("desk."+key, vars...) }

func (s *stage) desk() *presenter { return s.screen.Page().(*page).presenter }

// fill gives the desk two customers who wait and one who has an answer.
func (b *bureau) fill() {
	void := services.Attachment{ID: "void", Name: "void-cheque.pdf", Size: 181 << 10}
	b.files["void"] = services.AttachmentContent{Attachment: void, Data: []byte("%PDF")}
	thread := func(id, customer, topic, body string, waited time.Duration, files ...services.Attachment) {
		at := uitest.Now.Add(-waited)
		t := services.DeskThread{Kind: services.Lease, Language: "fr", Vehicle: services.Vehicle{Year: 2024, Make: "BMW", Model: "i4 eDrive40"}}
		t.ID, t.Customer, t.Topic, t.Reference, t.AgreementNumber = id, customer, topic, "M-7K3F-92QD", "60014471"
		t.AgreementID = "agreement-" + id
		t.Excerpt, t.LastAt, t.KeptUntil, t.Waiting, t.WaitingSince = body, at, at.Add(30*24*time.Hour), true, at
		t.Messages = []services.Message{{ID: id + "-1", From: services.RoleCustomer, Author: customer, Body: body, SentAt: at, Attachments: files}}
		b.threads = append(b.threads, t)
	}
	thread("bank", "Jean-François Côté", "payments", "Here is the void cheque of my new account.", 50*time.Hour, void)
	thread("payoff", "Amélie Tremblay", "payoff", "What would it cost to end my lease in March and buy the car?", 2*time.Hour)
	thread("done", "Priya Raman", "address", "I have moved.", 30*time.Hour)
	done := &b.threads[2]
	done.Waiting = false
	done.Kind, done.Vehicle = "", services.Vehicle{}
	done.Messages = append(done.Messages, services.Message{
		ID: "done-2", From: services.RoleAdvisor, Author: "Marie Gagnon", Body: "Thank you, the new address is in your file.", SentAt: uitest.Now.Add(-29 * time.Hour),
	})
}

// queue opens the desk with customers who wait.
func (s *stage) queue(threadID string) {
	s.bureau.fill()
	s.open(threadID)
	s.screen.Until("the queue", func() bool { return s.desk().loaded })
	if threadID != "" {
		s.screen.Until("the conversation", func() bool { return s.desk().threadState() != loading })
	}
	s.screen.Drain()
}

// file writes a file of a size and tells where.
func (s *stage) file(name string, size int) string {
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func dollars(typed string) services.Money {
	amount, err := text.ParseMoney(typed, "CAD")
	if err != nil {
		panic(err)
	}
	return amount
}

const answer = "Bonjour, le nouveau compte est noté. Le prochain paiement y sera prélevé."

// states are the desk in each of its states, for pictures and measures.
var states = []struct {
	name string
	open func(s *stage)
}{
	{"queue", func(s *stage) { s.queue("") }},
	{"thread", func(s *stage) {
		s.queue("bank")
		s.screen.Type(s.say("reply"), answer)
		s.Files.Choose = []string{s.file("confirmation.pdf", 20<<10), s.file("film.pdf", 10<<20+1)}
		s.screen.Tap(s.say("attach"))
		s.screen.Until("the files", func() bool { return len(s.desk().reply().files.Refusals()) == 1 })
	}},
	{"doubts", func(s *stage) {
		s.bureau.fill()
		s.bureau.threads[1].Doubts = []services.Doubt{
			{Kind: services.DoubtPayments, FoundCount: 2, ExpectedCount: 2, Found: dollars("1290.99"), Expected: dollars("1721.32")},
			{Kind: services.DoubtTax, FoundCount: 1, ExpectedCount: 1, Found: dollars("111.89"), Expected: dollars("43.03")},
		}
		s.open("payoff")
		s.screen.WaitFor(s.say("doubt.title"))
	}},
	{"answered", func(s *stage) {
		s.queue("done")
		s.desk().setAll(true)
		s.screen.WaitFor("Priya Raman")
		s.screen.Until("the queue", func() bool { return s.desk().loaded })
	}},
	{"unsent", func(s *stage) {
		s.queue("payoff")
		s.bureau.fail["Answer"] = services.Fail(services.CodeUnavailable)
		s.screen.Type(s.say("reply"), answer)
		s.screen.Tap(s.say("send"))
		s.screen.WaitFor(s.say("failed.send"))
	}},
	{"document", func(s *stage) {
		s.queue("bank")
		s.Files.Choose = []string{s.file("quote.pdf", 20<<10)}
		s.screen.Tap(s.say("document.add"))
		s.screen.WaitFor(s.say("document.confirm"))
	}},
	{"empty", func(s *stage) {
		s.open("")
		s.screen.WaitFor(s.say("empty.title"))
	}},
	{"failed", func(s *stage) {
		s.bureau.fail["Queue"] = services.Fail(services.CodeUnavailable)
		s.open("")
		s.screen.WaitFor(s.say("failed.title"))
	}},
	{"loading", func(s *stage) {
		hold := make(chan struct{})
		s.t.Cleanup(func() { close(hold) })
		s.bureau.hold["Queue"], s.bureau.hold["DeskThread"] = hold, hold
		s.open("bank")
	}},
	{"gone", func(s *stage) { s.queue("unknown") }},
}

// Each thing that does not add up has a sentence of its own, in both languages.
func TestDesk_Doubts(t *testing.T) {
	for _, lang := range []text.Lang{text.English, text.French} {
		p, said := uitest.Printer(t, lang), map[string]bool{}
		for _, kind := range []services.DoubtKind{
			services.DoubtTerms, services.DoubtTerm, services.DoubtCount, services.DoubtPayments, services.DoubtPrincipal, services.DoubtTax,
		} {
			d := services.Doubt{Kind: kind, FoundCount: 31, ExpectedCount: 48}
			sentence := doubtText(p, []services.Doubt{d})
			if d.Found, d.Expected = dollars("31.31"), dollars("48.48"); kind == services.DoubtPayments || kind == services.DoubtPrincipal || kind == services.DoubtTax {
				sentence = doubtText(p, []services.Doubt{d})
			}
			if kind != services.DoubtTerms && !(strings.Contains(sentence, "31") && strings.Contains(sentence, "48")) {
				t.Errorf("%s does not say what differs: %q", kind, sentence)
			}
			if said[sentence] {
				t.Errorf("%s says what another one says: %q", kind, sentence)
			}
			said[sentence] = true
		}
	}
}

func TestDesk_Golden(t *testing.T) {
	for _, look := range uitest.Looks {
		for _, st := range states {
			t.Run(st.name+"-"+look.Name, func(t *testing.T) {
				s := newStage(t, look.Lang, look.Appearance, 1)
				st.open(s)
				s.screen.Golden(st.name + "-" + look.Name)
				s.screen.AssertKeyboard()
			})
		}
	}
}

func TestDesk_Layout(t *testing.T) {
	for _, look := range []struct {
		name  string
		lang  text.Lang
		theme theme.Appearance
		scale float32
		size  fyne.Size
	}{
		{"small", text.French, theme.Light, 1, small},
		{"small-double", text.French, theme.HighContrast, 2, small},
		{"large-half", text.English, theme.HighContrast, 1.5, large},
	} {
		for _, st := range states {
			t.Run(st.name+"-"+look.name, func(t *testing.T) {
				s := newStage(t, look.lang, look.theme, look.scale)
				s.size = look.size
				st.open(s)
				s.screen.AssertLayout()
			})
		}
	}
}

func TestDesk_AnswerIsSentAndTheQueueMovesOn(t *testing.T) {
	s := english(t)
	s.queue("bank")
	s.screen.Page().(nav.Dropper).Drop([]fyne.URI{storage.NewFileURI(s.file("confirmation.pdf", 9))})
	s.screen.WaitFor("confirmation.pdf")
	s.screen.Type(s.say("reply"), answer)
	s.screen.Until("the file", func() bool { return s.screen.Enabled(s.say("send")) })
	s.screen.Tap(s.say("send"))
	s.screen.Until("the queue", func() bool { return len(s.desk().items) == 1 && len(s.desk().thread.Messages) == 2 })
	if got := s.bureau.answers; len(got) != 1 || got[0].Body != answer || len(got[0].AttachmentIDs) != 1 || got[0].IdempotencyKey == "" {
		t.Fatalf("answers %+v", got)
	}
	if s.screen.Field(s.say("reply")).Text() != "" || !slices.Equal(s.Toasts, []string{s.say("sent")}) {
		t.Errorf("the field keeps %q, toasts %q", s.screen.Field(s.say("reply")).Text(), s.Toasts)
	}
}

func TestDesk_TypedAnswerStaysWithItsConversation(t *testing.T) {
	s := english(t)
	s.queue("bank")
	s.screen.Type(s.say("reply"), "for Jean")
	s.screen.Page().(*page).choose("payoff")
	s.screen.WaitFor("end my lease in March")
	s.screen.Until("the field", func() bool { return s.desk().reply() != nil })
	if got := s.screen.Field(s.say("reply")).Text(); got != "" {
		t.Errorf("another conversation begins with %q", got)
	}
	s.screen.Type(s.say("reply"), "for Amélie")
	s.screen.Page().(*page).choose("bank")
	s.screen.Until("the field", func() bool { return s.desk().reply() != nil })
	s.screen.Rebuild()
	if got := s.screen.Field(s.say("reply")).Text(); got != "for Jean" {
		t.Errorf("back again, the answer is %q", got)
	}
}

// The desk keeps no drafts, but what was begun stays for the session, with a file that is still being attached.
func TestDesk_LeftWhileAFileIsAttached(t *testing.T) {
	s := english(t)
	s.queue("bank")
	hold := make(chan struct{})
	s.bureau.hold["Attach"] = hold
	s.screen.Type(s.say("reply"), answer)
	s.screen.Page().(nav.Dropper).Drop([]fyne.URI{storage.NewFileURI(s.file("confirmation.pdf", 9))})
	s.screen.Page().Stop()
	s.open("bank")
	s.screen.WaitFor(s.say("file.waiting"))
	close(hold)
	s.screen.WaitGone(s.say("file.waiting"))
	if got := s.screen.Field(s.say("reply")).Text(); got != answer || !s.screen.Has("confirmation.pdf") {
		t.Errorf("back again, the answer is %q", got)
	}
}

func TestDesk_RefreshLosesNothing(t *testing.T) {
	s := english(t)
	s.queue("bank")
	s.screen.Type(s.say("reply"), "half an ans")
	s.bureau.mu.Lock()
	s.bureau.threads[0].Messages = append(s.bureau.threads[0].Messages, services.Message{
		ID: "bank-9", From: services.RoleCustomer, Author: "Jean-François Côté", Body: "One more thing.", SentAt: uitest.Now,
	})
	s.bureau.mu.Unlock()
	s.screen.Page().(nav.Refresher).Refresh(services.Event{Kind: services.EventMessage, ID: "bank"})
	s.screen.WaitFor("One more thing.")
	s.screen.TypeFocused("wer")
	if got := s.desk().reply().body; got != "half an answer" {
		t.Errorf("the answer is %q", got)
	}
}

func TestDesk_Attachment(t *testing.T) {
	s := english(t)
	s.queue("bank")
	s.Files.SaveAs = "/somewhere/void-cheque.pdf"
	s.screen.Tap(s.say("file.open"))
	s.screen.Until("the file", func() bool { return string(s.Files.Shown["void-cheque.pdf"]) == "%PDF" })
	s.screen.Tap(s.say("file.save"))
	s.screen.Until("the file", func() bool { return string(s.Files.Saved["void-cheque.pdf"]) == "%PDF" })
	delete(s.bureau.files, "void")
	s.screen.Tap(s.say("file.open"))
	s.screen.Until("a word", func() bool { return len(s.Toasts) == 2 })
}

func TestDesk_LongQueueIsReadOnAndKeepsItsPlace(t *testing.T) {
	s := english(t)
	for i := range 170 {
		d := services.DeskThread{}
		d.ID, d.Customer, d.Waiting, d.WaitingSince = fmt.Sprintf("t%03d", i), fmt.Sprintf("Customer %d", i), true, uitest.Now
		s.bureau.threads = append(s.bureau.threads, d)
	}
	s.open("")
	s.screen.Until("the first page", func() bool { return len(s.desk().items) == pageSize })
	s.screen.Page().(*page).list.OnNearEnd()
	s.screen.Page().(*page).list.OnNearEnd() // twice at once reads once
	s.screen.Until("the second page", func() bool { return len(s.desk().items) == 2*pageSize })
	s.desk().happened(services.Event{Kind: services.EventRefetch})
	s.screen.Until("as much again", func() bool { return s.bureau.count("Queue") == 4 && len(s.desk().items) == 2*pageSize })
}

func TestDesk_KeyboardAlone(t *testing.T) {
	s := english(t)
	s.queue("")
	list := s.screen.Page().(*page).list
	s.screen.Canvas().Focus(list)
	s.screen.Press(fyne.KeyDown)
	s.screen.WaitFor(s.say("reply"))
	s.screen.Press(fyne.KeyReturn)
	s.screen.TypeFocused("typed")
	if s.desk().openID != "bank" || s.desk().reply().body != "typed" {
		t.Errorf("open %q, typed %q", s.desk().openID, s.desk().reply().body)
	}
}
