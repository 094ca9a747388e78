package services

import "context"

// Agreements are a customer's leases and loans.
type Agreements interface {
	// Agreements lists the customer's agreements, open ones first, then by number.
	Agreements(ctx context.Context) ([]Agreement, error)
	// Agreement gives one. Fails with CodeNotFound.
	Agreement(ctx context.Context, id string) (Agreement, error)
}

// AgreementKind is a lease or a loan.
type AgreementKind string

// The kinds there are.
const (
	Lease AgreementKind = "lease"
	Loan  AgreementKind = "loan"
)

// Frequency says how often a payment is due.
type Frequency string

// The frequencies there are.
const (
	Monthly             Frequency = "monthly"
	Biweekly            Frequency = "biweekly"
	AcceleratedBiweekly Frequency = "accelerated_biweekly"
)

// Agreement is a contract of car finance with where it stands today. What the lender's figures do not tell is left out,
// never guessed: then Balance, the Total of Next or the Amount of PastDue is the zero Money, which has no currency, and
// Next has no Parts.
type Agreement struct {
	ID            string
	Number        string
	Kind          AgreementKind
	VIN           string
	Vehicle       Vehicle
	Province      string // "QC"
	Start         Date
	End           Date
	Frequency     Frequency
	AnnualRate    string // percent per year, exact decimal
	Balance       Money  // loan: financed less principal posted; lease: adjusted balance at the implicit rate
	PaymentsMade  int
	PaymentsTotal int
	Next          *NextPayment // nil when nothing more is due
	PastDue       *PastDue     // nil when nothing is
	ClosedOn      *Date        // nil while open
	Distance      *Distance    // nil when the agreement has no allowance
}

// LastDigits is how people tell their agreements apart: the last four characters of the number.
func (a Agreement) LastDigits() string {
	if len(a.Number) <= 4 {
		return a.Number
	}
	return a.Number[len(a.Number)-4:]
}

// Vehicle is the car of an agreement.
type Vehicle struct {
	Year  int
	Make  string
	Model string
}

// NextPayment is exactly what will be due next.
type NextPayment struct {
	Due   Date
	Total Money
	Parts []PaymentPart // sum to Total; nil when the lender's figures do not tell them
}

// PaymentPart is one line of a payment.
type PaymentPart struct {
	Kind   PartKind
	Name   string // of a tax, "GST"; "" otherwise, and for taxes that are known as one sum only
	Rate   string // of a tax, percent; "" otherwise
	Amount Money
}

// PartKind says what a part of a payment is for.
type PartKind string

// The kinds of parts there are.
const (
	PartPrincipal    PartKind = "principal"    // loan
	PartInterest     PartKind = "interest"     // loan
	PartDepreciation PartKind = "depreciation" // lease
	PartRent         PartKind = "rent"         // lease
	PartTax          PartKind = "tax"
	PartExtra        PartKind = "extra" // on top of an installment of a loan, all of it to the principal
)

// PastDue is what should have been paid by now.
type PastDue struct {
	Amount   Money
	Since    Date
	Payments int
}

// Distance is the kilometre allowance of a lease.
type Distance struct {
	Allowance  int64 // km over the whole term
	Odometer   int64 // km, last reading
	ReadOn     Date
	ExcessRate Money // for each km over; zero when the agreement names none
}
