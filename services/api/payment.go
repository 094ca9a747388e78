package api

import "myaccount/services"

// Payment is one payment on an agreement.
type Payment struct {
	ID        string                 `json:"id"`
	Date      Date                   `json:"date"`
	Amount    *Money                 `json:"amount"`
	Principal *Money                 `json:"principal" doc:"Of a lease: depreciation"`
	Interest  *Money                 `json:"interest" doc:"Of a lease: rent"`
	Tax       *Money                 `json:"tax"`
	Method    string                 `json:"method"`
	Status    services.PaymentStatus `json:"status"`
}

// PaymentOf makes it from the domain's.
func PaymentOf(p services.Payment) Payment {
	return Payment{
		ID: p.ID, Date: Date{p.Date}, Amount: MoneyOf(p.Amount), Principal: MoneyOf(p.Principal),
		Interest: MoneyOf(p.Interest), Tax: MoneyOf(p.Tax), Method: p.Method, Status: p.Status,
	}
}

// Domain gives it back. Fails when an amount is none.
func (p Payment) Domain() (services.Payment, error) {
	var err error
	return services.Payment{
		ID: p.ID, Date: p.Date.Date, Amount: p.Amount.known(&err), Principal: p.Principal.known(&err),
		Interest: p.Interest.known(&err), Tax: p.Tax.known(&err), Method: p.Method, Status: p.Status,
	}, err
}

// PaymentsOf makes part of a list.
func PaymentsOf(p services.PaymentPage) List[Payment] { return listOf(p.Items, p.Next, PaymentOf) }

// PaymentsFrom gives the part back.
func PaymentsFrom(l List[Payment]) (services.PaymentPage, error) {
	items, err := collect(l.Items, Payment.Domain)
	return services.PaymentPage{Items: items, Next: l.after()}, err
}
