package core

import (
	"context"
	"slices"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/calendar"
	"myaccount/services/finance"
)

// orderTerms are the bounds of a payment on an agreement, in cents.
type orderTerms struct {
	agreement   AgreementRow
	today       civil.Date
	first, last civil.Date
	most        int64 // see limit; -1 when it is not known
	open        []DebitRow
	standing    *standing
}

// orderTerms works out what may be paid on an agreement, and when; how much, see limit. Fails with CodeNotFound and CodeGone.
func (c *Core) orderTerms(tx Tx, customerID, agreementID string) (orderTerms, error) {
	a, err := findAgreement(tx, customerID, agreementID)
	if err != nil {
		return orderTerms{}, err
	}
	if !a.ClosedOn.IsZero() {
		return orderTerms{}, services.Fail(services.CodeGone)
	}
	t := orderTerms{agreement: a}
	if t.standing, err = stand(tx, a); err != nil {
		return orderTerms{}, err
	}
	if t.open, err = tx.OpenDebits(a.ID); err != nil {
		return orderTerms{}, err
	}
	t.today = t.standing.today
	rules := c.Brand.Rules
	t.first = calendar.Next(t.today.AddDays(rules.PaymentCutoffDays))
	t.last = calendar.Previous(t.today.AddDays(rules.PaymentAheadDays))
	if !a.End.Before(t.first) && a.End.Before(t.last) { // what is owed after the end can still be paid
		t.last = calendar.Previous(a.End)
	}
	if t.last.Before(t.first) {
		t.last = t.first
	}
	return t, nil
}

// limit notes the most that may be paid on a day: of a loan what pays it off, of a lease all payments to come, less what is
// under way already and what an autopay takes before that day. What it would take later, a payment of all of it replaces.
func (t *orderTerms) limit(tx Tx, on civil.Date) error {
	before, err := autopayBefore(tx, t.agreement, on)
	if err != nil {
		return err
	}
	if t.agreement.Kind == finance.KindLoan {
		t.most, err = t.standing.loanPayable(tx, on, before)
	} else {
		t.most, err = t.standing.leasePayable(before)
	}
	if err != nil || t.most < 0 {
		return err
	}
	for _, d := range t.open {
		if !t.replaced(d) {
			t.most = max(t.most-d.Amount, 0)
		}
	}
	return nil
}

// replaced tells whether a payment that is ordered now can take the place of a debit: of one that an autopay has announced
// and that can still be taken back.
func (t *orderTerms) replaced(d DebitRow) bool {
	return d.Kind == services.DebitAutopay && d.cancellable(t.today)
}

// autopayBefore is what the autopay of an agreement, where it has one, has still to take before a day.
func autopayBefore(tx Tx, a AgreementRow, day civil.Date) (before []autopayDue, err error) {
	row, err := tx.Autopay(a.ID)
	if err != nil {
		return nil, orNone(err)
	}
	p, err := planOf(tx, a, row.Accepted)
	if err != nil {
		return nil, err
	}
	p.forget(p.stand.today)
	dues, err := p.dues()
	return slices.DeleteFunc(dues, func(d autopayDue) bool { return !d.on.Before(day) }), err
}

// loanPayable is what pays a loan off on a day when nothing else is paid until then but what autopay takes before, in cents:
// what is owed, its interest and the fees; -1 when it is not known.
func (s *standing) loanPayable(tx Tx, on civil.Date, before []autopayDue) (int64, error) {
	e, err := endingOf(tx, s)
	if services.CodeOf(err) == services.CodeConflict {
		return -1, nil
	}
	if err != nil {
		return 0, err
	}
	owed, since := s.owed(), e.paid
	for _, d := range before {
		owed, since = max(owed-d.principal(), 0), laterOf(since, d.due)
	}
	interest, err := s.accrued(owed, since, on)
	if err != nil {
		return 0, err
	}
	fees := &bill{code: s.row.Currency}
	if err := e.addFees(fees, services.PayoffBuy); err != nil {
		return 0, err
	}
	return owed + interest + fees.cents, nil
}

// accrued is the interest of what is owed on a loan from one day to another, in cents.
func (s *standing) accrued(owed int64, from, to civil.Date) (int64, error) {
	balance, err := money(s.row.Currency, owed)
	if err != nil {
		return 0, err
	}
	interest, err := accrued(balance, s.terms.Rate, max(to.DaysSince(from), 0))
	if err != nil {
		return 0, err
	}
	return interest[0], nil
}

// owed is the principal of a loan that is not paid, in cents.
func (s *standing) owed() int64 { return max(s.row.Financed-s.totals.Principal, 0) }

// leasePayable is the sum of a lease's payments to come but those that autopay takes before, in cents; -1 when it is not known.
func (s *standing) leasePayable(before []autopayDue) (int64, error) {
	made, over := s.covered()
	cents := -over
	for n := made; n < s.count(); n++ {
		base, tax, sure, err := s.installment(n)
		if err != nil || !sure {
			return -1, err
		}
		cents += base + tax
	}
	for _, d := range before {
		cents -= d.total()
	}
	return max(cents, 0), nil
}

// DebitTerms says what may be paid on an agreement, and when.
func (s *customerSession) DebitTerms(ctx context.Context, agreementID string, on services.Date) (services.DebitTerms, error) {
	var terms services.DebitTerms
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) error {
		t, err := s.core.orderTerms(tx, row.CustomerID, agreementID)
		if err != nil {
			return err
		}
		terms, err = t.terms(tx, on, s.core.Brand.Rules.PaymentCutoffDays)
		return err
	})
	return terms, err
}

// terms makes what a customer sees of them, for a day or, where that is none to pay on, for the one that is proposed.
func (t orderTerms) terms(tx Tx, on civil.Date, cutoff int) (services.DebitTerms, error) {
	past, err := t.standing.pastDue()
	if err != nil {
		return services.DebitTerms{}, err
	}
	next, err := t.standing.next(tx)
	if err != nil {
		return services.DebitTerms{}, err
	}
	if t.day(on) != "" {
		on = t.proposed(past, next)
	}
	if err := t.limit(tx, on); err != nil {
		return services.DebitTerms{}, err
	}
	terms := services.DebitTerms{
		First: t.first, Last: t.last, Closed: calendar.Closed(t.first, t.last), On: on, CutoffDays: cutoff,
	}
	if t.most >= 0 {
		if terms.Most, err = money(t.agreement.Currency, t.most); err != nil {
			return services.DebitTerms{}, err
		}
	}
	if past != nil {
		t.suggest(&terms, services.SuggestPastDue, past.Amount)
	}
	if next != nil {
		t.suggest(&terms, services.SuggestNext, next.Total)
	}
	t.suggest(&terms, services.SuggestBalance, terms.Most)
	return terms, nil
}

// proposed is the day to pay on that most people want: when the next payment is due, or the earliest when one is past due.
func (t orderTerms) proposed(past *services.PastDue, next *services.NextPayment) civil.Date {
	if past == nil && next != nil {
		if due := calendar.Next(next.Due); t.day(due) == "" {
			return due
		}
	}
	return t.first
}

// suggest adds an amount that is known and may be paid.
func (t orderTerms) suggest(terms *services.DebitTerms, kind services.SuggestedKind, amount services.Money) {
	if amount.CurrencyCode() == "" || !amount.IsPositive() || t.most >= 0 && amount.BigInt().Int64() > t.most {
		return
	}
	terms.Suggested = append(terms.Suggested, services.SuggestedAmount{Kind: kind, Amount: amount})
}

// MakePayment orders a debit once.
func (s *customerSession) MakePayment(ctx context.Context, o services.PaymentOrder) (services.Debit, error) {
	var debit services.Debit
	content := []any{"payment", o.AgreementID, o.Amount.Number(), o.Amount.CurrencyCode(), o.On, o.BankAccountID, o.Twice}
	err := s.update(ctx, ready, func(tx Tx, row SessionRow) error {
		id, err := once(s.core, tx, row.PersonID, o.IdempotencyKey, content, func() (string, error) {
			ordered, err := s.core.order(tx, row, o)
			return ordered.ID, err
		})
		if err != nil {
			return err
		}
		ordered, err := tx.Debit(id)
		if err != nil {
			return err
		}
		a, err := tx.Agreement(ordered.AgreementID)
		if err != nil {
			return err
		}
		debit, err = ordered.debit(today(tx.Now(), a.Province))
		return err
	})
	if err != nil {
		return services.Debit{}, err
	}
	return debit, nil
}

// order checks an order and writes its debit.
func (c *Core) order(tx Tx, row SessionRow, o services.PaymentOrder) (DebitRow, error) {
	t, err := c.orderTerms(tx, row.CustomerID, o.AgreementID)
	if err != nil {
		return DebitRow{}, err
	}
	fields, on := map[string]string{}, o.On
	if reason := t.day(on); reason != "" {
		fields["on"], on = reason, t.first
	}
	if err := t.limit(tx, on); err != nil {
		return DebitRow{}, err
	}
	cents, reason := t.amount(o.Amount)
	note(fields, "amount", reason)
	account, reason, err := payingAccount(tx, row.PersonID, o.BankAccountID)
	if err != nil {
		return DebitRow{}, err
	}
	note(fields, "bank_account_id", reason)
	if len(fields) > 0 {
		return DebitRow{}, &services.Error{Code: services.CodeInvalid, Fields: fields}
	}
	equal := func(d DebitRow) bool { return d.Amount == cents && d.On == o.On && !t.replaced(d) }
	if !o.Twice && slices.ContainsFunc(t.open, equal) {
		return DebitRow{}, services.Fail(services.CodeConflict)
	}
	ordered, err := c.newDebit(tx, DebitRow{
		PersonID: row.PersonID, AgreementID: t.agreement.ID, AccountID: account.ID, Kind: services.DebitOnce, Amount: cents,
		Currency: t.agreement.Currency, On: o.On, Due: o.On, CancelUntil: o.On.AddDays(-c.Brand.Rules.PaymentCutoffDays),
		Source: sourceOf(account, t.agreement),
	})
	if err != nil {
		return DebitRow{}, err
	}
	return ordered, c.settleAutopay(tx, t.agreement)
}

// sourceOf is what the bank will need to know of a debit of an agreement.
func sourceOf(account BankAccountRow, a AgreementRow) DebitSource {
	return DebitSource{Account: account.Account, Agreement: a.Number, Kind: a.Kind}
}

// note keeps the reason why a field is refused, if there is one.
func note(fields map[string]string, field, reason string) {
	if reason != "" {
		fields[field] = reason
	}
}

// amount reads what is to be paid, in cents, and says why it cannot be.
func (t orderTerms) amount(m services.Money) (cents int64, reason string) {
	code := t.agreement.Currency
	if m.CurrencyCode() == "" {
		return 0, services.ReasonRequired
	}
	if m.CurrencyCode() != code || !m.IsPositive() || !m.Round().Equal(m) {
		return 0, services.ReasonFormat
	}
	minor := m.BigInt()
	if !minor.IsInt64() {
		return 0, services.ReasonTooMuch
	}
	if cents = minor.Int64(); t.most >= 0 && cents > t.most || cents > orderMost {
		return 0, services.ReasonTooMuch
	}
	return cents, ""
}

// orderMost is the most that one debit may be: what the debit file has room for (10 digits of cents).
const orderMost = 9_999_999_999

// day says why nothing can be debited on a day.
func (t orderTerms) day(on civil.Date) string {
	switch {
	case !on.IsValid(), on.Before(t.first):
		return services.ReasonPast
	case on.After(t.last):
		return services.ReasonLate
	case !calendar.Open(on):
		return services.ReasonClosed
	}
	return ""
}

// payingAccount reads the account that a person pays from, and says why it cannot be that one.
func payingAccount(tx Tx, personID, id string) (account BankAccountRow, reason string, err error) {
	if id == "" {
		return account, services.ReasonRequired, nil
	}
	account, err = ownBankAccount(tx, personID, id)
	if services.CodeOf(err) == services.CodeNotFound {
		return account, services.ReasonUnknown, nil
	}
	return account, "", err
}
