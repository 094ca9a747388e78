package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
)

// benchmarkLine is a line of go test -bench: name, runs, nanoseconds.
var benchmarkLine = regexp.MustCompile(`(?m)^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op`)

// runBenchmarks runs every Go benchmark of the module.
func runBenchmarks() ([]figure, error) {
	cmd := exec.Command("go", "test", "-tags", "ci", "-run", "^$", "-bench", ".", "-timeout", "30m", "./...")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("benchmarks: %w\n%s", err, &out)
	}
	var figures []figure
	for _, match := range benchmarkLine.FindAllStringSubmatch(out.String(), -1) {
		nanoseconds, err := strconv.ParseFloat(match[2], 64)
		if err != nil {
			return nil, err
		}
		figures = append(figures, figure{Name: match[1], Unit: "ms", Program: nanoseconds / 1e6})
	}
	return figures, nil
}
