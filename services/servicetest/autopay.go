package servicetest

import (
	"slices"
	"strings"
	"time"

	"github.com/bojanz/currency"

	"myaccount/services"
	"myaccount/services/calendar"
)

var autopayCases = suite{
	"Autopays_SetAutopay/Course":           autopayCourse,
	"Autopays_SetAutopay/BadInput":         autopayBadInput,
	"Autopays_SetAutopay/OnlyOnesOwn":      autopayOnlyOnesOwn,
	"Autopays_SetAutopay/Closed":           autopayClosed,
	"Autopays_SetAutopay/EightAtOnce":      autopayEightAtOnce,
	"Autopays_DebitAgreement/Elements":     debitAgreementElements,
	"Autopays_DebitAgreement/OwnVersion":   debitAgreementVersions,
	"Autopays_Autopay/OneTimePayment":      autopayOneTimePayment,
	"Autopays_Autopay/ExtraAndLastDay":     autopayExtra,
	"Autopays_StopAutopay/FreesTheAccount": autopayFreesAccount,
}

// autopayOrder is one that nothing is wrong with, for the first agreement of a session, from a new account.
func (w *world) autopayOrder(s services.CustomerSession, day int) services.AutopayOrder {
	w.Helper()
	accounts := w.accounts(s)
	if len(accounts) == 0 {
		accounts = append(accounts, w.account(s, "0001234567"))
	}
	o := services.AutopayOrder{AgreementID: w.agreement(s).ID, BankAccountID: accounts[0].ID, Day: day}
	return w.accept(s, o)
}

// accept adds to an order that its agreement was read in both languages, French first, and accepted in French.
func (w *world) accept(s services.CustomerSession, o services.AutopayOrder) services.AutopayOrder {
	w.Helper()
	text, err := s.DebitAgreement(w.ctx(), o)
	w.must(err)
	o.Version, o.Language, o.ShownFR, o.ShownEN = text.Version, "fr", w.Now().Add(-time.Minute), w.Now()
	return o
}

// autopay sets one.
func (w *world) autopay(s services.CustomerSession, o services.AutopayOrder) services.Autopay {
	w.Helper()
	a, err := s.SetAutopay(w.ctx(), o)
	w.must(err)
	return a
}

// exact checks that the parts of a debit are its amount, and that it is on a day on which banks work, no later than the
// payment is due.
func (w *world) exact(next *services.NextDebit) {
	w.Helper()
	if next == nil || len(next.Parts) == 0 {
		w.Fatalf("the next debit is %+v", next)
	}
	w.partsAddUp(&services.NextPayment{Total: next.Amount, Parts: next.Parts})
	if !calendar.Open(next.On) || next.On.After(calendar.Next(next.Due)) {
		w.Errorf("the payment due on %v is debited on %v", next.Due, next.On)
	}
	if until := next.CancelUntil; !until.IsZero() && !until.Before(next.On) {
		w.Errorf("a debit of %v can be cancelled until %v", next.On, until)
	}
}

// autopayCourse sets one up, changes it and ends it.
func autopayCourse(w *world) {
	s := w.customer(alice, "lease")
	id := w.agreement(s).ID
	_, err := s.Autopay(w.ctx(), id)
	w.fails(err, "Autopays.Autopay", services.CodeNotFound)
	o := w.autopayOrder(s, 0)
	set := w.autopay(s, o)
	same(w, "since", set.Since, w.today())
	same(w, "digits", set.Account.LastDigits, "567")
	w.exact(set.Next)
	if set.DocumentID == "" || set.Next.On.Before(w.today().AddDays(10)) || set.Day != 0 || !set.Account.InUse {
		w.Errorf("got %+v", set)
	}
	got, err := s.Autopay(w.ctx(), id)
	w.must(err)
	same(w, "autopay", got, set)
	same(w, "the same once more", w.autopay(s, o), set)

	w.Advance(5 * time.Minute)
	changed := w.autopay(s, w.autopayOrder(s, 15))
	w.exact(changed.Next)
	if changed.Day != 15 || changed.DocumentID == set.DocumentID {
		w.Errorf("changed to %+v", changed)
	}
	w.must(s.StopAutopay(w.ctx(), id))
	w.must(s.StopAutopay(w.ctx(), id))
	_, err = s.Autopay(w.ctx(), id)
	w.fails(err, "Autopays.Autopay", services.CodeNotFound)
	w.Restart(w)
	_, err = w.again(alice).Autopay(w.ctx(), id)
	w.fails(err, "Autopays.Autopay", services.CodeNotFound)
}

func autopayBadInput(w *world) {
	s := w.customer(alice, "biweekly")
	o := w.autopayOrder(s, 0)
	foreign, err := currency.NewAmount("10.00", "USD")
	w.must(err)
	for _, c := range []struct {
		field, reason string
		change        func(o *services.AutopayOrder)
		both          bool // the text has it as well
	}{
		{"day", services.ReasonFormat, func(o *services.AutopayOrder) { o.Day = -1 }, true},
		{"day", services.ReasonFormat, func(o *services.AutopayOrder) { o.Day = 32 }, true},
		{"day", services.ReasonFormat, func(o *services.AutopayOrder) { o.Day = 15 }, true}, // it is paid every two weeks
		{"extra", services.ReasonFormat, func(o *services.AutopayOrder) { o.Extra = w.cad("-5") }, true},
		{"extra", services.ReasonFormat, func(o *services.AutopayOrder) { o.Extra = w.cad("1.005") }, true},
		{"extra", services.ReasonFormat, func(o *services.AutopayOrder) { o.Extra = foreign }, true},
		{"extra", services.ReasonTooMuch, func(o *services.AutopayOrder) { o.Extra = w.cad("9999999.99") }, true},
		{"bank_account_id", services.ReasonRequired, func(o *services.AutopayOrder) { o.BankAccountID = "" }, true},
		{"bank_account_id", services.ReasonUnknown, func(o *services.AutopayOrder) { o.BankAccountID = "nothing" }, true},
		{"accepted_terms_version", services.ReasonRequired, func(o *services.AutopayOrder) { o.Version = "" }, false},
		{"accepted_terms_version", services.ReasonOutdated, func(o *services.AutopayOrder) { o.Version = "yesterday" }, false},
		{"language", services.ReasonRequired, func(o *services.AutopayOrder) { o.Language = "" }, false},
		{"language", services.ReasonUnknown, func(o *services.AutopayOrder) { o.Language = "de" }, false},
	} {
		wrong := o
		c.change(&wrong)
		want := map[string]string{c.field: c.reason}
		_, err := s.SetAutopay(w.ctx(), wrong)
		w.refuses(err, "Autopays.SetAutopay", want)
		if _, err = s.DebitAgreement(w.ctx(), wrong); c.both {
			w.refuses(err, "Autopays.DebitAgreement", want)
		} else {
			w.must(err)
		}
	}
	quebec := w.customer(bob, "lease")
	o = w.autopayOrder(quebec, 31)
	o.Language, o.ShownFR = "en", time.Time{}
	_, err = quebec.SetAutopay(w.ctx(), o)
	w.refuses(err, "Autopays.SetAutopay", map[string]string{"shown_fr": services.ReasonRequired})
	o.ShownFR = o.ShownEN.Add(time.Second) // not before English
	_, err = quebec.SetAutopay(w.ctx(), o)
	w.refuses(err, "Autopays.SetAutopay", map[string]string{"shown_fr": services.ReasonRequired})
	o.Extra = w.cad("50")
	_, err = quebec.SetAutopay(w.ctx(), o)
	w.refuses(err, "Autopays.SetAutopay", map[string]string{"extra": services.ReasonTooMuch}) // a lease has no principal to pay off
}

func autopayOnlyOnesOwn(w *world) {
	s, other := w.customer(alice, "lease"), w.customer(bob, "two")
	o := w.autopayOrder(s, 0)
	w.autopay(s, o)
	theirs := w.autopayOrder(other, 0)
	for _, id := range append(slices.Clone(strange), o.AgreementID) {
		wrong := theirs
		wrong.AgreementID = id
		_, err := other.Autopay(w.ctx(), id)
		w.fails(err, "Autopays.Autopay", services.CodeNotFound)
		_, err = other.DebitAgreement(w.ctx(), wrong)
		w.fails(err, "Autopays.DebitAgreement", services.CodeNotFound)
		_, err = other.SetAutopay(w.ctx(), wrong)
		w.fails(err, "Autopays.SetAutopay", services.CodeNotFound)
		w.fails(other.StopAutopay(w.ctx(), id), "Autopays.StopAutopay", services.CodeNotFound)
	}
	theirs.BankAccountID = o.BankAccountID // another person's account
	_, err := other.SetAutopay(w.ctx(), theirs)
	w.refuses(err, "Autopays.SetAutopay", map[string]string{"bank_account_id": services.ReasonUnknown})
	_, err = s.Autopay(w.ctx(), o.AgreementID)
	w.must(err)
}

func autopayClosed(w *world) {
	s := w.customer(alice, "paid_off")
	o := services.AutopayOrder{AgreementID: w.agreement(s).ID, BankAccountID: w.account(s, "1234567").ID}
	_, err := s.DebitAgreement(w.ctx(), o)
	w.fails(err, "Autopays.DebitAgreement", services.CodeGone)
	_, err = s.SetAutopay(w.ctx(), o)
	w.fails(err, "Autopays.SetAutopay", services.CodeGone)
	_, err = s.Autopay(w.ctx(), o.AgreementID)
	w.fails(err, "Autopays.Autopay", services.CodeNotFound)
	w.must(s.StopAutopay(w.ctx(), o.AgreementID))
}

// autopayEightAtOnce accepts the same agreement eight times at the same moment: it is one autopay.
func autopayEightAtOnce(w *world) {
	s := w.customer(alice, "lease")
	o := w.autopayOrder(s, 0)
	for _, err := range atOnce(8, func(int) error { _, err := s.SetAutopay(w.ctx(), o); return err }) {
		w.must(err)
	}
	_, err := s.Autopay(w.ctx(), o.AgreementID)
	w.must(err)
}

// debitAgreementElements are what a pre-authorized debit agreement has to say, in both languages.
func debitAgreementElements(w *world) {
	s := w.customer(alice, "lease")
	o := w.autopayOrder(s, 31)
	got, err := s.DebitAgreement(w.ctx(), o)
	w.must(err)
	if !got.FrenchFirst || got.Version != o.Version {
		w.Errorf("got %+v", got)
	}
	w.exact(&got.First)
	amount := got.First.Amount.Number()
	for language, want := range map[string][]string{
		"en": {"authorize", "567", "003", "Élodie Tremblay", "personal", amount, "last payment", "cancel", "30 days", "90 days", "10 calendar days", "www.payments.ca", "due date does not move", "does not end", "French text was shown"},
		"fr": {"autorisez", "567", "003", "personnels", strings.ReplaceAll(amount, ".", ","), "dernier paiement", "annuler", "30 jours", "90 jours", "10 jours civils", "www.paiements.ca", "échéance ne change pas", "ne met pas fin", "texte français"},
	} {
		for _, words := range want {
			if !strings.Contains(got.Text[language], words) {
				w.Errorf("%s: %q is not in\n%s", language, words, got.Text[language])
			}
		}
		if strings.Contains(got.Text[language], "0001234567") || strings.Contains(got.Text[language], "<no value>") {
			w.Errorf("%s: the number, or something unfilled, is in the text", language)
		}
	}
}

// debitAgreementVersions says that another figure is another version, and the old one is outdated.
func debitAgreementVersions(w *world) {
	s := w.customer(alice, "lease")
	o := w.autopayOrder(s, 0)
	seen := map[string]bool{o.Version: true}
	for _, change := range []func(o *services.AutopayOrder){
		func(o *services.AutopayOrder) { o.Day = 1 },
		func(o *services.AutopayOrder) { o.BankAccountID = w.account(s, "9990000567").ID },
	} {
		other := o
		change(&other)
		_, err := s.SetAutopay(w.ctx(), other)
		w.refuses(err, "Autopays.SetAutopay", map[string]string{"accepted_terms_version": services.ReasonOutdated})
		if other = w.accept(s, other); seen[other.Version] {
			w.Errorf("the same version for another figure")
		}
		seen[other.Version] = true
	}
	w.Advance(24 * time.Hour) // it is dated
	_, err := w.again(alice).SetAutopay(w.ctx(), o)
	w.refuses(err, "Autopays.SetAutopay", map[string]string{"accepted_terms_version": services.ReasonOutdated})
}

// autopayOneTimePayment pays the next installment besides: it is not debited again, until the payment is taken back.
func autopayOneTimePayment(w *world) {
	s := w.customer(alice, "lease")
	set := w.autopay(s, w.autopayOrder(s, 0))
	order := w.order(s, "besides", set.Next.Amount.Number())
	paid, err := s.MakePayment(w.ctx(), order)
	w.must(err)
	after, err := s.Autopay(w.ctx(), set.AgreementID)
	w.must(err)
	w.exact(after.Next)
	switch past := w.agreement(s).Next.Due; {
	case past == set.Next.Due && !after.Next.Due.After(set.Next.Due):
		w.Errorf("%v is debited though it is paid", after.Next.Due)
	case past != set.Next.Due && after.Next.Due != set.Next.Due:
		w.Errorf("%v is debited next, not %v", after.Next.Due, set.Next.Due)
	}
	w.must(s.CancelPayment(w.ctx(), paid.ID))
	again, err := s.Autopay(w.ctx(), set.AgreementID)
	w.must(err)
	same(w, "once the payment is taken back", again.Next, set.Next)
}

// autopayExtra pays more with each installment of a loan.
func autopayExtra(w *world) {
	s := w.customer(alice, "biweekly")
	o := w.autopayOrder(s, 0)
	o.Extra = w.cad("25.50")
	set := w.autopay(s, w.accept(s, o))
	w.exact(set.Next)
	if !set.Extra.Equal(o.Extra) || set.Next.Last || set.Next.CancelUntil != set.Next.On.AddDays(-3) {
		w.Errorf("got %+v", set)
	}
	last := set.Next.Parts[len(set.Next.Parts)-1]
	if last.Kind != services.PartExtra || !last.Amount.Equal(o.Extra) {
		w.Errorf("parts %+v", set.Next.Parts)
	}
}

// autopayFreesAccount says that an account is in use as long as an autopay takes from it.
func autopayFreesAccount(w *world) {
	s := w.customer(alice, "lease")
	o := w.autopayOrder(s, 0)
	w.autopay(s, o)
	w.fails(s.RemoveBankAccount(w.ctx(), o.BankAccountID), "BankAccounts.RemoveBankAccount", services.CodeConflict)
	w.must(s.StopAutopay(w.ctx(), o.AgreementID))
	w.must(s.RemoveBankAccount(w.ctx(), o.BankAccountID))
	_, err := s.SetAutopay(w.ctx(), o)
	w.refuses(err, "Autopays.SetAutopay", map[string]string{"bank_account_id": services.ReasonUnknown})
}
