package autopay

import (
	"context"
	"time"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

// The fields of the form, by the names that the service refuses them under.
const (
	fieldAccount = "bank_account_id"
	fieldDay     = "day"
	fieldExtra   = "extra"
	fieldVersion = "accepted_terms_version"
)

// form is what somebody chooses.
type form struct {
	account string // id
	day     int    // of the month; 0 for the day each payment is due
	extra   string // as typed
	fields  map[string]string
}

// reading is the debit agreement that is being read.
type reading struct {
	order   services.AutopayOrder
	text    services.DebitAgreement
	saves   *services.WhatIf // what the extra does; nil when that is not known
	lang    string           // shown now
	shown   map[string]time.Time
	agreed  bool
	renewed bool // it has changed since it was shown, and is to be read again
}

// set takes a choice, and takes back what was said about it.
func (p *presenter) set(field string, take func(f *form)) {
	take(&p.form)
	delete(p.form.fields, field)
	p.request.Forget()
}

// order reads the form. Fails with the reasons where it cannot be read.
func (p *presenter) order() (o services.AutopayOrder, fields map[string]string) {
	fields = map[string]string{}
	o = services.AutopayOrder{AgreementID: p.of, BankAccountID: p.form.account, Day: p.form.day}
	if o.BankAccountID == "" {
		fields[fieldAccount] = services.ReasonRequired
	}
	if p.takesExtra() {
		extra, reason := nav.ReadExtra(p.form.extra, p.currency())
		if o.Extra = extra; reason != "" {
			fields[fieldExtra] = reason
		}
	}
	return o, fields
}

// currency is that of the agreement, where its balance is known.
func (p *presenter) currency() string { return p.choice.Agreement().Balance.CurrencyCode() }

// takesExtra tells whether more can be paid with each payment: on a loan whose balance is known.
func (p *presenter) takesExtra() bool {
	return p.choice.Agreement().Kind == services.Loan && p.currency() != ""
}

// takesDay tells whether the day can be chosen.
func (p *presenter) takesDay() bool { return p.choice.Agreement().Frequency == services.Monthly }

// preview is the answer to what was chosen.
type preview struct {
	text  services.DebitAgreement
	saves *services.WhatIf
}

// review asks for the debit agreement of what was chosen.
func (p *presenter) review() { p.ask(false) }

func (p *presenter) ask(renewed bool) {
	o, fields := p.order()
	if p.form.fields = fields; len(fields) > 0 {
		p.changed()
		return
	}
	if !p.request.Begin() {
		return
	}
	nav.Run(&p.scope, func(ctx context.Context) (preview, error) { return p.preview(ctx, o) }, func(got preview, err error) {
		if p.request.End(err) {
			p.open(o, got, renewed)
		} else {
			p.refused()
		}
		p.changed()
	})
}

// preview reads the text, and what an extra saves where that can be told.
func (p *presenter) preview(ctx context.Context, o services.AutopayOrder) (preview, error) {
	text, err := p.deps.Autopays.DebitAgreement(ctx, o)
	if err != nil || p.deps.Payoffs == nil || !o.Extra.IsPositive() {
		return preview{text: text}, err
	}
	saves, err := p.deps.Payoffs.WhatIf(ctx, services.WhatIfQuery{AgreementID: o.AgreementID, Each: o.Extra})
	if err != nil { // only a help
		return preview{text: text}, nil //nolint:nilerr // as said
	}
	return preview{text, &saves}, nil
}

// open shows the text: in French first where the law asks for it.
func (p *presenter) open(o services.AutopayOrder, got preview, renewed bool) {
	p.stage = stageText
	p.reading = reading{order: o, text: got.text, saves: got.saves, shown: map[string]time.Time{}, renewed: renewed}
	lang := p.lang()
	if got.text.FrenchFirst {
		lang = "fr"
	}
	p.show(lang)
}

// show shows the text in a language.
func (p *presenter) show(lang string) {
	p.reading.lang = lang
	if _, before := p.reading.shown[lang]; !before {
		p.reading.shown[lang] = p.now()
	}
}

// read changes the language of the text. What was agreed to in one language is not agreed to in the other.
func (p *presenter) readIn(lang string) {
	if lang != p.reading.lang {
		p.reading.agreed = false
	}
	p.show(lang)
	p.changed()
}

// agree takes the tick under the text.
func (p *presenter) agree(on bool) {
	p.reading.agreed = on
	p.changed()
}

// accept sets the autopay. A text that has changed meanwhile is shown anew.
func (p *presenter) accept() {
	r := p.reading
	if !r.agreed {
		return
	}
	o := r.order
	o.Version, o.Language, o.ShownFR, o.ShownEN = r.text.Version, r.lang, r.shown["fr"], r.shown["en"]
	var set services.Autopay
	p.request.Send(func(ctx context.Context) (err error) {
		set, err = p.deps.Autopays.SetAutopay(ctx, o)
		return err
	}, func(ok bool) {
		switch {
		case ok:
			p.have.Value.autopay, p.stage, p.ended = &set, stageDone, nil
			p.load()
		case p.request.Fields[fieldVersion] != "":
			p.request.Forget()
			p.ask(true)
		default:
			p.refused()
		}
	})
}

// refused goes back to the form when the service refuses what was chosen there.
func (p *presenter) refused() {
	for _, field := range []string{fieldAccount, fieldDay, fieldExtra} {
		if reason := p.request.Fields[field]; reason != "" {
			p.form.fields[field], p.stage = reason, stageForm
		}
	}
}

// problem is the one sentence under a form; the fields have theirs.
func (p *presenter) problem(printer *text.Printer) string {
	switch {
	case len(p.form.fields) > 0 && p.stage == stageForm:
		return ""
	case p.request.Code() == services.CodeGone:
		return printer.T("autopay.nothing_left")
	default:
		return p.request.Sentence(printer)
	}
}
