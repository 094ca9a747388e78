package documents

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"myaccount/services"
	"myaccount/services/picture"
	"myaccount/services/text"
	"myaccount/ui/nav"
)

const (
	pageSize     = 100  // documents read at once
	pictureWidth = 1000 // pixels, for a preview that is sharp on any screen
)

// filters are the kinds that can be looked at alone, by the name of the filter; "" shows all.
var filters = map[string][]services.DocumentKind{
	"statement": {services.DocumentStatement},
	"agreement": {services.DocumentAgreement, services.DocumentDebit},
	"quote":     {services.DocumentQuote},
	"message":   {services.DocumentMessage},
	"other":     {services.DocumentOther},
}

// preview is what is seen of the document that is chosen.
type preview struct {
	id       string
	language string
	content  services.DocumentContent
	loaded   bool
	picture  picture.Picture // its Image is nil when there is none
	drawn    bool            // as far as it can be
	err      error
}

// presenter loads the agreements, the documents of the one that is shown, and the document that is chosen. What was loaded
// stays until something newer has come.
type presenter struct {
	scope    nav.Scope
	deps     Deps
	language func() string
	changed  func()

	choice  nav.Choice
	of      string // id of the agreement that the documents are of
	list    nav.Loaded[[]services.Document]
	filter  string
	query   string                         // what is searched for
	words   func(services.Document) string // that a document is found by
	preview preview
	busy    bool // a document is being fetched to be opened, saved or printed
}

func newPresenter(d nav.Dispatcher, deps Deps, language func() string, agreementID string) *presenter {
	return &presenter{
		scope: nav.Scope{Dispatcher: d}, deps: deps, language: language, choice: nav.Choice{Chosen: agreementID}, changed: func() {},
		words: func(d services.Document) string { return d.Name },
	}
}

func (p *presenter) start() {
	p.scope.Start()
	p.busy = false
	p.load()
}

// load reads everything again.
func (p *presenter) load() {
	p.choice.Load(&p.scope, p.deps.Agreements, func(came bool) {
		if came {
			p.loadDocuments()
		}
		p.changed()
	})
}

// retry loads again after a failure.
func (p *presenter) retry() {
	p.load()
	p.changed()
}

// chooseAgreement shows the documents of another agreement.
func (p *presenter) chooseAgreement(id string) {
	if p.choice.Choose(id) {
		p.loadDocuments()
		p.changed()
	}
}

// loadDocuments reads the documents of the agreement that is shown. Of another one, nothing is shown any more.
func (p *presenter) loadDocuments() {
	if id := p.choice.Agreement().ID; p.of != id {
		p.of, p.list, p.preview = id, nav.Loaded[[]services.Document]{}, preview{}
	}
	p.list.Err = nil
	nav.About(&p.scope, &p.choice, p.all, func(list []services.Document, err error) {
		if p.list.Take(list, err); err == nil {
			p.settle()
		}
		p.changed()
	})
}

// all reads the documents of an agreement, however many parts they come in. Where only the first is known, as without a
// connection, it is given.
func (p *presenter) all(ctx context.Context, id string) (list []services.Document, err error) {
	for after := ""; ; {
		page, err := p.deps.Documents.Documents(ctx, services.DocumentQuery{
			AgreementID: id, Page: services.Page{After: after, Limit: pageSize},
		})
		if err != nil && len(list) > 0 {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		list = append(list, page.Items...)
		if after = page.Next; after == "" {
			return list, nil
		}
	}
}

// state is what the page shows as a whole.
func (p *presenter) state() nav.State {
	switch {
	case p.choice.State() != nav.Full:
		return p.choice.State()
	case p.list.Done && len(p.list.Value) == 0:
		return nav.Empty
	case p.list.Done:
		return nav.Full
	case p.list.Err != nil, p.choice.Err() != nil:
		return nav.Failed
	default:
		return nav.Loading
	}
}

// err says why nothing could be read.
func (p *presenter) err() error { return cmp.Or(p.choice.Err(), p.list.Err) }

// shown are the documents of the kinds that are looked at, and of them those that have every word searched for.
func (p *presenter) shown() (list []services.Document) {
	words := strings.Fields(text.Fold(p.query))
	for _, d := range p.list.Value {
		if (p.filter == "" || slices.Contains(filters[p.filter], d.Kind)) && hasAll(text.Fold(p.words(d)), words) {
			list = append(list, d)
		}
	}
	return list
}

func hasAll(s string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(s, word) })
}

// setFilter shows documents of some kinds only.
func (p *presenter) setFilter(filter string) {
	if p.filter == filter {
		return
	}
	p.filter = filter
	p.settle()
	p.changed()
}

// search shows documents that have some words only.
func (p *presenter) search(query string) {
	p.query = query
	p.settle()
	p.changed()
}

// settle chooses the first document where the one that was chosen is not shown.
func (p *presenter) settle() {
	list := p.shown()
	if slices.ContainsFunc(list, func(d services.Document) bool { return d.ID == p.preview.id }) {
		return
	}
	p.preview = preview{}
	if len(list) > 0 {
		p.look(list[0].ID)
	}
}

// choose shows another document beside the list.
func (p *presenter) choose(id string) {
	if id == p.preview.id && p.preview.language == p.language() && p.preview.err == nil {
		return
	}
	p.look(id)
	p.changed()
}

// document is the one that is chosen.
func (p *presenter) document() (services.Document, bool) {
	i := slices.IndexFunc(p.list.Value, func(d services.Document) bool { return d.ID == p.preview.id })
	if i < 0 {
		return services.Document{}, false
	}
	return p.list.Value[i], true
}

// look reads a document and has its first page drawn.
func (p *presenter) look(id string) {
	p.preview = preview{id: id, language: p.language()}
	language := p.preview.language
	current := func() bool { return p.preview.id == id && p.preview.language == language }
	nav.Run(&p.scope, func(ctx context.Context) (services.DocumentContent, error) {
		return p.deps.Documents.OpenDocument(ctx, id, language)
	}, func(content services.DocumentContent, err error) {
		if !current() {
			return
		}
		p.preview.content, p.preview.loaded, p.preview.err = content, err == nil, err
		if err == nil {
			p.note(content.Document)
			p.draw(content, current)
		}
		p.changed()
	})
}

// draw has the first page drawn. What cannot be drawn can still be opened.
func (p *presenter) draw(content services.DocumentContent, current func() bool) {
	nav.Run(&p.scope, func(ctx context.Context) (picture.Picture, error) {
		return p.deps.Pictures.First(ctx, content.Data, content.Type, pictureWidth)
	}, func(drawn picture.Picture, err error) {
		if !current() {
			return
		}
		p.preview.drawn = true
		if err == nil {
			p.preview.picture = drawn
		}
		p.changed()
	})
}

// note keeps what opening a document told of it: its size, and that it is kept here.
func (p *presenter) note(d services.Document) {
	for i := range p.list.Value {
		if p.list.Value[i].ID == d.ID {
			p.list.Value[i].Size, p.list.Value[i].KeptHere = d.Size, d.KeptHere
		}
	}
}

// language has changed, perhaps: the document that is chosen is shown in it.
func (p *presenter) translated() {
	d, ok := p.document()
	if ok && p.preview.language != p.language() && len(d.Languages) > 1 && d.Kind == services.DocumentStatement {
		p.look(d.ID)
	}
}

// fetch reads a document to do something with it, which is done unless the person has left meanwhile.
func (p *presenter) fetch(id string, then func(services.DocumentContent, error)) {
	if p.preview.id == id && p.preview.loaded && p.preview.language == p.language() {
		then(p.preview.content, nil)
		return
	}
	if p.busy {
		return
	}
	p.busy = true
	language := p.language()
	nav.Run(&p.scope, func(ctx context.Context) (services.DocumentContent, error) {
		return p.deps.Documents.OpenDocument(ctx, id, language)
	}, func(content services.DocumentContent, err error) {
		p.busy = false
		if err == nil {
			p.note(content.Document)
		}
		p.changed()
		then(content, err)
	})
}

// remove removes a copy of a conversation.
func (p *presenter) remove(id string, then func(error)) {
	nav.Run(&p.scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.deps.Documents.RemoveDocument(ctx, id)
	}, func(_ struct{}, err error) {
		if err == nil {
			p.list.Value = slices.DeleteFunc(slices.Clone(p.list.Value), func(d services.Document) bool { return d.ID == id })
			p.settle()
		}
		p.changed()
		then(err)
	})
}

// print hands a document to the system's printers.
func (p *presenter) print(content services.DocumentContent, then func(error)) {
	nav.Run(&p.scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.deps.Print(ctx, content.FileName, content.Data)
	}, func(_ struct{}, err error) { then(err) })
}

// happened takes an event.
func (p *presenter) happened(e services.Event) {
	switch e.Kind {
	case services.EventRefetch:
		p.load()
	case services.EventDocument, services.EventPayment:
		if p.choice.State() == nav.Full {
			p.loadDocuments()
		}
	}
}
