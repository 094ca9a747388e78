package servicetest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"myaccount/services"
)

// sighting is an error that a method gave. Field is "" but with CodeInvalid.
type sighting struct {
	method string // "Messages.Send"
	code   services.Code
	field  string
}

// String is how a sighting is reported.
func (s sighting) String() string {
	return strings.TrimSpace(s.method + " " + string(s.code) + " " + s.field)
}

// sightings are the errors that a run has seen.
type sightings struct {
	mu      sync.Mutex
	errors  map[sighting]bool
	reasons map[string]bool
	cases   int
}

// note keeps an error that a case expected of a method.
func (s *sightings) note(method string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.errors == nil {
		s.errors, s.reasons = map[sighting]bool{}, map[string]bool{}
	}
	fields := services.FieldsOf(err)
	for field, reason := range fields {
		s.errors[sighting{method, services.CodeOf(err), field}] = true
		s.reasons[reason] = true
	}
	if len(fields) == 0 {
		s.errors[sighting{method: method, code: services.CodeOf(err)}] = true
	}
}

func (s *sightings) done() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cases++
}

func (s *sightings) ran() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cases
}

// contract is what the doc comments of package services say.
type contract struct {
	methods []string          // of everything that a Portal leads to, "Messages.Send"
	errors  map[sighting]bool // each that a method's own comment names
	ended   []string          // methods of a session that need it to last
	guarded []string          // methods of a customer's session that also need an authorized device
	reasons []string          // every reason there is
}

// general are the codes that every method may fail with.
var general = []services.Code{services.CodeUnavailable, services.CodeInternal}

// elsewhere are the reasons that no method of these interfaces gives: a screen judges alone how strong a password is, and
// signing in with a login elsewhere is no part of every portal.
var elsewhere = []string{services.ReasonWeak, services.ReasonUnverified}

// compare reports what is documented and was not seen, and the other way round.
func (c contract) compare(t *testing.T, seen *sightings) {
	t.Helper()
	want := maps.Clone(c.errors)
	for _, method := range c.ended {
		want[sighting{method: method, code: services.CodeUnauthenticated}] = true
	}
	for _, method := range c.guarded {
		want[sighting{method: method, code: services.CodeDeviceUnauthorized}] = true
	}
	for s := range want {
		if !seen.errors[s] && !slices.Contains(general, s.code) {
			t.Errorf("documented, but no case has seen it: %v", s)
		}
	}
	for s := range seen.errors {
		if !want[s] && !slices.Contains(general, s.code) {
			t.Errorf("seen, but not documented: %v", s)
		}
	}
	for _, reason := range c.reasons {
		if !seen.reasons[reason] && !slices.Contains(elsewhere, reason) {
			t.Errorf("no case has seen the reason %s", reason)
		}
	}
}

// codeNames are the codes by the names of their constants.
func (r *reader) codeNames() map[string]services.Code {
	names := map[string]services.Code{}
	for name, value := range r.constants {
		if strings.HasPrefix(name, "Code") {
			names[name] = services.Code(value)
		}
	}
	return names
}

// reader reads the source of package services.
type reader struct {
	interfaces map[string]*ast.InterfaceType
	docs       map[string]string // of interfaces
	constants  map[string]string
}

// readContract reads the doc comments.
func readContract(t *testing.T) contract {
	t.Helper()
	r := &reader{interfaces: map[string]*ast.InterfaceType{}, docs: map[string]string{}, constants: map[string]string{}}
	files, err := filepath.Glob(filepath.Join(root(t), "services", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no source of package services: %v", err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if general, ok := decl.(*ast.GenDecl); ok {
				r.read(general)
			}
		}
	}
	return r.contract()
}

// root is the folder of the module.
func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("not within a module")
		}
		dir = filepath.Dir(dir)
	}
}

// read takes the interfaces and the constants out of a declaration.
func (r *reader) read(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if i, ok := spec.Type.(*ast.InterfaceType); ok {
				r.interfaces[spec.Name.Name], r.docs[spec.Name.Name] = i, decl.Doc.Text()
			}
		case *ast.ValueSpec:
			for n, value := range spec.Values {
				if text, ok := value.(*ast.BasicLit); ok && text.Kind == token.STRING {
					r.constants[spec.Names[n].Name] = strings.Trim(text.Value, `"`)
				}
			}
		}
	}
}

// contract follows what a Portal and the two kinds of sessions are made of.
func (r *reader) contract() contract {
	c := contract{errors: map[sighting]bool{}}
	for _, name := range []string{"Portal", "CustomerSession", "AdvisorSession"} {
		for _, part := range r.parts(name) {
			for _, method := range r.interfaces[part].Methods.List {
				full := part + "." + method.Names[0].Name
				if slices.Contains(c.methods, full) {
					continue
				}
				c.methods = append(c.methods, full)
				for s := range r.documented(full, method.Doc.Text()) {
					c.errors[s] = true
				}
				if name != "Portal" && full != "Session.Info" && full != "Session.SignOut" {
					c.ended = append(c.ended, full)
				}
				if name == "CustomerSession" && !open(r.docs[name], part) {
					c.guarded = append(c.guarded, full)
				}
			}
		}
	}
	for name, value := range r.constants {
		if strings.HasPrefix(name, "Reason") {
			c.reasons = append(c.reasons, value)
		}
	}
	return c
}

// open tells whether the comment of CustomerSession names a part among those that need no authorized device: "All calls
// but those of Session, Linking, … and Events also need …".
func open(doc, part string) bool {
	exempt, _, _ := strings.Cut(strings.ReplaceAll(doc, "\n", " "), "also need")
	_, exempt, _ = strings.Cut(exempt, "All calls but those of")
	return regexp.MustCompile(`\b` + part + `\b`).MatchString(exempt)
}

// parts gives the interfaces that an interface embeds, or itself.
func (r *reader) parts(name string) []string {
	var parts []string
	for _, field := range r.interfaces[name].Methods.List {
		if embedded, ok := field.Type.(*ast.Ident); ok && len(field.Names) == 0 {
			parts = append(parts, r.parts(embedded.Name)...)
		}
	}
	if len(parts) == 0 {
		return []string{name}
	}
	return parts
}

// named finds the codes of a comment, with the fields that follow: "CodeInvalid (topic, body)", or with their reasons
// "CodeInvalid (file: required when empty; name: mismatch)".
var named = regexp.MustCompile(`\b(Code[A-Z]\w+)(?: \(([^)]*)\))?`)

// documented lists the errors that a method's comment names.
func (r *reader) documented(method, doc string) map[sighting]bool {
	codes, found := r.codeNames(), map[sighting]bool{}
	for _, match := range named.FindAllStringSubmatch(strings.ReplaceAll(doc, "\n", " "), -1) {
		code, known := codes[match[1]]
		if !known {
			continue // a type, such as CodeReceipt
		}
		if code != services.CodeInvalid {
			found[sighting{method: method, code: code}] = true
			continue
		}
		for part := range strings.SplitSeq(match[2], ";") {
			names, _, _ := strings.Cut(part, ":")
			for name := range strings.SplitSeq(names, ",") {
				found[sighting{method, code, strings.TrimSpace(name)}] = true
			}
		}
	}
	return found
}
