package uitest

import (
	"context"
	"slices"

	"myaccount/services"
)

// Chequing is the bank account of the pictures.
func Chequing() services.BankAccount {
	return services.BankAccount{ID: "b1", Institution: "003", LastDigits: "214", Holder: "Amélie Tremblay"}
}

// Bank is a Lender that answers for services.BankAccounts as well what a test sets.
type Bank struct {
	Lender
	Accounts []services.BankAccount
	Added    []services.NewBankAccount
	AddErr   error
}

// NewBank has agreements, and the account of the pictures.
func NewBank(list ...services.Agreement) Bank {
	return Bank{Lender: Lender{List: list}, Accounts: []services.BankAccount{Chequing()}}
}

// BankAccounts is part of services.BankAccounts.
func (b *Bank) BankAccounts(context.Context) ([]services.BankAccount, error) {
	b.Lock()
	defer b.Unlock()
	return slices.Clone(b.Accounts), b.Err
}

// AddBankAccount is part of services.BankAccounts.
func (b *Bank) AddBankAccount(_ context.Context, a services.NewBankAccount) (services.BankAccount, error) {
	b.Lock()
	defer b.Unlock()
	if b.AddErr != nil {
		return services.BankAccount{}, b.AddErr
	}
	number := string(a.Number)
	account := services.BankAccount{ID: "b2", Institution: a.Institution, LastDigits: number[len(number)-3:], Holder: a.Holder, Business: a.Business}
	b.Added, b.Accounts = append(b.Added, a), slices.Insert(b.Accounts, 0, account)
	return account, nil
}

// RemoveBankAccount is part of services.BankAccounts.
func (b *Bank) RemoveBankAccount(_ context.Context, id string) error {
	b.Lock()
	defer b.Unlock()
	b.Accounts = slices.DeleteFunc(b.Accounts, func(a services.BankAccount) bool { return a.ID == id })
	return nil
}
