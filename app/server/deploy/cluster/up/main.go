//go:build unix

// Command up starts the cluster in a folder, says where it is, and ends it when it is interrupted.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"myaccount/app/server/deploy/cluster"
)

func main() {
	if err := up(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func up() error {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	dir, err := os.MkdirTemp("", "my-account-cluster-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()     // of the system's temporary files
	if err := os.Chmod(dir, 0o711); err != nil { //nolint:gosec // its programs run as somebody else, who must reach it
		return err
	}
	c, err := cluster.Start(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Printf("The cluster takes writes. Its files and logs: %s\n\n  go run ./app/server serve --database '%s' --keyset %s\n\nCtrl-C ends it.\n",
		dir, c.URL(), filepath.Join("out", "keyset.json"))
	<-ctx.Done()
	fmt.Println("Ending the cluster.")
	return c.Stop()
}
