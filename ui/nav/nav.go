// Package nav is what the areas of screens and the shell share: routes, the life of a page, the way back to the user
// interface's goroutine, and the sentences for errors; and what pages about an agreement have in common: which one it is,
// how it is loaded and named, its amounts and charts (choice.go, which.go, agreement.go, amount.go, chart.go).
//
// How a page lives. A Page is its state (a presenter, which knows nothing of Fyne) with a way to draw it. The shell
// calls Start when the person arrives and Build to draw. When the language, the theme or the text size change, Build
// is called again and draws the same state anew, so nothing that was typed is lost. Stop ends the visit: work that is
// still under way is cancelled through the page's Scope and its late answers are dropped. History keeps pages, not
// widgets.
package nav

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
)

// PageID names a page.
type PageID string

// The pages there are.
const (
	PageSignIn    PageID = "signin"    // Arg: e-mail address to start with
	PageRegister  PageID = "register"  //
	PageCheckMail PageID = "checkmail" // Arg: e-mail address
	PageActivate  PageID = "activate"  // Token: from the link; without one the page asks for the code
	PageConfirm   PageID = "confirm"   // a changed address. Token: from the link; without one the page asks for the code
	PageIdentity  PageID = "identity"  // sign in with a login elsewhere
	PageJoin      PageID = "join"      // a login elsewhere. Token: from the link; without one the page asks for the code
	PageForgot    PageID = "forgot"    // Arg: e-mail address to start with
	PageReset     PageID = "reset"     // Token: from the link; without one the page asks for the code
	PageTerms     PageID = "terms"     //
	PageLink      PageID = "link"      //
	PageAuthorize PageID = "authorize" //
	PageOverview  PageID = "overview"  // Arg: agreement id
	PagePayments  PageID = "payments"  // Arg: agreement id
	PagePay       PageID = "pay"       // make a payment. Arg: agreement id; Payload: PayPreset
	PageAccounts  PageID = "accounts"  // bank accounts
	PageAutopay   PageID = "autopay"   // Arg: agreement id
	PagePayoff    PageID = "payoff"    // Arg: agreement id
	PageLeaseEnd  PageID = "leaseend"  // Arg: agreement id
	PageDocuments PageID = "documents" // Arg: agreement id
	PageVehicle   PageID = "vehicle"   // Arg: agreement id
	PageMessages  PageID = "messages"  // Arg: thread id
	PageCompose   PageID = "compose"   // Arg: draft id; Payload: ComposePreset
	PageSent      PageID = "sent"      // Arg: thread id, with the receipt as Payload
	PageProfile   PageID = "profile"   // Arg: the part of it, "" for all
	PageSettings  PageID = "settings"  //
	PageImport    PageID = "import"    // Arg: path of a portfolio file
	PageDesk      PageID = "desk"      // Arg: thread id
)

// Route names a page with its argument. Links, notifications and history are routes.
type Route struct {
	Page    PageID
	Arg     string
	Token   services.Secret // of the link in a mail
	Payload any             // what the next page shows, a value
}

// ComposePreset says what a new message is about: the Payload of a route to PageCompose.
type ComposePreset struct {
	Topic       string // a topic's id; "" leaves the choice to the person
	AgreementID string // "" likewise
	Body        string // what it begins with
}

// PayPreset says what a new payment begins with: the Payload of a route to PagePay.
type PayPreset struct {
	Amount string // an exact decimal number, "412.06"; "" leaves it to the page
}

// Page is one screen.
type Page interface {
	// Start begins a visit: the page loads what it shows. Called before the first Build of a visit.
	Start()
	// Build draws the page from its state in the printer's language. Called for every visit and again whenever
	// language, theme or text size change; what an earlier Build made is thrown away.
	Build(p *text.Printer) fyne.CanvasObject
	// Stop ends the visit: it cancels what is under way and lets go of the widgets. State stays for a way back.
	Stop()
}

// Focuser is a Page that says where typing begins.
type Focuser interface {
	// Focus is what gets the focus after Build; nil when nothing should.
	Focus() fyne.Focusable
}

// Dropper is a Page that takes files dropped on the window.
type Dropper interface {
	Drop(paths []fyne.URI)
}

// Refresher is a Page that shows what events are about.
type Refresher interface {
	// Refresh is called on the user interface's goroutine for every event while the page is shown.
	Refresh(e services.Event)
}

// Leaver is a Page that the person may lose something by leaving.
type Leaver interface {
	// Leaving is called before Stop when the person goes elsewhere, for a last save.
	Leaving()
}

// Env is what the shell gives to every page.
type Env struct {
	Dispatcher Dispatcher
	Clock      services.Clock
	Window     fyne.Window
	Policy     services.Policy
	Files      Files
	Go         func(Route)       // goes to a page, remembering this one
	Replace    func(Route)       // goes to a page in place of this one: no way back to it
	Back       func()            // goes back
	Toast      func(text string) // a quiet word at the bottom
	Language   func() string     // "en" or "fr", for requests
}

// Settings are what a person chose for this machine.
type Settings struct {
	Language   string  `json:"language"`   // "en", "fr"; "" follows the system
	Appearance string  `json:"appearance"` // "system", "light", "dark", "contrast"
	TextScale  float32 `json:"text_scale"` // 1, 1.25, 1.5 or 2
}

// SettingsStore keeps Settings on this machine.
type SettingsStore interface {
	Load() Settings
	Save(Settings) error
}

// Files lets the person choose files, through Fyne's dialogs or the system's.
type Files interface {
	// Open asks for files to read; done gets none when the person cancels.
	Open(title string, endings []string, done func(paths []string))
	// Save asks where to put a file and writes it; done gets the path, "" when the person cancels.
	Save(title, name string, data []byte, done func(path string, err error))
	// Show opens a file with the system's program for it, from a private folder that is emptied at the end.
	Show(name string, data []byte) error
}
