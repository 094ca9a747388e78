package profile

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// signInsPage draws signIns.
type signInsPage struct {
	env     nav.Env
	state   *signIns
	p       *text.Printer
	states  *kit.States
	list    *kit.List[services.SignInRecord]
	failure *fyne.Container // under the list, when its next part could not be read
}

func newSignInsPage(env nav.Env, deps Deps) nav.Page {
	pg := &signInsPage{env: env, state: newSignIns(env.Dispatcher, deps.Security)}
	pg.state.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *signInsPage) Start() { pg.state.start() }

// Stop is part of nav.Page.
func (pg *signInsPage) Stop() {
	pg.state.scope.Stop()
	pg.p, pg.states, pg.list, pg.failure = nil, nil, nil, nil
}

// Focus is part of nav.Focuser.
func (pg *signInsPage) Focus() fyne.Focusable {
	if pg.states == nil || pg.states.State() != kit.Full {
		return nil
	}
	return pg.list
}

// Build is part of nav.Page.
func (pg *signInsPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.p = p
	pg.list = kit.NewList(func() kit.Row[services.SignInRecord] { return newSignInRow(p, pg.env) })
	pg.list.Key = func(r services.SignInRecord) string { return r.ID }
	pg.list.OnNearEnd = pg.state.more
	pg.failure = kit.VStack(0)
	pg.states = kit.NewStates(
		kit.NewCard(kit.NewSkeletonRows(6)),
		kit.NewEmptyState(theme.IconProfile, p.T("profile.signins.empty.title"), p.T("profile.signins.empty.text"), nil),
		kit.NewFailedState(p.T("profile.signins.failed"), "", p.T("profile.retry"), pg.state.retry, kit.Reference{}),
		kit.HeadBody(pg.failure, kit.NewCard(pg.list, kit.CardInset(theme.Gap2, theme.Hairline))))
	pg.update()
	back := kit.NewLink("‹ "+p.T("profile.title"), pg.env.Back)
	head := kit.VStack(theme.Gap5, kit.HStack(0, back), kit.VStack(theme.Gap1,
		kit.NewWrapped(p.T("profile.signins.title"), kit.StyleTitle), kit.NewWrapped(p.T("profile.signins.lead"), kit.StyleQuiet)), kit.Gap(0))
	return kit.PageMargin(kit.HeadBody(head, pg.states))
}

// update draws what has changed.
func (pg *signInsPage) update() {
	s := pg.state
	if pg.states == nil {
		return
	}
	before := pg.states.State()
	pg.failure.Objects = nil
	switch {
	case s.loaded && len(s.items) == 0:
		pg.states.SetState(kit.Empty)
	case s.loaded:
		pg.list.SetItems(s.items)
		if s.err != nil {
			pg.failure.Objects = []fyne.CanvasObject{kit.Inset(0, 0, theme.Gap3, 0, kit.NewPanel(kit.Bad, pg.p.T("profile.signins.failed"),
				why(pg.p, pg.env, s.err), kit.NewLink(pg.p.T("profile.retry"), s.retry)))}
		}
		pg.states.SetState(kit.Full)
	case s.err != nil:
		pg.states.Set(kit.Failed, kit.NewFailedState(pg.p.T("profile.signins.failed"), why(pg.p, pg.env, s.err), pg.p.T("profile.retry"), s.retry, kit.Reference(pg.env.Reference(pg.p, s.err))))
		pg.states.SetState(kit.Failed)
	default:
		pg.states.SetState(kit.Loading)
	}
	pg.failure.Refresh()
	if before != kit.Full && pg.states.State() == kit.Full && pg.env.Window.Canvas().Focused() == nil {
		pg.list.Focus(pg.env.Window.Canvas())
	}
}

// newSignInRow draws one try to sign in: what became of it and when, on which device and from where.
func newSignInRow(p *text.Printer, env nav.Env) kit.Row[services.SignInRecord] {
	outcome, at := kit.NewLabel("").SetTruncate(true), kit.NewQuiet("")
	from, badge := kit.NewQuiet("").SetTruncate(true), kit.NewBadge("", kit.Neutral)
	lines := kit.VStack(3, kit.HStack(theme.Gap2, kit.HFill(outcome), at), kit.HStack(theme.Gap2, kit.HFill(from), badge))
	return kit.NewRow(kit.Inset(12, theme.Gap4, 12, theme.Gap4, lines), func(r services.SignInRecord) {
		in := r.Outcome == services.SignInOK || r.Outcome == services.SignInRecovery
		outcome.SetText(p.T("profile.outcome." + string(r.Outcome)))
		at.SetText(p.DateTime(r.At.Local()))
		from.SetText(whence(p, r))
		if in {
			badge.Set(p.T("profile.signins.in"), kit.Good)
		} else {
			badge.Set(p.T("profile.signins.refused"), kit.Warn)
		}
	})
}

// whence says on which device it was and from where.
func whence(p *text.Printer, r services.SignInRecord) string {
	if r.From == "" {
		return p.T("profile.signins.here", text.Vars{"Device": r.Device})
	}
	return p.T("profile.signins.from", text.Vars{"Device": r.Device, "From": r.From})
}
