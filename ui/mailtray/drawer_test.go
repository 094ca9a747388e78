package mailtray

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// stage is a drawer over an empty window.
type stage struct {
	*uitest.App
	mails  *fakeTray
	drawer *Drawer
	screen *uitest.Screen
	acted  []services.Mail
}

func newStage(t *testing.T, lang text.Lang, look theme.Appearance, scale float32, size fyne.Size) *stage {
	t.Helper()
	s := &stage{App: uitest.NewApp(t, lang, look, scale), mails: newFakeTray()}
	s.screen = s.ShowObject(t, kit.NewGround(theme.Ground), size)
	s.drawer = New(s.Env(), s.mails, func(m services.Mail) { s.acted = append(s.acted, m) })
	t.Cleanup(s.drawer.Close)
	return s
}

// fill puts mails of every kind into the tray.
func (s *stage) fill() {
	ago := func(d time.Duration) time.Time { return uitest.Now.Add(-d) }
	day := 24 * time.Hour
	words := map[text.Lang][]string{
		text.English: {
			"Activate your account login", "Hello, one step is left before you can sign in.", "Activate now",
			"Your authorization code", "Hello Amélie, here is the code for this device.",
			"You have a reply", "Hello Amélie, your message of Nov 18 was answered.", "Open messages", "Request to reset your password",
		},
		text.French: {
			"Activez votre accès", "Bonjour, il reste une étape avant que vous puissiez ouvrir une session.", "Activer maintenant",
			"Votre code d’autorisation", "Bonjour Amélie, voici le code pour cet ordinateur.",
			"Vous avez une réponse", "Bonjour Amélie, votre message du 18 nov. a reçu une réponse.", "Ouvrir les messages", "Demande de réinitialisation de votre mot de passe",
		},
	}[s.Printer.Lang()]
	s.mails.mails[address] = []services.Mail{
		{ID: "1", Kind: "activate", To: address, Subject: words[0], Summary: words[1], Text: words[1] + "\n\nmybmwaccount://activate?token=abc\n", Button: words[2], Action: services.MailActivate, Token: "abc", At: ago(0), ExpiresAt: ago(-day)},
		{ID: "2", Kind: kindCode, To: address, Subject: words[3], Summary: words[4], Text: words[4], Code: "048213", At: ago(5 * time.Minute), ExpiresAt: ago(-5 * time.Minute)},
		{ID: "3", Kind: "reply", To: address, Subject: words[5], Summary: words[6], Text: words[6], Button: words[7], Action: services.MailOpen, At: ago(day)},
		{ID: "4", Kind: "reset", To: address, Subject: words[8], Summary: words[1], Text: words[1], At: ago(2 * day), UsedAt: ago(2 * day), ExpiresAt: ago(day)},
		{ID: "5", Kind: kindCode, To: address, Subject: words[3], Summary: words[4], Text: words[4], At: ago(2 * day), ExpiresAt: ago(2 * day)},
	}
}

// states are what the drawer can show, for pictures and measures.
var states = []struct {
	name string
	open func(s *stage)
}{
	{"ask", func(s *stage) { s.drawer.Open(s.Printer, "", false) }},
	{"empty", func(s *stage) {
		s.drawer.Open(s.Printer, address, false)
		s.screen.WaitFor(s.Printer.T("mailtray.empty.title"))
	}},
	{"failed", func(s *stage) {
		s.mails.err = services.Fail(services.CodeUnavailable)
		s.drawer.Open(s.Printer, address, true)
		s.screen.WaitFor(s.Printer.T("mailtray.failed"))
	}},
	{"loading", func(s *stage) {
		s.mails.hold = make(chan struct{})
		s.drawer.Open(s.Printer, address, true)
	}},
	{"full", func(s *stage) { s.full() }},
	{"whole", func(s *stage) {
		s.full()
		s.screen.Tap(s.Printer.T("mailtray.whole"))
	}},
}

func (s *stage) full() {
	s.fill()
	s.drawer.Open(s.Printer, address, true)
	s.screen.WaitFor(s.Printer.T("mailtray.expired"))
}

func TestDrawer_Golden(t *testing.T) {
	for _, look := range uitest.Looks {
		for _, st := range states {
			t.Run(st.name+"-"+look.Name, func(t *testing.T) {
				s := newStage(t, look.Lang, look.Appearance, 1, uitest.Normal)
				st.open(s)
				s.screen.Golden(st.name + "-" + look.Name)
				s.screen.AssertKeyboard()
			})
		}
	}
}

func TestDrawer_Layout(t *testing.T) {
	for _, size := range []fyne.Size{uitest.Small, uitest.Large} {
		for _, scale := range []float32{1, 1.5, 2} {
			for _, st := range states {
				s := newStage(t, text.French, theme.HighContrast, scale, size)
				st.open(s)
				s.screen.AssertLayout()
			}
		}
	}
}

func TestDrawer_ActClosesFirst(t *testing.T) {
	s := newStage(t, text.English, theme.Light, 1, uitest.Normal)
	s.full()
	s.screen.Press(fyne.KeyReturn) // the newest button has the focus
	if len(s.acted) != 1 || s.acted[0].Token != "abc" || s.drawer.Shown() {
		t.Errorf("acted on %d mails, still open %t", len(s.acted), s.drawer.Shown())
	}
}

func TestDrawer_Keyboard(t *testing.T) {
	s := newStage(t, text.English, theme.Light, 1, uitest.Normal)
	s.fill()
	s.drawer.Open(s.Printer, "", false)
	s.screen.TypeFocused(address)
	s.screen.Press(fyne.KeyReturn)
	s.screen.WaitFor("Activate now")
	if s.screen.Has("Whose mails") || !s.screen.Has("To "+address) {
		t.Errorf("says %q", s.screen.Texts())
	}
	s.screen.Tap("Another address")
	if got := s.screen.Field("Email address").Text(); got != address {
		t.Errorf("asks again with %q", got)
	}
	s.screen.Press(fyne.KeyEscape)
	if s.drawer.Shown() {
		t.Error("Escape does not close")
	}
}

func TestDrawer_FocusStays(t *testing.T) {
	s := newStage(t, text.English, theme.Light, 1, uitest.Normal)
	s.full()
	s.screen.Canvas().FocusNext() // from the button to the link under it
	s.screen.Press(fyne.KeySpace)
	if !s.screen.Has("mybmwaccount://activate") {
		t.Fatalf("the whole e-mail is not shown: %q", s.screen.Texts())
	}
	s.screen.Press(fyne.KeySpace)
	if s.screen.Has("mybmwaccount://activate") {
		t.Error("the focus is lost when a mail is shown as a whole")
	}
}

func TestDrawer_CopyCode(t *testing.T) {
	s := newStage(t, text.English, theme.Light, 1, uitest.Normal)
	s.full()
	s.screen.Tap("Copy")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "048213" || !s.screen.Has("Copied") {
		t.Errorf("clipboard has %q", got)
	}
}

func TestDrawer_Live(t *testing.T) {
	s := newStage(t, text.English, theme.Light, 1, uitest.Normal)
	s.drawer.Open(s.Printer, address, true)
	s.screen.WaitFor("No e-mails yet")
	s.mails.put(services.Mail{ID: "9", To: address, Subject: "Your password was changed", Summary: "Hello.", At: uitest.Now})
	s.screen.WaitFor("Your password was changed")
	if s.screen.Has("Another address") {
		t.Error("whoever is signed in is offered the mails of others")
	}
}

func TestDrawer_Rebuild(t *testing.T) {
	s := newStage(t, text.English, theme.Light, 1, uitest.Normal)
	s.full()
	s.screen.Tap("Show the whole e-mail")
	french := uitest.Printer(t, text.French)
	s.drawer.Rebuild(french)
	s.screen.Drain()
	if !s.drawer.Shown() || !s.screen.Has(french.T("mailtray.title")) || !s.screen.Has("Afficher moins") || !s.screen.Has("mybmwaccount://activate") {
		t.Errorf("says %q", s.screen.Texts())
	}
	if n := len(s.screen.Canvas().Overlays().List()); n != 1 {
		t.Errorf("%d overlays", n)
	}
}

// marked is something in the page that shows whether it has the focus.
type marked struct {
	widget.Entry
	ring bool
}

func (m *marked) FocusGained() { m.ring = true }
func (m *marked) FocusLost()   { m.ring = false }

func TestDrawer_OneFocusRing(t *testing.T) {
	s := &stage{App: uitest.NewApp(t, text.English, theme.Light, 1), mails: newFakeTray()}
	behind := &marked{}
	behind.ExtendBaseWidget(behind)
	s.screen = s.ShowObject(t, behind, fyne.NewSize(800, 600))
	s.drawer = New(s.Env(), s.mails, func(services.Mail) {})
	s.screen.Canvas().Focus(behind)
	s.drawer.Open(s.Printer, "", false)
	if behind.ring {
		t.Error("the page behind the drawer shows a focus too")
	}
	s.drawer.Rebuild(s.Printer)
	s.drawer.Close()
	if !behind.ring {
		t.Error("the page does not get its focus back")
	}
}
