package text

import "strconv"

// Vehicle is how people call a car, "2024 BMW i4 eDrive40".
func (p *Printer) Vehicle(year int, make, model string) string {
	return p.T("text.vehicle", Vars{"Year": year, "Make": make, "Model": model})
}

// Tax is the name of a tax in this language, "QST"; as it is given where the catalogue does not know it.
func (p *Printer) Tax(name string) string {
	if key := "text.tax." + name; p.Has(key) {
		return p.T(key)
	}
	return name
}

// Part says what a part of a payment is for, by the code of its kind. A tax has its name, and its rate in percent, as far
// as they are known.
func (p *Printer) Part(kind, name, rate string) string {
	if kind != "tax" || name == "" {
		return p.T("text.part." + kind)
	}
	percent, err := strconv.ParseFloat(rate, 64)
	if err != nil {
		return p.Tax(name)
	}
	return p.T("text.part.tax_rate", Vars{"Name": p.Tax(name), "Rate": p.Percent(percent)})
}

// Method says how a payment was made, by its code; a way that the catalogue does not know is a payment.
func (p *Printer) Method(code string) string {
	if key := "text.method." + code; p.Has(key) {
		return p.T(key)
	}
	return p.T("text.method.other")
}

// alike are the reasons of returns that differ only in whether the account is of a business.
var alike = map[string]string{"919": "916", "920": "917", "921": "918"}

// ReturnReason says why a bank gave a payment back, by its code (Standard 005 of Payments Canada, its return reasons).
func (p *Printer) ReturnReason(code string) string {
	if same, ok := alike[code]; ok {
		code = same
	}
	if key := "text.returned." + code; p.Has(key) {
		return p.T(key)
	}
	return p.T("text.returned.other", Vars{"Code": code})
}
