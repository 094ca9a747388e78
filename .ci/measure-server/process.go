package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is one side of a comparison.
type process struct {
	*exec.Cmd
	role    string
	address string
}

// start starts this program in a role on the data.
func (p place) start(ctx context.Context, role string) (*process, error) {
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args := []string{"-role", role, "-data", p.folder, "-database", p.database}
	if p.profiled != "" {
		args = append(args, "-profile", filepath.Join(p.profiled, role+"-"+filepath.Base(p.folder)+".pprof"))
	}
	return begin(ctx, role, exec.CommandContext(ctx, own, args...))
}

// command is a command of the backend on the data.
func (p place) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	args = append([]string{"--data", p.folder}, args...)
	if p.database != "" {
		args = append([]string{"--database", p.database}, args...)
	}
	return exec.CommandContext(ctx, program, args...)
}

// begin starts a command and waits for the line that names its address, the last word that has a port.
func begin(ctx context.Context, role string, command *exec.Cmd) (*process, error) {
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGINT) }
	command.Env, command.WaitDelay = append(os.Environ(), "LC_ALL=C"), 10*time.Second
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if command.Stderr == nil {
		command.Stderr = os.Stderr
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	p := &process{Cmd: command, role: role}
	said, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		p.end()
		return nil, fmt.Errorf("%s does not start: %w", role, err)
	}
	for word := range strings.FieldsSeq(said) {
		word = strings.TrimSuffix(strings.TrimPrefix(word, "http://"), "/")
		if strings.HasPrefix(word, "127.0.0.1:") {
			p.address = word
		}
	}
	return p, ctx.Err()
}

// end asks the process to end and waits.
func (p *process) end() {
	_ = p.Process.Signal(os.Interrupt) // it may have ended
	_ = p.Wait()                       // however it ends
}

// ticks is how many of /proc's units of processor time a second has (USER_HZ, 100 on every Linux).
const ticks = 100

// processorTime tells how long processors have worked for the process.
func (p *process) processorTime() (time.Duration, error) {
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.Process.Pid), "stat"))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(data), ") ") // after the name, which may hold blanks
	var sum int
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("short stat of %s", p.role)
	}
	for _, field := range fields[11:13] {
		n, err := strconv.Atoi(field)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return time.Duration(sum) * time.Second / ticks, nil
}

// peakMemory is the most that was resident, in MB.
func (p *process) peakMemory() (float64, error) {
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.Process.Pid), "status"))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmHWM:" {
			kilobytes, err := strconv.ParseFloat(fields[1], 64)
			return kilobytes / 1024, err
		}
	}
	return 0, fmt.Errorf("no VmHWM of %s", p.role)
}

// watchMemory looks at peakMemory until the process has ended. What the system tells of a process that has ended counts
// the memory of the one that started it as well.
func (p *process) watchMemory(ended <-chan error) (peak float64, err error) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			return peak, err
		case <-tick.C:
			if now, err := p.peakMemory(); err == nil { // it may be ending
				peak = now
			}
		}
	}
}
