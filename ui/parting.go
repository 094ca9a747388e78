package ui

import (
	"context"

	"myaccount/services"
	"myaccount/ui/entry"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// What becomes at sign-out of what this computer keeps.
const (
	partKeep   = "keep"
	partRemove = "remove"
)

// partingChoice is what is chosen before the person chooses: to keep it where the person comes back. Elsewhere it is
// removed, but never a message that was not sent yet.
func partingChoice(device services.Device, kept services.KeptInfo) string {
	if device.TrustedUntil.IsZero() && kept.Waiting == 0 {
		return partRemove
	}
	return partKeep
}

// signOut ends the session because the person says so. What this computer would keep of them is asked about first. The
// page is left before, so that what was just typed counts.
func (f *frame) signOut() {
	kept, ok := f.session.(services.Kept)
	if !ok || !f.session.Info().Ready() {
		f.out(entry.NoteSignedOut)
		return
	}
	f.leave()
	read := func(ctx context.Context) (services.KeptInfo, error) {
		nav.Settle(settleTime)
		return kept.Kept(ctx)
	}
	nav.Run(&f.life, read, func(info services.KeptInfo, err error) {
		if err != nil || info == (services.KeptInfo{}) {
			f.out(entry.NoteSignedOut)
			return
		}
		f.askParting(kept, info)
	})
}

// askParting asks what becomes of what this computer keeps.
func (f *frame) askParting(kept services.Kept, info services.KeptInfo) {
	p := f.program.printer
	f.closeParting()
	effect := kit.NewWrapped("", kit.StyleQuiet)
	explain := func(choice string) {
		effect.SetText(p.T("ui.parting.kept"))
		if choice == partRemove {
			effect.SetText(nav.KeptLoss(p, info))
		}
	}
	choice := kit.NewRadio([]kit.Option{
		{ID: partKeep, Label: p.T("ui.parting.keep")}, {ID: partRemove, Label: p.T("ui.parting.remove")},
	}, explain)
	choice.SetSelected(partingChoice(f.session.Info().Device, info))
	explain(choice.Selected())
	content := kit.VStack(theme.Gap4, kit.NewWrapped(nav.KeptSentence(p, info), kit.StyleLabel), choice, effect)
	f.parting = kit.ShowDialog(f.window, p.T("ui.parting.title"), content, p.T("ui.foot.sign_out"), p.T("ui.idle.stay"), false, func(yes bool) {
		f.parting = nil
		switch {
		case f.session == nil: // it has ended meanwhile
		case !yes:
			f.stay()
		case choice.Selected() == partRemove:
			f.part(kept, info.Waiting > 0)
		default:
			f.out(entry.NoteSignedOut)
		}
	})
}

// part removes what this computer keeps, and ends the session. A message that began to wait since the question was asked
// is not lost: the question comes again.
func (f *frame) part(kept services.Kept, discard bool) {
	remove := func(ctx context.Context) error { return kept.RemoveKept(ctx, discard) }
	nav.RunErr(&f.life, remove, func(err error) {
		switch services.CodeOf(err) {
		case "", services.CodeUnauthenticated:
			f.out(entry.NoteSignedOut)
		case services.CodeConflict:
			f.signOut()
		default:
			f.program.Log.Error("what this computer keeps was not removed", "error", err)
			f.stay()
			f.toaster.Say(f.program.printer.T("ui.parting.failed"))
		}
	})
}

// stay goes on with the page that was left to sign out.
func (f *frame) stay() {
	if v, ok := f.history.current(); ok {
		v.page.Start()
		f.rebuild()
	}
}

// closeParting takes the question away, as when the session ends by itself.
func (f *frame) closeParting() {
	if f.parting != nil {
		f.parting.Close(false)
	}
}
