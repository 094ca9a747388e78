//go:build unix

package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// stopFor is how long a process may take to end by itself.
const stopFor = 20 * time.Second

// process is a program that was started here.
type process struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended
}

// launch starts a program; what it says goes to a file in its folder.
func launch(dir, program string, args ...string) (*process, error) {
	cmd, log, err := command(context.Background(), dir, program, args...)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w (install what .ci/setup cluster names)", program, err)
	}
	p := &process{cmd: cmd, done: make(chan struct{})}
	go func() {
		_ = cmd.Wait() // how it ended stands in its log
		close(p.done)
	}()
	return p, nil
}

// run runs a program to its end.
func run(ctx context.Context, dir, program string, args ...string) error {
	cmd, log, err := command(ctx, dir, program, args...)
	if err != nil {
		return err
	}
	defer log.Close()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w (see %s)", program, err, log.Name())
	}
	return nil
}

// command prepares a program: in its folder, in a group of its own, and as somebody without rights when we are root,
// which PostgreSQL refuses to run as.
func command(ctx context.Context, dir, program string, args ...string) (*exec.Cmd, *os.File, error) {
	log, err := os.OpenFile(filepath.Join(dir, filepath.Base(program)+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, err
	}
	cmd := exec.CommandContext(ctx, program, args...) //nolint:gosec // the programs of this package
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
	cmd.Env = append(os.Environ(), "HOME="+dir) // never somebody's own settings
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	uid, gid, err := unprivileged()
	if err != nil {
		return nil, nil, errors.Join(err, log.Close())
	}
	if uid != 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uid, Gid: gid}
	}
	return cmd, log, nil
}

// unprivileged is Debian's user of PostgreSQL when we are root, and 0 when we are not.
func unprivileged() (uid, gid uint32, err error) {
	if os.Geteuid() != 0 {
		return 0, 0, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return 0, 0, err
	}
	id, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return 0, 0, err
	}
	group, err := strconv.ParseUint(u.Gid, 10, 32)
	return uint32(id), uint32(group), err
}

// own hands a file to whom the programs run as.
func own(path string) error {
	uid, gid, err := unprivileged()
	if err != nil || uid == 0 {
		return err
	}
	return os.Chown(path, int(uid), int(gid))
}

// signal sends one to the process.
func (p *process) signal(s syscall.Signal) error { return gone(p.cmd.Process.Signal(s)) }

// kill ends the process at once and waits.
func (p *process) kill() error {
	err := p.signal(syscall.SIGKILL)
	<-p.done
	return err
}

// stop asks the process to end, and ends it when it does not.
func (p *process) stop() error {
	select {
	case <-p.done:
		return nil
	default:
	}
	_ = p.signal(syscall.SIGCONT) // one that was paused could not hear it
	err := p.signal(syscall.SIGTERM)
	select {
	case <-p.done:
		return err
	case <-time.After(stopFor):
		return errors.Join(err, p.kill())
	}
}

// gone takes the absence of a process for what was asked of it.
func gone(err error) error {
	if errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH) {
		return nil
	}
	return err
}
