package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) bankAccountRoutes() {
	signed(s, call{
		id: "list-bank-accounts", method: http.MethodGet, path: api.PathBankAccounts, codes: gated(),
		summary: "The accounts that the person pays from, masked, the newest first",
	}, bankAccounts)
	signed(s, call{
		id: "add-bank-account", method: http.MethodPost, path: api.PathBankAccounts, status: http.StatusCreated,
		summary: "Keep an account; its number is never answered again", codes: gated(services.CodeGone),
	}, addBankAccount)
	signed(s, call{
		id: "remove-bank-account", method: http.MethodDelete, path: api.PathBankAccount, status: http.StatusNoContent,
		summary: "Forget an account that nothing is to be taken from any more",
		codes:   gated(services.CodeNotFound, services.CodeConflict),
	}, removeBankAccount)
}

func bankAccounts(ctx context.Context, c services.CustomerSession, _ *nothing) (*answer[api.List[api.BankAccount]], error) {
	list, err := c.BankAccounts(ctx)
	return &answer[api.List[api.BankAccount]]{api.BankAccountsOf(list)}, err
}

// newBankAccount keeps an account.
type newBankAccount struct {
	Keyed
	Body api.NewBankAccount
}

func addBankAccount(ctx context.Context, c services.CustomerSession, in *newBankAccount) (*answer[api.BankAccount], error) {
	added, err := c.AddBankAccount(ctx, in.Body.Domain(in.Key))
	return &answer[api.BankAccount]{api.BankAccountOf(added)}, err
}

func removeBankAccount(ctx context.Context, c services.CustomerSession, in *ByID) (*nothing, error) {
	return &nothing{}, c.RemoveBankAccount(ctx, in.ID)
}
