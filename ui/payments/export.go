package payments

import (
	"context"
	"strconv"
	"strings"

	"myaccount/services"
	"myaccount/services/document"
	"myaccount/services/filetype"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
)

// exports are the files that the payments can be taken as.
func (pg *page) exports() []kit.MenuItem {
	p, presenter := pg.printer, pg.presenter
	if presenter.choice.State() != nav.Full {
		return nil
	}
	a := presenter.choice.Agreement()
	items := []kit.MenuItem{
		{Label: p.T("payments.export.csv"), Do: func() { pg.export(a, "csv", historyFile(document.History.CSV)) }},
		{Label: p.T("payments.export.ofx"), Do: func() { pg.export(a, "ofx", historyFile(document.History.OFX)) }},
	}
	if a.ClosedOn == nil {
		items = append(items, kit.MenuItem{Label: p.T("payments.export.ics"), Do: func() { pg.export(a, "ics", calendarFile) }})
	}
	for i, year := range presenter.years() {
		if i == 0 {
			items = append(items, kit.MenuItem{})
		}
		words := text.Vars{"Year": strconv.Itoa(year)}
		items = append(items, kit.MenuItem{Label: p.T("payments.export.year", words), Do: func() { pg.export(a, "pdf", yearFile(year)) }})
	}
	return items
}

// maker makes a file of an agreement; name is what tells it from others of its kind. Without data there is nothing to save.
type maker func(ctx context.Context, pg *page, p *text.Printer, a services.Agreement) (name string, data []byte, err error)

// export reads what the file is made of, makes it, and asks where to put it.
func (pg *page) export(a services.Agreement, ending string, make maker) {
	p, env := pg.printer, pg.env
	type file struct {
		name string
		data []byte
	}
	nav.Run(&pg.presenter.scope, func(ctx context.Context) (file, error) {
		name, data, err := make(ctx, pg, p, a)
		return file{filetype.CleanName(name + " " + strings.ReplaceAll(a.LastDigits(), "/", "-") + "." + ending), data}, err
	}, func(f file, err error) {
		if err != nil {
			env.Toast(nav.Unread(p, err, env.Clock.Now()))
			return
		}
		if len(f.data) == 0 {
			env.Toast(p.T("payments.export.nothing." + ending))
			return
		}
		env.Files.Save(p.T("payments.export.title"), f.name, f.data, func(path string, err error) {
			switch {
			case err != nil:
				env.Toast(p.T("payments.export.failed", text.Vars{"Name": f.name}))
			case path != "":
				env.Toast(p.T("payments.export.saved", text.Vars{"Name": f.name}))
			}
		})
	})
}

// historyFile makes a file of all that was paid.
func historyFile(write func(document.History, *text.Printer) ([]byte, error)) maker {
	return func(ctx context.Context, pg *page, p *text.Printer, a services.Agreement) (string, []byte, error) {
		history, err := pg.history(ctx, p, a)
		if err != nil || len(history.Payments) == 0 {
			return "", nil, err
		}
		data, err := write(history, p)
		return p.T("payments.file.history"), data, err
	}
}

// yearFile makes the summary of a year.
func yearFile(year int) maker {
	return func(ctx context.Context, pg *page, p *text.Printer, a services.Agreement) (string, []byte, error) {
		history, err := pg.history(ctx, p, a)
		if err != nil {
			return "", nil, err
		}
		person := pg.presenter.deps.Person()
		summary := document.Year{History: history, Year: year, Customer: person.FirstName + " " + person.LastName}
		data, err := summary.PDF(p)
		return p.T("payments.file.year", text.Vars{"Year": strconv.Itoa(year)}), data, err
	}
}

// calendarFile makes a calendar of what is to come.
func calendarFile(ctx context.Context, pg *page, p *text.Printer, a services.Agreement) (string, []byte, error) {
	lines, err := pg.presenter.dues(ctx, a)
	if err != nil || len(lines) == 0 {
		return "", nil, err
	}
	calendar := document.Calendar{Product: pg.env.Policy.Product, Account: nav.AgreementName(p, a), Key: fileKey(a), At: pg.env.Clock.Now()}
	for _, l := range lines {
		due := document.Due{Number: l.number, On: l.day, Amount: amountWords(p, l.amount)}
		if l.number > 0 {
			due.Notes = whatWords(p, l, a.PaymentsTotal)
		}
		calendar.Dues = append(calendar.Dues, due)
	}
	return p.T("payments.file.calendar"), calendar.ICS(p), nil
}

// history reads all that was paid, in the words of the files.
func (pg *page) history(ctx context.Context, p *text.Printer, a services.Agreement) (document.History, error) {
	lines, err := pg.presenter.wholeHistory(ctx, a.ID)
	h := document.History{
		Product: pg.env.Policy.Product, Account: nav.AgreementName(p, a), Number: a.Number, Key: fileKey(a), Lease: a.Kind == services.Lease,
		Currency: currencyOf(a), Balance: a.Balance, At: pg.env.Clock.Now(),
	}
	for _, l := range lines {
		h.Currency = l.amount.CurrencyCode()
		h.Payments = append(h.Payments, document.Payment{
			Date: l.day, Method: methodWords(p, l), Reference: l.reference, Principal: l.principal.Money, Interest: l.interest.Money,
			Tax: l.tax.Money, Amount: l.amount.Money, Status: statusWords(p, l), Returned: l.status == returned,
		})
	}
	return h, err
}

// fileKey names an agreement to other programs: people know it by the end of its number, and programs by the rest, which
// tells nothing.
func fileKey(a services.Agreement) string { return a.LastDigits() + "-" + a.ID[:min(len(a.ID), 12)] }

// currencyOf is the currency of an agreement, as its figures tell it.
func currencyOf(a services.Agreement) string {
	if code := a.Balance.CurrencyCode(); code != "" {
		return code
	}
	if a.Next != nil && a.Next.Total.CurrencyCode() != "" {
		return a.Next.Total.CurrencyCode()
	}
	return "CAD"
}
