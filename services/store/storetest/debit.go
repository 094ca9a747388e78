package storetest

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// account is one that a person pays from.
func account(id, personID string) core.BankAccountRow {
	return core.BankAccountRow{ID: id, PersonID: personID, MadeAt: start, Account: core.Account{
		Institution: "003", Transit: "00012", Number: "0001234567", Holder: "Amélie Roy", Business: true,
	}}
}

// debit is one of an agreement that was ordered for some days after the start.
func debit(id, agreementID string, days int) core.DebitRow {
	day := civil.DateOf(start).AddDays(days)
	return core.DebitRow{
		ID: id, Reference: "P-" + id, PersonID: "amelie", AgreementID: agreementID, AccountID: "account", Kind: services.DebitOnce,
		Amount: 84732, Principal: 3, Interest: 2, Tax: 1, Currency: "CAD", On: day, Due: day, CancelUntil: day.AddDays(-1),
		Source: core.DebitSource{Account: account("", "").Account, Agreement: "700001", Kind: "lease"},
		Status: services.DebitScheduled, Simulated: true, CreatedAt: start,
	}
}

// addDebit writes a debit of a customer's one agreement, by the lender's number, with the account that it takes from.
func addDebit(tx core.Tx, number, personID string) error {
	lender, err := tx.CustomerByNumber(number)
	if err != nil {
		return err
	}
	list, err := tx.Agreements(lender.ID)
	if err != nil {
		return err
	}
	row := debit("debit-"+personID, list[0].ID, 1)
	row.PersonID = personID
	return every(tx.AddBankAccount(account("account-"+personID, personID)), tx.AddDebit(row))
}

// oneAgreement writes a customer and gives the id of the agreement.
func (w *world) oneAgreement() (id string) {
	w.update(func(tx core.Tx) error {
		err := every(tx.AddPerson(person("amelie")), tx.AddPerson(person("bob")), tx.PutCustomer(customer(1)))
		if err != nil {
			return err
		}
		lender, err := tx.CustomerByNumber(customer(1).ID)
		if err != nil {
			return err
		}
		list, err := tx.Agreements(lender.ID)
		if err == nil {
			id = list[0].ID
		}
		return err
	})
	return id
}

// bankAccounts says that a person has an account once, sees the newest first, and that they go with the person.
func bankAccounts(w *world) {
	w.oneAgreement()
	later := account("b", "amelie")
	later.Number, later.MadeAt = seal.Secret("7654321"), start.Add(time.Hour)
	w.update(func(tx core.Tx) error {
		return every(tx.AddBankAccount(account("a", "amelie")), tx.AddBankAccount(later), tx.AddBankAccount(account("c", "bob")))
	})
	err := w.store.Update(w.Context(), func(tx core.Tx) error { return tx.AddBankAccount(account("d", "amelie")) })
	if !errors.Is(err, core.ErrDuplicate) {
		w.Errorf("the same account once more: %v", err)
	}
	w.view(func(tx core.Tx) error {
		rows, err := tx.BankAccounts("amelie")
		if len(rows) != 2 || rows[0] != later || rows[1] != account("a", "amelie") {
			w.Errorf("accounts %v", rows)
		}
		return err
	})
	w.update(func(tx core.Tx) error { return every(tx.DeleteBankAccount("b"), tx.DeletePerson("amelie")) })
	for id, there := range map[string]bool{"a": false, "b": false, "c": true} {
		w.view(func(tx core.Tx) error {
			if _, err := tx.BankAccount(id); errors.Is(err, core.ErrNoRow) == there {
				w.Errorf("account %s: %v", id, err)
			}
			return nil
		})
	}
}

// ids are those of debits.
func idsOf(rows []core.DebitRow) (ids []string) {
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	return ids
}

func inFile(rows []core.DebitInFile) (ids []string) {
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	return ids
}

// debits says that a debit is kept as it is, which are listed, that an installment has one of an autopay, and which go
// with a person.
func debits(w *world) {
	agreement := w.oneAgreement()
	first := debit("a", agreement, 1)
	w.update(func(tx core.Tx) error {
		for i, id := range []string{"b", "c", "d"} {
			if err := tx.AddDebit(debit(id, agreement, 2+i/2)); err != nil {
				return err
			}
		}
		return tx.AddDebit(first)
	})
	w.view(func(tx core.Tx) error {
		row, err := tx.DebitByReference("P-a")
		if row != first {
			w.Errorf("got %+v", row)
		}
		list, listErr := tx.Debits(agreement, core.PaymentKey{}, 3)
		rest, restErr := tx.Debits(agreement, core.PaymentKey{Date: first.On.AddDays(1), ID: "b"}, 3)
		due, dueErr := tx.DueDebits(services.DebitScheduled, first.On.AddDays(1), core.PaymentKey{}, 2)
		later, laterErr := tx.DueDebits(services.DebitScheduled, first.On.AddDays(1), core.PaymentKey{Date: first.On, ID: "a"}, 9)
		if got := fmt.Sprint(idsOf(list), idsOf(rest), idsOf(due), idsOf(later)); got != "[d c b] [a] [a b] [b c]" {
			w.Errorf("debits %s", got)
		}
		used, usedErr := tx.AccountHasDebits("account")
		if !used {
			w.Error("the account is in use")
		}
		return every(err, listErr, restErr, dueErr, laterErr, usedErr)
	})
	first.Status, first.Reason, first.File, first.PaymentID = services.DebitReturned, "901", 7, "P-a"
	first.ReturnedOn = first.On.AddDays(2)
	cancelled := debit("b", agreement, 2)
	cancelled.Status = services.DebitCancelled
	w.update(func(tx core.Tx) error { return every(tx.SetDebit(first), tx.SetDebit(cancelled)) })
	w.view(func(tx core.Tx) error {
		row, err := tx.Debit("a")
		open, openErr := tx.OpenDebits(agreement)
		ids := idsOf(open)
		if slices.Sort(ids); row != first || fmt.Sprint(ids) != "[c d]" {
			w.Errorf("got %+v, open %v", row, ids)
		}
		return every(err, openErr)
	})
	w.oneOfAnInstallment(agreement)
	w.forgetsAccounts(first)
	w.update(func(tx core.Tx) error { return tx.DropDebits("amelie") })
	w.view(func(tx core.Tx) error {
		list, err := tx.Debits(agreement, core.PaymentKey{}, 9)
		if fmt.Sprint(idsOf(list)) != "[a]" || list[0].PersonID != "" {
			w.Errorf("left: %+v", list)
		}
		return err
	})
}

// forgetsAccounts says that the account of a debit is listed until it was forgotten. Of the first three one is returned and
// one is cancelled; the day is that of the first.
func (w *world) forgetsAccounts(first core.DebitRow) {
	file := core.DebitFileRow{Number: first.File, Currency: "CAD", MadeOn: first.On}
	w.update(func(tx core.Tx) error { return tx.AddDebitFile(file) })
	spent := func(want string, after civil.Date, limit int) {
		w.Helper()
		w.view(func(tx core.Tx) error {
			rows, err := tx.SpentDebits(after, limit)
			if got := fmt.Sprint(idsOf(rows)); got != want {
				w.Errorf("before %v: %s, want %s", after, got, want)
			}
			return err
		})
	}
	day := first.On.AddDays(2)
	spent("[b]", day, 9) // the other one is in a file that is not written
	w.update(func(tx core.Tx) error { return tx.NoteDebitFile(file.Number, start) })
	spent("[a b]", day, 9)
	spent("[a]", day, 1)
	spent("[]", first.On, 9)
	first.AccountID, first.Source.Account = "", core.Account{Number: "567"}
	w.update(func(tx core.Tx) error { return tx.SetDebitAccount(first) })
	w.view(func(tx core.Tx) error {
		row, err := tx.Debit(first.ID)
		if row != first {
			w.Errorf("got %+v", row)
		}
		return err
	})
	spent("[b]", day, 9)
}

// oneOfAnInstallment says that an installment has one debit of an autopay, until that is cancelled.
func (w *world) oneOfAnInstallment(agreement string) {
	row := debit("e", agreement, 5)
	row.Kind, row.Installment = services.DebitAutopay, 4
	w.update(func(tx core.Tx) error { return tx.AddDebit(row) })
	again := row
	again.ID, again.Reference = "f", "P-f"
	err := w.store.Update(w.Context(), func(tx core.Tx) error { return tx.AddDebit(again) })
	if !errors.Is(err, core.ErrDuplicate) {
		w.Errorf("another debit of an installment: %v", err)
	}
	row.Status = services.DebitCancelled
	w.update(func(tx core.Tx) error { return every(tx.SetDebit(row), tx.AddDebit(again)) })
}
