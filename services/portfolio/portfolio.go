// Package portfolio reads the lender's portfolio file: JSON Lines, one customer with all agreements a line. Every
// fault of a line is told with its field and a reason; a file of any size is read in bounded memory.
//
// It is pure: what it reads is judged by itself, against nothing that is stored.
package portfolio

import (
	"strings"

	"cloud.google.com/go/civil"

	"myaccount/services/finance"
)

// Customer is one line of the file. Texts are cleaned (NFC, trimmed, single inner spaces).
type Customer struct {
	ID         string // the BMW ID
	FirstName  string
	LastName   string
	Email      string     // "" when the lender has none
	Born       civil.Date // the zero Date when the lender does not say
	Language   string     // "en", "fr" or ""
	Province   string     // two letters, "QC"
	Agreements []Agreement
}

// Agreement is one contract with what was paid on it.
type Agreement struct {
	Terms
	Payments []Payment
}

// Terms are what an agreement says. Amounts are in cents of Currency. The JSON form is how the store keeps them.
type Terms struct {
	Number     string            `json:"number"`
	Kind       finance.Kind      `json:"kind"`
	VIN        string            `json:"vin"` // normalized
	Year       int               `json:"year"`
	Make       string            `json:"make"`
	Model      string            `json:"model"`
	Currency   string            `json:"currency"`
	Start      civil.Date        `json:"start"`
	End        civil.Date        `json:"end"`
	Months     int               `json:"months"`
	Frequency  finance.Frequency `json:"frequency"`
	DueDay     int               `json:"due_day,omitzero"` // 1 to 31; 0 for the day of Start
	Base       int64             `json:"base"`             // of each payment, before tax
	Tax        int64             `json:"tax,omitzero"`     // of each payment
	Rate       string            `json:"rate"`             // percent a year
	Financed   int64             `json:"financed"`
	Residual   int64             `json:"residual,omitzero"`
	Taxes      []Tax             `json:"taxes,omitempty"`
	Fees       []Fee             `json:"fees,omitempty"`
	Allowance  int64             `json:"allowance,omitzero"`   // km over the term; 0 for none
	ExcessRate int64             `json:"excess_rate,omitzero"` // for each km over
	Odometer   int64             `json:"odometer,omitzero"`    // km
	ReadOn     civil.Date        `json:"read_on,omitzero"`     // the zero Date when never read
	ClosedOn   civil.Date        `json:"closed_on,omitzero"`   // the zero Date while open
}

// Tax is a tax on each payment.
type Tax struct {
	Name string `json:"name"`
	Rate string `json:"rate"` // percent
}

// Fee is a charge that the agreement names, for when it ends: "purchase_option" is due when a leased vehicle is bought,
// "disposition" when it is returned, any other whichever is done.
type Fee struct {
	Name   string `json:"name"`
	Amount int64  `json:"amount"` // cents
}

// Payment is a payment on an agreement, in cents; its amount is Principal + Interest + Tax.
type Payment struct {
	ID        string
	Date      civil.Date
	Principal int64
	Interest  int64
	Tax       int64
	Method    string
	Status    string // Posted, Returned or Scheduled
}

// The statuses of a payment.
const (
	Posted    = "posted"
	Returned  = "returned"
	Scheduled = "scheduled"
)

// Fault is what is wrong with a line.
type Fault struct {
	Field  string // "agreements[0].vin"; "" when the line as a whole is at fault
	Reason string // one of the reasons below
}

// The reasons there are; they are those of package services.
const (
	Required  = "required"  // missing or empty
	Format    = "format"    // not of the form asked for
	TooLong   = "too_long"  // longer than allowed
	Mismatch  = "mismatch"  // contradicts another field
	Unknown   = "unknown"   // names something that does not exist
	Duplicate = "duplicate" // there is another one
	Control   = "control"   // has characters that cannot be shown
)

// Key is the form in which BMW IDs and agreement numbers are compared: without spaces, in upper case.
func Key(number string) string {
	return strings.ToUpper(strings.ReplaceAll(number, " ", ""))
}
