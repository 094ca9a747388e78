package myaccount_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "myaccount"

// source is one Go file of the module.
type source struct {
	path    string // "services/core/message.go"
	dir     string // "services/core"; "." for the root
	text    string
	lines   int
	file    *ast.File
	imports []string
}

// isTest tells a file of tests.
func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

// servesTests tells a file of a package that only tests use, such as services/servicetest.
func (s source) servesTests() bool { return strings.HasSuffix(s.dir, "test") }

// own gives the folders of this module that the file imports.
func (s source) own() []string {
	var dirs []string
	for _, imported := range s.imports {
		if imported == module {
			dirs = append(dirs, ".")
		} else if dir, ok := strings.CutPrefix(imported, module+"/"); ok {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

var positions = token.NewFileSet()

// sources gives every Go file.
func sources(t *testing.T) []source {
	t.Helper()
	all, err := readOnce()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// readOnce reads every Go file, whatever the system and the tags it is for.
var readOnce = sync.OnceValues(func() (all []source, err error) {
	err = filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != "." && (entry.Name()[0] == '.' || entry.Name() == "testdata" || entry.Name() == "out") {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		s, err := parse(name)
		if err == nil {
			all = append(all, s)
		}
		return err
	})
	return all, err
})

// parse reads one file.
func parse(name string) (source, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return source{}, err
	}
	file, err := parser.ParseFile(positions, name, data, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return source{}, err
	}
	name = filepath.ToSlash(name)
	s := source{name, path.Dir(name), string(data), strings.Count(string(data), "\n"), file, nil}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, err
		}
		s.imports = append(s.imports, imported)
	}
	return s, nil
}

// leaves are packages of services that know nothing of the domain's rules.
var leaves = []string{
	"services/blob", "services/brand", "services/calendar", "services/captcha", "services/debitfile", "services/disk", "services/document", "services/filetype",
	"services/finance", "services/mail", "services/password", "services/picture", "services/portfolio", "services/printing", "services/sample",
	"services/seal", "services/sqlitefile", "services/text", "services/totp", "services/vin",
}

// screens are the packages that areas of screens share.
var screens = []string{"ui/kit", "ui/nav", "ui/theme"}

// mayImport says what a package may import of this module: the first line that fits it holds. A star stands for one
// name, two for anything below. "assets" may be imported by anyone. This is "Who may import whom" of the architecture.
var mayImport = []struct {
	dir string
	may []string
}{
	{".", nil},
	{"assets", nil},
	{"app", []string{"**", "."}},
	{"app/server", []string{"**", "."}},
	{"app/server/deploy/cluster", nil},
	{"app/server/deploy/cluster/up", []string{"app/server/deploy/cluster"}},
	{"services", nil},
	{"services/seal/keyring", leaves},
	{"services/rule", with(leaves, "services")},
	{"services/core", with(leaves, "services", "services/rule")},
	{"services/servicetest", with(leaves, "services")},
	{"services/basetest", with(leaves, "services")},
	{"services/store", with(leaves, "services", "services/core")},
	{"services/store/storetest", with(leaves, "services", "services/basetest", "services/core")},
	{"services/store/sqlite", with(leaves, "services", "services/core", "services/store")},
	{"services/store/postgres", with(leaves, "services", "services/core", "services/store")},
	{"services/local", with(leaves, "services", "services/core", "services/rule", "services/store", "services/store/sqlite")},
	{"services/api", []string{"services"}},
	{"services/remote", with(leaves, "services", "services/api", "services/remote/cache", "services/rule")},
	{"services/remote/cache", with(leaves, "services", "services/rule")},
	{"services/remote/browser", []string{"services", "services/text"}},
	{"services/server", with(leaves, "services", "services/api", "services/core", "services/server/page")},
	{"services/server/page", with(leaves, "services")},
	{"services/server/oidc", []string{"services", "services/core"}},
	{"services/store/postgres/pgtest", nil},
	{"services/server/page/chromiumtest", nil},
	{"services/*", leaves},
	{"ui/theme", []string{"services/text"}},
	{"ui/kit", []string{"services/text", "ui/theme"}},
	{"ui/nav", with(leaves, "services", "ui/kit", "ui/theme")},
	{"ui/still", nil},
	{"ui/uitest", with(leaves, with(screens, "services", "ui/still")...)},
	{"ui/*", with(leaves, with(screens, "services")...)},
	{"ui", with(leaves, "services", "ui/*")},
}

// with joins lists into a new one.
func with(list []string, more ...string) []string { return slices.Concat(list, more) }

func TestImports_OfThisModule(t *testing.T) {
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		rule := slices.IndexFunc(mayImport, func(r struct {
			dir string
			may []string
		},
		) bool {
			return fits(r.dir, s.dir)
		})
		if rule < 0 {
			t.Errorf("%s: no rule says what this folder may import", s.dir)
			continue
		}
		for _, dir := range s.own() {
			allowed := slices.ContainsFunc(mayImport[rule].may, func(pattern string) bool { return fits(pattern, dir) })
			if !allowed && dir != "assets" {
				t.Errorf("%s imports %s", s.path, dir)
			}
		}
	}
}

// fits tells whether a folder is of a pattern.
func fits(pattern, dir string) bool {
	ok, err := path.Match(pattern, dir)
	return pattern == "**" || ok && err == nil
}

// kept says which files alone may import a package of another module, or of the standard library.
var kept = []struct {
	imported string         // the package or one below it
	in       *regexp.Regexp // files
}{
	{"fyne.io/fyne/v2", regexp.MustCompile(`^(app|ui)/`)},
	{"fyne.io/fyne/v2/app", regexp.MustCompile(`^app/\w+\.go$`)},
	// Beside tests, the tour alone: TestImports_DesktopIsLean sees that a release goes without it.
	{"fyne.io/fyne/v2/test", regexp.MustCompile(`^(app/\w+\.go$|ui/still/|ui/uitest/)`)},
	{module + "/ui/still", regexp.MustCompile(`^(app/\w+\.go$|ui/uitest/)`)},
	{module + "/ui/uitest", regexp.MustCompile(`^app/\w+\.go$`)},
	{"database/sql", regexp.MustCompile(`^(services/(store|sqlitefile|remote/cache)|app/server/deploy)/`)},
	{"modernc.org/sqlite", regexp.MustCompile(`^services/(store/sqlite|sqlitefile)/`)},
	{"github.com/jackc/pgx", regexp.MustCompile(`^(app/server|services/store/postgres)/`)},
	{"gocloud.dev", regexp.MustCompile(`^(app/server|services/server)/`)},
	{"github.com/prometheus", regexp.MustCompile(`^(app/server|services/server)/`)},
	{"github.com/zalando/go-keyring", regexp.MustCompile(`^services/seal/keyring/`)},
}

func TestImports_OfOtherModules(t *testing.T) {
	for _, s := range sources(t) {
		if s.isTest() {
			continue
		}
		for _, imported := range s.imports {
			for _, rule := range kept {
				below := imported == rule.imported || strings.HasPrefix(imported, rule.imported+"/")
				if below && !rule.in.MatchString(s.path) {
					t.Errorf("%s imports %s", s.path, imported)
				}
			}
			if strings.HasSuffix(s.path, "_presenter.go") && strings.HasPrefix(imported, "fyne.io/") {
				t.Errorf("%s is a presenter and imports %s", s.path, imported)
			}
		}
	}
}

func TestImports_DesktopIsLean(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-tags", "release", "./app").Output()
	if err != nil {
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			t.Fatalf("go list: %s", exit.Stderr)
		}
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, module+"/services") {
		t.Fatalf("not the list of dependencies: %d packages", len(deps))
	}
	for _, heavy := range []string{
		"github.com/jackc/pgx", "gocloud.dev", "github.com/prometheus", module + "/services/server",
		"fyne.io/fyne/v2/test", "testing", module + "/ui/uitest", module + "/ui/still", // the tour's
	} {
		for _, dep := range deps {
			if strings.HasPrefix(dep, heavy) {
				t.Errorf("the desktop program links %s", dep)
			}
		}
	}
}

func TestFyneDo_InOneFile(t *testing.T) {
	var files []string
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			switch on, _ := selector.X.(*ast.Ident); {
			case selector.Sel.Name == "DoAndWait":
				t.Errorf("%s: DoAndWait", positions.Position(n.Pos()))
			case on != nil && on.Name == "fyne" && selector.Sel.Name == "Do" && !slices.Contains(files, s.path):
				files = append(files, s.path)
			}
			return true
		})
	}
	if len(files) > 1 {
		t.Errorf("fyne.Do in %v", files)
	}
}

func TestComments(t *testing.T) {
	packages := map[string]bool{} // folder to whether it has a package comment
	for _, s := range sources(t) {
		for _, finding := range []string{"TO" + "DO", "FIX" + "ME", "X" + "XX"} {
			if regexp.MustCompile(`\b` + finding + `\b`).MatchString(s.text) {
				t.Errorf("%s has a %s", s.path, finding)
			}
		}
		if s.isTest() {
			continue
		}
		packages[s.dir] = packages[s.dir] || s.file.Doc != nil
		for _, decl := range s.file.Decls {
			for _, name := range undocumented(decl) {
				t.Errorf("%s: %s has no comment", s.path, name)
			}
		}
	}
	for dir, documented := range packages {
		if !documented {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// undocumented lists the exported names of a declaration that have no comment. A group's comment speaks for all of it.
func undocumented(decl ast.Decl) []string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && hasExportedReceiver(d) {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		if d.Doc != nil {
			return nil
		}
		var names []string
		for _, spec := range d.Specs {
			names = append(names, undocumentedSpec(spec)...)
		}
		return names
	}
	return nil
}

// undocumentedSpec is undocumented for one line of a group.
func undocumentedSpec(spec ast.Spec) []string {
	var names []string
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Doc == nil && s.Comment == nil && s.Name.IsExported() {
			names = append(names, s.Name.Name)
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if s.Doc == nil && s.Comment == nil && name.IsExported() {
				names = append(names, name.Name)
			}
		}
	}
	return names
}

// hasExportedReceiver tells whether a function can be reached from outside, as far as its receiver goes.
func hasExportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	receiver := d.Recv.List[0].Type
	for {
		switch x := receiver.(type) {
		case *ast.StarExpr:
			receiver = x.X
		case *ast.IndexExpr: // of one type parameter
			receiver = x.X
		case *ast.IndexListExpr: // of several
			receiver = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return true
		}
	}
}

// What a file and a function may measure.
const (
	maxFileLines   = 600
	maxFuncLines   = 80
	maxComplexity  = 15
	maxMedianFile  = 150
	maxMedianFuncs = 12
)

// TestMeasure keeps files and functions small. With -v it prints the measure of the code.
func TestMeasure(t *testing.T) {
	var files, funcs []int
	code, tests := map[string]int{}, map[string]int{}
	for _, s := range sources(t) {
		part, _, _ := strings.Cut(s.dir, "/")
		if s.lines > maxFileLines {
			t.Errorf("%s has %d lines", s.path, s.lines)
		}
		if s.isTest() {
			tests[part] += s.lines
			continue
		}
		if s.servesTests() {
			tests[part] += s.lines
		} else {
			code[part] += s.lines
		}
		files = append(files, s.lines)
		for _, decl := range s.file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			lines := positions.Position(fn.End()).Line - positions.Position(fn.Pos()).Line + 1
			funcs = append(funcs, lines)
			if lines > maxFuncLines {
				t.Errorf("%s: %s has %d lines", s.path, fn.Name.Name, lines)
			}
			if c := complexity(fn); c > maxComplexity {
				t.Errorf("%s: %s has a cyclomatic complexity of %d", s.path, fn.Name.Name, c)
			}
		}
	}
	if median(files) > maxMedianFile || median(funcs) > maxMedianFuncs {
		t.Error("files or functions grow")
	}
	fmt.Printf("files %d, median %d lines; functions %d, median %d lines\n",
		len(files), median(files), len(funcs), median(funcs))
	for _, part := range []string{"app", "services", "ui"} {
		fmt.Printf("%-8s %6d lines of code, %6d of tests: %.2f\n",
			part, code[part], tests[part], float64(tests[part])/float64(max(code[part], 1)))
	}
}

// median is the middle of a list; 0 of none.
func median(list []int) int {
	if len(list) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(list))[len(list)/2]
}

// complexity is McCabe's number as gocyclo counts it: one, and one for each if, for, case and logical operator.
func complexity(fn *ast.FuncDecl) int {
	n := 1
	ast.Inspect(fn, func(node ast.Node) bool {
		switch x := node.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
			n++
		case *ast.CaseClause:
			n += min(len(x.List), 1) // not for default
		case *ast.CommClause:
			if x.Comm != nil {
				n++
			}
		case *ast.BinaryExpr:
			if x.Op == token.LAND || x.Op == token.LOR {
				n++
			}
		}
		return true
	})
	return n
}
