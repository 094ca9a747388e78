package overview

import (
	"strconv"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// paymentColumns are the weights of date, method, amount and status.
var paymentColumns = []float32{2.1, 4, 2, 1.9}

// paymentsCard lists the latest payments of the agreement.
func (pg *page) paymentsCard(a services.Agreement) fyne.CanvasObject {
	p, payments := pg.printer, pg.presenter.shown.payments
	every := kit.NewLink(p.T("overview.payments.all"), func() { pg.env.Go(nav.Route{Page: nav.PagePayments, Arg: a.ID}) })
	column := kit.VStack(0, kit.Sides(kit.NewCardTitle(p.T("overview.payments.title")), pg.place("payments", every)), kit.Gap(theme.Gap1))
	switch {
	case payments.Done && len(payments.Value) == 0:
		column.Add(kit.NewWrapped(p.T("overview.payments.none"), kit.StyleQuiet))
	case payments.Done:
		for _, payment := range payments.Value {
			column.Add(paymentRow(p, payment))
		}
	case payments.Err != nil:
		column.Add(pg.notLoaded(payments.Err, pg.presenter.loadPayments))
	default:
		column.Add(kit.NewSkeletonRows(recentPayments))
	}
	return kit.NewCard(column)
}

func paymentRow(p *text.Printer, payment services.Payment) fyne.CanvasObject {
	amount := kit.NewAmount(p.Money(payment.Amount))
	return kit.NewRowColumns(paymentColumns,
		kit.NewLabel(p.Date(payment.Date)), kit.NewLabel(p.Method(payment.Method)), amount,
		kit.HStack(theme.Gap2, kit.Gap(theme.Gap1), statusBadge(p, payment.Status)))
}

func statusBadge(p *text.Printer, s services.PaymentStatus) *kit.Badge {
	kinds := map[services.PaymentStatus]kit.Kind{
		services.PaymentPosted: kit.Good, services.PaymentReturned: kit.Bad, services.PaymentScheduled: kit.Neutral,
	}
	return kit.NewBadge(p.T("nav.payment."+string(s)), kinds[s])
}

// messagesCard shows the latest threads.
func (pg *page) messagesCard() fyne.CanvasObject {
	p, threads := pg.printer, pg.presenter.threads
	title := kit.HStack(theme.Gap2, kit.NewCardTitle(p.T("overview.messages.title")))
	if pg.presenter.unread > 0 {
		title.Add(kit.NewCounter(pg.presenter.unread))
	}
	open := kit.NewLink(p.T("overview.messages.open"), func() { pg.env.Go(nav.Route{Page: nav.PageMessages}) })
	column := kit.VStack(theme.Gap2, kit.Sides(title, pg.place("messages", open)))
	switch {
	case threads.Done && len(threads.Value) == 0:
		column.Add(kit.NewWrapped(p.T("overview.messages.none"), kit.StyleQuiet))
	case threads.Done:
		for _, thread := range threads.Value {
			column.Add(pg.threadRow(thread))
		}
	case threads.Err != nil:
		column.Add(pg.notLoaded(threads.Err, pg.presenter.loadThreads))
	default:
		column.Add(kit.NewSkeleton(160, 240))
	}
	return kit.NewCard(column)
}

// threadRow is a thread's topic, which opens it, and how its latest message begins.
func (pg *page) threadRow(t services.ThreadSummary) fyne.CanvasObject {
	open := kit.NewLink(pg.topicName(t.Topic), func() { pg.env.Go(nav.Route{Page: nav.PageMessages, Arg: t.ID}) })
	head := kit.Flow(theme.Gap2, 2, pg.place("thread "+t.ID, open.SetColorName(theme.Text)))
	if t.Unread {
		head.Add(kit.NewBadge(pg.printer.T("overview.messages.unread"), kit.Info))
	}
	excerpt := kit.NewQuiet(t.Excerpt)
	excerpt.SetTruncate(true)
	return kit.VStack(0, head, excerpt)
}

// topicName is a topic in the person's language; one that the policy no longer has reads as a message.
func (pg *page) topicName(id string) string {
	for _, topic := range pg.env.Policy.Topics {
		if topic.ID == id {
			return topic.Name[string(pg.printer.Lang())]
		}
	}
	return pg.printer.T("overview.messages.topic")
}

// notLoaded says in a card that its list could not be read, and offers to try again.
func (pg *page) notLoaded(err error, load func()) fyne.CanvasObject {
	return nav.NotLoaded(pg.printer, pg.env, err, func() {
		load()
		pg.update()
	})
}

// factsCard is the agreement in figures that do not change.
func (pg *page) factsCard(a services.Agreement) fyne.CanvasObject {
	p := pg.printer
	facts := []kit.Fact{
		{Label: p.T("overview.facts.kind"), Value: p.T("overview.kind." + string(a.Kind))},
		{Label: p.T("overview.facts.vehicle"), Value: nav.VehicleName(p, a)},
		{Label: p.T("overview.facts.number"), Value: a.Number},
		{Label: p.T("overview.facts.start"), Value: p.Date(a.Start)},
		{Label: p.T("overview.facts.frequency"), Value: p.T("overview.frequency." + string(a.Frequency))},
	}
	if rate, err := strconv.ParseFloat(a.AnnualRate, 64); err == nil {
		facts = append(facts, kit.Fact{Label: p.T("overview.facts.rate"), Value: p.Percent(rate)})
	}
	half := (len(facts) + 1) / 2
	return kit.NewCard(kit.VStack(0, kit.NewCardTitle(p.T("overview.facts.title")), kit.Gap(theme.Gap1),
		kit.Columns(1, 1)(kit.NewFacts(facts[:half]), kit.NewFacts(facts[half:]))))
}
