package profile

import (
	"bytes"
	"context"

	"myaccount/services"
	"myaccount/ui/nav"
)

// answer is what a service said, with what became of asking.
type answer[T any] struct {
	value  T
	loaded bool
	err    error
}

// take keeps an answer; a failed one keeps what was there.
func (a *answer[T]) take(value T, err error) {
	a.err = err
	if err == nil {
		a.value, a.loaded = value, true
	}
}

// home decides what the page with the cards shows.
type home struct {
	scope   nav.Scope
	deps    Deps
	changed func()

	factor  answer[services.SecondFactor]
	devices answer[[]services.Device]
	kept    answer[services.KeptInfo]

	choosing    bool // the language of mails is being changed
	languageErr error
	removing    string // id of the device whose trust is being ended; "" when none is
	removeErr   error
	exporting   bool
	exportErr   error
	clearing    bool // what this computer keeps is being removed
	clearErr    error
}

func newHome(d nav.Dispatcher, deps Deps) *home {
	return &home{scope: nav.Scope{Dispatcher: d}, deps: deps, changed: func() {}}
}

func (h *home) start() {
	h.scope.Start()
	h.choosing, h.removing, h.exporting, h.clearing = false, "", false, false
	h.loadFactor()
	h.loadDevices()
	h.loadKept()
}

// linked says whether the person has an agreement; before that there are no devices to speak of.
func (h *home) linked() bool { return h.deps.Info().Ready() }

func (h *home) loadFactor() {
	h.factor.err = nil
	nav.Run(&h.scope, h.deps.Security.SecondFactor, func(state services.SecondFactor, err error) {
		h.factor.take(state, err)
		h.changed()
	})
}

func (h *home) loadDevices() {
	if !h.linked() {
		return
	}
	h.devices.err = nil
	nav.Run(&h.scope, h.deps.Devices.Devices, func(list []services.Device, err error) {
		h.devices.take(list, err)
		h.changed()
	})
}

// keeps says whether this computer keeps something of the person beside the service.
func (h *home) keeps() bool { return h.deps.Kept != nil && h.linked() }

func (h *home) loadKept() {
	if !h.keeps() {
		return
	}
	h.kept.err = nil
	nav.Run(&h.scope, h.deps.Kept.Kept, func(info services.KeptInfo, err error) {
		h.kept.take(info, err)
		h.changed()
	})
}

// clear removes what this computer keeps. A message that began to wait since the person was asked is not lost: the
// figures are read again, and nothing is removed.
func (h *home) clear() {
	if h.clearing {
		return
	}
	h.clearing, h.clearErr = true, nil
	h.changed()
	discard := h.kept.value.Waiting > 0
	nav.Keep(&h.scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, h.deps.Kept.RemoveKept(ctx, discard)
	}, func(_ struct{}, err error) {
		h.clearing, h.clearErr = false, err
		h.loadKept()
		h.changed()
	})
}

// retry asks again for what could not be read.
func (h *home) retry() {
	if h.factor.err != nil {
		h.loadFactor()
	}
	if h.devices.err != nil {
		h.loadDevices()
	}
	if h.kept.err != nil {
		h.loadKept()
	}
	h.changed()
}

// setLanguage makes mails speak another language.
func (h *home) setLanguage(language string) {
	if h.choosing || h.deps.Info().Person.Language == language {
		return
	}
	h.choosing, h.languageErr = true, nil
	h.changed()
	nav.Keep(&h.scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, h.deps.Profile.SetLanguage(ctx, language)
	}, func(_ struct{}, err error) {
		h.choosing, h.languageErr = false, err
		h.changed()
	})
}

// remove ends the trust in a device, once. Whether it is this one, which ends the session, comes with the answer.
func (h *home) remove(d services.Device) {
	if h.removing != "" {
		return
	}
	h.removing, h.removeErr = d.ID, nil
	h.changed()
	nav.Keep(&h.scope, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, h.deps.Devices.RevokeDevice(ctx, d.ID)
	}, func(_ struct{}, err error) {
		h.removing = ""
		if services.CodeOf(err) == services.CodeNotFound {
			err = nil // it was removed elsewhere
		}
		if h.removeErr = err; err == nil && d.Current {
			h.deps.Left()
			return
		}
		h.loadDevices()
		h.changed()
	})
}

// export gathers everything about the person and hands it to save.
func (h *home) export(save func(data []byte)) {
	if h.exporting {
		return
	}
	h.exporting, h.exportErr = true, nil
	h.changed()
	nav.Run(&h.scope, func(ctx context.Context) ([]byte, error) {
		var zip bytes.Buffer
		err := h.deps.Profile.Export(ctx, &zip)
		return zip.Bytes(), err
	}, func(data []byte, err error) {
		h.exporting, h.exportErr = false, err
		h.changed()
		if err == nil {
			save(data)
		}
	})
}

// happened brings the page up to date with an event: the address or a device may have changed, or a message been sent.
func (h *home) happened(e services.Event) {
	if e.Kind == services.EventOutbox {
		h.loadKept()
	}
	if e.Kind == services.EventSession {
		h.loadFactor()
		h.loadDevices()
		h.changed()
	}
}
