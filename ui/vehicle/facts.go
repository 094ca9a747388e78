package vehicle

import (
	"strconv"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/services/vin"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// factsCard is the vehicle as its number and the agreement tell it, with the ways to what others know of it.
func (pg *page) factsCard(a services.Agreement) fyne.CanvasObject {
	p, info := pg.printer, vin.Decode(a.VIN)
	copied := kit.NewTextLink(p.T("vehicle.vin.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(a.VIN)
		pg.env.Toast(p.T("vehicle.vin.copied"))
	})
	number := kit.NewSelectable(a.VIN, kit.StyleAmount)
	column := kit.VStack(0, kit.NewCardTitle(p.T("vehicle.facts.title")), kit.Gap(theme.Gap1),
		kit.NewRowLine(kit.NewQuiet(p.T("vehicle.facts.vin")), kit.Spacer(), number, pg.place("copy", copied)))
	var lines []kit.Fact
	if made := maker(p, info); made != "" {
		lines = append(lines, kit.Fact{Label: p.T("vehicle.facts.maker"), Value: made})
	}
	if info.Year != 0 {
		lines = append(lines, kit.Fact{Label: p.T("vehicle.facts.year"), Value: strconv.Itoa(info.Year)})
	}
	lines = append(lines, kit.Fact{Label: p.T("vehicle.facts.since"), Value: p.Date(a.Start)})
	column.Add(kit.NewFacts(lines))
	if _, err := vin.Check(a.VIN); err == nil {
		column.Add(kit.Gap(theme.Gap3))
		column.Add(pg.decoded(a.VIN, info))
	}
	if links := pg.links(); links != nil {
		column.Add(kit.Gap(theme.Gap4))
		column.Add(links)
	}
	return kit.NewCard(column)
}

// maker is who made the vehicle and where, "BMW, built in Germany"; "" when the number does not tell.
func maker(p *text.Printer, info vin.Info) string {
	info.Year = 0 // has a line of its own
	if info.Line == "" {
		return ""
	}
	return vin.Describe(info, p.T)
}

// group is a piece of the number with one meaning: the places from, to.
type group struct {
	from, to int
	meaning  string // "vehicle.vin.<meaning>"
}

// groups are the pieces of a number (ISO 3779, and 49 CFR 565 for North America).
var groups = []group{{1, 3, "maker"}, {4, 8, "model"}, {9, 9, "check"}, {10, 10, "year"}, {11, 11, "plant"}, {12, 17, "serial"}}

// places is "1–3", or "9" for one.
func (g group) places() string {
	if g.from == g.to {
		return strconv.Itoa(g.from)
	}
	return strconv.Itoa(g.from) + "–" + strconv.Itoa(g.to)
}

// decoded is a drawing of which characters of the number mean what, on demand.
func (pg *page) decoded(number string, info vin.Info) fyne.CanvasObject {
	p, key := pg.printer, "vehicle.vin.show"
	if pg.presenter.decoded {
		key = "vehicle.vin.hide"
	}
	column := kit.VStack(theme.Gap3, kit.HStack(0, pg.place("decode", kit.NewTextLink(p.T(key), pg.presenter.decode))))
	if !pg.presenter.decoded {
		return column
	}
	drawing, lines := kit.Flow(theme.Gap2, theme.Gap2), kit.VStack(theme.Gap1)
	big := kit.Style{Size: theme.SizeSection, Color: theme.Text, Tabular: true}
	for _, g := range groups {
		drawing.Add(kit.VStack(2, kit.NewText(number[g.from-1:g.to], big), bar(), kit.NewHint(g.places())))
		lines.Add(kit.Columns(1, 6)(kit.NewText(g.places(), kit.StyleAmount), kit.NewWrapped(meaning(p, g, info), kit.StyleQuiet)))
	}
	column.Add(drawing)
	column.Add(lines)
	if !info.CheckDigitOK {
		column.Add(kit.NewWrapped(p.T("vehicle.vin.check.wrong"), kit.StyleHint))
	}
	return column
}

// bar underlines a piece of the number.
func bar() fyne.CanvasObject {
	return kit.NewCard(kit.Gap(0), kit.CardInset(1.5, 0), kit.CardColors(theme.Primary, theme.Primary))
}

// meaning says what a piece of the number tells.
func meaning(p *text.Printer, g group, info vin.Info) string {
	vars := text.Vars{"Maker": maker(p, info), "Year": strconv.Itoa(info.Year)}
	known := map[string]bool{"maker": info.Line != "", "year": info.Year != 0}
	if told, ok := known[g.meaning]; ok && !told {
		return p.T("vehicle.vin." + g.meaning + ".unknown")
	}
	return p.T("vehicle.vin."+g.meaning, vars)
}

// links lead to what others know of the vehicle; nil when there are none.
func (pg *page) links() fyne.CanvasObject {
	if len(pg.presenter.deps.Links) == 0 {
		return nil
	}
	row := kit.Flow(theme.Gap4, theme.Gap2)
	for _, link := range pg.presenter.deps.Links {
		open := kit.NewButton(link.Name[string(pg.printer.Lang())], func() {
			if err := pg.presenter.deps.Open(link.URL); err != nil {
				pg.env.Toast(pg.printer.T("vehicle.links.failed", text.Vars{"Address": link.URL}))
			}
		})
		row.Add(pg.place(link.URL, open.SetCompact(true)))
	}
	return row
}
