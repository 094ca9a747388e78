package store

import (
	"myaccount/services/core"
	"myaccount/services/seal"
)

// accountDetails is how an account is sealed.
type accountDetails struct {
	Institution string `json:"institution"`
	Transit     string `json:"transit"`
	Number      string `json:"number"`
	Holder      string `json:"holder"`
	Business    bool   `json:"business,omitzero"`
}

func detailsOf(a core.Account) accountDetails {
	return accountDetails{a.Institution, a.Transit, a.Number.Reveal(), a.Holder, a.Business}
}

func (d accountDetails) account() core.Account {
	return core.Account{
		Institution: d.Institution, Transit: d.Transit, Number: seal.Secret(d.Number), Holder: d.Holder, Business: d.Business,
	}
}

// AddBankAccount writes a new account.
func (t *tx) AddBankAccount(row core.BankAccountRow) error {
	details := detailsOf(row.Account)
	sealed, err := t.sealJSON("bank_account", row.ID, details)
	if err != nil {
		return err
	}
	hash := t.box.Lookup("bank_account.number", details.Institution+details.Transit+details.Number)
	return t.exec(`INSERT INTO bank_account (id, person_id, number_hash, details, made_at) VALUES ($1, $2, $3, $4, $5)`,
		row.ID, row.PersonID, hash, sealed, micros(row.MadeAt))
}

func (t *tx) bankAccounts(where string, arg any) (rows []core.BankAccountRow, err error) {
	err = t.each(func(r scanner) error {
		var row core.BankAccountRow
		var sealed []byte
		var made int64
		if err := r.Scan(&row.ID, &row.PersonID, &sealed, &made); err != nil {
			return err
		}
		var details accountDetails
		err := t.unsealJSON("bank_account", row.ID, sealed, &details)
		row.Account, row.MadeAt = details.account(), moment(made)
		rows = append(rows, row)
		return err
	}, `SELECT id, person_id, details, made_at FROM bank_account WHERE `+where, arg)
	return rows, err
}

// BankAccount reads one.
func (t *tx) BankAccount(id string) (core.BankAccountRow, error) {
	rows, err := t.bankAccounts(`id = $1`, id)
	if err == nil && len(rows) == 0 {
		err = core.ErrNoRow
	}
	if err != nil {
		return core.BankAccountRow{}, err
	}
	return rows[0], nil
}

// BankAccounts lists a person's.
func (t *tx) BankAccounts(personID string) ([]core.BankAccountRow, error) {
	return t.bankAccounts(`person_id = $1 ORDER BY made_at DESC, id DESC`, personID)
}

// DeleteBankAccount removes one.
func (t *tx) DeleteBankAccount(id string) error {
	return t.exec(`DELETE FROM bank_account WHERE id = $1`, id)
}
