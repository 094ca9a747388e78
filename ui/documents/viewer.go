package documents

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"myaccount/services"
	"myaccount/services/printing"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// viewer shows the document that is chosen: a picture of its first page, and what can be done with it.
type viewer struct {
	pg                *page
	content           *fyne.Container
	name              *kit.Wrapped
	pages             *kit.Text
	sight             *fyne.Container
	open, save, print *kit.Button
	remove            *kit.Button  // of a copy of a conversation
	stays             *kit.Wrapped // says that such a copy stays
	face              preview      // that is drawn
}

func newViewer(pg *page) *viewer {
	p := pg.p
	v := &viewer{pg: pg, name: kit.NewWrapped("", kit.StyleCardTitle), pages: kit.NewQuiet(""), sight: container.NewStack()}
	v.open = kit.NewPrimary(p.T("documents.open"), func() { pg.open(pg.presenter.preview.id) })
	v.save = kit.NewButton(p.T("documents.save"), func() { pg.save(pg.presenter.preview.id) })
	buttons := kit.Flow(theme.Gap4, theme.Gap3, v.open, v.save)
	if pg.presenter.deps.Print != nil {
		v.print = kit.NewButton(p.T("documents.print"), func() { pg.print(pg.presenter.preview.id) })
		buttons.Add(v.print)
	}
	v.remove = kit.NewDanger(p.T("documents.remove"), func() { pg.askRemove(pg.presenter.preview.id) })
	buttons.Add(v.remove)
	v.stays = kit.NewWrapped(p.T("documents.message.stays"), kit.StyleHint)
	head := kit.Inset(0, 0, theme.Gap4, 0, kit.Sides(v.name, v.pages))
	foot := kit.Inset(theme.Gap4, 0, 0, 0, kit.VStack(theme.Gap3, v.stays, buttons))
	sight := container.NewStack(kit.NewGround(theme.MessageGround), kit.Inset(theme.Gap4, theme.Gap4, theme.Gap4, theme.Gap4, v.sight))
	v.content = kit.Inset(theme.Gap5, theme.PageMargin, theme.Gap6, theme.Gap5, kit.HeadBody(head, kit.BodyFoot(sight, foot)))
	v.content.Hide()
	return v
}

// update draws what the presenter knows of the document.
func (v *viewer) update() {
	d, ok := v.pg.presenter.document()
	if !ok {
		v.content.Hide()
		return
	}
	v.content.Show()
	p, now := v.pg.p, v.pg.presenter.preview
	v.name.SetText(documentName(p, v.pg.presenter.choice.Agreement(), d))
	v.pages.SetText("")
	if n := now.picture.Pages; n > 0 {
		v.pages.SetText(p.T("documents.page", text.Vars{"Count": n}))
	}
	v.enable(now.err == nil)
	for _, o := range []fyne.CanvasObject{v.remove, v.stays} {
		if d.Kind == services.DocumentMessage {
			o.Show()
		} else {
			o.Hide()
		}
	}
	v.face = now
	v.sight.Objects = []fyne.CanvasObject{v.sightOf(now)}
	v.sight.Refresh()
	v.content.Refresh()
}

// enable offers what can be done with a document, unless it cannot be had.
func (v *viewer) enable(on bool) {
	for _, b := range []*kit.Button{v.open, v.save, v.print} {
		switch {
		case b == nil:
		case on:
			b.Enable()
		default:
			b.Disable()
		}
	}
}

// sightOf is the picture, or what there is in its place.
func (v *viewer) sightOf(now preview) fyne.CanvasObject {
	p := v.pg.p
	switch {
	case now.err != nil:
		again := kit.NewLink(p.T("nav.retry"), func() { v.pg.presenter.choose(now.id) })
		return kit.VStack(theme.Gap3, kit.NewWrapped(v.why(now.err), kit.StyleQuiet), kit.HStack(0, again))
	case now.picture.Image != nil:
		picture := canvas.NewImageFromImage(now.picture.Image)
		picture.FillMode, picture.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
		return picture
	case now.drawn:
		return kit.VStack(0, kit.NewWrapped(p.T("documents.preview.none"), kit.StyleQuiet))
	default:
		return kit.VStack(0, kit.NewWrapped(p.T("documents.preview.loading"), kit.StyleQuiet))
	}
}

// why says why a document could not be had.
func (v *viewer) why(err error) string {
	switch services.CodeOf(err) {
	case services.CodeUnavailable:
		return v.pg.p.T("documents.preview.failed")
	case services.CodeNotFound:
		return v.pg.p.T("documents.preview.gone")
	case services.CodeInternal:
		return v.pg.p.T("documents.preview.broken")
	}
	return nav.Sentence(v.pg.p, err, v.pg.env.Clock.Now())
}

// with has a document read and something done with it, or says why it cannot be had.
func (pg *page) with(id string, then func(services.DocumentContent)) {
	pg.presenter.fetch(id, func(content services.DocumentContent, err error) {
		if err != nil {
			pg.env.Toast(pg.viewer.why(err))
			return
		}
		then(content)
	})
}

// open shows a document with the system's program for it.
func (pg *page) open(id string) {
	pg.with(id, func(c services.DocumentContent) {
		if err := pg.env.Files.Show(c.FileName, c.Data); err != nil {
			pg.env.Toast(pg.p.T("documents.not_shown", text.Vars{"Name": c.FileName}))
		}
	})
}

// save asks where to put a document.
func (pg *page) save(id string) {
	p := pg.p
	pg.with(id, func(c services.DocumentContent) {
		pg.env.Files.Save(p.T("documents.save.title"), c.FileName, c.Data, func(path string, err error) {
			switch {
			case err != nil:
				pg.env.Toast(p.T("documents.not_saved", text.Vars{"Name": c.FileName}))
			case path != "":
				pg.env.Toast(p.T("documents.saved", text.Vars{"Name": c.FileName}))
			}
		})
	})
}

// print hands a document to the system's printers, and says what came of it.
func (pg *page) print(id string) {
	p := pg.p
	pg.with(id, func(c services.DocumentContent) {
		pg.presenter.print(c, func(err error) {
			key := "documents.print.sent"
			switch {
			case errors.Is(err, printing.ErrNoPrinter):
				key = "documents.print.none"
			case err != nil:
				key = "documents.print.failed"
			}
			pg.env.Toast(p.T(key, text.Vars{"Name": c.FileName}))
		})
	})
}

// askRemove removes a copy of a conversation once the person has said that they mean it.
func (pg *page) askRemove(id string) {
	p := pg.p
	kit.ShowDialog(pg.env.Window, p.T("documents.remove.ask"), kit.NewWrapped(p.T("documents.remove.text"), kit.StyleLabel),
		p.T("documents.remove"), p.T("documents.remove.keep"), true, func(ok bool) {
			if !ok {
				return
			}
			pg.presenter.remove(id, func(err error) {
				if err != nil {
					pg.env.Toast(nav.Sentence(p, err, pg.env.Clock.Now()))
					return
				}
				pg.env.Toast(p.T("documents.removed"))
				if f := pg.Focus(); f != nil { // what had it is gone
					pg.env.Window.Canvas().Focus(f)
				}
			})
		})
}
