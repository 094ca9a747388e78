package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// railWidth is that of the design, at text scale 1.
const railWidth = 223

// railPages are the pages of the rail, in their order.
var railPages = []struct {
	page nav.PageID
	icon theme.IconName
	key  string
}{
	{nav.PageOverview, theme.IconOverview, "ui.rail.overview"},
	{nav.PagePayments, theme.IconPayments, "ui.rail.payments"},
	{nav.PageDocuments, theme.IconDocuments, "ui.rail.documents"},
	{nav.PageMessages, theme.IconMessages, "ui.rail.messages"},
	{nav.PageVehicle, theme.IconVehicle, "ui.rail.vehicle"},
	{nav.PageProfile, theme.IconProfile, "ui.rail.profile"},
}

// under tells which entry of the rail a page belongs to.
var under = map[nav.PageID]nav.PageID{
	nav.PageCompose: nav.PageMessages, nav.PageSent: nav.PageMessages,
	nav.PagePay: nav.PagePayments, nav.PageAccounts: nav.PagePayments, nav.PageAutopay: nav.PagePayments, nav.PagePayoff: nav.PagePayments, nav.PageLeaseEnd: nav.PageVehicle,
}

// customerRail is the rail of a customer: the pages that this session can go to.
func (f *frame) customerRail(page nav.PageID) fyne.CanvasObject {
	items := kit.VStack(2)
	if parent, ok := under[page]; ok {
		page = parent
	}
	for _, entry := range railPages {
		if !f.mayOpen(entry.page) {
			continue
		}
		item := kit.NewRailItem(entry.icon, f.program.printer.T(entry.key), func() { f.goTo(nav.Route{Page: entry.page}) })
		if entry.page == page {
			item.SetSelected(true)
			f.here = item
		}
		if entry.page == nav.PageMessages {
			item.SetCount(f.unread)
			f.badge = item
		}
		items.Add(item)
	}
	return f.railWith(items)
}

// deskRail is the rail of an advisor.
func (f *frame) deskRail() fyne.CanvasObject {
	item := kit.NewRailItem(theme.IconDesk, f.program.printer.T("ui.rail.desk"), func() { f.goTo(nav.Route{Page: nav.PageDesk}) })
	item.SetSelected(true)
	return f.railWith(kit.VStack(2, item))
}

// railWith puts the product's name over the entries and what belongs to the person at the foot.
func (f *frame) railWith(items fyne.CanvasObject) fyne.CanvasObject {
	p := f.program
	head := kit.VStack(4,
		kit.NewText(p.Policy.Product, kit.Style{Size: theme.SizeBrand, Color: theme.Text, Bold: true}),
		kit.NewHint(p.Brand.Product.Subtitle.In(string(p.printer.Lang()))))
	foot := kit.VStack(theme.Gap3,
		kit.NewText(f.session.Info().Person.Name(), kit.Style{Size: theme.SizeFieldName, Color: theme.Text, Bold: true}),
		kit.VStack(2, f.languages(), f.railLinks()))
	if _, local := p.Portal.(services.DataFolder); local {
		foot.Add(f.localStatus())
	}
	column := kit.VStack(0,
		kit.Inset(26, 24, 20, 24, head), kit.Inset(0, 12, 0, 12, items), kit.Spacer(), kit.Inset(12, 24, 18, 24, foot))
	return container.New(railEdge{}, kit.NewGround(theme.RailGround), minWidth(railWidth, column), kit.NewGround(theme.Hairlines))
}

// railEdge draws the rail on its ground with a hairline at its right.
type railEdge struct{}

// MinSize is the rail's.
func (railEdge) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[1].MinSize().Add(fyne.NewSize(theme.Hairline, 0))
}

// Layout puts the hairline last.
func (railEdge) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := size.Width - theme.Hairline
	for _, o := range objects[:2] {
		o.Resize(fyne.NewSize(width, size.Height))
	}
	objects[2].Resize(fyne.NewSize(theme.Hairline, size.Height))
	objects[2].Move(fyne.NewPos(width, 0))
}

// beside puts a page at the right of the rail, with no gap between them.
type beside struct{}

// MinSize is that of both.
func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rail, page := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(rail.Width+page.Width, max(rail.Height, page.Height))
}

// Layout gives the page what the rail leaves.
func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rail := objects[0].MinSize().Width
	objects[0].Resize(fyne.NewSize(rail, size.Height))
	objects[1].Resize(fyne.NewSize(size.Width-rail, size.Height))
	objects[1].Move(fyne.NewPos(rail, 0))
}

// railLinks are settings, the mail tray and signing out.
func (f *frame) railLinks() fyne.CanvasObject {
	p := f.program.printer
	links := kit.Flow(6, 2, f.link(p.T("ui.foot.settings"), func() { f.goTo(nav.Route{Page: nav.PageSettings}) }))
	if f.hasTray() {
		links.Add(kit.NewHint("·"))
		links.Add(f.link(p.T("ui.foot.mail"), f.openMail))
	}
	links.Add(kit.NewHint("·"))
	links.Add(f.link(p.T("ui.foot.sign_out"), f.signOut))
	return links
}

// link is a small link, as at the foot of the rail.
func (f *frame) link(label string, tapped func()) *kit.Button {
	b := kit.NewTextLink(label, tapped)
	b.SetSizeName(theme.SizeHint)
	b.SetColorName(theme.QuietText)
	return b
}

// languages names both languages; the one that is not in use is a link.
func (f *frame) languages() *fyne.Container {
	row := kit.HStack(6)
	for i, lang := range text.Langs() {
		if i > 0 {
			row.Add(kit.NewHint("·"))
		}
		name := f.program.Catalogue.Printer(lang).T("ui.language")
		if lang == f.program.printer.Lang() {
			row.Add(kit.NewHint(name))
			continue
		}
		row.Add(f.link(name, func() { f.program.changeLanguage(lang) }))
	}
	return row
}

func (p *Program) changeLanguage(lang text.Lang) {
	s := p.settings
	s.Language = string(lang)
	p.Change(s)
}

func (f *frame) localStatus() fyne.CanvasObject {
	return kit.HStack(6, kit.NewText("●", kit.Style{Size: theme.SizeSmall, Color: theme.Good}), kit.NewHint(f.program.printer.T("ui.foot.local")))
}

// entrance is a page of those who are not signed in, with language, mail and settings in the upper corner. The entry pages
// leave room for it; above another page, which has no rail to leave it by, it has a line of its own with a way back.
func (f *frame) entrance(id nav.PageID, page fyne.CanvasObject) fyne.CanvasObject {
	p := f.program.printer
	bar := f.languages()
	if f.hasTray() {
		bar.Add(kit.NewHint("·"))
		bar.Add(f.link(p.T("ui.entrance.mail"), f.openMail))
	}
	if id != nav.PageSettings {
		bar.Add(kit.NewHint("·"))
		bar.Add(f.link(p.T("ui.foot.settings"), func() { f.goTo(nav.Route{Page: nav.PageSettings}) }))
	}
	if _, leavesRoom := entryPages[id]; leavesRoom {
		corner := kit.Inset(18, 24, 0, 0, kit.HStack(0, kit.Spacer(), bar))
		return container.NewStack(kit.HeadBody(corner, kit.Gap(0)), page)
	}
	back := kit.NewLink(p.T("ui.entrance.back"), f.back)
	return kit.HeadBody(kit.Inset(18, 24, 0, theme.PageMargin, kit.HStack(0, back, kit.Spacer(), bar)), page)
}

// ground lies under everything and notices that the pointer moves: a sign that the person is there.
func (f *frame) ground() fyne.CanvasObject {
	return container.NewStack(kit.NewGround(theme.Ground), newPresence(f.touched))
}

// minWidth gives an object at least a width.
func minWidth(width float32, o fyne.CanvasObject) fyne.CanvasObject {
	strut := canvas.NewRectangle(color.Transparent)
	strut.SetMinSize(fyne.NewSize(width, 0))
	return container.New(layout.NewStackLayout(), strut, o)
}
