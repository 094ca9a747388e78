package api

import "myaccount/services"

// Installment is one payment of an agreement's schedule.
type Installment struct {
	Number    int    `json:"number" doc:"From 1"`
	Due       Date   `json:"due"`
	Principal *Money `json:"principal" doc:"Of a lease: depreciation"`
	Interest  *Money `json:"interest" doc:"Of a lease: rent"`
	Tax       *Money `json:"tax"`
	Total     *Money `json:"total"`
	Balance   *Money `json:"balance" doc:"Once it is paid; of a lease the adjusted balance"`
	Paid      bool   `json:"paid"`
}

// InstallmentOf makes it from the domain's.
func InstallmentOf(i services.Installment) Installment {
	return Installment{
		Number: i.Number, Due: Date{i.Due}, Principal: MoneyOf(i.Principal), Interest: MoneyOf(i.Interest),
		Tax: MoneyOf(i.Tax), Total: MoneyOf(i.Total), Balance: MoneyOf(i.Balance), Paid: i.Paid,
	}
}

// Domain gives it back. Fails when an amount is none.
func (i Installment) Domain() (services.Installment, error) {
	var err error
	return services.Installment{
		Number: i.Number, Due: i.Due.Date, Principal: i.Principal.known(&err), Interest: i.Interest.known(&err),
		Tax: i.Tax.known(&err), Total: i.Total.known(&err), Balance: i.Balance.known(&err), Paid: i.Paid,
	}, err
}

// ScheduleOf makes a list.
func ScheduleOf(schedule []services.Installment) List[Installment] {
	return listOf(schedule, "", InstallmentOf)
}

// ScheduleFrom gives the list back.
func ScheduleFrom(l List[Installment]) ([]services.Installment, error) {
	return collect(l.Items, Installment.Domain)
}
