package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// units are the measures of a benchmark that the table shows, and what a nanosecond is there.
var units = map[string]struct {
	name   string
	factor float64
}{
	"ns/op": {"ms", 1e-6},
	"raw":   {"× raw", 1}, // of the same rows inserted raw, of as many records written raw
}

// patience is how often something is measured that fails: under load, a walk runs out of time now and then.
const patience = 3

// runBenchmarks runs every Go benchmark of the module; a package that fails runs again. What keeps failing is left out,
// with a note.
func runBenchmarks() (figures []figure, notes []string) {
	packages, out := []string{"./..."}, ""
	for range patience {
		out = runPackages(packages)
		var more []figure
		more, packages = readBenchmarks(out)
		figures = append(figures, more...)
		if len(packages) == 0 {
			return figures, nil
		}
		fmt.Fprintln(os.Stderr, "these benchmarks failed:", packages)
	}
	return figures, []string{fmt.Sprintf("left out: the benchmarks of %v failed %d times; the last time they said:\n%s", packages, patience, out)}
}

// runPackages runs the benchmarks of packages and gives what they say.
func runPackages(packages []string) string {
	args := []string{"test", "-tags", "ci", "-run", "^$", "-bench", ".", "-p", "1", "-timeout", "30m"}
	cmd := exec.Command("go", append(args, packages...)...)
	out, err := cmd.CombinedOutput()
	if err != nil && !bytes.Contains(out, []byte("\nFAIL\t")) { // no package says why
		for _, name := range packages {
			out = fmt.Appendf(out, "\nFAIL\t%s\t(%v)\n", name, err)
		}
	}
	return string(out)
}

// readBenchmarks takes the figures of the packages that passed, and names those that failed.
func readBenchmarks(out string) (figures []figure, failed []string) {
	var pending []figure // of the package whose lines are being read
	for line := range strings.Lines(out) {
		switch fields := strings.Fields(line); {
		case len(fields) > 1 && fields[0] == "ok":
			figures, pending = append(figures, pending...), nil
		case len(fields) > 1 && fields[0] == "FAIL":
			failed, pending = append(failed, fields[1]), nil
		default:
			pending = append(pending, parseBenchmark(fields)...)
		}
	}
	return figures, failed
}

// parseBenchmark reads a line of go test -bench: name, runs, and pairs of a value and its unit. Other lines give none.
func parseBenchmark(fields []string) (figures []figure) {
	if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
		return nil
	}
	name := strings.TrimPrefix(fields[0], "Benchmark")
	if at := strings.LastIndex(name, "-"); at > 0 {
		name = name[:at] // the number of processors
	}
	for i := 2; i+1 < len(fields); i += 2 {
		unit, ok := units[fields[i+1]]
		value, err := strconv.ParseFloat(fields[i], 64)
		if !ok || err != nil {
			continue
		}
		f := figure{Name: name, Unit: unit.name, Program: value * unit.factor}
		f.Limit = limits[name+" "+unit.name]
		figures = append(figures, f)
	}
	return figures
}
