package profile

import (
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// notificationsPage draws notifications.
type notificationsPage struct {
	env      nav.Env
	state    *notifications
	p        *text.Printer
	states   *kit.States
	failed   *kit.Note
	full     *fyne.Container
	from, to *kit.Select
	hours    *fyne.Container // from and to
	clash    *kit.Wrapped    // that they are the same
	problem  *fyne.Container // why nothing was saved
	submit   *kit.Button
}

func newNotificationsPage(env nav.Env, deps Deps) nav.Page {
	pg := &notificationsPage{env: env}
	pg.state = newNotifications(env.Dispatcher, deps.Notifications, func() { env.Toast(pg.p.T("profile.notifications.saved")) })
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *notificationsPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *notificationsPage) Stop() {
	pg.state.scope.Stop()
	pg.states = nil
}

// Build is part of nav.Page.
func (pg *notificationsPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.p, pg.full = p, kit.VStack(theme.Gap4)
	pg.failed = kit.NewFailedState(p.T("profile.notifications.unread"), "", p.T("profile.retry"), pg.state.load, kit.Reference{})
	pg.states = kit.NewStates(kit.NewCard(kit.NewSkeletonRows(6)), kit.VStack(0), pg.failed, pg.full)
	pg.update()
	return sheet(p, pg.env, p.T("profile.notifications.title"), p.T("profile.notifications.lead"), pg.states)
}

// update draws what has changed.
func (pg *notificationsPage) update() {
	s := pg.state
	if pg.states == nil {
		return
	}
	switch {
	case s.kept.loaded:
		pg.fill()
		pg.states.SetState(kit.Full)
	case s.kept.err != nil:
		pg.failed.Set(pg.p.T("profile.notifications.unread"), why(pg.p, pg.env, s.kept.err))
		pg.states.SetState(kit.Failed)
	default:
		pg.states.SetState(kit.Loading)
	}
}

// fill makes the controls once, and then shows what became of the choices.
func (pg *notificationsPage) fill() {
	s, p := pg.state, pg.p
	if len(pg.full.Objects) == 0 {
		pg.submit = kit.NewPrimary(p.T("profile.notifications.save"), s.save)
		pg.submit.SetBusyText(p.T("profile.notifications.saving"))
		pg.problem = kit.VStack(0)
		pg.full.Objects = []fyne.CanvasObject{pg.events(), pg.quiet(), pg.problem, kit.HStack(0, pg.submit)}
	}
	pg.problem.Objects = nil
	if s.err != nil {
		pg.problem.Objects = []fyne.CanvasObject{kit.NewPanel(kit.Bad, p.T("profile.notifications.failed"), why(p, pg.env, s.err))}
	}
	pg.from.SetSelected(s.set.QuietFrom)
	pg.to.SetSelected(s.set.QuietTo)
	show(pg.hours, s.quiet())
	show(pg.clash, s.same())
	pg.submit.SetBusy(s.saving)
	if s.saving || s.ready() {
		pg.submit.Enable()
	} else {
		pg.submit.Disable()
	}
	pg.full.Refresh()
}

// show shows an object or leaves it out.
func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// events is the table of what is told in which way.
func (pg *notificationsPage) events() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, event := range services.NotificationEvents() {
		rows = append(rows, pg.event(event))
	}
	return card(pg.p.T("profile.notifications.title"), append(rows, kit.Gap(theme.Gap4), kit.MaxWidth(formWidth, pg.days()))...)
}

// event is one row of the table. A mail that is always sent has no box.
func (pg *notificationsPage) event(event services.NotificationEvent) fyne.CanvasObject {
	p, state := pg.p, pg.state
	var mail fyne.CanvasObject = kit.NewWrapped(p.T("profile.notifications.always"), kit.StyleQuiet)
	if !event.NeedsMail() {
		box := kit.NewCheck(p.T("profile.notifications.mail"), func(on bool) { state.tell(event, on, state.set.Events[event].Desktop) })
		box.SetChecked(state.set.Events[event].Mail)
		mail = box
	}
	desktop := kit.NewCheck(p.T("profile.notifications.desktop"), func(on bool) { state.tell(event, state.set.Events[event].Mail, on) })
	desktop.SetChecked(state.set.Events[event].Desktop)
	about := kit.NewWrapped(p.T("profile.notice."+string(event)), kit.StyleLabel)
	return kit.VStack(0, kit.Inset(10, theme.Gap2, 10, theme.Gap2, kit.Columns(2, 1, 1)(about, mail, desktop)), kit.NewRule())
}

// days is how long before it is due a payment is told of.
func (pg *notificationsPage) days() fyne.CanvasObject {
	var options []kit.Option
	for n := 1; n <= services.DaysAheadMost; n++ {
		options = append(options, kit.Option{ID: strconv.Itoa(n), Label: pg.p.T("profile.notifications.day", text.Vars{"Count": n})})
	}
	list := kit.NewSelect(pg.p.T("profile.notifications.days"), options, func(id string) {
		n, _ := strconv.Atoi(id) // one of those above
		pg.state.ahead(n)
	})
	list.SetSelected(strconv.Itoa(pg.state.set.DaysAhead))
	return list
}

// quiet is when nothing is told.
func (pg *notificationsPage) quiet() fyne.CanvasObject {
	p, s := pg.p, pg.state
	on := kit.NewCheck(p.T("profile.notifications.quiet"), s.setQuiet)
	on.SetChecked(s.quiet())
	pg.from = kit.NewSelect(p.T("profile.notifications.from"), pg.clocks(s.set.QuietFrom), func(id string) { s.hours(id, s.set.QuietTo) })
	pg.to = kit.NewSelect(p.T("profile.notifications.to"), pg.clocks(s.set.QuietTo), func(id string) { s.hours(s.set.QuietFrom, id) })
	pg.clash = kit.NewWrapped(p.T("profile.notifications.same"), kit.StyleHint)
	pg.clash.SetColorName(theme.Bad)
	pg.hours = kit.VStack(theme.Gap2, kit.MaxWidth(formWidth, kit.Columns(1, 1)(pg.from, pg.to)), pg.clash)
	return card(p.T("profile.notifications.quiet"), kit.NewWrapped(p.T("profile.notifications.quiet_text"), kit.StyleQuiet),
		kit.Gap(theme.Gap3), on, kit.Gap(theme.Gap3), pg.hours)
}

// clocks are the full hours, and a time that was set elsewhere.
func (pg *notificationsPage) clocks(set string) []kit.Option {
	var options []kit.Option
	known := set == ""
	for hour := range 24 {
		id := fmt.Sprintf("%02d:00", hour)
		known = known || id == set
		options = append(options, kit.Option{ID: id, Label: pg.p.Clock(time.Date(2000, 1, 1, hour, 0, 0, 0, time.UTC))})
	}
	if at, err := time.Parse("15:04", set); !known && err == nil {
		options = append(options, kit.Option{ID: set, Label: pg.p.Clock(at)})
	}
	return options
}
