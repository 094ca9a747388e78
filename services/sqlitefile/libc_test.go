package sqlitefile_test

import (
	"encoding/json"
	"os/exec"
	"testing"
)

// module is the part of `go list -m -json` that the test reads.
type module struct {
	GoMod, Version string
	Replace        *module
}

// goMod is the part of `go mod edit -json` that the test reads.
type goMod struct {
	Require []struct{ Path, Version string }
}

// TestLibc: modernc.org/sqlite works with exactly the modernc.org/libc of its
// own go.mod.
func TestLibc(t *testing.T) {
	var sqlite, libc module
	run(t, &sqlite, "list", "-m", "-json", "modernc.org/sqlite")
	run(t, &libc, "list", "-m", "-json", "modernc.org/libc")
	if libc.Replace != nil {
		libc = *libc.Replace
	}
	var mod goMod
	run(t, &mod, "mod", "edit", "-json", sqlite.GoMod)
	for _, require := range mod.Require {
		if require.Path != "modernc.org/libc" {
			continue
		}
		if require.Version != libc.Version {
			t.Errorf("libc is %s, but sqlite needs exactly %s", libc.Version, require.Version)
		}
		return
	}
	t.Error("sqlite's go.mod names no libc")
}

// run decodes what a go command prints.
func run(t *testing.T, into any, args ...string) {
	t.Helper()
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		t.Fatalf("go %v: %v", args, err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatal(err)
	}
}
