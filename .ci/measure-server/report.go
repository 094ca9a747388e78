package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// What is to be reached, beside the ratios of throughput that stand with the operations.
const (
	mostP99Growth = 1.2   // times that of the smallest size
	mostMemory    = 200.0 // MB
	mostHold      = 1.0   // seconds
)

// figure compares both sides at one operation.
type figure struct {
	Engine      string  `json:"engine"`
	Customers   int     `json:"customers"`
	Operation   string  `json:"operation"`
	Connections int     `json:"connections"`
	Rate        float64 `json:"rate"` // answers a second, the middle turn
	FloorRate   float64 `json:"floor_rate"`
	Ratio       float64 `json:"ratio"` // the middle of those of turn and turn about
	Target      float64 `json:"target,omitempty"`
	P50         float64 `json:"p50_ms"`
	P99         float64 `json:"p99_ms"`
	FloorP50    float64 `json:"floor_p50_ms"`
	FloorP99    float64 `json:"floor_p99_ms"`
	CPU         float64 `json:"cpu_us"` // of the process, for one answer
	FloorCPU    float64 `json:"floor_cpu_us"`

	P99Growth      float64 `json:"p99_growth,omitempty"` // beside the smallest size
	FloorP99Growth float64 `json:"floor_p99_growth,omitempty"`
}

// memory is what the real binary needed at most, and what it did.
type memory struct {
	Engine    string             `json:"engine"`
	Customers int                `json:"customers"`
	PeakMB    float64            `json:"peak_mb"`
	Rates     map[string]float64 `json:"rates"` // answers a second, by operation
}

// report is all that was measured.
type report struct {
	Figures []figure    `json:"figures"`
	Memory  []memory    `json:"memory"`
	Imports []importing `json:"imports"`

	headed bool
}

// figureOf compares two samples.
func figureOf(own, bare *sample) figure {
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	each := func(s *sample) float64 { return float64(s.cpu.Microseconds()) / float64(max(len(s.took), 1)) }
	var ratios []float64
	for i := range own.rates {
		ratios = append(ratios, own.rates[i]/bare.rates[i])
	}
	return figure{
		Rate: own.rate(), FloorRate: bare.rate(), Ratio: quantile(ratios, 0.5),
		P50: ms(quantile(own.took, 0.5)), P99: ms(quantile(own.took, 0.99)),
		FloorP50: ms(quantile(bare.took, 0.5)), FloorP99: ms(quantile(bare.took, 0.99)),
		CPU: each(own), FloorCPU: each(bare),
	}
}

// add keeps a figure and shows it.
func (r *report) add(f figure) {
	r.Figures = append(r.Figures, f)
	if !r.headed {
		r.headed = true
		fmt.Printf("%-10s %9s %-14s %5s | %7s %7s %6s | %7s %7s %7s %7s | %6s %6s\n", "", "customers", "", "conns",
			"rate/s", "floor", "ratio", "p50 ms", "floor", "p99 ms", "floor", "cpu µs", "floor")
	}
	fmt.Printf("%-10s %9d %-14s %5d | %7.0f %7.0f %6.2f | %7.2f %7.2f %7.2f %7.2f | %6.0f %6.0f", f.Engine, f.Customers,
		f.Operation, f.Connections, f.Rate, f.FloorRate, f.Ratio, f.P50, f.FloorP50, f.P99, f.FloorP99, f.CPU, f.FloorCPU)
	if f.Ratio < f.Target {
		fmt.Printf("  below %.1f", f.Target)
	}
	if f.P99Growth > 0 {
		fmt.Printf("  p99 %.2f× the smallest%s (floor %.2f×)", f.P99Growth, above(f.P99Growth, mostP99Growth), f.FloorP99Growth)
	}
	fmt.Println()
}

// above says that a value is more than it may be.
func above(value, most float64) string {
	if value > most {
		return fmt.Sprintf(", above %.4g", most)
	}
	return ""
}

// finish shows the rest and writes all to a file.
func (r *report) finish(path string) error {
	for _, m := range r.Memory {
		fmt.Printf("%-10s %9d memory of the real binary at most %.0f MB%s, at %.0f messages a second with their mails\n",
			m.Engine, m.Customers, m.PeakMB, above(m.PeakMB, mostMemory), m.Rates["message create"])
	}
	for _, i := range r.Imports {
		fmt.Printf("%-10s %9d import in %.1f s, memory at most %.0f MB%s", i.Engine, i.Customers, i.Seconds, i.PeakMB, above(i.PeakMB, mostMemory))
		if i.LongestHold > 0 {
			fmt.Printf(", the writer held for %.2f s at a time%s", i.LongestHold, above(i.LongestHold, mostHold))
		}
		fmt.Println()
	}
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o644)
}
