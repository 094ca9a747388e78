package entry

import (
	"fyne.io/fyne/v2"

	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// Widths of the forms at text scale 1, in device-independent pixels.
const (
	narrow = 400 // one column
	wide   = 440 // with two fields beside each other
)

// frame puts a form beside the brand panel. A form that is too high scrolls.
func frame(p *text.Printer, env nav.Env, site *Site, width float32, form fyne.CanvasObject) fyne.CanvasObject {
	margin := theme.PageMargin
	return beside(p, env, site, kit.NewPageScroll(kit.Inset(theme.Gap2, margin, frameBottom, margin, kit.CenterBox(width, form))))
}

// frameBottom is the room under a form, as much as above it, so that it stands in the middle.
const frameBottom = 56

// barHeight leaves room for the shell's choice of language at the top right: nothing scrolls under it.
func barHeight() float32 {
	return 24 + 24*fyne.CurrentApp().Settings().Theme().Size(theme.SizeText)/14
}

// beside puts content beside the brand panel.
func beside(p *text.Printer, env nav.Env, site *Site, content fyne.CanvasObject) fyne.CanvasObject {
	if site.Inside != nil && site.Inside() {
		return content
	}
	words := p.T("entry.hero.text")
	if fyne.CurrentApp().Settings().Theme().Size(theme.SizeText) > largeText {
		words = "" // the panel does not scroll, and a small window has no room for it
	}
	return kit.NewHeroSplit(kit.NewHero(env.Policy.Product, site.Subtitle[string(p.Lang())], p.T("entry.hero.claim"), words),
		kit.Inset(barHeight(), 0, 0, 0, content))
}

// largeText is the size of text from which on the brand panel says less.
const largeText = 18

// headingOf is a title with a sentence under it.
func headingOf(title, lead string) fyne.CanvasObject {
	return kit.VStack(theme.Gap1, kit.NewWrapped(title, kit.StyleTitle), kit.NewWrapped(lead, kit.StyleQuiet))
}

// question is a quiet question with a link as its answer.
func question(words, link string, tapped func()) fyne.CanvasObject {
	return kit.Flow(5, theme.Gap1, kit.NewQuiet(words), kit.NewLink(link, tapped))
}

// longestEntry bounds what can be pasted into a field, in characters: far beyond every limit, so that too long is told
// and not cut, but not so much that drawing it takes time.
const longestEntry = 1000

// field makes a field with what was typed before.
func field(f *kit.Field, typed string, changed func(string)) *kit.Field {
	f.MaxRunes = longestEntry
	f.SetText(typed)
	f.OnChanged = changed
	return f
}

// problemLine is the one red sentence of a form.
func problemLine() *kit.Wrapped {
	w := kit.NewWrapped("", kit.StyleLabel)
	w.SetColorName(theme.Bad)
	w.Hide()
	return w
}

// say sets a text and hides it when there is none.
func say(w *kit.Wrapped, words string) {
	w.SetText(words)
	show(w, words != "")
}

// show shows or hides an object.
func show(o fyne.CanvasObject, on bool) {
	if on == o.Visible() {
		return
	}
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// enable enables or disables a control.
func enable(d fyne.Disableable, on bool) {
	if on == !d.Disabled() {
		return
	}
	if on {
		d.Enable()
	} else {
		d.Disable()
	}
}

// focus moves the focus, once the object is on a canvas.
func focus(env nav.Env, f fyne.Focusable) {
	if env.Window != nil && f != nil {
		env.Window.Canvas().Focus(f)
	}
}
