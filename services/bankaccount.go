package services

import "context"

// BankAccounts are those that a customer pays from.
type BankAccounts interface {
	// BankAccounts lists the customer's accounts, the newest first.
	BankAccounts(ctx context.Context) ([]BankAccount, error)
	// AddBankAccount keeps an account. Fails with CodeInvalid (institution, transit: required or
	// format; number: required, format, or duplicate when the account is there already; holder: required, too_long or
	// control; accounts: too_many; idempotency_key), and CodeGone when the account was added with the key and removed again.
	AddBankAccount(ctx context.Context, a NewBankAccount) (BankAccount, error)
	// RemoveBankAccount forgets an account. Fails with CodeNotFound, and CodeConflict while an autopay or a payment that is
	// not yet posted uses it.
	RemoveBankAccount(ctx context.Context, id string) error
}

// NewBankAccount is a Canadian account as it stands at the foot of a cheque; leading zeros count.
type NewBankAccount struct {
	Institution    string // 3 digits
	Transit        string // 5 digits
	Number         Secret // 7 to 12 digits
	Holder         string // name on the account
	Business       bool   // a business account: its debits have other rights
	IdempotencyKey string
}

// BankAccount is an account as it is shown ever after: masked.
type BankAccount struct {
	ID          string
	Institution string // 3 digits
	LastDigits  string // the last three of the number
	Holder      string
	Business    bool
	InUse       bool // an autopay or a payment that is not yet posted uses it
}
