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
	"raw":   {"× raw", 1}, // of the same rows inserted raw
}

// runBenchmarks runs every Go benchmark of the module.
func runBenchmarks() ([]figure, error) {
	cmd := exec.Command("go", "test", "-tags", "ci", "-run", "^$", "-bench", ".", "-p", "1", "-timeout", "30m", "./...")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("benchmarks: %w\n%s", err, &out)
	}
	var figures []figure
	for line := range strings.Lines(out.String()) {
		more, err := parseBenchmark(line)
		if err != nil {
			return nil, err
		}
		figures = append(figures, more...)
	}
	return figures, nil
}

// parseBenchmark reads a line of go test -bench: name, runs, and pairs of a value and its unit. Other lines give none.
func parseBenchmark(line string) (figures []figure, err error) {
	fields := strings.Fields(line)
	if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
		return nil, nil
	}
	name := strings.TrimPrefix(fields[0], "Benchmark")
	if at := strings.LastIndex(name, "-"); at > 0 {
		name = name[:at] // the number of processors
	}
	for i := 2; i+1 < len(fields); i += 2 {
		unit, ok := units[fields[i+1]]
		if !ok {
			continue
		}
		value, err := strconv.ParseFloat(fields[i], 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		f := figure{Name: name, Unit: unit.name, Program: value * unit.factor}
		f.Limit = limits[name+" "+unit.name]
		figures = append(figures, f)
	}
	return figures, nil
}
