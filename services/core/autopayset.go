package core

import (
	"context"
	"errors"
	"time"

	"cloud.google.com/go/civil"

	"myaccount/services"
	"myaccount/services/finance"
)

// autopayOffer is an autopay that a customer asks for, worked out.
type autopayOffer struct {
	agreement AgreementRow
	account   BankAccountRow
	person    PersonRow
	plan      *autopayPlan
	before    *AutopayRow // which it would replace
	accepted  AutopayAcceptance
	first     services.NextDebit
	done      bool // it is in force already, accepted by the same version
}

// DebitAgreement gives the text that SetAutopay would accept; see services.Autopays.
func (s *customerSession) DebitAgreement(ctx context.Context, o services.AutopayOrder) (services.DebitAgreement, error) {
	var agreement services.DebitAgreement
	err := s.view(ctx, ready, func(tx Tx, session SessionRow) error {
		of, err := s.core.autopayOffer(tx, session, o)
		if err != nil {
			return err
		}
		agreement = services.DebitAgreement{
			Version: of.accepted.Version, FrenchFirst: frenchFirst(of.agreement), Text: of.accepted.Text, First: of.first,
		}
		return nil
	})
	return agreement, err
}

// SetAutopay begins or changes an autopay; see services.Autopays. What is as it was accepted already is left alone, so that
// asking twice does no harm.
func (s *customerSession) SetAutopay(ctx context.Context, o services.AutopayOrder) (services.Autopay, error) {
	var of autopayOffer
	var autopay services.Autopay
	err := s.view(ctx, ready, func(tx Tx, session SessionRow) (err error) {
		if of, err = s.core.acceptedOffer(tx, session, o); err == nil && of.done {
			autopay, err = s.core.autopay(tx, of.agreement, *of.before)
		}
		return err
	})
	if err != nil || of.done {
		return autopay, err
	}
	file, err := s.core.keepDebitAgreement(ctx, of)
	if err != nil {
		return services.Autopay{}, err
	}
	err = s.update(ctx, ready, func(tx Tx, session SessionRow) error {
		of, err := s.core.acceptedOffer(tx, session, o)
		if err != nil {
			return err
		}
		if of.done { // meanwhile
			autopay, err = s.core.autopay(tx, of.agreement, *of.before)
			return err
		}
		if err := putDocument(tx, file); err != nil {
			return err
		}
		row, err := s.core.setAutopay(tx, of, file.ID)
		if err != nil {
			return err
		}
		autopay, err = s.core.autopay(tx, of.agreement, row)
		return err
	})
	if err != nil {
		s.core.dropRefused(ctx, file.ID, err)
	}
	return autopay, err
}

// setAutopay puts an autopay in the place of the one before, with its debits.
func (c *Core) setAutopay(tx Tx, of autopayOffer, documentID string) (AutopayRow, error) {
	if of.before != nil {
		if err := endAutopay(tx, of.agreement, *of.before); err != nil {
			return AutopayRow{}, err
		}
	}
	row := AutopayRow{
		ID: c.NewID(), AgreementID: of.agreement.ID, PersonID: of.person.ID, AccountID: of.account.ID,
		DocumentID: documentID, Since: tx.Now(), LookAt: tx.Now(), Accepted: of.accepted,
	}
	if err := tx.AddAutopay(row); err != nil {
		return AutopayRow{}, err
	}
	if err := announce(tx, row.PersonID, services.EventPayment, row.AgreementID); err != nil {
		return AutopayRow{}, err
	}
	return row, c.makeDebits(tx, of.agreement, row)
}

// acceptedOffer works out an offer and checks how it was accepted.
func (c *Core) acceptedOffer(tx Tx, session SessionRow, o services.AutopayOrder) (autopayOffer, error) {
	of, err := c.autopayOffer(tx, session, o)
	if err != nil {
		return autopayOffer{}, err
	}
	if b := of.before; b != nil && b.Accepted.Version == o.Version && b.AccountID == of.account.ID &&
		b.Accepted.Day == of.accepted.Day && b.Accepted.Extra == of.accepted.Extra {
		of.done = true
		return of, nil
	}
	reasons := map[string]string{
		"accepted_terms_version": choiceReason(o.Version, []string{of.accepted.Version}, services.ReasonOutdated),
		"language":               choiceReason(o.Language, c.Brand.Rules.Languages, services.ReasonUnknown),
	}
	if frenchFirst(of.agreement) && (o.ShownFR.IsZero() || !o.ShownEN.IsZero() && o.ShownFR.After(o.ShownEN)) {
		reasons["shown_fr"] = services.ReasonRequired
	}
	if err := invalid(reasons); err != nil {
		return autopayOffer{}, err
	}
	of.accepted.Language = o.Language
	of.accepted.ShownFR, of.accepted.ShownEN = notAfter(o.ShownFR, tx.Now()), notAfter(o.ShownEN, tx.Now())
	return of, nil
}

// notAfter is a time that a client's clock told, which may be ahead of ours.
func notAfter(at, now time.Time) time.Time {
	if at.After(now) {
		return now
	}
	return at.UTC().Truncate(time.Microsecond)
}

// frenchFirst tells whether the French text of a contract that one side wrote has to be given first (Charter of the French
// language, s. 55).
func frenchFirst(a AgreementRow) bool { return a.Province == "QC" }

// autopayOffer works out what a customer asks for. Fails as DebitAgreement does.
func (c *Core) autopayOffer(tx Tx, session SessionRow, o services.AutopayOrder) (autopayOffer, error) {
	a, err := findAgreement(tx, session.CustomerID, o.AgreementID)
	if err != nil {
		return autopayOffer{}, err
	}
	if !a.ClosedOn.IsZero() {
		return autopayOffer{}, services.Fail(services.CodeGone)
	}
	of := autopayOffer{agreement: a}
	if of.person, err = tx.Person(session.PersonID); err != nil {
		return autopayOffer{}, err
	}
	if err := of.read(tx, o); err != nil {
		return autopayOffer{}, err
	}
	switch before, err := tx.Autopay(a.ID); {
	case err == nil:
		of.before = &before
	case !errors.Is(err, ErrNoRow):
		return autopayOffer{}, err
	}
	of.accepted.First = c.firstDay(tx, of)
	if of.plan, err = planOf(tx, a, of.accepted); err != nil {
		return autopayOffer{}, err
	}
	of.plan.forget(of.plan.stand.today)
	if err := c.firstOf(&of); err != nil {
		return autopayOffer{}, err
	}
	of.accepted.Text, of.accepted.Version, err = c.debitText(of)
	return of, err
}

// read checks what an order names.
func (of *autopayOffer) read(tx Tx, o services.AutopayOrder) (err error) {
	reasons := map[string]string{}
	if o.Day < 0 || o.Day > 31 || o.Day > 0 && of.agreement.Frequency != finance.Monthly {
		reasons["day"] = services.ReasonFormat
	}
	of.accepted.Day = o.Day
	if of.accepted.Extra, reasons["extra"], err = of.extra(tx, o.Extra); err != nil {
		return err
	}
	if of.account, reasons["bank_account_id"], err = payingAccount(tx, of.person.ID, o.BankAccountID); err != nil {
		return err
	}
	return invalid(reasons)
}

// extra reads what is to be paid on top of each installment: of a loan, no more than is owed.
func (of *autopayOffer) extra(tx Tx, extra services.Money) (cents int64, reason string, err error) {
	if extra.CurrencyCode() == "" && extra.IsZero() {
		return 0, "", nil
	}
	if extra.CurrencyCode() != of.agreement.Currency || extra.IsNegative() || !extra.Equal(extra.Round()) {
		return 0, services.ReasonFormat, nil
	}
	if extra.IsZero() {
		return 0, "", nil
	}
	totals, err := tx.PaymentTotals(of.agreement.ID)
	if err != nil {
		return 0, "", err
	}
	most, err := money(of.agreement.Currency, max(0, of.agreement.Financed-totals.Principal))
	if err != nil {
		return 0, "", err
	}
	more, err := extra.Cmp(most)
	if err != nil {
		return 0, services.ReasonFormat, nil //nolint:nilerr // of another currency, which is the customer's mistake
	}
	if more > 0 || of.agreement.Kind != finance.KindLoan {
		return 0, services.ReasonTooMuch, nil
	}
	return extra.BigInt().Int64(), "", nil
}

// firstDay is the first day on which an autopay debits. A new one has been announced long enough before; a change, which
// the customer asks for, needs no notice, but what the autopay of before has begun stays.
func (c *Core) firstDay(tx Tx, of autopayOffer) civil.Date {
	now := today(tx.Now(), of.agreement.Province)
	if of.before == nil {
		return now.AddDays(c.Brand.Rules.DebitNoticeDays)
	}
	return laterOf(of.before.Accepted.First, now.AddDays(1))
}

// forget leaves out the debits that setting the autopay takes back.
func (p *autopayPlan) forget(today civil.Date) {
	for number, d := range p.taken {
		if d.cancellable(today) {
			delete(p.taken, number)
		}
	}
}

// firstOf works out the first debit. Fails with CodeGone when there is nothing left that could be debited.
func (c *Core) firstOf(of *autopayOffer) error {
	dues, err := of.plan.dues()
	if err != nil {
		return err
	}
	if len(dues) == 0 {
		return services.Fail(services.CodeGone)
	}
	first, err := c.planned(of.plan, dues[0])
	of.first = first
	return err
}
