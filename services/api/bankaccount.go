package api

import "myaccount/services"

// NewBankAccount is an account as it stands at the foot of a cheque; leading zeros count.
type NewBankAccount struct {
	Institution string `json:"institution,omitempty" doc:"3 digits"`
	Transit     string `json:"transit,omitempty" doc:"5 digits"`
	Number      string `json:"number,omitempty" doc:"7 to 12 digits; never answered again"`
	Holder      string `json:"holder,omitempty" doc:"Name on the account"`
	Business    bool   `json:"business,omitempty" doc:"A business account"`
}

// NewBankAccountOf makes it from the domain's.
func NewBankAccountOf(a services.NewBankAccount) NewBankAccount {
	return NewBankAccount{a.Institution, a.Transit, a.Number.Reveal(), a.Holder, a.Business}
}

// Domain gives it back, with the key of the request.
func (a NewBankAccount) Domain(key string) services.NewBankAccount {
	return services.NewBankAccount{
		Institution: a.Institution, Transit: a.Transit, Number: services.Secret(a.Number), Holder: a.Holder,
		Business: a.Business, IdempotencyKey: key,
	}
}

// BankAccount is an account as it is shown ever after: masked.
type BankAccount struct {
	ID          string `json:"id"`
	Institution string `json:"institution"`
	LastDigits  string `json:"last_digits" doc:"The last three of the number"`
	Holder      string `json:"holder"`
	Business    bool   `json:"business"`
	InUse       bool   `json:"in_use" doc:"Something is still to be taken from it"`
}

// BankAccountOf makes it from the domain's.
func BankAccountOf(a services.BankAccount) BankAccount { return BankAccount(a) }

// Domain gives it back.
func (a BankAccount) Domain() services.BankAccount { return services.BankAccount(a) }

// BankAccountsOf makes a list.
func BankAccountsOf(list []services.BankAccount) List[BankAccount] {
	return listOf(list, "", BankAccountOf)
}

// BankAccountsFrom gives the list back.
func BankAccountsFrom(l List[BankAccount]) ([]services.BankAccount, error) {
	return convert(l.Items, BankAccount.Domain), nil
}
