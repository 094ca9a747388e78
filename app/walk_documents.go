//go:build !release

package main

import (
	"fyne.io/fyne/v2"

	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/uitest"
)

// documents looks at the papers of the agreement, and at the first page of one.
func (w *walk) documents() {
	w.goTo(nav.Route{Page: nav.PageDocuments})
	lists := func() []*kit.List[services.Document] { return uitest.All[*kit.List[services.Document]](w.Screen) }
	w.Until("the list", func() bool { return len(lists()) == 1 && w.Has(w.say("documents.save")) })
	w.Canvas().Focus(lists()[0])
	w.Press(fyne.KeyDown)
	w.Until("the first page", func() bool {
		return w.Has(w.say("documents.page", text.Vars{"Count": 1})) || w.Has(w.say("documents.page", text.Vars{"Count": 2}))
	})
	w.shot("documents")
}
