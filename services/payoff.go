package services

import "context"

// Payoffs say what it costs to end an agreement. All of it is an estimate; a binding quote is asked for by a message.
type Payoffs interface {
	// Payoff reckons what is to be paid on a day, line by line, as if what falls due from today to the day before it were
	// paid. Once the end is over, any day can be asked for. Fails with CodeInvalid (on: format, past or late, when it is
	// after an end that is to come; choice: unknown), CodeNotFound,
	// CodeGone when the agreement is closed, and CodeConflict where the lender's figures do not add up, so that only the
	// lender can tell.
	Payoff(ctx context.Context, q PayoffQuery) (Payoff, error)
	// WhatIf reckons what paying more on a loan would save. Fails with CodeInvalid (each, once: format or too_much; on:
	// format, past or late, where something is paid once), CodeNotFound, also for leases, CodeGone and CodeConflict as
	// Payoff does.
	WhatIf(ctx context.Context, q WhatIfQuery) (WhatIf, error)
	// LeaseEnd says what happens at the end of a lease, and what each choice costs. Fails with CodeNotFound, also for
	// loans, with CodeGone when it is closed, and with CodeConflict where the lender's figures do not tell the taxes.
	LeaseEnd(ctx context.Context, agreementID string) (LeaseEnd, error)
}

// PayoffChoice says what becomes of the vehicle of a lease.
type PayoffChoice string

// The choices there are.
const (
	PayoffBuy    PayoffChoice = "buy" // loans: keep it, which is the only choice
	PayoffReturn PayoffChoice = "return"
)

// PayoffQuery asks what ending an agreement costs.
type PayoffQuery struct {
	AgreementID string
	On          Date
	Choice      PayoffChoice
}

// Payoff is what ending an agreement costs on a day.
type Payoff struct {
	On        Date
	Choice    PayoffChoice
	Rate      string // percent a year that it is reckoned with; a lease's is the implicit one
	Lines     []PayoffLine
	Total     Money // the sum of the lines
	PerDiem   Money // what the next day adds, and each later one but for a cent; the zero Money when nothing does
	GoodUntil Date  // until then the figures hold with PerDiem, when nothing is paid
	Waiting   Money // what going on to the end would cost more than this, in interest or rent
	Assumed   int   // payments that fall due before the day and are taken as made
}

// PayoffLine is one line of the arithmetic.
type PayoffLine struct {
	Kind   PayoffKind
	Name   string // of a tax or a fee, as the lender's file has it
	Rate   string // percent, where there is one
	Count  int    // of payments or days, where there is one
	Each   Money  // of payments or days; the zero Money otherwise
	Amount Money  // negative when it is taken off
}

// PayoffKind says what a line is.
type PayoffKind string

// The kinds of lines there are.
const (
	PayoffBalance   PayoffKind = "balance"   // loan: principal owed
	PayoffInterest  PayoffKind = "interest"  // loan: since the last payment
	PayoffPayments  PayoffKind = "payments"  // lease: those to come, before tax
	PayoffUnearned  PayoffKind = "unearned"  // lease: rent in them that is not earned yet
	PayoffResidual  PayoffKind = "residual"  // lease: the option to purchase
	PayoffUnpaid    PayoffKind = "unpaid"    // lease: past due, with its taxes; loan: interest that was owed before the last payment
	PayoffAdvance   PayoffKind = "advance"   // lease: paid toward the next payment already, with its taxes
	PayoffFee       PayoffKind = "fee"       // that the agreement names
	PayoffTax       PayoffKind = "tax"       // lease: on what is bought or still to be paid, and on fees
	PayoffKilometre PayoffKind = "kilometre" // lease returned: excess by then, at the pace so far
)

// WhatIfQuery asks what paying more would save.
type WhatIfQuery struct {
	AgreementID string
	Each        Money // on top of each payment from the next one on
	Once        Money // once, with the payment that is due on or after On
	On          Date  // the zero Date without Once
}

// WhatIf compares a schedule with and without paying more.
type WhatIf struct {
	PaymentsSaved int
	InterestSaved Money
	End           Date          // of the new schedule
	EndBefore     Date          // of the one there is
	Schedule      []Installment // what is still to come, paying more
	Before        []Installment // what is still to come as it is
}

// LeaseEnd is the way to the end of a lease.
type LeaseEnd struct {
	End      Date
	Steps    []LeaseStep
	Options  []LeaseOption
	Distance *Forecast // nil without an allowance
}

// LeaseStep is one stage of the way.
type LeaseStep struct {
	Kind LeaseStepKind
	From Date
	To   Date // From when it is one day
	Days int  // how long it lasts, where it begins when another thing happened; 0 otherwise
}

// LeaseStepKind names a stage. The first three are law in Québec for contracts from 5 April 2024.
type LeaseStepKind string

// The stages there are.
const (
	StepOffer      LeaseStepKind = "offer"      // a free inspection is offered by then
	StepInspection LeaseStepKind = "inspection" // is held within
	StepRepair     LeaseStepKind = "repair"     // what was found may be repaired within so many days
	StepDecide     LeaseStepKind = "decide"     // tell what you want to do
	StepEnd        LeaseStepKind = "end"        // the vehicle is returned or bought
)

// LeaseOption is one thing that can be done at the end.
type LeaseOption struct {
	Kind  LeaseOptionKind
	Lines []PayoffLine // what it costs; empty when nothing
	Total Money
}

// LeaseOptionKind names a choice.
type LeaseOptionKind string

// The choices there are.
const (
	OptionReturn LeaseOptionKind = "return"
	OptionBuy    LeaseOptionKind = "buy"
	OptionExtend LeaseOptionKind = "extend" // month by month, at the same payment
)

// Forecast carries what a vehicle has run on to the end.
type Forecast struct {
	Projected int64 // km at the end, at this pace
	Excess    int64 // of them over the allowance
	Cost      Money // of Excess; the zero Money where the agreement names no rate
}
