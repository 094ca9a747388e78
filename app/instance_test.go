package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"myaccount/services/program"
)

// playHolder claims a folder, says so, prints what it is asked and ends with its input.
func playHolder(folder string) {
	i, err := claimInstance(context.Background(), folder, request{})
	if err != nil {
		fmt.Println("failed", err)
		os.Exit(exitFailure)
	}
	fmt.Println("ready")
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = i.Close()
	}()
	for ask := range i.Requests() {
		fmt.Println("asked", ask.Link, ask.Import)
	}
	fmt.Println("closed")
}

// claim makes this process the copy that runs on a folder.
func claim(t *testing.T, folder string) *instance {
	t.Helper()
	i, err := claimInstance(t.Context(), folder, request{})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// holder is another process that runs on a folder.
type holder struct {
	lines *bufio.Scanner
	end   func() // as a person does
	kill  func() // as kill -9 does
}

// startHolder starts another process on a folder and waits until it has it.
func startHolder(t *testing.T, folder string) holder {
	t.Helper()
	cmd := copyOf(t, "hold", folder)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	h := holder{
		lines: bufio.NewScanner(out),
		end:   func() { _ = in.Close() },
		kill:  func() { _ = cmd.Process.Kill(); _ = cmd.Wait() },
	}
	t.Cleanup(h.kill)
	h.expect(t, "ready")
	return h
}

// expect reads the next line that the holder prints.
func (h holder) expect(t *testing.T, want string) {
	t.Helper()
	if !h.lines.Scan() || h.lines.Text() != want {
		t.Fatalf("the other copy says %q, not %q", h.lines.Text(), want)
	}
}

func TestInstance_SecondStartHandsOver(t *testing.T) {
	folder := t.TempDir()
	h := startHolder(t, folder)
	for _, ask := range []request{{}, {Link: "mybmwaccount://messages"}, {Import: "/tmp/portfolio.jsonl"}} {
		began := time.Now()
		i, err := claimInstance(t.Context(), folder, ask)
		if i != nil || !errors.Is(err, errHandedOver) {
			t.Fatalf("got %v, %v", i, err)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("took %v", took)
		}
		h.expect(t, fmt.Sprintf("asked %s %s", ask.Link, ask.Import))
	}
	h.end()
	h.expect(t, "closed")
	h.kill()
	if err := claim(t, folder).Close(); err != nil {
		t.Error(err)
	}
}

func TestInstance_AfterAKill(t *testing.T) {
	folder := t.TempDir()
	startHolder(t, folder).kill()
	if _, err := os.Lstat(socketPath(folder)); runtime.GOOS != "windows" && err != nil {
		t.Fatalf("the killed copy left no socket: %v", err)
	}
	i := claim(t, folder)
	if _, err := claimInstance(t.Context(), folder, request{Link: "again"}); !errors.Is(err, errHandedOver) {
		t.Fatalf("got %v", err)
	}
	if ask := <-i.Requests(); ask.Link != "again" {
		t.Errorf("asked %+v", ask)
	}
	if err := i.Close(); err != nil {
		t.Error(err)
	}
}

func TestInstance_ManyAtOnce(t *testing.T) {
	folder := t.TempDir()
	const starts = 8
	results := make(chan *instance, starts)
	for range starts {
		go func() {
			i, err := claimInstance(t.Context(), folder, request{Link: "x"})
			if err != nil && !errors.Is(err, errHandedOver) {
				t.Error(err)
			}
			results <- i
		}()
	}
	var first *instance
	for range starts {
		if i := <-results; i != nil {
			if first != nil {
				t.Fatal("two copies run")
			}
			first = i
		}
	}
	for range starts - 1 {
		<-first.Requests()
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	if _, open := <-first.Requests(); open {
		t.Error("asked more often than there were starts")
	}
}

func TestInstance_LongPath(t *testing.T) {
	folder := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	i := claim(t, folder)
	t.Cleanup(func() { _ = os.RemoveAll(filepath.Dir(socketPath(folder))) })
	if path := socketPath(folder); len(path) > maxSocketPath || path == socketPath(folder+"x") {
		t.Errorf("socket %q", path)
	}
	if _, err := claimInstance(t.Context(), folder, request{}); !errors.Is(err, errHandedOver) {
		t.Errorf("got %v", err)
	}
	if err := i.Close(); err != nil {
		t.Error(err)
	}
}

func TestInstance_DropsWhatIsNoRequest(t *testing.T) {
	folder := t.TempDir()
	i := claim(t, folder)
	for name, message := range map[string]string{
		"not JSON":      "hello\n",
		"unknown field": `{"run": "rm"}`,
		"too long":      `{"link": "` + strings.Repeat("a", maxRequest) + `"}`,
	} {
		conn, err := net.Dial("unix", socketPath(folder))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Write([]byte(message)) // it may be cut off
		if answer, _ := io.ReadAll(conn); len(answer) > 0 {
			t.Errorf("%s: answered %q", name, answer)
		}
		_ = conn.Close()
	}
	if err := i.Close(); err != nil {
		t.Error(err)
	}
	if ask, open := <-i.Requests(); open {
		t.Errorf("asked %+v", ask)
	}
}

func TestInstance_HolderDoesNotAnswer(t *testing.T) {
	folder := t.TempDir()
	i := claim(t, folder)
	if err := os.Remove(socketPath(folder)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := claimInstance(ctx, folder, request{})
	var f *program.Fault
	if !errors.As(err, &f) || f.Key != "app.instance.busy" {
		t.Errorf("got %v", err)
	}
	_ = i.Close()
}

func TestHandOver_RefusesALongRequest(t *testing.T) {
	err := handOver(t.Context(), "nowhere", request{Link: strings.Repeat("a", maxRequest)})
	var f *program.Fault
	if !errors.As(err, &f) || f.Key != "app.instance.busy" {
		t.Errorf("got %v", err)
	}
}
