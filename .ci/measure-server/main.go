// Command measure-server measures the backend beside a bare net/http handler that runs the same SQL on the same data,
// by turns, on SQLite and on PostgreSQL; it prints a table and writes bench-server.json. .ci/bench-server builds what it
// needs. It reads /proc, so it runs on Linux only.
//
// Both sides are processes of their own, started from this program in another role, and are asked over loopback by
// connections that each wait for an answer before they ask again. What the backend does after it has answered, sending
// mails, is in neither; the memory is that of the real binary, which does it.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"time"
)

func main() {
	role := flag.String("role", "", "of this process: server, floor, or none to measure")
	program := flag.String("program", "", "binary of the backend")
	sizes := flag.String("sizes", "10000,100000", "how many customers there are, ascending")
	rounds := flag.Int("rounds", 7, "turns of each side")
	turn := flag.Duration("turn", 250*time.Millisecond, "how long one lasts")
	out := flag.String("out", "bench-server.json", "where the figures go")
	folder := flag.String("data", "", "data folder (of a role)")
	database := flag.String("database", "", "PostgreSQL's address (of a role)")
	profile := flag.String("profile", "", "folder that profiles of all sides are written to; of a role, the file")
	only := flag.String("only", "", "operation to measure, of all (single read)")
	engine := flag.String("engine", "", "engine to measure, of both (SQLite, PostgreSQL)")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	switch p := (place{*folder, *database, *profile}); *role {
	case "server":
		err = p.serve(ctx, p.server)
	case "floor":
		err = p.serve(ctx, p.floor)
	case "":
		m := measure{program: *program, rounds: *rounds, turn: *turn, out: *out, profiles: *profile, only: *only, onlyOn: *engine}
		if m.sizes, err = numbers(*sizes); err == nil {
			err = m.run(ctx)
		}
	default:
		err = fmt.Errorf("no such role: %s", *role)
	}
	if err != nil {
		log.Fatal(err)
	}
}
