package desk

import (
	"path/filepath"

	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// documentLink leads to adding a document to the agreement that a conversation is about.
func (r *reader) documentLink(t services.DeskThread) fyne.CanvasObject {
	p := r.page.p
	return kit.HStack(0, kit.NewLink(p.T("desk.document.add"), func() {
		r.page.env.Files.Open(p.T("desk.document.title"), documentEndings, func(paths []string) {
			if len(paths) > 0 {
				r.askDocument(t, paths[0])
			}
		})
	}))
}

// askDocument asks what kind of document a file is, and adds it.
func (r *reader) askDocument(t services.DeskThread, path string) {
	p, pr := r.page.p, r.page.presenter
	kind := documentKinds[0]
	options := make([]kit.Option, len(documentKinds))
	for i, k := range documentKinds {
		options[i] = kit.Option{ID: string(k), Label: p.T("desk.document.kind." + string(k))}
	}
	choice := kit.NewRadio(options, func(id string) { kind = services.DocumentKind(id) })
	choice.SetSelected(string(kind))
	said := p.T("desk.document.text", text.Vars{"Name": filepath.Base(path), "Customer": t.Customer, "Number": t.AgreementNumber})
	content := kit.VStack(theme.Gap4, kit.NewWrapped(said, kit.StyleLabel), choice)
	kit.ShowDialog(r.page.env.Window, p.T("desk.document.title"), content, p.T("desk.document.confirm"), p.T("desk.document.cancel"), false,
		func(ok bool) {
			if ok {
				pr.addDocument(p, t.AgreementID, path, kind)
			}
		})
}
