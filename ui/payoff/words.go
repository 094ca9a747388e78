package payoff

import (
	"strconv"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/calendar"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// place says where a page belongs and what it is about.
type place struct {
	parent       nav.PageID
	back         string // words of the way there
	title        string
	none, noText string // where there is no agreement to be about
}

// heading is the way back, the title, and which agreement the page is about.
func heading(p *text.Printer, env nav.Env, at place, c *nav.Choice, pick func(id string)) fyne.CanvasObject {
	back := kit.NewLink("‹ "+at.back, func() { env.Go(nav.Route{Page: at.parent, Arg: c.Agreement().ID}) })
	return kit.VStack(theme.Gap1, kit.HStack(0, back), kit.NewWrapped(at.title, kit.StyleTitle), c.Which(p, true, pick).Line)
}

// outside is what a page shows that has no agreement to be about: that it is loading, that it failed, that there is none.
func outside(p *text.Printer, env nav.Env, at place, c *nav.Choice, retry func()) fyne.CanvasObject {
	switch c.State() {
	case nav.Failed:
		return kit.NewFailedState(p.T("nav.agreements.failed"), why(p, env, c.Err()), p.T("payoff.failed.retry"), retry,
			kit.Reference(env.Reference(p, c.Err())))
	case nav.Empty:
		write := kit.NewPrimary(p.T("payoff.empty.message"), func() { env.Go(nav.Route{Page: nav.PageCompose}) })
		return kit.NewEmptyState(theme.IconVehicle, at.none, at.noText, write)
	default:
		card := kit.NewCard(kit.VStack(theme.Gap4, kit.NewSkeleton(180, 240), kit.NewSkeletonRows(6)))
		return kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, kit.NewSkeleton(90, 320),
			kit.Columns(wide, narrow)(card, kit.NewCard(kit.NewSkeleton(140, 260, 220))))))
	}
}

// percent writes a rate that is an exact decimal.
func percent(p *text.Printer, rate string) string {
	value, err := strconv.ParseFloat(rate, 64)
	if err != nil {
		return rate
	}
	return p.Percent(value)
}

// named is a name of the lender's file in the person's language, if it is known there.
func named(p *text.Printer, key, name string) string {
	if p.Has(key + name) {
		return p.T(key + name)
	}
	return name
}

// lineName says what a line is for.
func lineName(p *text.Printer, l services.PayoffLine) string {
	vars := text.Vars{"Count": l.Count, "Number": p.Number(int64(l.Count)), "Rate": percent(p, l.Rate)}
	switch l.Kind {
	case services.PayoffFee:
		return named(p, "payoff.fee.", l.Name)
	case services.PayoffTax:
		return p.T("payoff.line.tax", text.Vars{"Name": p.Tax(l.Name), "Rate": percent(p, l.Rate)})
	case services.PayoffPayments:
		vars["Each"] = p.Money(l.Each)
	case services.PayoffKilometre:
		vars["Each"] = p.Money(l.Each)
	}
	return p.T("payoff.line."+string(l.Kind), vars)
}

// behind says how a line comes about.
func behind(p *text.Printer, payoff services.Payoff, i int) string {
	l := payoff.Lines[i]
	vars := text.Vars{
		"Count": l.Count, "Number": p.Number(int64(l.Count)), "Rate": percent(p, l.Rate), "Amount": p.Money(l.Amount),
		"Date": p.DateLong(payoff.On),
	}
	switch l.Kind {
	case services.PayoffPayments, services.PayoffKilometre:
		vars["Each"] = p.Money(l.Each)
	case services.PayoffInterest:
		vars["Balance"] = p.Money(payoff.Lines[0].Amount)
	case services.PayoffTax:
		vars["Base"] = p.Money(taxed(payoff))
	case services.PayoffUnearned:
		vars["Payments"] = p.Money(payoff.Lines[0].Amount)
		vars["Earned"] = p.Money(sum(payoff.Lines[0].Amount, l.Amount))
	case services.PayoffBalance:
		if vars["Count"] = payoff.Assumed; payoff.Assumed == 0 {
			return p.T("payoff.behind.balance_today")
		}
	case services.PayoffUnpaid:
		switch {
		case l.Amount.IsZero():
			return p.T("payoff.behind.unpaid_nothing")
		case l.Count == 0:
			return p.T("payoff.behind.unpaid_interest")
		}
	}
	return p.T("payoff.behind."+string(l.Kind), vars)
}

// sum adds amounts of one currency.
func sum(amounts ...services.Money) services.Money {
	total := amounts[0]
	for _, a := range amounts[1:] {
		if next, err := total.Add(a); err == nil { // they are of one agreement
			total = next
		}
	}
	return total
}

// taxed is what the taxes are on: the lines before the first of them.
func taxed(payoff services.Payoff) services.Money {
	var base []services.Money
	for _, l := range payoff.Lines {
		if l.Kind == services.PayoffTax {
			break
		}
		base = append(base, l.Amount)
	}
	return sum(base...)
}

// holds says how long the figures hold, and what they take for granted.
func holds(p *text.Printer, payoff services.Payoff) string {
	words := p.T("payoff.holds.until", text.Vars{"Date": p.DateLong(payoff.GoodUntil)})
	if payoff.PerDiem.CurrencyCode() != "" {
		words += " " + p.T("payoff.holds.day", text.Vars{"Amount": p.Money(payoff.PerDiem)})
	}
	if payoff.Assumed > 0 {
		words += " " + p.T("payoff.holds.assumed", text.Vars{"Count": payoff.Assumed})
	}
	if payoff.Choice == services.PayoffReturn {
		words += " " + p.T("payoff.holds.return")
	}
	if !calendar.Open(payoff.On) {
		words += " " + p.T("payoff.holds.closed", text.Vars{"Date": p.DateLong(payoff.On), "Next": p.DateLong(calendar.Next(payoff.On))})
	}
	return words
}

// waiting says what going on to the end would cost.
func waiting(p *text.Printer, a services.Agreement, payoff services.Payoff) string {
	if !payoff.Waiting.IsPositive() {
		return p.T("payoff.waiting.none")
	}
	kind := string(payoff.Choice)
	if a.Kind == services.Loan {
		kind = "loan"
	}
	return p.T("payoff.waiting."+kind, text.Vars{"Date": p.DateLong(a.End), "Amount": p.Money(payoff.Waiting)})
}
