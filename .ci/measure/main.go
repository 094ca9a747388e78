// Command measure runs the program and an empty Fyne window by turns, then the Go benchmarks, prints a table and
// writes bench.json. It reads /proc, so it runs on Linux only; .ci/bench gives it a screen.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"time"
)

// What the program may cost: as a ratio to the empty window where there is one, else in the unit of the figure.
var limits = map[string]float64{
	"start": 1.3, "memory": 1.5, "idle": 1.2, "idle, field focused": 1.2,
	"PageSwitch/messages ms": 50, "PageSwitch/overview ms": 50, "MessageCenter10000/open ms": 50,
	"MessageCenter10000/search ms": 20, "ImportPortfolio × raw": 3, "WriteDebitFile × raw": 1.5,
}

// figure is one line of the table.
type figure struct {
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Program float64 `json:"program"`
	Floor   float64 `json:"floor,omitempty"` // of the empty window
	Ratio   float64 `json:"ratio,omitempty"`
	Limit   float64 `json:"limit,omitempty"`
}

// tooMuch says whether the program costs more than it may.
func (f figure) tooMuch() bool {
	if f.Floor > 0 {
		return f.Ratio > f.Limit
	}
	return f.Program > f.Limit
}

func main() {
	program := flag.String("program", "", "binary of the program")
	floor := flag.String("floor", "", "binary of the empty window")
	runs := flag.Int("runs", 10, "starts of each")
	idle := flag.Duration("idle", 30*time.Second, "how long idle time is watched")
	out := flag.String("out", "bench.json", "where the figures go")
	flag.Parse()

	windows, notes, err := measureWindows(*program, *floor, *runs, *idle)
	if err != nil {
		log.Fatal(err)
	}
	benchmarks, more := runBenchmarks()
	figures := slices.Concat(windows, benchmarks)
	printTable(figures)
	for _, note := range append(notes, more...) {
		fmt.Println(note)
	}
	data, err := json.MarshalIndent(figures, "", "  ")
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, append(data, '\n'), 0o644); err != nil {
		log.Fatal(err)
	}
}

// printTable writes the figures for people.
func printTable(figures []figure) {
	fmt.Printf("%-44s %12s %12s %7s %7s\n", "", "program", "empty window", "ratio", "limit")
	for _, f := range figures {
		fmt.Printf("%-44s %12s", f.Name, fmt.Sprintf("%.4g %s", f.Program, f.Unit))
		if f.Floor > 0 {
			fmt.Printf(" %12s %7.2f", fmt.Sprintf("%.4g %s", f.Floor, f.Unit), f.Ratio)
		} else if f.Limit > 0 {
			fmt.Printf(" %12s %7s", "", "")
		}
		if f.Limit > 0 {
			fmt.Printf(" %7.4g", f.Limit)
			if f.tooMuch() {
				fmt.Print("  too much")
			}
		}
		fmt.Println()
	}
}
