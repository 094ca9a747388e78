package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"myaccount/services/store/postgres/pgtest"
)

// measure is one run.
type measure struct {
	program string // binary of the backend
	sizes   []int
	rounds  int
	turn    time.Duration
	out     string

	profiles string // folder; "" for none
	only     string // operation; "" for all
	onlyOn   string // engine; "" for both

	report report
}

// curve is how many connections ask at once.
var curve = []int{1, 8, 64}

// p99Connections is where the slowest answers are compared between sizes.
const p99Connections = 8

// numbers reads ascending numbers that commas part.
func numbers(list string) (all []int, err error) {
	for part := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(part)
		if err != nil || n < people || len(all) > 0 && n <= all[len(all)-1] {
			return nil, fmt.Errorf("not ascending numbers of %d or more: %s", people, list)
		}
		all = append(all, n)
	}
	return all, nil
}

// site is the data of one engine and size with both sides on it.
type site struct {
	place
	engine    string
	customers int
	who       []person
	sides     []*process // the backend and the floor
}

func (m *measure) run(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "measure-server")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	durable, err := pgtest.Start(ctx, "fsync=on", "synchronous_commit=on", "full_page_writes=on")
	if err != nil {
		return err
	}
	defer durable.Stop()
	for _, engine := range []string{"SQLite", "PostgreSQL"} {
		if m.onlyOn != "" && engine != m.onlyOn {
			continue
		}
		if err := m.engine(ctx, folder, engine, durable); err != nil {
			return fmt.Errorf("%s: %w", engine, err)
		}
	}
	return m.report.finish(m.out)
}

// engine measures one engine in all sizes, by turns.
func (m *measure) engine(ctx context.Context, folder, engine string, server *pgtest.Server) (err error) {
	var sites []*site
	defer func() {
		for _, s := range sites {
			for _, side := range s.sides {
				side.end()
			}
		}
	}()
	for _, customers := range m.sizes {
		s := &site{place: place{folder: filepath.Join(folder, engine+strconv.Itoa(customers)), profiled: m.profiles}, engine: engine, customers: customers}
		if engine == "PostgreSQL" {
			if s.database, err = createDatabase(ctx, server, "customers"+strconv.Itoa(customers)); err != nil {
				return err
			}
		}
		sites = append(sites, s)
		if err := m.prepare(ctx, s); err != nil {
			return fmt.Errorf("%d customers: %w", customers, err)
		}
	}
	for _, op := range operations {
		if m.only != "" && op.name != m.only {
			continue
		}
		for _, connections := range curve {
			if connections > op.most {
				continue
			}
			if err := m.compare(ctx, sites, op, connections); err != nil {
				return err
			}
		}
	}
	return m.memory(ctx, sites[len(sites)-1])
}

// prepare imports the customers, gives logins to some and starts both sides.
func (m *measure) prepare(ctx context.Context, s *site) (err error) {
	fmt.Fprintf(os.Stderr, "%s: importing %d customers\n", s.engine, s.customers)
	imported, err := s.importWith(ctx, m.program)
	if err != nil {
		return err
	}
	m.report.Imports = append(m.report.Imports, imported)
	if s.who, err = s.fill(ctx, s.customers); err != nil {
		return err
	}
	for _, role := range []string{"server", "floor"} {
		side, err := s.start(ctx, role)
		if err != nil {
			return err
		}
		s.sides = append(s.sides, side)
	}
	return nil
}

// compare lets both sides of each size take turns at an operation. Of all sizes but the smallest, the curve is left out:
// what is asked is whether the size matters.
func (m *measure) compare(ctx context.Context, sites []*site, op operation, connections int) error {
	if connections != p99Connections {
		sites = sites[:1]
	}
	samples := make(map[*process]*sample)
	for _, s := range sites {
		for _, side := range s.sides {
			samples[side] = &sample{}
		}
	}
	for round := range m.rounds + 1 {
		for _, s := range sites {
			sides := slices.Clone(s.sides)
			if round%2 == 1 {
				slices.Reverse(sides)
			}
			for _, side := range sides {
				into := samples[side]
				if round == 0 {
					into = &sample{} // it warms up
				}
				if err := into.turn(ctx, side, op, s.who, connections, m.turn); err != nil {
					return err
				}
			}
		}
	}
	var smallest figure
	for i, s := range sites {
		own, bare := samples[s.sides[0]], samples[s.sides[1]]
		if ratio := own.size() / bare.size(); ratio < 0.95 || ratio > 1.05 { // they do not do the same
			return fmt.Errorf("%s: answers of %.0f bytes, and of %.0f by the floor", op.name, own.size(), bare.size())
		}
		f := figureOf(own, bare)
		f.Engine, f.Operation, f.Connections, f.Customers, f.Target = s.engine, op.name, connections, s.customers, op.target
		if i == 0 {
			smallest = f
		} else {
			f.P99Growth, f.FloorP99Growth = f.P99/smallest.P99, f.FloorP99/smallest.FloorP99
		}
		m.report.add(f)
	}
	return ctx.Err()
}

// memory runs the real binary, which also sends the mails, under every operation and notes the most that it needed.
func (m *measure) memory(ctx context.Context, s *site) error {
	side, err := begin(ctx, "backend", s.command(ctx, m.program, "serve", "--http", "--listen", "127.0.0.1:0",
		"--trusted-proxy", "127.0.0.1", "--log-level", "error"))
	if err != nil {
		return err
	}
	defer side.end()
	used := memory{Engine: s.engine, Customers: s.customers, Rates: map[string]float64{}}
	for _, op := range operations {
		one := &sample{}
		if err := one.turn(ctx, side, op, s.who, op.most, 5*m.turn); err != nil {
			return err
		}
		used.Rates[op.name] = one.rate()
	}
	used.PeakMB, err = side.peakMemory()
	m.report.Memory = append(m.report.Memory, used)
	return cmp.Or(err, ctx.Err())
}
