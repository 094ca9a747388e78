package core

import (
	"context"
	"regexp"
	"time"
	"unicode/utf8"

	"myaccount/services"
	"myaccount/services/seal"
	"myaccount/services/text"
)

// BankAccountTx is the part of a transaction that keeps the accounts that people pay from.
type BankAccountTx interface {
	// AddBankAccount writes a new one. Fails with ErrDuplicate when the person has it already.
	AddBankAccount(row BankAccountRow) error
	// BankAccount reads one, or gives ErrNoRow.
	BankAccount(id string) (BankAccountRow, error)
	// BankAccounts lists a person's, the newest first.
	BankAccounts(personID string) ([]BankAccountRow, error)
	// DeleteBankAccount removes one.
	DeleteBankAccount(id string) error
}

// BankAccountRow is an account as it is kept.
type BankAccountRow struct {
	ID       string
	PersonID string
	MadeAt   time.Time
	Account
}

// Account is what money is taken from.
type Account struct {
	Institution string      // 3 digits
	Transit     string      // 5 digits
	Number      seal.Secret // 7 to 12 digits
	Holder      string
	Business    bool
}

// LastDigits are those that an account is told by: the last three of its number.
func (a Account) LastDigits() string {
	number := a.Number.Reveal()
	return number[max(len(number)-3, 0):]
}

// same tells whether two are the same account, whoever holds it.
func (a Account) same(b Account) bool {
	return a.Institution == b.Institution && a.Transit == b.Transit && a.Number.Reveal() == b.Number.Reveal()
}

// holderMax is how many characters the name on an account has at most: as many as the debit file has room for.
const holderMax = 30

var (
	isInstitution = regexp.MustCompile(`^\d{3}$`)
	isTransit     = regexp.MustCompile(`^\d{5}$`)
	isNumber      = regexp.MustCompile(`^\d{7,12}$`)
)

// BankAccounts lists the person's accounts.
func (s *customerSession) BankAccounts(ctx context.Context) ([]services.BankAccount, error) {
	var list []services.BankAccount
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) (err error) {
		list, err = bankAccounts(tx, row.PersonID)
		return err
	})
	return list, err
}

// bankAccounts reads a person's accounts as they are shown.
func bankAccounts(tx Tx, personID string) ([]services.BankAccount, error) {
	rows, err := tx.BankAccounts(personID)
	if err != nil {
		return nil, err
	}
	list := make([]services.BankAccount, len(rows))
	for i, r := range rows {
		if list[i], err = r.masked(tx); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// masked is the account as it is shown.
func (r BankAccountRow) masked(tx Tx) (services.BankAccount, error) {
	used, err := accountUsed(tx, r.ID)
	return services.BankAccount{
		ID: r.ID, Institution: r.Institution, LastDigits: r.LastDigits(), Holder: r.Holder, Business: r.Business, InUse: used,
	}, err
}

// accountUsed tells whether something is still to be taken from an account.
func accountUsed(tx Tx, id string) (bool, error) {
	if used, err := tx.AccountHasDebits(id); used || err != nil {
		return used, err
	}
	return tx.AccountHasAutopay(id)
}

// AddBankAccount keeps an account.
func (s *customerSession) AddBankAccount(ctx context.Context, a services.NewBankAccount) (services.BankAccount, error) {
	account, err := readAccount(a)
	if err != nil {
		return services.BankAccount{}, err
	}
	content := []any{"bank account", a.Institution, a.Transit, a.Number.Reveal(), account.Holder, a.Business}
	var shown services.BankAccount
	err = s.update(ctx, ready, func(tx Tx, row SessionRow) error {
		id, err := once(s.core, tx, row.PersonID, a.IdempotencyKey, content, func() (string, error) {
			return s.core.addBankAccount(tx, row.PersonID, account)
		})
		if err != nil {
			return err
		}
		added, err := tx.BankAccount(id)
		if err != nil {
			return gone(err, services.CodeGone) // it was removed again
		}
		shown, err = added.masked(tx)
		return err
	})
	if err != nil {
		return services.BankAccount{}, err
	}
	return shown, nil
}

// addBankAccount writes an account of a person, and gives its id.
func (c *Core) addBankAccount(tx Tx, personID string, account Account) (string, error) {
	rows, err := tx.BankAccounts(personID)
	if err != nil {
		return "", err
	}
	for _, r := range rows {
		if r.same(account) {
			return "", services.Invalid("number", services.ReasonDuplicate)
		}
	}
	if len(rows) >= c.Brand.Rules.BankAccountsMax {
		return "", services.Invalid("accounts", services.ReasonTooMany)
	}
	row := BankAccountRow{ID: c.NewID(), PersonID: personID, MadeAt: tx.Now(), Account: account}
	return row.ID, tx.AddBankAccount(row)
}

// readAccount checks what was typed. Fails with CodeInvalid, which names every field.
func readAccount(a services.NewBankAccount) (Account, error) {
	account := Account{
		Institution: a.Institution, Transit: a.Transit, Number: seal.Secret(a.Number.Reveal()),
		Holder: text.Line(a.Holder), Business: a.Business,
	}
	fields := map[string]string{}
	for field, part := range map[string]struct {
		typed string
		form  *regexp.Regexp
	}{
		"institution": {account.Institution, isInstitution},
		"transit":     {account.Transit, isTransit},
		"number":      {account.Number.Reveal(), isNumber},
	} {
		switch {
		case part.typed == "":
			fields[field] = services.ReasonRequired
		case !part.form.MatchString(part.typed):
			fields[field] = services.ReasonFormat
		}
	}
	switch {
	case !text.ControlFree(a.Holder):
		fields["holder"] = services.ReasonControl
	case account.Holder == "":
		fields["holder"] = services.ReasonRequired
	case utf8.RuneCountInString(account.Holder) > holderMax:
		fields["holder"] = services.ReasonTooLong
	}
	if len(fields) > 0 {
		return Account{}, &services.Error{Code: services.CodeInvalid, Fields: fields}
	}
	return account, nil
}

// RemoveBankAccount forgets an account.
func (s *customerSession) RemoveBankAccount(ctx context.Context, id string) error {
	return s.update(ctx, ready, func(tx Tx, row SessionRow) error {
		account, err := ownBankAccount(tx, row.PersonID, id)
		if err != nil {
			return err
		}
		used, err := accountUsed(tx, account.ID)
		if err != nil {
			return err
		}
		if used {
			return services.Fail(services.CodeConflict)
		}
		return tx.DeleteBankAccount(account.ID)
	})
}

// ownBankAccount reads an account of a person. Fails with CodeNotFound when there is none, or it is another's.
func ownBankAccount(tx Tx, personID, id string) (BankAccountRow, error) {
	row, err := tx.BankAccount(id)
	if err != nil {
		return BankAccountRow{}, gone(err, services.CodeNotFound)
	}
	if row.PersonID != personID {
		return BankAccountRow{}, services.Fail(services.CodeNotFound)
	}
	return row, nil
}
