package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"myaccount/ui/kit"
	"myaccount/ui/theme"
)

// CrashReport is what an earlier run left behind when it ended unexpectedly. The zero value is none.
type CrashReport struct {
	Path    string
	Text    string
	At      time.Time
	Discard func() error
}

// offerCrashReport asks once what to do with the report of an earlier run.
func (p *Program) offerCrashReport(f *frame) {
	if p.Crash.Discard == nil {
		return
	}
	kit.ShowDialog(f.window, p.printer.T("ui.crash.title"), kit.NewWrapped(p.printer.T("ui.crash.text"), kit.StyleLabel),
		p.printer.T("ui.crash.show"), p.printer.T("ui.crash.discard"), false, func(show bool) {
			if show {
				p.showCrashReport(f)
				return
			}
			p.discardCrashReport()
		})
}

// showCrashReport shows the report, which can be copied, and discards it afterwards.
func (p *Program) showCrashReport(f *frame) {
	report := kit.NewSelectable(p.Crash.Text, kit.StyleHint)
	scroll := container.NewScroll(report)
	scroll.SetMinSize(fyne.NewSize(380, 320))
	content := kit.VStack(theme.Gap2, kit.NewHint(p.printer.DateTime(p.Crash.At.Local())), kit.NewSelectable(p.Crash.Path, kit.StyleHint), scroll)
	kit.ShowDialog(f.window, p.printer.T("ui.crash.title"), content, p.printer.T("ui.crash.discard"), "", false,
		func(bool) { p.discardCrashReport() })
}

func (p *Program) discardCrashReport() {
	if err := p.Crash.Discard(); err != nil {
		p.Log.Warn("the crash report was not removed", "error", err)
	}
}
