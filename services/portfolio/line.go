package portfolio

import (
	"unicode/utf8"

	"myaccount/services/finance"
)

// ParseLine reads one line and tells all its faults, in the order of the line. The customer is worth nothing when
// there is a fault. A line that is no JSON has one fault, of the line as a whole.
func ParseLine(line []byte) (Customer, []Fault) {
	var c Customer
	d := &decoder{data: line}
	object(d, &c, customerFields)
	if d.end(); d.broken || !utf8.Valid(line) {
		return Customer{}, []Fault{{Reason: Format}}
	}
	return c, d.faults
}

var customerFields = []field[Customer]{
	{"customer_id", true, func(d *decoder, c *Customer) { c.ID = d.text(maxNumber) }},
	{"first_name", true, func(d *decoder, c *Customer) { c.FirstName = d.text(maxName) }},
	{"last_name", true, func(d *decoder, c *Customer) { c.LastName = d.text(maxName) }},
	{"email", false, func(d *decoder, c *Customer) { c.Email = d.email() }},
	{"date_of_birth", false, func(d *decoder, c *Customer) { c.Born = d.date() }},
	{"language", false, func(d *decoder, c *Customer) { c.Language = d.oneOf("en", "fr") }},
	{"province", true, func(d *decoder, c *Customer) { c.Province = d.province() }},
	{"agreements", true, func(d *decoder, c *Customer) {
		numbers := map[string]bool{}
		d.items(func() { c.Agreements = append(c.Agreements, d.agreement(numbers)) })
	}},
}

var agreementFields = []field[Agreement]{
	{"number", true, func(d *decoder, a *Agreement) { a.Number = d.text(maxNumber) }},
	{"kind", true, func(d *decoder, a *Agreement) {
		a.Kind = finance.Kind(d.oneOf(string(finance.KindLease), string(finance.KindLoan)))
	}},
	{"vin", true, func(d *decoder, a *Agreement) { a.VIN = d.vin() }},
	{"vehicle", true, func(d *decoder, a *Agreement) { object(d, &a.Terms, vehicleFields) }},
	{"currency", true, func(d *decoder, a *Agreement) { a.Currency = d.currency() }},
	{"start_date", true, func(d *decoder, a *Agreement) { a.Start = d.date() }},
	{"end_date", true, func(d *decoder, a *Agreement) { a.End = d.date() }},
	{"term_months", true, func(d *decoder, a *Agreement) { a.Months = int(d.integer(1, maxMonths)) }},
	{"frequency", true, func(d *decoder, a *Agreement) {
		a.Frequency = finance.Frequency(d.oneOf(string(finance.Monthly), string(finance.Biweekly), string(finance.AcceleratedBiweekly)))
	}},
	{"payment", true, func(d *decoder, a *Agreement) { a.Base, a.Tax = d.level() }},
	{"annual_rate", true, func(d *decoder, a *Agreement) { a.Rate = d.rate() }},
	{"amount_financed", true, func(d *decoder, a *Agreement) { a.Financed = d.cents() }},
	{"residual", false, func(d *decoder, a *Agreement) { a.Residual = d.cents() }},
	{"km_allowance", false, func(d *decoder, a *Agreement) { a.Allowance = d.integer(0, maxKilometres) }},
	{"excess_km_rate", false, func(d *decoder, a *Agreement) { a.ExcessRate = d.cents() }},
	{"odometer", false, func(d *decoder, a *Agreement) { object(d, &a.Terms, odometerFields) }},
	{"due_day", false, func(d *decoder, a *Agreement) { a.DueDay = int(d.integer(1, 31)) }},
	{"closed_on", false, func(d *decoder, a *Agreement) { a.ClosedOn = d.date() }},
	{"taxes", false, func(d *decoder, a *Agreement) { a.Taxes = list(d, taxFields) }},
	{"fees", false, func(d *decoder, a *Agreement) { a.Fees = list(d, feeFields) }},
	{"payments", true, func(d *decoder, a *Agreement) { a.Payments = d.payments() }},
}

var vehicleFields = []field[Terms]{
	{"year", true, func(d *decoder, t *Terms) { t.Year = int(d.integer(1900, 2100)) }},
	{"make", true, func(d *decoder, t *Terms) { t.Make = d.text(maxName) }},
	{"model", true, func(d *decoder, t *Terms) { t.Model = d.text(maxName) }},
}

var odometerFields = []field[Terms]{
	{"km", true, func(d *decoder, t *Terms) { t.Odometer = d.integer(0, maxKilometres) }},
	{"on", true, func(d *decoder, t *Terms) { t.ReadOn = d.date() }},
}

var taxFields = []field[Tax]{
	{"name", true, func(d *decoder, t *Tax) { t.Name = d.text(maxName) }},
	{"rate", true, func(d *decoder, t *Tax) { t.Rate = d.rate() }},
}

var feeFields = []field[Fee]{
	{"name", true, func(d *decoder, f *Fee) { f.Name = d.text(maxName) }},
	{"amount", true, func(d *decoder, f *Fee) { f.Amount = d.cents() }},
}

// level is the payment of each period as the file writes it.
type level struct{ base, tax, total int64 }

var levelFields = []field[level]{
	{"base", true, func(d *decoder, l *level) { l.base = d.cents() }},
	{"tax", true, func(d *decoder, l *level) { l.tax = d.cents() }},
	{"total", true, func(d *decoder, l *level) { l.total = d.cents() }},
}

// posting is a payment as the file writes it.
type posting struct {
	Payment
	amount int64
}

var postingFields = []field[posting]{
	{"id", true, func(d *decoder, p *posting) { p.ID = d.text(maxNumber) }},
	{"date", true, func(d *decoder, p *posting) { p.Date = d.date() }},
	{"amount", true, func(d *decoder, p *posting) { p.amount = d.cents() }},
	{"principal", true, func(d *decoder, p *posting) { p.Principal = d.cents() }},
	{"interest", true, func(d *decoder, p *posting) { p.Interest = d.cents() }},
	{"tax", true, func(d *decoder, p *posting) { p.Tax = d.cents() }},
	{"method", true, func(d *decoder, p *posting) { p.Method = d.method() }},
	{"status", true, func(d *decoder, p *posting) { p.Status = d.oneOf(Posted, Returned, Scheduled) }},
}

// agreement reads one agreement and compares its fields with one another. numbers are those the customer has so far.
func (d *decoder) agreement(numbers map[string]bool) Agreement {
	var a Agreement
	if !d.clean(func() { object(d, &a, agreementFields) }) {
		return a
	}
	if !a.Start.Before(a.End) {
		d.at("end_date", Mismatch)
	}
	if !a.ClosedOn.IsZero() && a.ClosedOn.Before(a.Start) {
		d.at("closed_on", Mismatch)
	}
	if a.Residual > a.Financed {
		d.at("residual", Mismatch)
	}
	if key := Key(a.Number); numbers[key] {
		d.at("number", Duplicate)
	} else {
		numbers[key] = true
	}
	return a
}

// level reads the payment of each period, whose parts must add up.
func (d *decoder) level() (base, tax int64) {
	var l level
	if d.clean(func() { object(d, &l, levelFields) }) && l.base+l.tax != l.total {
		d.at("total", Mismatch)
	}
	return l.base, l.tax
}

// payments reads what was paid on an agreement: the parts must add up, and no id may stand twice.
func (d *decoder) payments() []Payment {
	var all []Payment
	ids := map[string]bool{}
	d.items(func() {
		var p posting
		if !d.clean(func() { object(d, &p, postingFields) }) {
			return
		}
		if p.Principal+p.Interest+p.Tax != p.amount {
			d.at("amount", Mismatch)
		}
		if ids[p.ID] {
			d.at("id", Duplicate)
		}
		ids[p.ID] = true
		all = append(all, p.Payment)
	})
	return all
}
