package messages

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

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

// stage is an app with the office that its pages work with.
type stage struct {
	*uitest.App
	t      *testing.T
	office *office
	size   fyne.Size
	screen *uitest.Screen
}

func newStage(t *testing.T, lang text.Lang, look theme.Appearance, scale float32) *stage {
	t.Helper()
	return &stage{App: uitest.NewApp(t, lang, look, scale), t: t, office: newOffice(), size: normal}
}

func english(t *testing.T) *stage { return newStage(t, text.English, theme.Light, 1) }

// open shows the page of a route, as the shell does.
func (s *stage) open(route nav.Route) *uitest.Screen {
	s.t.Helper()
	pages := map[nav.PageID]func(nav.Env, Deps, nav.Route) nav.Page{nav.PageMessages: New, nav.PageCompose: NewCompose, nav.PageSent: NewSent}
	s.screen = s.Show(s.t, pages[route.Page](s.Env(), s.office.deps(), route), s.size)
	return s.screen
}

// leave ends the visit, as the shell does.
func (s *stage) leave() {
	page := s.screen.Page()
	if l, ok := page.(nav.Leaver); ok {
		l.Leaving()
	}
	page.Stop()
}

// kept waits until there is one draft of new messages or of replies with a text and a number of files.
func (s *stage) kept(threadID, body string, files int) {
	s.t.Helper()
	s.screen.Until("the draft with its files", func() bool {
		s.office.mu.Lock()
		defer s.office.mu.Unlock()
		var drafts []services.Draft
		for _, d := range s.office.drafts {
			if d.ThreadID == threadID {
				drafts = append(drafts, d)
			}
		}
		return len(drafts) == 1 && drafts[0].Body == body && len(drafts[0].Attachments) == files
	})
}

// say is a sentence of the catalogue.
func (s *stage) say(key string, vars ...text.Vars) string {
	return s.Printer.T("messages."+key, vars...)
}

var i4 = services.Agreement{
	ID: "lease", Number: "60014471", Kind: services.Lease, Vehicle: services.Vehicle{Year: 2024, Make: "BMW", Model: "i4 eDrive40"},
}

var x5 = services.Agreement{
	ID: "loan", Number: "70023308", Kind: services.Loan, Vehicle: services.Vehicle{Year: 2025, Make: "BMW", Model: "X5 xDrive40i"},
	ClosedOn: &services.Date{Year: 2026, Month: 10, Day: 1},
}

func at(day int, month time.Month, hour, minute int) time.Time {
	return time.Date(2026, month, day, hour+5, minute, 0, 0, time.UTC) // the pictures are drawn in Montréal
}

// fill gives the office the conversations of the design.
func (o *office) fill() {
	o.agreements = []services.Agreement{i4}
	registration := services.Attachment{ID: "a0", Name: "registration.pdf", Size: 214 << 10}
	o.files["a0"] = services.AttachmentContent{Attachment: registration, Data: []byte("%PDF")}
	thread := func(id, reference, topic string, messages ...services.Message) {
		last := messages[len(messages)-1]
		t := services.Thread{Messages: messages, ThreadSummary: services.ThreadSummary{
			ID: id, Reference: reference, Topic: topic, AgreementID: i4.ID, AgreementNumber: i4.Number,
			Excerpt: last.Body, LastFrom: last.From, LastAt: last.SentAt, KeptUntil: last.KeptUntil,
		}}
		for i := range messages {
			messages[i].ID = id + "-" + string(rune('a'+i))
			t.Attachments += len(messages[i].Attachments)
		}
		o.threads = append(o.threads, t)
	}
	ask := func(t time.Time, body string, files ...services.Attachment) services.Message {
		m := o.message(services.RoleCustomer, "Amélie Tremblay", body, t)
		m.Attachments = files
		return m
	}
	answer := func(t time.Time, body string) services.Message {
		return o.message(services.RoleAdvisor, "BMW Financial Services", body, t)
	}
	thread("payoff", "M-7K3F-92QD", "payoff",
		ask(at(20, 11, 16, 5), "What would it cost to end my lease in March and buy the car?", registration),
		answer(at(21, 11, 8, 42), "Hello Amélie, your payoff amount on March 1 would be $39,612.20 plus taxes. The quote is in your Documents, and it is valid for 10 days."))
	o.threads[0].Unread = true
	thread("bank", "M-2QXR-0041", "payments", ask(at(12, 11, 9, 0), "I would like to change my bank account."))
	thread("insurance", "M-55TC-1M0P", "other", ask(at(27, 10, 11, 30), "Here is my proof of insurance.", registration))
	o.drafts = []services.Draft{{
		ID: "d-address", Topic: "address", AgreementID: i4.ID, Body: "I am moving to Québec on December 1.", IdempotencyKey: "key-address", UpdatedAt: at(26, 10, 8, 0),
	}}
}

// file writes a file of a size and tells where.
func (s *stage) file(name string, size int) string {
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

// list opens the Message Center with what the office has.
func (s *stage) list() {
	s.office.fill()
	s.open(nav.Route{Page: nav.PageMessages})
	s.screen.WaitFor("M-2QXR-0041")
}

// read opens the conversation about the payoff.
func (s *stage) read() {
	s.office.fill()
	s.open(nav.Route{Page: nav.PageMessages, Arg: "payoff"})
	s.screen.WaitFor("39,612.20")
	s.screen.Until("the list", func() bool { return s.center().inbox.loaded && len(s.center().known) > 0 })
	s.screen.Until("it is read", func() bool { return !s.center().inbox.threads[0].Unread })
	s.screen.Drain()
}

func (s *stage) center() *center { return s.screen.Page().(*centerPage).c }

// compose opens a new message.
func (s *stage) compose() {
	if len(s.office.agreements) == 0 {
		s.office.agreements = []services.Agreement{i4}
	}
	s.open(nav.Route{Page: nav.PageCompose, Payload: nav.ComposePreset{Topic: "payments"}})
	s.screen.WaitFor(s.say("compose.send"))
}

func (s *stage) writer() *writer { return s.screen.Page().(*composePage).c.writer }

const wish = "I would like to move my payment date to the 15th of each month."

// write types a message and has it saved with a file.
func (s *stage) write() {
	s.screen.Type(s.say("compose.message"), wish)
	s.Files.Choose = []string{s.file("void-cheque.pdf", 181<<10)}
	s.screen.Tap(s.say("attach"))
	s.screen.Until("the draft", func() bool { return s.writer().state == saved && len(s.writer().files.Files()) == 1 })
}

// states are the pages in each of their states, for pictures and measures.
var states = []struct {
	name string
	open func(s *stage)
}{
	{"list", func(s *stage) { s.list() }},
	{"read", func(s *stage) { s.read() }},
	{"reply", func(s *stage) {
		s.read()
		s.screen.Type(s.say("reply"), "Thank you. Is the amount the same on March 15?")
		s.Files.Choose = []string{s.file("quote.pdf", 48<<10), s.file("setup.exe", 9)}
		s.screen.Tap(s.say("attach"))
		s.screen.Until("the draft", func() bool {
			w := s.center().reply()
			return w.state == saved && len(w.files.Files()) == 1 && len(w.files.Refusals()) == 1
		})
	}},
	{"draft", func(s *stage) {
		s.list()
		s.screen.Page().(*centerPage).choose(rowOfDraft("d-address"))
		s.screen.WaitFor(s.say("draft.continue"))
	}},
	{"search", func(s *stage) {
		s.list()
		s.screen.TypeFocused("would")
		s.screen.Until("the hits", func() bool { return s.center().inbox.searching() })
		s.screen.Press(fyne.KeyDown)
		s.screen.WaitFor(s.say("reply"))
	}},
	{"search-none", func(s *stage) {
		s.list()
		s.screen.TypeFocused("zebra")
		s.screen.WaitFor(s.say("search.none"))
	}},
	{"empty", func(s *stage) {
		s.open(nav.Route{Page: nav.PageMessages})
		s.screen.WaitFor(s.say("empty.title"))
	}},
	{"failed", func(s *stage) {
		s.office.fail["Threads"] = services.Fail(services.CodeUnavailable)
		s.open(nav.Route{Page: nav.PageMessages})
		s.screen.WaitFor(s.say("failed.title"))
	}},
	{"loading", func(s *stage) {
		hold := make(chan struct{})
		s.t.Cleanup(func() { close(hold) })
		s.office.hold["Threads"], s.office.hold["Thread"] = hold, hold
		s.open(nav.Route{Page: nav.PageMessages, Arg: "payoff"})
	}},
	{"gone", func(s *stage) {
		s.office.fill()
		s.open(nav.Route{Page: nav.PageMessages, Arg: "unknown"})
		s.screen.WaitFor(s.say("thread.gone"))
		s.screen.Until("the list", func() bool { return s.center().inbox.loaded && len(s.center().known) > 0 })
	}},
	{"compose", func(s *stage) {
		s.compose()
		s.write()
		s.screen.Canvas().Focus(s.screen.Field(s.say("compose.message")).Focusable())
	}},
	{"compose-missing", func(s *stage) {
		s.office.agreements = []services.Agreement{i4, x5}
		s.open(nav.Route{Page: nav.PageCompose})
		s.screen.WaitFor(s.say("compose.send"))
		s.screen.Tap(s.say("compose.send"))
	}},
	{"compose-refused", func(s *stage) {
		s.compose()
		s.screen.Field(s.say("compose.message")).SetText(strings.Repeat("Too long. ", 401))
		s.Files.Choose = []string{s.file("setup.exe", 9), s.file("film.pdf", 10<<20+1), filepath.Join(s.t.TempDir(), "gone.pdf")}
		s.screen.Tap(s.say("attach"))
		s.screen.Until("the refusals", func() bool { return len(s.writer().files.Refusals()) == 3 && s.writer().state == saved })
	}},
	{"compose-unsent", func(s *stage) {
		s.compose()
		s.write()
		s.office.fail["Send"] = services.Fail(services.CodeUnavailable)
		s.screen.Tap(s.say("compose.send"))
		s.screen.WaitFor(s.say("send.failed"))
	}},
	{"compose-failed", func(s *stage) {
		s.office.fail["Agreements"] = services.Fail(services.CodeUnavailable)
		s.open(nav.Route{Page: nav.PageCompose})
		s.screen.WaitFor(s.say("compose.failed"))
	}},
	{"compose-gone", func(s *stage) {
		s.open(nav.Route{Page: nav.PageCompose, Arg: "unknown"})
		s.screen.WaitFor(s.say("draft.gone"))
	}},
	{"compose-loading", func(s *stage) {
		hold := make(chan struct{})
		s.t.Cleanup(func() { close(hold) })
		s.office.hold["Agreements"] = hold
		s.open(nav.Route{Page: nav.PageCompose})
	}},
	{"sent", func(s *stage) {
		s.open(nav.Route{Page: nav.PageSent, Arg: "t1", Payload: services.Receipt{ThreadID: "t1", Reference: "M-7K3F-92QD", ReceivedAt: uitest.Now}})
	}},
}

func TestPages_Golden(t *testing.T) {
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

func TestPages_Layout(t *testing.T) {
	for _, look := range []struct {
		name  string
		lang  text.Lang
		theme theme.Appearance
		scale float32
		size  fyne.Size
	}{
		{"small", text.French, theme.Light, 1, small},
		{"small-double", text.French, theme.HighContrast, 2, small},
		{"normal-half", text.English, theme.Dark, 1.5, normal},
		{"large", text.English, theme.HighContrast, 1, large},
	} {
		for _, st := range states {
			t.Run(st.name+"-"+look.name, func(t *testing.T) {
				s := newStage(t, look.lang, look.theme, look.scale)
				s.size = look.size
				st.open(s)
				s.screen.AssertLayout()
				if dir := os.Getenv("PICTURES"); dir != "" {
					s.screen.Save(filepath.Join(dir, st.name+"-"+look.name+".png"))
				}
			})
		}
	}
}
