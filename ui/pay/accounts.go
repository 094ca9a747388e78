package pay

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// accountsPage draws the presenter of the bank accounts. Its widgets live from Build to Stop.
type accountsPage struct {
	env       nav.Env
	presenter *accountsPresenter
	printer   *text.Printer
	content   *fyne.Container
	drawn     string // what decides whether the page is drawn anew
	first     fyne.Focusable
	fill      func()
}

// NewAccounts makes the page of nav.PageAccounts.
func NewAccounts(env nav.Env, deps Deps) nav.Page {
	pg := &accountsPage{env: env, presenter: newAccountsPresenter(env, deps)}
	pg.presenter.changed = pg.update
	return pg
}

// Start is part of nav.Page.
func (pg *accountsPage) Start() { pg.presenter.start() }

// Stop is part of nav.Page.
func (pg *accountsPage) Stop() {
	pg.presenter.scope.Stop()
	pg.content, pg.first, pg.fill = nil, nil, nil
}

// Focus is part of nav.Focuser.
func (pg *accountsPage) Focus() fyne.Focusable { return pg.first }

// Build is part of nav.Page.
func (pg *accountsPage) Build(p *text.Printer) fyne.CanvasObject {
	pg.printer, pg.content = p, container.NewStack()
	pg.draw()
	return pg.content
}

// now names what the page shows but for what is typed.
func (pg *accountsPage) now() string {
	s := pg.presenter
	key := fmt.Sprint(s.state(), s.adding, s.err, s.added != nil)
	for _, a := range s.accounts {
		key += fmt.Sprint(a.ID, a.InUse, len(s.uses[a.ID]))
	}
	return key
}

func (pg *accountsPage) update() {
	if pg.content == nil {
		return
	}
	if pg.now() != pg.drawn {
		pg.draw()
		if pg.first != nil {
			pg.env.Window.Canvas().Focus(pg.first)
		}
		return
	}
	pg.refill()
}

func (pg *accountsPage) refill() {
	if pg.fill != nil {
		pg.fill()
	}
}

func (pg *accountsPage) draw() {
	pg.drawn, pg.first, pg.fill = pg.now(), nil, nil
	p, s := pg.printer, pg.presenter
	var object fyne.CanvasObject
	switch s.state() {
	case nav.Loading:
		object = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, title(p.T("pay.accounts.title")),
			kit.MaxWidth(formWidth, kit.NewCard(kit.NewSkeleton(200, 320, 200))))))
	case nav.Failed:
		object = titled(title(p.T("pay.accounts.title")), kit.NewFailedState(p.T("pay.accounts.failed"), nav.Sentence(p, s.err, pg.env.Clock.Now()),
			p.T("nav.retry"), s.retry, kit.Reference(pg.env.Reference(p, s.err))))
	default:
		object = kit.NewPageScroll(kit.PageMargin(kit.VStack(theme.Gap5, pg.head(), kit.MaxWidth(formWidth, pg.full()))))
	}
	pg.content.Objects = []fyne.CanvasObject{object}
	pg.content.Refresh()
	pg.refill()
}

func (pg *accountsPage) head() fyne.CanvasObject {
	p := pg.printer
	return kit.VStack(theme.Gap2, kit.HStack(0, kit.NewLink("‹ "+p.T("pay.accounts.back"), pg.env.Back)),
		kit.VStack(2, title(p.T("pay.accounts.title")), kit.NewWrapped(p.T("pay.accounts.lead"), kit.StyleQuiet)))
}

// full is the list, and the form to add one.
func (pg *accountsPage) full() fyne.CanvasObject {
	p, s := pg.printer, pg.presenter
	column := kit.VStack(theme.Gap4)
	if s.added != nil {
		column.Add(kit.NewPanel(kit.Good, p.T("pay.accounts.added", text.Vars{"Digits": s.added.LastDigits}), ""))
	}
	if len(s.accounts) > 0 {
		rows := kit.VStack(theme.Gap4)
		for i, a := range s.accounts {
			if i > 0 {
				rows.Add(kit.NewRule())
			}
			rows.Add(pg.row(a))
		}
		column.Add(kit.NewCard(rows))
	}
	if s.adding {
		column.Add(pg.form())
		return column
	}
	problem := badLine()
	add := kit.NewPrimary(p.T("pay.accounts.add"), s.add)
	column.Add(problem)
	column.Add(kit.HStack(0, add))
	pg.first = add
	pg.fill = func() { showLine(problem, s.problem(p)) }
	return column
}

// showLine fills a line of what is wrong, or hides it.
func showLine(line *kit.Wrapped, words string) {
	line.SetText(words)
	line.Hide()
	if words != "" {
		line.Show()
	}
}

// row is an account with what it is used by, or the way to remove it.
func (pg *accountsPage) row(a services.BankAccount) fyne.CanvasObject {
	p := pg.printer
	kind := p.T("pay.accounts.personal")
	if a.Business {
		kind = p.T("pay.accounts.business")
	}
	words := kit.VStack(2, kit.NewWrapped(accountName(p, a), kit.StyleStrong),
		kit.NewWrapped(p.T("pay.accounts.detail", text.Vars{"Institution": a.Institution, "Kind": kind}), kit.StyleQuiet))
	if !a.InUse {
		remove := kit.NewButton(p.T("pay.accounts.remove"), func() { pg.askToRemove(a) }).SetCompact(true)
		return kit.Sides(words, remove)
	}
	for _, line := range pg.usedBy(a) {
		words.Add(kit.NewWrapped(line, kit.StyleHint))
	}
	return words
}

// usedBy says what an account is needed for.
func (pg *accountsPage) usedBy(a services.BankAccount) (lines []string) {
	p := pg.printer
	for _, u := range pg.presenter.uses[a.ID] {
		if u.debit == nil {
			lines = append(lines, p.T("pay.accounts.used.autopay", text.Vars{"Agreement": nav.AgreementName(p, u.agreement)}))
			continue
		}
		lines = append(lines, p.T("pay.accounts.used.payment", text.Vars{"Amount": p.Money(u.debit.Amount), "Date": p.DateLong(u.debit.On)}))
	}
	if len(lines) == 0 {
		lines = []string{p.T("pay.accounts.in_use")}
	}
	return lines
}

func (pg *accountsPage) askToRemove(a services.BankAccount) {
	p := pg.printer
	kit.ShowDialog(pg.env.Window, p.T("pay.accounts.remove.title"),
		kit.NewWrapped(p.T("pay.accounts.remove.text", text.Vars{"Account": accountName(p, a)}), kit.StyleLabel),
		p.T("pay.accounts.remove.confirm"), p.T("pay.accounts.remove.keep"), true, func(ok bool) {
			if ok {
				pg.presenter.remove(a.ID)
			}
		})
}
