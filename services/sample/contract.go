package sample

import (
	"fmt"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"

	"myaccount/services/brand"
	"myaccount/services/finance"
)

// person is a customer as the table has them.
type person struct {
	customer
	Key        string     `json:"key"`
	Agreements []contract `json:"agreements"`
}

// contract is an agreement as the table has it: what cannot be computed.
type contract struct {
	Number       string            `json:"number"`
	Kind         finance.Kind      `json:"kind"`
	VIN          string            `json:"vin"`
	Vehicle      vehicle           `json:"vehicle"`
	Frequency    finance.Frequency `json:"frequency"`
	Months       int               `json:"months"`
	Rate         string            `json:"rate"`
	Financed     string            `json:"financed"`
	Residual     string            `json:"residual"`
	Payment      string            `json:"payment"` // before tax; computed when left out
	KmAllowance  int               `json:"km_allowance"`
	ExcessKmRate string            `json:"excess_km_rate"`
	Odometer     int               `json:"odometer"`
	ReadDaysAgo  int               `json:"read_days_ago"`
	Fees         []fee             `json:"fees"`
	Anchor       anchor            `json:"anchor"`
	Made         int               `json:"made"`      // payments posted
	Returned     bool              `json:"returned"`  // the bank returned the one after them
	Scheduled    bool              `json:"scheduled"` // the one after them is announced
	Closed       bool              `json:"closed"`    // with the last payment made
}

// anchor ties an agreement to today: when a payment is due.
type anchor struct {
	Payment  int `json:"payment"`   // its number; for a lease, one more than the last is the end
	MonthDay int `json:"month_day"` // the next such day after today
	Days     int `json:"days"`      // or so many days from today
}

func (a anchor) on(today civil.Date) civil.Date {
	if a.MonthDay == 0 {
		return today.AddDays(a.Days)
	}
	next, _ := finance.NextDue(finance.Dues(firstOfMonth(today), finance.Monthly, 2, a.MonthDay), today)
	return next
}

func firstOfMonth(d civil.Date) civil.Date {
	d.Day = 1
	return d
}

// terms puts the agreement in time: its start is so far before the anchor that
// the anchor's payment falls due on its day.
func (c contract) terms(today civil.Date) (finance.Terms, error) {
	on, back := c.Anchor.on(today), c.Anchor.Payment
	if c.Kind == finance.KindLease {
		back-- // the first payment of a lease is due at its start
	}
	t := finance.Terms{Kind: c.Kind, Months: c.Months, Frequency: c.Frequency}
	if c.Frequency == finance.Monthly {
		t.DueDay = max(c.Anchor.MonthDay, on.Day)
	}
	t.Start = finance.Due(on, c.Frequency, -back, t.DueDay)
	var err error
	if t.Rate, err = finance.ParseRate(c.Rate); err != nil {
		return t, err
	}
	if t.Financed, err = amountOf(c.Financed); err != nil {
		return t, err
	}
	if t.Residual, err = amountOf(c.Residual); err != nil {
		return t, err
	}
	t.Payment, err = c.level(t)
	return t, err
}

// level is the payment of each period, before tax.
func (c contract) level(t finance.Terms) (currency.Amount, error) {
	switch {
	case c.Payment != "":
		return amountOf(c.Payment)
	case c.Frequency == finance.AcceleratedBiweekly:
		return finance.AcceleratedPayment(t.Financed, t.Rate, t.Months)
	}
	return finance.Credit{
		Financed: t.Financed, Residual: t.Residual, Rate: t.Rate,
		Frequency: t.Frequency, Payments: t.Count(), InAdvance: c.Kind == finance.KindLease,
	}.Payment()
}

// agreement computes what the portfolio file says of the contract.
func (c contract) agreement(today civil.Date, taxes []brand.Tax) (agreement, error) {
	t, err := c.terms(today)
	if err != nil {
		return agreement{}, err
	}
	schedule, err := t.Schedule()
	if err != nil {
		return agreement{}, err
	}
	a := agreement{
		Number: c.Number, Kind: c.Kind, VIN: c.VIN, Vehicle: c.Vehicle, Currency: currencyCode,
		StartDate: t.Start, TermMonths: c.Months, Frequency: c.Frequency, DueDay: t.DueDay,
		AnnualRate: c.Rate, AmountFinanced: c.Financed, Residual: c.Residual,
		KmAllowance: c.KmAllowance, ExcessKmRate: c.ExcessKmRate, Fees: c.Fees,
	}
	due := schedule[len(schedule)-1].Due
	a.EndDate = due
	if c.Kind == finance.KindLease {
		a.EndDate = t.Due(len(schedule) + 1)
	}
	if c.Closed {
		a.ClosedOn = &due
	}
	if c.Odometer > 0 {
		a.Odometer = &odometer{Km: c.Odometer, On: today.AddDays(-c.ReadDaysAgo)}
	}
	taxed, err := a.levy(c.Kind, t.Payment, taxes)
	if err != nil {
		return agreement{}, err
	}
	a.Payments, err = c.payments(schedule, taxed)
	return a, err
}

// levy fills in the level payment and the taxes, which only leases bear, and
// gives the tax of one payment.
func (a *agreement) levy(kind finance.Kind, base currency.Amount, taxes []brand.Tax) (currency.Amount, error) {
	if kind != finance.KindLease {
		taxes = nil
	}
	rates := make([]finance.Rate, len(taxes))
	for i, t := range taxes {
		var err error
		if rates[i], err = finance.ParseRate(t.Rate); err != nil {
			return currency.Amount{}, err
		}
		a.Taxes = append(a.Taxes, tax{Name: t.Name, Rate: t.Rate})
	}
	_, sum, err := finance.Taxes(base, rates...)
	if err != nil {
		return currency.Amount{}, err
	}
	total, err := base.Add(sum)
	a.Payment = level{Base: base.Number(), Tax: sum.Number(), Total: total.Number()}
	return sum, err
}

// payments lists what was paid, and the payment after it when something happened to that.
func (c contract) payments(schedule []finance.Installment, tax currency.Amount) ([]payment, error) {
	count := c.Made
	if c.Returned || c.Scheduled {
		count++
	}
	if count > len(schedule) {
		return nil, fmt.Errorf("%d payments of %d", count, len(schedule))
	}
	list := make([]payment, count)
	for i, row := range schedule[:count] {
		amount, err := row.Payment.Add(tax)
		if err != nil {
			return nil, err
		}
		list[i] = payment{
			ID: fmt.Sprintf("%s-%03d", c.Number, row.Number), Date: row.Due, Amount: amount.Number(),
			Principal: row.Principal.Number(), Interest: row.Interest.Number(), Tax: tax.Number(),
			Method: "pad", Status: posted,
		}
	}
	switch {
	case c.Returned:
		list[c.Made].Status = returned
	case c.Scheduled:
		list[c.Made].Status = scheduled
	}
	return list, nil
}

// amountOf reads an amount of the table; "" is nothing.
func amountOf(s string) (currency.Amount, error) {
	if s == "" {
		s = "0"
	}
	return currency.NewAmount(s, currencyCode)
}
