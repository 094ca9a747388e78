package servicetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"myaccount/services"
)

var bankAccountCases = suite{
	"BankAccounts_BankAccounts/NewestFirst":      accountsNewestFirst,
	"BankAccounts_AddBankAccount/Masked":         accountIsMasked,
	"BankAccounts_AddBankAccount/BadInput":       accountBadInput,
	"BankAccounts_AddBankAccount/Keys":           accountKeys,
	"BankAccounts_AddBankAccount/NoMoreThanTen":  accountsNoMoreThanTen,
	"BankAccounts_RemoveBankAccount/InUse":       accountInUse,
	"BankAccounts_RemoveBankAccount/OnlyOnesOwn": accountOnlyOnesOwn,
}

// newAccount is one that nothing is wrong with.
func newAccount(number string) services.NewBankAccount {
	return services.NewBankAccount{
		Institution: "003", Transit: "00012", Number: services.Secret(number), Holder: "Élodie  Tremblay",
		IdempotencyKey: fmt.Sprintf("key-of-%x", number),
	}
}

// account keeps an account.
func (w *world) account(s services.CustomerSession, number string) services.BankAccount {
	w.Helper()
	added, err := s.AddBankAccount(w.ctx(), newAccount(number))
	w.must(err)
	return added
}

// accounts lists those of a session.
func (w *world) accounts(s services.CustomerSession) []services.BankAccount {
	w.Helper()
	list, err := s.BankAccounts(w.ctx())
	w.must(err)
	return list
}

func accountsNewestFirst(w *world) {
	s := w.customer(alice, "lease")
	same(w, "accounts", len(w.accounts(s)), 0)
	first := w.account(s, "0001234567")
	w.Advance(time.Second)
	second := w.account(s, "7654321")
	same(w, "accounts", w.accounts(s), []services.BankAccount{second, first})
}

// accountIsMasked looks for the number in all that is answered and written.
func accountIsMasked(w *world) {
	const number = "000987654321"
	s := w.customer(alice, "lease")
	added := w.account(s, number)
	same(w, "account", added, services.BankAccount{
		ID: added.ID, Institution: "003", LastDigits: "321", Holder: "Élodie Tremblay",
	})
	debit := w.pay(s, "one", "100")
	texts := []any{added, w.accounts(s), debit, w.debits(s), newAccount(number)}
	for _, m := range w.Mails(w, alice) {
		texts = append(texts, m.Text, m.HTML)
	}
	_, err := s.AddBankAccount(w.ctx(), newAccount(number+"0"))
	texts = append(texts, err)
	for _, text := range texts {
		if strings.Contains(fmt.Sprintf("%+v", text), number) {
			w.Errorf("%+v shows the number", text)
		}
	}
}

func accountBadInput(w *world) {
	s := w.customer(alice, "lease")
	w.account(s, "0001234567")
	type a = services.NewBankAccount
	for _, test := range []struct {
		change func(*a)
		want   map[string]string
	}{
		{func(q *a) { *q = a{IdempotencyKey: q.IdempotencyKey} }, map[string]string{"institution": "required", "transit": "required", "number": "required", "holder": "required"}},
		{func(q *a) { q.Institution = "03" }, map[string]string{"institution": "format"}},
		{func(q *a) { q.Institution = "0003" }, map[string]string{"institution": "format"}},
		{func(q *a) { q.Transit = "1234" }, map[string]string{"transit": "format"}},
		{func(q *a) { q.Transit = "1234x" }, map[string]string{"transit": "format"}},
		{func(q *a) { q.Number = "123456" }, map[string]string{"number": "format"}},
		{func(q *a) { q.Number = "1234567890123" }, map[string]string{"number": "format"}},
		{func(q *a) { q.Number = "١٢٣٤٥٦٧" }, map[string]string{"number": "format"}},
		{func(q *a) { q.Number = "0001234567" }, map[string]string{"number": "duplicate"}},
		{func(q *a) { q.Holder = " " }, map[string]string{"holder": "required"}},
		{func(q *a) { q.Holder = strings.Repeat("é", 31) }, map[string]string{"holder": "too_long"}},
		{func(q *a) { q.Holder = "a\x00b" }, map[string]string{"holder": "control"}},
		{func(q *a) { q.IdempotencyKey = "short" }, map[string]string{"idempotency_key": "too_short"}},
	} {
		wrong := newAccount("7654321")
		test.change(&wrong)
		_, err := s.AddBankAccount(w.ctx(), wrong)
		w.refuses(err, "BankAccounts.AddBankAccount", test.want)
	}
	same(w, "accounts", len(w.accounts(s)), 1)
	w.account(s, "1234567") // leading zeros count
}

func accountKeys(w *world) {
	s := w.customer(alice, "lease")
	errs := atOnce(8, func(int) error {
		_, err := s.AddBankAccount(w.ctx(), newAccount("1234567"))
		return err
	})
	same(w, "answers", count(errs), map[services.Code]int{"": 8})
	same(w, "accounts", len(w.accounts(s)), 1)
	other := newAccount("7654321")
	other.IdempotencyKey = newAccount("1234567").IdempotencyKey
	_, err := s.AddBankAccount(w.ctx(), other)
	w.refuses(err, "BankAccounts.AddBankAccount", map[string]string{"idempotency_key": services.ReasonReused})
	w.must(s.RemoveBankAccount(w.ctx(), w.accounts(s)[0].ID))
	_, err = s.AddBankAccount(w.ctx(), newAccount("1234567"))
	w.fails(err, "BankAccounts.AddBankAccount", services.CodeGone)
}

func accountsNoMoreThanTen(w *world) {
	s := w.customer(alice, "lease")
	for i := range 10 {
		w.account(s, fmt.Sprint(1234567+i))
	}
	_, err := s.AddBankAccount(w.ctx(), newAccount("7654321"))
	w.refuses(err, "BankAccounts.AddBankAccount", map[string]string{"accounts": services.ReasonTooMany})
	w.must(s.RemoveBankAccount(w.ctx(), w.accounts(s)[0].ID))
	w.account(s, "7654321")
}

func accountInUse(w *world) {
	s := w.customer(alice, "lease")
	debit := w.pay(s, "one", "100")
	account := w.accounts(s)[0]
	if !account.InUse {
		w.Errorf("%+v is in use", account)
	}
	w.fails(s.RemoveBankAccount(w.ctx(), account.ID), "BankAccounts.RemoveBankAccount", services.CodeConflict)
	w.must(s.CancelPayment(w.ctx(), debit.ID))
	w.must(s.RemoveBankAccount(w.ctx(), account.ID))
	same(w, "accounts", len(w.accounts(s)), 0)
	same(w, "the account of the payment", w.debits(s)[0].LastDigits, account.LastDigits)
	w.fails(s.RemoveBankAccount(w.ctx(), account.ID), "BankAccounts.RemoveBankAccount", services.CodeNotFound)
}

func accountOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	account := w.account(s, "1234567")
	for _, id := range append(slices.Clone(strange), account.ID) {
		w.fails(other.RemoveBankAccount(w.ctx(), id), "BankAccounts.RemoveBankAccount", services.CodeNotFound)
	}
	same(w, "accounts", w.accounts(s), []services.BankAccount{account})
	same(w, "another's", len(w.accounts(other)), 0)
}
