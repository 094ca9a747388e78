//go:build !windows

package printing

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"time"
)

// patience is how long the system may take to accept a file.
const patience = 30 * time.Second

// Print hands a file, named by its absolute path, to the default printer. The file may be removed afterwards. Errors:
// ErrNoPrinter, and what the system says.
func Print(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for _, program := range []string{"lp", "lpr"} {
		if _, err := exec.LookPath(program); err != nil {
			continue
		}
		out, err := exec.CommandContext(ctx, program, path).CombinedOutput() //nolint:gosec // lp or lpr
		if err == nil {
			return nil
		}
		if !anyPrinter(ctx) {
			return ErrNoPrinter
		}
		return fmt.Errorf("printing: %s: %w: %s", program, err, bytes.TrimSpace(out))
	}
	return ErrNoPrinter
}

// anyPrinter tells whether the system knows a printer; it does when it cannot tell.
func anyPrinter(ctx context.Context) bool {
	out, err := exec.CommandContext(ctx, "lpstat", "-e").Output()
	return err != nil || len(bytes.TrimSpace(out)) > 0
}
