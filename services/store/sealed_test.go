package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"myaccount/services/store"
)

// sealers are the methods that seal or open a value, with the places of table and column among their arguments; "" of
// a column is that of the method's own.
var sealers = map[string]string{"seal": "", "sealed": "", "unseal": "", "sealJSON": "details", "unsealJSON": "details"}

// sealedInSource reads which columns the package seals and opens.
func sealedInSource(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{}
	files, err := fs.Glob(os.DirFS("."), "*.go")
	must(t, err)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		must(t, err)
		for _, declared := range file.Decls {
			function, ok := declared.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if _, passesOn := sealers[function.Name.Name]; passesOn {
				continue // whoever calls it names the place
			}
			ast.Inspect(function, func(node ast.Node) bool {
				if sealsItself(node) {
					t.Errorf("%s: %s seals or opens by itself: t.seal and t.unseal name the place", name, function.Name.Name)
				}
				if call, ok := node.(*ast.CallExpr); ok {
					if column := placeOf(t, name, call); column != "" {
						found[column] = true
					}
				}
				return true
			})
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// sealsItself tells a call of the Box's own Seal or Open.
func sealsItself(node ast.Node) bool {
	method, ok := node.(*ast.SelectorExpr)
	if !ok || method.Sel.Name != "Seal" && method.Sel.Name != "Open" {
		return false
	}
	box, ok := method.X.(*ast.SelectorExpr)
	return ok && box.Sel.Name == "box"
}

// placeOf is the place that a call seals or opens a value of, "" of other calls.
func placeOf(t *testing.T, file string, call *ast.CallExpr) string {
	t.Helper()
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	receiver, ok := method.X.(*ast.Ident)
	column, seals := sealers[method.Sel.Name]
	if !ok || receiver.Name != "t" || !seals {
		return ""
	}
	table := literal(t, file, call.Args[0])
	if column == "" {
		column = literal(t, file, call.Args[1])
	}
	return table + "." + column
}

// literal is the text of an argument, which has to be written there.
func literal(t *testing.T, file string, arg ast.Expr) string {
	t.Helper()
	written, ok := arg.(*ast.BasicLit)
	if !ok {
		t.Fatalf("%s: table and column of what is sealed have to be texts, so that this test finds them", file)
	}
	value, err := strconv.Unquote(written.Value)
	must(t, err)
	return value
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// listed are the columns of Sealed.
func listed() (names []string) {
	for _, c := range store.Sealed {
		names = append(names, c.String())
	}
	slices.Sort(names)
	return names
}

// TestSealed_IsWhole: no column is sealed that rotating the key would leave out.
func TestSealed_IsWhole(t *testing.T) {
	if found := sealedInSource(t); !slices.Equal(found, listed()) {
		t.Errorf("the source seals %q,\nSealed has %q", found, listed())
	}
}

// hashes are the columns of bytes that hold hashes, keyed or not: they are not sealed.
var hashes = regexp.MustCompile(`^(captcha|code|identity|recovery_code)\.hash$|^token\.hash$|_hash$|^identity_start\.(state|nonce|verifier)$|^send_key\.content$`)

// TestSealed_IsInSchema: every column of bytes is either sealed or a hash, and every sealed one is there, with its id.
func TestSealed_IsInSchema(t *testing.T) {
	tables := regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`)
	column := regexp.MustCompile(`(?m)^\s+(\w+)\s+(BLOB|BYTEA|TEXT)\b`)
	later := regexp.MustCompile(`ALTER TABLE (\w+) ADD (?:COLUMN )?(\w+)\s+(?:BLOB|BYTEA)\b`)
	for _, engine := range []string{"sqlite", "postgres"} {
		files, err := fs.Glob(os.DirFS(engine), "migrations/*.sql")
		must(t, err)
		var bytes []string
		texts := map[string]bool{}
		for _, name := range files {
			schema, err := os.ReadFile(engine + "/" + name)
			must(t, err)
			for _, c := range later.FindAllStringSubmatch(string(schema), -1) {
				if place := c[1] + "." + c[2]; !hashes.MatchString(place) {
					bytes = append(bytes, place)
				}
			}
			for _, table := range tables.FindAllStringSubmatch(string(schema), -1) {
				for _, c := range column.FindAllStringSubmatch(table[2], -1) {
					place := table[1] + "." + c[1]
					texts[place] = c[2] == "TEXT"
					if c[2] != "TEXT" && !hashes.MatchString(place) {
						bytes = append(bytes, place)
					}
				}
			}
		}
		slices.Sort(bytes)
		if !slices.Equal(bytes, listed()) {
			t.Errorf("%s: the schema has %q,\nSealed has %q", engine, bytes, listed())
		}
		for _, c := range store.Sealed {
			if !texts[c.Table+"."+c.ID] {
				t.Errorf("%s: %s has no id of text", engine, c.Table)
			}
		}
	}
}
