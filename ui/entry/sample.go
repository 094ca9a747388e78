package entry

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// sampleBox draws the quiet box about the sample data.
type sampleBox struct {
	object fyne.CanvasObject
	p      *text.Printer
	state  *sample
	words  *kit.Wrapped
	load   *kit.Button
	call   *kit.Button
	fail   *kit.Wrapped
}

// newSampleBox makes the box; openDesk may be nil.
func newSampleBox(p *text.Printer, state *sample, openDesk func()) *sampleBox {
	b := &sampleBox{p: p, state: state, words: kit.NewWrapped("", kit.StyleHint), fail: kit.NewWrapped("", kit.StyleHint)}
	b.fail.SetColorName(theme.Bad)
	b.load = kit.NewButton(p.T("entry.sample.load"), state.load).SetCompact(true)
	b.load.SetBusyText(p.T("entry.sample.loading"))
	b.call = kit.NewLink(p.T("entry.sample.advisor"), state.invite).SetSizeName(theme.SizeFieldName)
	links := kit.Flow(theme.Gap4, theme.Gap1, b.call)
	if openDesk != nil {
		links.Add(kit.NewLink(p.T("entry.sample.desk"), openDesk).SetSizeName(theme.SizeFieldName))
	}
	content := kit.VStack(theme.Gap3,
		kit.VStack(theme.Gap1, kit.NewText(p.T("entry.sample.title"), kit.StyleFieldName), b.words), kit.Flow(0, 0, b.load), b.fail, links)
	b.object = kit.NewCard(content, kit.CardInset(theme.Gap4, theme.Gap4))
	return b
}

// update draws what has changed.
func (b *sampleBox) update() {
	s := b.state
	words := b.p.T("entry.sample.text")
	if s.loaded {
		words = b.p.T("entry.sample.loaded")
	}
	b.words.SetText(words)
	show(b.load, !s.loaded)
	b.load.SetBusy(s.loading)
	b.call.SetBusy(s.calling)
	fail := ""
	if s.err != nil {
		fail = b.p.T("entry.sample.failed")
	}
	say(b.fail, fail)
	b.object.Refresh()
}
