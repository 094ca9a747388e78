package services

import (
	"context"
	"io"
	"time"
)

// The interfaces of this file are optional abilities of a Portal, which only local-only mode has. A screen asks for
// one (tray, ok := portal.(services.MailTray)) and leaves its part out when there is none.

// MailTray keeps the mails that would be sent.
type MailTray interface {
	// Mails lists the mails to an address, newest first. Tokens and codes are there only while they can be used.
	Mails(ctx context.Context, address string) ([]Mail, error)
	// WatchMails sends a value whenever a mail was added or used, until ctx ends.
	WatchMails(ctx context.Context) <-chan struct{}
}

// Mail is one mail in the tray.
type Mail struct {
	ID        string
	Kind      string // of the template, "activate"
	To        string
	Subject   string
	Text      string // the plain text part
	HTML      string
	Summary   string // the first sentence, for the drawer
	Button    string // words of the button; "" when there is none
	Action    MailAction
	Token     Secret // what the button carries; "" once used or expired
	Code      Secret // the code in the mail; "" once used or expired
	At        time.Time
	UsedAt    time.Time // zero: not used
	ExpiresAt time.Time // zero: nothing to expire
}

// MailAction says what a mail's button does.
type MailAction string

// The actions there are.
const (
	MailActivate MailAction = "activate"
	MailReset    MailAction = "reset"
	MailEmail    MailAction = "email"    // confirms a changed address
	MailIdentity MailAction = "identity" // joins a login elsewhere
	MailOpen     MailAction = "open"     // opens the message center
)

// PortfolioImporter takes the lender's portfolio file (JSON Lines, one customer a line).
type PortfolioImporter interface {
	// ImportPortfolio checks the whole file before anything is written, then writes it in batches that resume after
	// a crash when the same file is imported again; importing again updates without doubles. open is called once
	// for each reading of the file. A file with errors, or without a customer, is a *PortfolioError. Fails with
	// CodeConflict when the file changes meanwhile. progress may be nil.
	ImportPortfolio(ctx context.Context, open func() (io.ReadCloser, error), progress func(ImportProgress)) (ImportReport, error)
}

// ImportProgress says how far an import is.
type ImportProgress struct {
	Checking  bool // first pass
	Customers int
}

// ImportReport says what an import did.
type ImportReport struct {
	Customers  int
	Agreements int
	Payments   int
	Resumed    bool // an earlier, cut-off import of the same file was continued
}

// LineError is one fault of a portfolio file.
type LineError struct {
	Line   int    // from 1
	Field  string // "agreements[0].vin"; "" when the line as a whole is at fault
	Reason string // a reason code
}

// PortfolioError lists the faults of a portfolio file; nothing of it was written.
type PortfolioError struct {
	Lines []LineError // the first 100
	Total int
}

// Error counts the faults; screens show the lines.
func (e *PortfolioError) Error() string { return "portfolio file has errors" }

// Unwrap makes a PortfolioError read as CodeInvalid.
func (e *PortfolioError) Unwrap() error { return Invalid("file", ReasonFormat) }

// SampleData offers made-up customers to try the program with.
type SampleData interface {
	// LoadSample imports the sample portfolio and makes the sample advisor's login (without a password), unless a
	// customer has its address.
	LoadSample(ctx context.Context) error
	// SampleLoaded tells whether the sample portfolio is there.
	SampleLoaded(ctx context.Context) (bool, error)
	// SamplePeople lists what the link page offers for copying; empty when the sample is not loaded.
	SamplePeople(ctx context.Context) ([]SamplePerson, error)
	// InviteSampleAdvisor puts a set-password mail for the sample advisor into the tray and gives the address. Fails
	// with CodeConflict when a customer has that.
	InviteSampleAdvisor(ctx context.Context) (address string, err error)
}

// SamplePerson is a made-up customer.
type SamplePerson struct {
	FirstName   string
	LastName    string
	VIN         string
	LastPayment Money
	BMWID       string
	About       string // catalogue key of a short description
}

// Stored says where what a portal keeps on this machine lies. Remote mode has this ability, too.
type Stored interface {
	// Storage says where the data lies and how it is sealed.
	Storage(ctx context.Context) (StorageInfo, error)
}

// DataFolder is where a local-only portal keeps everything.
type DataFolder interface {
	Stored
	// DeleteEverything removes all data of all people from this machine; the portal cannot be used afterwards.
	DeleteEverything(ctx context.Context) error
}

// StorageInfo describes the data folder.
type StorageInfo struct {
	Folder   string
	KeyPlace string // "keyring" or "file"
	KeyFile  string // path when KeyPlace is "file"
	Bytes    int64  // in use
}
