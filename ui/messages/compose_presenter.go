package messages

import (
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// pageState is what a page shows.
type pageState int

const (
	loading pageState = iota
	empty
	failed
	full
)

// composer is a new message with the agreements that it can be about.
type composer struct {
	*writer
	scope      nav.Scope
	agreements []services.Agreement
	loaded     bool
	err        error
	draftID    string
}

func newComposer(env nav.Env, deps Deps, route nav.Route) *composer {
	draft := services.Draft{}
	if preset, ok := route.Payload.(nav.ComposePreset); ok {
		draft.Topic, draft.AgreementID, draft.Body = preset.Topic, preset.AgreementID, preset.Body
	}
	w := deps.Begun.draft(route.Arg)
	if w == nil {
		w = newWriter(env.Dispatcher, deps, env.Policy, draft)
		deps.Begun.add(w)
	}
	return &composer{writer: w, scope: nav.Scope{Dispatcher: env.Dispatcher}, draftID: route.Arg}
}

func (c *composer) start() {
	c.scope.Start()
	if !c.loaded {
		c.load()
	}
}

// load reads the agreements, and the draft that the page begins with unless it goes on with its writer.
func (c *composer) load() {
	c.err = nil
	read := c.draftID != "" && c.draft.ID == ""
	type answer struct {
		agreements []services.Agreement
		draft      services.Draft
		kept       kept
	}
	nav.Run(&c.scope, func(ctx context.Context) (a answer, err error) {
		if a.agreements, err = c.deps.Agreements.Agreements(ctx); err == nil && read {
			a.draft, err = c.deps.Drafts.Draft(ctx, c.draftID)
		}
		if err == nil && read {
			a.kept, err = readKept(ctx, c.deps)
		}
		return a, err
	}, func(a answer, err error) {
		if c.err = err; err == nil {
			c.loaded, c.agreements = true, a.agreements
			c.begin(a.draft)
			c.cameBack(a.kept.refusal(a.draft.ID))
		}
		c.changed()
	})
}

// begin goes on with a draft, and chooses the agreement when there is only one.
func (c *composer) begin(draft services.Draft) {
	if draft.ID != "" {
		c.draft, c.state = draft, saved
		c.files.SetFiles(draft.Attachments)
		if c.tooLong() {
			c.refuse(fieldBody, services.ReasonTooLong)
		}
	}
	if c.draft.AgreementID == "" && len(c.agreements) == 1 {
		c.draft.AgreementID = c.agreements[0].ID
	}
}

func (c *composer) retry() {
	c.load()
	c.changed()
}

func (c *composer) page() pageState {
	switch {
	case c.loaded:
		return full
	case c.err != nil:
		return failed
	default:
		return loading
	}
}
