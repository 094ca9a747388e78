package mailtray

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// card draws one mail: its head with what can be done, or the whole.
func (d *Drawer) card(m services.Mail) fyne.CanvasObject {
	v, s := d.view, d.state
	whole, status := s.whole[m.ID], s.status(v.p, m)
	column := kit.VStack(theme.Gap1, kit.HStack(theme.Gap3,
		kit.HFill(kit.NewWrapped(m.Subject, kit.StyleStrong)), kit.NewQuiet(s.at(v.p, m))))
	if status == "" || whole {
		column.Add(kit.NewWrapped(v.p.T("mailtray.to", text.Vars{"Email": m.To}), kit.StyleQuiet))
	}
	if status == "" && !whole {
		column.Add(kit.Inset(theme.Gap2, 0, 0, 0, kit.NewWrapped(m.Summary, kit.StyleLabel)))
	}
	if whole {
		column.Add(kit.Inset(theme.Gap2, 0, theme.Gap1, 0, wholeText(m)))
	}
	if action := d.action(m); action != nil {
		column.Add(kit.Inset(theme.Gap2, 0, 0, 0, kit.Ends(0, action, d.toggle(m))))
	} else {
		column.Add(kit.Ends(0, kit.NewQuiet(status), d.toggle(m)))
	}
	if s.live(m) {
		return kit.NewCard(column, kit.CardColors(theme.Card, theme.Primary))
	}
	return kit.NewCard(column)
}

// action is the button or the code of a mail; nil when there is nothing to do.
func (d *Drawer) action(m services.Mail) fyne.CanvasObject {
	v, s := d.view, d.state
	switch {
	case s.pressable(m):
		press := func() {
			d.Close()
			d.act(m)
		}
		button := kit.NewButton(m.Button, press).SetCompact(true)
		if s.live(m) {
			button = kit.NewPrimary(m.Button, press).SetCompact(true)
		}
		d.offer(button, m)
		return button
	case m.Code != "" && s.live(m):
		copied := kit.NewButton(v.p.T("mailtray.copy"), nil).SetCompact(true)
		copied.OnTapped = func() {
			fyne.CurrentApp().Clipboard().SetContent(m.Code.Reveal())
			copied.SetText(v.p.T("mailtray.copied"))
		}
		d.offer(copied, m)
		digits := kit.Style{Size: theme.SizeFigure, Color: theme.Text, Bold: true, Tabular: true}
		return kit.HStack(theme.Gap4, kit.NewText(m.Code.Reveal(), digits), copied)
	}
	return nil
}

// offer notes what can be done about a mail; the newest gets the focus.
func (d *Drawer) offer(f fyne.Focusable, m services.Mail) {
	d.view.places[f] = "action " + m.ID
	if d.view.first == nil {
		d.view.first = f
	}
}

// toggle is the small link at the foot of a mail.
func (d *Drawer) toggle(m services.Mail) fyne.CanvasObject {
	key := "mailtray.whole"
	if d.state.whole[m.ID] {
		key = "mailtray.less"
	}
	link := kit.NewTextLink(d.view.p.T(key), func() { d.state.toggle(m.ID) })
	d.view.places[link] = "toggle " + m.ID
	return link.SetSizeName(theme.SizeHint).SetColorName(theme.QuietText)
}

// wholeText is the text part of a mail, to select and copy from.
func wholeText(m services.Mail) fyne.CanvasObject {
	words := kit.NewSelectable(m.Text, kit.StyleLabel).SetWrapping(true)
	return kit.NewCard(words, kit.CardInset(theme.Gap3, theme.Gap3), kit.CardColors(theme.MessageGround, theme.Hairlines))
}
