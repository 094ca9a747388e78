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

// keptCopy finds the conversation that was kept.
func (w *walk) keptCopy() {
	w.goTo(nav.Route{Page: nav.PageDocuments})
	w.Until("the copy in the list", func() bool { return w.Has("M-") })
	w.Canvas().Focus(uitest.All[*kit.Field](w.Screen)[0].Focusable())
	w.TypeFocused("m-")
	w.Press(fyne.KeyDown) // into what was found, also where that has the room to itself
	w.Until("its first page", func() bool {
		return w.Has(w.say("documents.message.stays")) && w.Has(w.say("documents.page", text.Vars{"Count": 1}))
	})
	w.shot("documents-conversation")
}
