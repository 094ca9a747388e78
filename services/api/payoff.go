package api

import "myaccount/services"

// Payoff is what ending an agreement costs on a day. All of it is an estimate.
type Payoff struct {
	On        Date                  `json:"on"`
	Choice    services.PayoffChoice `json:"choice"`
	Rate      string                `json:"rate" doc:"Percent per year that it is reckoned with; of a lease the implicit one"`
	Lines     []PayoffLine          `json:"lines" nullable:"false"`
	Total     *Money                `json:"total" doc:"The sum of the lines"`
	PerDiem   *Money                `json:"per_diem" doc:"What the next day adds; null when nothing does"`
	GoodUntil Date                  `json:"good_until" doc:"Until then the figures hold with per_diem, when nothing is paid"`
	Waiting   *Money                `json:"waiting" doc:"What going on to the end would cost more, in interest or rent"`
	Assumed   int                   `json:"assumed" doc:"Payments that fall due before the day and are taken as made"`
}

// PayoffLine is one line of the arithmetic.
type PayoffLine struct {
	Kind   services.PayoffKind `json:"kind"`
	Name   string              `json:"name,omitempty" doc:"Of a tax or a fee"`
	Rate   string              `json:"rate,omitempty" doc:"Percent"`
	Count  int                 `json:"count,omitempty" doc:"Of payments, days or kilometres"`
	Each   *Money              `json:"each" doc:"Of payments or kilometres; null otherwise"`
	Amount *Money              `json:"amount" doc:"Below zero when it is taken off"`
}

func payoffLineOf(l services.PayoffLine) PayoffLine {
	return PayoffLine{Kind: l.Kind, Name: l.Name, Rate: l.Rate, Count: l.Count, Each: MoneyOf(l.Each), Amount: MoneyOf(l.Amount)}
}

// Domain gives it back. Fails when an amount is none.
func (l PayoffLine) Domain() (services.PayoffLine, error) {
	var err error
	return services.PayoffLine{
		Kind: l.Kind, Name: l.Name, Rate: l.Rate, Count: l.Count, Each: l.Each.known(&err), Amount: l.Amount.known(&err),
	}, err
}

// PayoffOf makes it from the domain's.
func PayoffOf(p services.Payoff) Payoff {
	return Payoff{
		On: Date{p.On}, Choice: p.Choice, Rate: p.Rate, Lines: convert(p.Lines, payoffLineOf), Total: MoneyOf(p.Total),
		PerDiem: MoneyOf(p.PerDiem), GoodUntil: Date{p.GoodUntil}, Waiting: MoneyOf(p.Waiting), Assumed: p.Assumed,
	}
}

// Domain gives it back. Fails when an amount is none.
func (p Payoff) Domain() (services.Payoff, error) {
	lines, err := collect(p.Lines, PayoffLine.Domain)
	return services.Payoff{
		On: p.On.Date, Choice: p.Choice, Rate: p.Rate, Lines: lines, Total: p.Total.known(&err), PerDiem: p.PerDiem.known(&err),
		GoodUntil: p.GoodUntil.Date, Waiting: p.Waiting.known(&err), Assumed: p.Assumed,
	}, err
}

// WhatIf compares a schedule with and without paying more.
type WhatIf struct {
	PaymentsSaved int           `json:"payments_saved"`
	InterestSaved *Money        `json:"interest_saved"`
	End           Date          `json:"end" doc:"Of the new schedule"`
	EndBefore     Date          `json:"end_before" doc:"Of the one there is"`
	Schedule      []Installment `json:"schedule" nullable:"false" doc:"What is still to come, paying more"`
	Before        []Installment `json:"before" nullable:"false" doc:"What is still to come as it is"`
}

// WhatIfOf makes it from the domain's.
func WhatIfOf(w services.WhatIf) WhatIf {
	return WhatIf{
		PaymentsSaved: w.PaymentsSaved, InterestSaved: MoneyOf(w.InterestSaved), End: Date{w.End}, EndBefore: Date{w.EndBefore},
		Schedule: convert(w.Schedule, InstallmentOf), Before: convert(w.Before, InstallmentOf),
	}
}

// Domain gives it back. Fails when an amount is none.
func (w WhatIf) Domain() (services.WhatIf, error) {
	after, err := collect(w.Schedule, Installment.Domain)
	if err != nil {
		return services.WhatIf{}, err
	}
	before, err := collect(w.Before, Installment.Domain)
	return services.WhatIf{
		PaymentsSaved: w.PaymentsSaved, InterestSaved: w.InterestSaved.known(&err), End: w.End.Date, EndBefore: w.EndBefore.Date,
		Schedule: after, Before: before,
	}, err
}

// LeaseEnd is the way to the end of a lease.
type LeaseEnd struct {
	End      Date          `json:"end"`
	Steps    []LeaseStep   `json:"steps" nullable:"false"`
	Options  []LeaseOption `json:"options" nullable:"false"`
	Distance *Forecast     `json:"distance" doc:"null without a kilometre allowance"`
}

// LeaseStep is one stage of the way.
type LeaseStep struct {
	Kind services.LeaseStepKind `json:"kind"`
	From Date                   `json:"from"`
	To   Date                   `json:"to"`
	Days int                    `json:"days,omitempty" doc:"How long it lasts, where it begins when another thing happened"`
}

// LeaseOption is one thing that can be done at the end.
type LeaseOption struct {
	Kind  services.LeaseOptionKind `json:"kind"`
	Lines []PayoffLine             `json:"lines" nullable:"false"`
	Total *Money                   `json:"total"`
}

// Forecast carries what a vehicle has run on to the end.
type Forecast struct {
	Projected int64  `json:"projected" doc:"Kilometres at the end, at this pace"`
	Excess    int64  `json:"excess" doc:"Of them over the allowance"`
	Cost      *Money `json:"cost" doc:"null where the agreement names no rate"`
}

// LeaseEndOf makes it from the domain's.
func LeaseEndOf(e services.LeaseEnd) LeaseEnd {
	out := LeaseEnd{
		End: Date{e.End},
		Steps: convert(e.Steps, func(s services.LeaseStep) LeaseStep {
			return LeaseStep{Kind: s.Kind, From: Date{s.From}, To: Date{s.To}, Days: s.Days}
		}),
		Options: convert(e.Options, func(o services.LeaseOption) LeaseOption {
			return LeaseOption{Kind: o.Kind, Lines: convert(o.Lines, payoffLineOf), Total: MoneyOf(o.Total)}
		}),
	}
	if d := e.Distance; d != nil {
		out.Distance = &Forecast{d.Projected, d.Excess, MoneyOf(d.Cost)}
	}
	return out
}

// Domain gives it back. Fails when an amount is none.
func (e LeaseEnd) Domain() (services.LeaseEnd, error) {
	options, err := collect(e.Options, func(o LeaseOption) (services.LeaseOption, error) {
		lines, err := collect(o.Lines, PayoffLine.Domain)
		return services.LeaseOption{Kind: o.Kind, Lines: lines, Total: o.Total.known(&err)}, err
	})
	out := services.LeaseEnd{End: e.End.Date, Options: options}
	for _, s := range e.Steps {
		out.Steps = append(out.Steps, services.LeaseStep{Kind: s.Kind, From: s.From.Date, To: s.To.Date, Days: s.Days})
	}
	if d := e.Distance; d != nil {
		out.Distance = &services.Forecast{Projected: d.Projected, Excess: d.Excess, Cost: d.Cost.known(&err)}
	}
	return out, err
}
