package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/picture"
	"myaccount/services/program"
	"myaccount/services/remote/browser"
	"myaccount/services/text"
	"myaccount/ui"
	"myaccount/ui/nav"
	"myaccount/ui/theme"
)

// defaultSize is the main window's when it was never resized.
var defaultSize = fyne.NewSize(1280, 800)

// desktop is one run of the program with a window.
type desktop struct {
	ctx         context.Context
	environment *environment
	brand       brand.Brand
	catalogue   *text.Catalogue
	printer     *text.Printer
	meta        fyne.AppMetadata

	app     fyne.App
	window  fyne.Window // of a fault; nil otherwise
	shown   ui.Folder
	server  string // "" in local-only mode
	portal  portal
	program *ui.Program
	ask     request
}

// runDesktop opens the data folder and shows the window until the person closes it or ctx ends.
func runDesktop(ctx context.Context, s start, d *desktop) (err error) {
	resume := easeCollector()
	defer resume()
	files, err := systemConfigFiles()
	if err != nil {
		return err
	}
	config, err := loadConfig(files, os.Environ, s.flags)
	if err != nil {
		return err
	}
	if d.app, err = newApp(d.meta, runtime.GOOS); err != nil {
		return err
	}
	fonts := loadFonts(d.app)
	if d.environment, err = openEnvironment(ctx, config, s.ask); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.environment.Close()) }()
	d.ctx, d.ask, d.server = ctx, s.ask, serverOf(config, d.brand.Server.URL)
	if d.server != "" && d.ask.Import != "" {
		return &program.Fault{Key: "app.cli.import_remote", Vars: text.Vars{"Server": d.server}, Usage: true}
	}
	d.printer = d.speak()
	d.app.Lifecycle().SetOnStarted(resume)
	show := d.opening()
	<-fonts
	show()
	stop := context.AfterFunc(ctx, func() { ui.Live{}.Do(d.app.Quit) })
	defer stop()
	d.app.Run()
	return d.close()
}

// easeCollector lets garbage collection wait while the window comes up, and gives what ends that. Most of what a start
// makes is kept: looking for garbage in it again and again takes a twentieth of the start. What is not kept goes back to
// the system once the window has stood for a moment.
func easeCollector() (resume func()) {
	usual := debug.SetGCPercent(400)
	return func() {
		debug.SetGCPercent(usual)
		time.AfterFunc(time.Second, debug.FreeOSMemory)
	}
}

// newApp makes Fyne's app. On Linux it begins with light colours, until the desktop says which ones: by itself Fyne
// begins with dark ones, and keeps to them where no desktop answers.
func newApp(meta fyne.AppMetadata, goos string) (fyne.App, error) {
	const variable = "FYNE_THEME" // it must not stay set: Fyne would not listen to the desktop
	if goos == "linux" && os.Getenv(variable) == "" {
		if err := os.Setenv(variable, "light"); err != nil {
			return nil, fmt.Errorf("appearance: %w", err)
		}
		defer func() { _ = os.Unsetenv(variable) }()
	}
	fyneapp.SetMetadata(meta)
	return fyneapp.NewWithID(meta.ID), nil
}

// loadFonts has Fyne load the face of plain text, and with it the system's fonts that it falls back on: a seventh of
// the start, for which the data is opened. Until done, nothing else may measure text.
func loadFonts(app fyne.App) (done <-chan struct{}) {
	loaded := make(chan struct{})
	app.Settings().SetTheme(theme.New(theme.System, 1)) // every theme of the program has the same faces
	go func() {
		defer close(loaded)
		fyne.MeasureText(" ", 14, fyne.TextStyle{})
	}()
	return loaded
}

// speak chooses the language of this run: the person's, else the system's.
func (d *desktop) speak() *text.Printer {
	if chosen := d.environment.Settings.Load().Language; chosen != "" {
		return d.catalogue.Printer(text.ParseLang(chosen))
	}
	return d.printer
}

// open opens the portal and shows the program, or shows why it cannot.
func (d *desktop) open() { d.opening()() }

// opening opens the portal and gives what shows the program, or why it cannot be shown. Only that needs the user
// interface's goroutine.
func (d *desktop) opening() (show func()) {
	if d.server != "" {
		portal, err := openRemote(d.ctx, d.environment, d.server)
		return func() {
			if err != nil {
				d.showFault(err)
				return
			}
			d.portal = portal
			d.connect(portal)
		}
	}
	portal, err := openPortal(d.ctx, d.environment, d.brand, d.catalogue)
	return func() {
		if err != nil {
			d.showFault(err)
			return
		}
		d.portal = portal
		policy, err := portal.Policy(d.ctx)
		if err != nil {
			d.showFault(fmt.Errorf("policy: %w", err))
			return
		}
		d.show(policy)
	}
}

// show makes the program on the portal and opens its main window, in place of what was shown before.
func (d *desktop) show(policy services.Policy) {
	dispatcher := ui.Live{}
	d.program = ui.New(ui.Options{
		App: d.app, Portal: d.portal, Policy: policy, Brand: d.brand, Catalogue: d.catalogue,
		Settings: d.environment.Settings, System: d.printer.Lang(), Clock: systemClock{}, Dispatcher: dispatcher,
		After: ui.After(dispatcher), Browse: d.browse,
		Files:  func(w fyne.Window) nav.Files { return ui.NewFiles(w, d.app.OpenURL, &d.shown) },
		Device: d.printer.T("app.device." + deviceKind(runtime.GOOS)), OfferSample: d.environment.Config.Sample, Pictures: picture.New(pictureFolder()),
		Version: d.meta.Version, Log: d.environment.Log, Size: d.size(), Crash: d.crash(),
	})
	d.program.Open(route(d.ask))
	if d.window != nil {
		d.window.Hide()
	}
	go d.serve(dispatcher)
}

// pictureFolder is where this machine keeps what draws documents, made ready; "" where there is no such place.
func pictureFolder() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "my-account", "pictures")
}

// browse leads a person through the pages of an identity provider.
func (d *desktop) browse(ctx context.Context, start services.IdentityStart, lang string) (services.IdentityProof, error) {
	return browser.SignIn(ctx, start, d.app.OpenURL, d.catalogue.Printer(text.Lang(lang)))
}

// deviceKind is the key of what a computer of a system is called.
func deviceKind(goos string) string {
	switch goos {
	case "windows", "darwin":
		return goos
	default:
		return "linux"
	}
}

// size is the window's of last time.
func (d *desktop) size() fyne.Size {
	if kept := d.environment.Settings.Window(); kept.Width > 0 && kept.Height > 0 {
		return fyne.NewSize(kept.Width, kept.Height)
	}
	return defaultSize
}

// crash is the report of an earlier run that crashed, if one waits.
func (d *desktop) crash() ui.CrashReport {
	left, ok := d.environment.Crashes.Pending()
	if !ok {
		return ui.CrashReport{}
	}
	return ui.CrashReport{Path: left.Path, Text: left.Text, At: left.At, Discard: d.environment.Crashes.Dismiss}
}

// serve takes what later starts hand over.
func (d *desktop) serve(dispatcher nav.Dispatcher) {
	for ask := range d.environment.Instance.Requests() {
		dispatcher.Do(func() { d.program.Handle(route(ask)) })
	}
}

// route is where a start wants to go. Links were checked by the start that handed them over, but a socket may bring
// anything, so they are checked again.
func route(ask request) nav.Route {
	if ask.Import != "" {
		return nav.Route{Page: nav.PageImport, Arg: ask.Import}
	}
	if ask.Link != "" {
		if r, err := parseLink(ask.Link); err == nil {
			return r
		}
	}
	return nav.Route{}
}

// close keeps the window's size, ends sessions and closes the portal.
func (d *desktop) close() error {
	var errs []error
	if d.program != nil {
		if size := d.program.WindowSize(); size.Width > 0 {
			errs = append(errs, d.environment.Settings.SaveWindow(windowSize{size.Width, size.Height}))
		}
		d.program.Stop()
	}
	if d.portal != nil {
		errs = append(errs, d.portal.Close())
	}
	return errors.Join(append(errs, d.shown.Remove())...)
}

// before makes the window of what comes before the program.
func (d *desktop) before() fyne.Window {
	if d.window == nil {
		d.window = d.app.NewWindow(d.brand.Product.Name)
		d.window.Resize(fyne.NewSize(760, 520))
		d.window.SetMaster()
	}
	return d.window
}

// showFault says why the data could not be opened and offers what can be done.
func (d *desktop) showFault(err error) {
	d.environment.Log.Error("the data could not be opened", "error", err)
	d.before()
	p := d.printer
	f := ui.Fault{Title: p.T("app.fault.title"), Text: p.T("app.fault.unknown")}
	var known *program.Fault
	if errors.As(err, &known) {
		f.Text = known.Sentence(p)
		f.Actions = d.remedies(known)
	}
	f.Actions = append(f.Actions,
		ui.FaultAction{Label: p.T("app.fault.retry"), Tapped: d.open}, ui.FaultAction{Label: p.T("app.fault.quit"), Tapped: d.app.Quit})
	ui.ShowFault(d.app, d.window, d.environment.Settings.Load(), f)
	d.window.Show()
}

// remedies are the ways out of a fault besides trying again.
func (d *desktop) remedies(f *program.Fault) []ui.FaultAction {
	p := d.printer
	switch f.Key {
	case "app.data.damaged":
		return []ui.FaultAction{{Label: p.T("app.fault.set_aside"), Tapped: d.startAnew}}
	case "app.data.key", "app.data.keyring":
		return []ui.FaultAction{{Label: p.T("app.fault.backup"), Tapped: d.takeBackup}}
	}
	return nil
}

// vault is the database that the program runs on.
func (d *desktop) vault() vault {
	if d.server != "" {
		return cacheVault(serverFolder(d.environment.Folder, d.server))
	}
	return localVault(d.environment.Folder)
}

// startAnew sets a damaged database aside and begins a new one.
func (d *desktop) startAnew() {
	if _, err := setAside(d.vault()); err != nil {
		d.showFault(err)
		return
	}
	d.open()
}

// takeBackup asks for a backup of the key and opens the portal with it.
func (d *desktop) takeBackup() {
	ui.NewFiles(d.window, d.app.OpenURL, &d.shown).Open("", nil, func(paths []string) {
		if len(paths) == 0 {
			return
		}
		if err := restoreKey(d.ctx, d.vault(), paths[0]); err != nil {
			d.showFault(err)
			return
		}
		d.open()
	})
}
