package autopay

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// readingView is the debit agreement, to be read and accepted.
type readingView struct {
	pg        *page
	object    fyne.CanvasObject
	languages *kit.Segmented
	agree     *kit.Check
	accept    *kit.Button
}

func newReadingView(pg *page) *readingView {
	v, p, state := &readingView{pg: pg}, pg.printer, pg.presenter
	r := state.reading
	options := []kit.Option{{ID: "en", Label: p.T("text.language.en")}, {ID: "fr", Label: p.T("text.language.fr")}}
	if r.text.FrenchFirst {
		options[0], options[1] = options[1], options[0]
	}
	v.languages = kit.NewSegmented(options, state.readIn)
	v.languages.SetSelected(r.lang)
	pg.places[v.languages] = "languages"
	v.agree = kit.NewCheck(p.T("autopay.text.agree"), state.agree)
	v.agree.SetChecked(r.agreed)
	label := p.T("autopay.text.accept")
	if state.have.Value.autopay != nil {
		label = p.T("autopay.text.accept_change")
	}
	v.accept = kit.NewPrimary(label, state.accept)
	v.accept.SetBusyText(p.T("autopay.busy"))

	first := kit.VStack(theme.Gap2, kit.NewCardTitle(p.T("autopay.text.first")))
	pg.addDebit(first, r.text.First)
	if w := r.saves; w != nil && w.InterestSaved.IsPositive() {
		first.Add(kit.NewWrapped(p.T("autopay.text.saves", text.Vars{
			"Amount": p.Money(w.InterestSaved), "Count": w.PaymentsSaved, "Date": p.DateLong(w.End),
		}), kit.StyleStrong))
	}
	column := kit.VStack(theme.Gap4, kit.NewWrapped(p.T("autopay.text.lead"), kit.StyleQuiet))
	if r.renewed {
		column.Add(kit.NewPanel(kit.Warn, p.T("autopay.text.renewed.title"), p.T("autopay.text.renewed.text")))
	}
	if r.text.FrenchFirst {
		column.Add(kit.NewWrapped(p.T("autopay.text.french_first"), kit.StyleHint))
	}
	column.Add(kit.NewCard(first))
	column.Add(kit.HStack(0, v.languages))
	column.Add(kit.NewCard(kit.NewProse(r.text.Text[r.lang]), kit.CardInset(theme.Gap6, theme.Gap6)))
	column.Add(v.agree)
	column.Add(pg.problemLine())
	column.Add(kit.Flow(theme.Gap4, theme.Gap2, v.accept, kit.NewButton(p.T("autopay.cancel"), pg.back)))
	v.object = kit.MaxWidth(textWidth, column)
	return v
}

// fill draws what is under way.
func (v *readingView) fill() {
	state := v.pg.presenter
	v.agree.SetChecked(state.reading.agreed)
	v.accept.SetBusy(state.request.Busy)
	if state.reading.agreed && (state.request.Busy || state.request.Ready()) {
		v.accept.Enable()
	} else {
		v.accept.Disable()
	}
}
