package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ticks is how many of /proc's units of processor time a second has (USER_HZ, 100 on every Linux).
const ticks = 100

// settled is how long after its first frame a program is looked at.
const settled = 2 * time.Second

// subject is a program that opens a window.
type subject struct {
	command []string
	folder  string // of its data, kept from run to run
	start   []float64
	memory  []float64
	focused float64 // idle as it starts: in the program, a field has the focus
	idle    float64
}

// measureWindows starts them by turns, so that what else the machine does meets all of them. A start that fails is
// tried again, and in the end left out with a note.
func measureWindows(program, floor string, runs int, idle time.Duration) (figures []figure, notes []string, err error) {
	folder, err := os.MkdirTemp("", "measure")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(folder)
	subjectOf := func(name string, command ...string) *subject {
		return &subject{command: command, folder: filepath.Join(folder, name), focused: math.NaN(), idle: math.NaN()}
	}
	own, empty, bare := subjectOf("program", program), subjectOf("floor", floor), subjectOf("bare", floor, "--bare")
	for run := range runs + 1 { // the first warms the disk up and makes the data; the last watches idle time
		for _, s := range []*subject{own, empty, bare} {
			watch := time.Duration(0)
			if run == runs && s != bare {
				watch = idle
			}
			if err := s.tryRun(run > 0, watch); err != nil {
				notes = append(notes, fmt.Sprintf("left out: a start of %s: %v", s.command, err))
			}
		}
	}
	figures = []figure{
		compare("start", "ms", median(own.start), median(empty.start)),
		compare("start, beside a window without text", "ms", median(own.start), median(bare.start)),
		compare("memory", "MB", median(own.memory), median(empty.memory)),
		compare("memory, beside a window without text", "MB", median(own.memory), median(bare.memory)),
		compare("idle", "%", own.idle, empty.idle),
		compare("idle, field focused", "%", own.focused, empty.focused),
	}
	sizes := make([]float64, 2)
	for i, binary := range []string{program, floor} {
		info, err := os.Stat(binary)
		if err != nil {
			return nil, nil, err
		}
		sizes[i] = float64(info.Size()) / 1e6
	}
	figures = append(figures, compare("size", "MB", sizes[0], sizes[1]))
	return slices.DeleteFunc(figures, func(f figure) bool { return math.IsNaN(f.Ratio) || math.IsInf(f.Ratio, 0) }), notes, nil
}

// compare makes a figure with its ratio.
func compare(name, unit string, program, floor float64) figure {
	return figure{Name: name, Unit: unit, Program: program, Floor: floor, Ratio: program / floor, Limit: limits[name]}
}

// tryRun runs the subject until it goes well, but not for ever.
func (s *subject) tryRun(counts bool, idle time.Duration) (err error) {
	for range patience {
		if err = s.run(counts, idle); err == nil {
			return nil
		}
		fmt.Fprintln(os.Stderr, s.command, err)
	}
	return err
}

// run starts the subject once and looks at it.
func (s *subject) run(counts bool, idle time.Duration) (err error) {
	cmd := exec.Command(s.command[0], append(s.command[1:], "--data", s.folder)...)
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_, _ = cmd.Process.Kill(), cmd.Wait()
		}
	}()
	shown, err := s.firstFrame(began)
	if err != nil {
		return fmt.Errorf("%w; it says: %s", err, &errOut)
	}
	time.Sleep(settled)
	memory, err := residentMemory(cmd.Process.Pid)
	if err != nil {
		return err
	}
	if idle > 0 {
		if s.focused, err = processorShare(cmd.Process.Pid, idle); err != nil {
			return err
		}
		if err := blur(cmd.Process.Pid); err != nil {
			return err
		}
		if s.idle, err = processorShare(cmd.Process.Pid, idle); err != nil {
			return err
		}
	}
	if err := end(cmd); err != nil {
		return err
	}
	if counts {
		s.start = append(s.start, float64(shown.Sub(began).Microseconds())/1000)
		s.memory = append(s.memory, memory)
	}
	return nil
}

// blur takes the focus from whatever has it in a process's window, by a click on the left of it, where there is nothing.
func blur(pid int) error {
	windows, err := exec.Command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(pid)).Output()
	if err != nil {
		return fmt.Errorf("xdotool: %w", err)
	}
	window, _, _ := strings.Cut(string(windows), "\n")
	if err := exec.Command("xdotool", "mousemove", "--window", window, "60", "400", "click", "1").Run(); err != nil {
		return fmt.Errorf("xdotool: %w", err)
	}
	return nil
}

// firstFrame waits for the line in the log that says when the first frame was shown.
func (s *subject) firstFrame(began time.Time) (time.Time, error) {
	for time.Since(began) < 20*time.Second {
		file, err := os.Open(filepath.Join(s.folder, "log", "my-account.log"))
		if err == nil {
			lines := bufio.NewScanner(file)
			for lines.Scan() {
				var line struct {
					Time time.Time
					Msg  string
				}
				if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "first frame" && line.Time.After(began) {
					return line.Time, file.Close()
				}
			}
			if err := file.Close(); err != nil {
				return time.Time{}, err
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Time{}, fmt.Errorf("no first frame")
}

// end asks a process to end and waits; it fails when the process has to be killed.
func end(cmd *exec.Cmd) error {
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	killed := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait() // a window that is told to end may end with any code
	if !killed.Stop() {
		return fmt.Errorf("did not end within 10 s")
	}
	return nil
}

// residentMemory reads the memory of a process in MB.
func residentMemory(pid int) (float64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			kilobytes, err := strconv.ParseFloat(fields[1], 64)
			return kilobytes / 1024, err
		}
	}
	return 0, fmt.Errorf("no VmRSS")
}

// processorShare watches how much of one core a process uses, in percent.
func processorShare(pid int, span time.Duration) (float64, error) {
	before, err := processorTime(pid)
	if err != nil {
		return 0, err
	}
	time.Sleep(span)
	after, err := processorTime(pid)
	return (after - before) / span.Seconds() * 100, err
}

// processorTime reads how many seconds of processor time a process has used.
func processorTime(pid int) (float64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(data), ") ") // after the name, which may hold blanks
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("short stat")
	}
	user, err := strconv.ParseFloat(fields[11], 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseFloat(fields[12], 64)
	return (user + system) / ticks, err
}

// median is the middle of a list, not a number when there is none.
func median(list []float64) float64 {
	if len(list) == 0 {
		return math.NaN()
	}
	return slices.Sorted(slices.Values(list))[len(list)/2]
}
