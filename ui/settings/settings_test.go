package settings_test

import (
	"context"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"

	"myaccount/assets"
	"myaccount/services"
	"myaccount/services/text"
	"myaccount/ui/kit"
	"myaccount/ui/nav"
	"myaccount/ui/settings"
	"myaccount/ui/theme"
	"myaccount/ui/uitest"
)

// size is what the shell leaves to a page beside its rail, at 1280 by 800.
var size = fyne.NewSize(1056, 800)

// fake is all the services of the page; it answers what a test sets.
type fake struct {
	mu      sync.Mutex
	storage services.StorageInfo
	loaded  bool
	loads   int
	wipeErr error
	wiped   int
	services.SampleData
}

func (f *fake) Storage(context.Context) (services.StorageInfo, error) { return f.storage, nil }

func (f *fake) DeleteEverything(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.wiped++
	return f.wipeErr
}

func (f *fake) SampleLoaded(context.Context) (bool, error) { return f.loaded, nil }

func (f *fake) LoadSample(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.loads++
	return nil
}

// fixture is a page with what it works on.
type fixture struct {
	*uitest.App
	fake     *fake
	settings nav.Settings
	deps     settings.Deps
	changes  int
	ended    string
}

func newFixture(t *testing.T, lang text.Lang, look theme.Appearance, scale float32) *fixture {
	f := &fixture{App: uitest.NewApp(t, lang, look, scale), fake: &fake{
		storage: services.StorageInfo{Folder: "/home/amelie/.local/share/my-account", KeyPlace: "keyring", Bytes: 3 << 20},
	}}
	f.settings = nav.Settings{Language: string(lang), Appearance: "light", TextScale: 1}
	f.deps = settings.Deps{
		Current: func() nav.Settings { return f.settings },
		Change:  func(s nav.Settings) { f.settings, f.changes = s, f.changes+1 },
		Version: "0.1.0", Licences: assets.Licences,
		Disclaimer: map[string]string{
			"en": "Independent project, not affiliated with BMW AG or the BMW Group.",
			"fr": "Projet indépendant, sans lien avec BMW AG ni avec le Groupe BMW.",
		},
		Data: f.fake, Sample: f.fake, Import: true,
		Deleted: func() { f.ended = "everything" },
	}
	return f
}

func (f *fixture) show(t *testing.T) *uitest.Screen {
	s := f.Show(t, settings.New(f.Env(), f.deps), size)
	if f.deps.Data != nil {
		s.WaitFor(f.fake.storage.Folder)
	}
	if f.deps.Sample != nil {
		s.Until("the sample", func() bool {
			return s.Has(f.Printer.T("settings.sample.text")) || s.Has(f.Printer.T("settings.sample.loaded"))
		})
	}
	return s
}

func TestSettings_Pictures(t *testing.T) {
	states := map[string]func(*fixture, *testing.T) *uitest.Screen{
		"full": func(f *fixture, t *testing.T) *uitest.Screen { return f.show(t) },
		"signedout": func(f *fixture, t *testing.T) *uitest.Screen {
			f.fake.loaded = true
			f.fake.storage.KeyPlace, f.fake.storage.KeyFile = "file", "/home/amelie/.local/share/my-account/key"
			s := f.show(t)
			s.Tap(f.Printer.T("settings.about.show"))
			return s
		},
		"wipe": func(f *fixture, t *testing.T) *uitest.Screen {
			s := f.show(t)
			s.Tap(f.Printer.T("settings.wipe.button"))
			return s
		},
	}
	for state, visit := range states {
		for _, look := range uitest.Looks {
			t.Run(state+"-"+look.Name, func(t *testing.T) {
				s := visit(newFixture(t, look.Lang, look.Appearance, 1), t)
				s.AssertLayout()
				s.Golden(state + "-" + look.Name)
				s.AssertKeyboard()
			})
		}
	}
}

// rooms are the windows and text sizes besides those of the pictures.
var rooms = []struct {
	window fyne.Size
	scale  float32
}{{uitest.Small, 1}, {uitest.Small, 1.5}, {uitest.Small, 2}, {uitest.Large, 1}}

func TestSettings_Layout(t *testing.T) {
	for _, lang := range []text.Lang{text.English, text.French} {
		for _, room := range rooms {
			f := newFixture(t, lang, theme.HighContrast, room.scale)
			s := f.Show(t, settings.New(f.Env(), f.deps), room.window.SubtractWidthHeight(224, 0))
			s.WaitFor(f.fake.storage.Folder)
			s.Tap(f.Printer.T("settings.about.show"))
			s.AssertLayout()
		}
	}
}

func TestSettings_ChangesOneThing(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	s := f.show(t)
	segments := uitest.All[*kit.Segmented](s)
	s.Canvas().Focus(segments[0])
	s.Press(fyne.KeyRight)
	if want := (nav.Settings{Language: "fr", Appearance: "light", TextScale: 1}); f.settings != want {
		t.Fatalf("settings = %+v, want %+v", f.settings, want)
	}
	s.Canvas().Focus(uitest.All[*kit.Radio](s)[0])
	s.Press(fyne.KeyDown)
	s.Canvas().Focus(segments[1])
	s.Press(fyne.KeyRight)
	if want := (nav.Settings{Language: "fr", Appearance: "dark", TextScale: 1.25}); f.settings != want {
		t.Fatalf("settings = %+v, want %+v", f.settings, want)
	}
	s.Rebuild()
	if focused := s.Canvas().Focused(); focused != fyne.Focusable(uitest.All[*kit.Segmented](s)[1]) {
		t.Errorf("after drawing anew the focus is on %T", focused)
	}
}

func TestSettings_LeavesOutWhatThereIsNot(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	f.deps.Data, f.deps.Sample, f.deps.Import = nil, nil, false
	s := f.show(t)
	for _, key := range []string{"settings.data.title", "settings.import.button", "settings.sample.button", "settings.wipe.button"} {
		if s.Has(f.Printer.T(key)) {
			t.Errorf("%s is shown", key)
		}
	}
}

func TestSettings_SampleOnce(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	s := f.show(t)
	s.Tap("Load the sample data")
	s.WaitFor("The sample data is loaded")
	if f.fake.loads != 1 {
		t.Errorf("loaded %d times", f.fake.loads)
	}
}

func TestSettings_Import(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	f.show(t).Tap("Import a portfolio")
	if len(f.Went) != 1 || f.Went[0].Page != nav.PageImport {
		t.Errorf("went to %v", f.Went)
	}
}

func TestSettings_LeavingWhileAllIsDeleted(t *testing.T) {
	for _, err := range []error{nil, services.Fail(services.CodeUnavailable)} {
		f := newFixture(t, text.English, theme.Light, 1)
		f.fake.wipeErr = err
		s := f.show(t)
		s.Tap("Delete all data")
		s.TypeFocused("DELETE")
		select {
		case <-f.Queue.More(): // of what came before
		default:
		}
		s.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.Page().Stop()
		if s.Canvas().Overlays().Top() != nil {
			t.Error("the question stays behind")
		}
		<-f.Queue.More()
		s.Drain()
		if told := f.ended == "everything"; told != (err == nil) {
			t.Errorf("error %v: told %t", err, told)
		}
	}
}

func TestSettings_DeleteEverythingNeedsTheWord(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	s := f.show(t)
	s.Tap("Delete all data")
	for _, step := range []struct {
		typed   string
		enabled bool
	}{{"DELET", false}, {"e", true}, {"d", false}} {
		s.TypeFocused(step.typed)
		if got := s.Enabled("Delete all data"); got != step.enabled {
			t.Errorf("after %q: enabled %t", step.typed, got)
		}
	}
	s.Press(fyne.KeyReturn)
	s.Press(fyne.KeyBackspace)
	if f.fake.wiped != 0 {
		t.Fatal("deleted without the word")
	}
	s.Press(fyne.KeyReturn)
	s.Until("the end", func() bool { return f.ended == "everything" })
	if f.fake.wiped != 1 {
		t.Errorf("deleted %d times", f.fake.wiped)
	}
}

func TestSettings_EscapeKeepsEverything(t *testing.T) {
	f := newFixture(t, text.English, theme.Light, 1)
	s := f.show(t)
	s.Tap("Delete all data")
	s.TypeFocused("DELETE")
	s.Press(fyne.KeyEscape)
	if s.Canvas().Overlays().Top() != nil || f.fake.wiped != 0 || f.ended != "" {
		t.Error("Escape did not leave the question")
	}
}

// TestLicences_NameEveryLibrary compares the list with what the program's code imports.
func TestLicences_NameEveryLibrary(t *testing.T) {
	var names []string
	for line := range strings.Lines(assets.Licences) {
		name, terms, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || terms == "" {
			t.Errorf("no licence in %q", line)
		}
		names = append(names, name)
	}
	used := foreignImports(t, "../../services", "../../ui", "../../app")
	if len(used) < 10 {
		t.Fatalf("found only %d imports", len(used))
	}
	for path := range used {
		if !slices.ContainsFunc(names, func(name string) bool { return path == name || strings.HasPrefix(path, name+"/") }) {
			t.Errorf("%s is missing in assets/licences/licences.txt", path)
		}
	}
}

// foreignImports are the packages of others that the code under some folders imports, tests aside.
func foreignImports(t *testing.T, roots ...string) map[string]bool {
	t.Helper()
	used := map[string]bool{}
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "test/") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			for _, spec := range file.Imports {
				imported := strings.Trim(spec.Path.Value, `"`)
				if host, _, _ := strings.Cut(imported, "/"); strings.Contains(host, ".") {
					used[imported] = true
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return used
}

// backend is the service of remote mode, and what is kept of it here.
type backend struct{ storage services.StorageInfo }

func (b backend) Storage(context.Context) (services.StorageInfo, error) { return b.storage, nil }

func (backend) Service(context.Context) (services.ServiceInfo, error) {
	return services.ServiceInfo{Host: "portal.example.ca:8443", Fingerprint: strings.Repeat("1a2b3c4d", 8)}, nil
}

// In remote mode the page names the server, and offers nothing that only local-only mode has.
func TestSettings_Remote(t *testing.T) {
	for _, look := range uitest.Looks {
		f := newFixture(t, look.Lang, look.Appearance, 1)
		b := backend{f.fake.storage}
		f.deps.Data, f.deps.Sample, f.deps.Import, f.deps.Cache, f.deps.Server = nil, nil, false, b, b
		s := f.show(t)
		s.WaitFor("portal.example.ca:8443")
		s.WaitFor("1A2B 3C4D 1A2B")
		s.WaitFor(f.fake.storage.Folder)
		for _, local := range []string{"settings.wipe.button", "settings.import.button", "settings.sample.button"} {
			if s.Has(f.Printer.T(local)) {
				t.Errorf("it offers %q", f.Printer.T(local))
			}
		}
		s.AssertLayout()
		s.Golden("remote-" + look.Name)
		s.AssertKeyboard()
	}
}
