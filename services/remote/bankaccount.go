package remote

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

// BankAccounts lists the person's accounts.
func (s *customerSession) BankAccounts(ctx context.Context) ([]services.BankAccount, error) {
	return seen(ctx, s, nameBankAccounts, get(api.PathBankAccounts, nil), api.BankAccountsFrom)
}

// AddBankAccount keeps an account at the service; nothing of its number stays on this machine.
func (s *customerSession) AddBankAccount(ctx context.Context, a services.NewBankAccount) (services.BankAccount, error) {
	var added api.BankAccount
	c := post(api.PathBankAccounts, api.NewBankAccountOf(a), &added)
	c.key, c.again = a.IdempotencyKey, true
	err := s.do(ctx, c)
	return added.Domain(), err
}

// RemoveBankAccount forgets an account.
func (s *customerSession) RemoveBankAccount(ctx context.Context, id string) error {
	return s.do(ctx, call{method: http.MethodDelete, path: api.PathBankAccount, id: id})
}
