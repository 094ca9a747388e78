// Package pgtest gives tests a real PostgreSQL: a server of their own from the system's package, in a temporary folder,
// which ends with the tests however they end, and an empty database for each test in some hundredths of a second.
//
//	func TestMain(m *testing.M) { pgtest.Main(m, postgres.Migrate) }
//
//	func TestSomething(t *testing.T) { url := pgtest.Database(t) … }
//
// The system's own clusters are neither used nor touched.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoServer says that PostgreSQL is not installed.
var ErrNoServer = errors.New("PostgreSQL is not installed: .ci/setup test installs Debian's package postgresql")

// Server is a PostgreSQL of a test, with its data in a temporary folder. Anybody on this computer may connect to it.
type Server struct {
	bin, folder string
	port        int
	settings    []string
	keeper      *exec.Cmd
	orders      io.WriteCloser // of the keeper; they end with this process at the latest
}

// quick are settings for data that nobody needs after a crash.
var quick = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"}

// readyWithin bounds how long a server may take to start on a busy machine.
const readyWithin = time.Minute

// Start starts a server. Settings ("fsync=on") go before those for speed.
func Start(ctx context.Context, settings ...string) (*Server, error) {
	initdb, err := program()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "pgtest-")
	if err != nil {
		return nil, err
	}
	s := &Server{bin: filepath.Dir(initdb), folder: folder, settings: slices.Concat(quick, settings)}
	if err := s.create(ctx); err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	if err := s.Run(ctx); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// program finds initdb: where Debian keeps it, which is on nobody's PATH, or on the PATH.
func program() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return found[len(found)-1], nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNoServer, err)
	}
	return path, nil
}

// create makes the cluster. Its own order of texts is that of English, so a query that relies on the order of bytes
// without saying so is found out.
func (s *Server) create(ctx context.Context) error {
	if os.Geteuid() == 0 { // PostgreSQL refuses to run as root
		if err := giveAway(s.folder); err != nil {
			return err
		}
	}
	port, err := freePort(ctx)
	if err != nil {
		return err
	}
	s.port = port
	out, err := command(ctx, filepath.Join(s.bin, "initdb"), "--pgdata", s.data(), "--username", "postgres",
		"--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en",
		"--no-sync").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }

// keep runs the server until it gets an order or there will be none, because the process of the tests is gone in
// whatever way. Interrupting the tests is none of its business.
const keep = `trap '' HUP INT TERM
folder=$1; shift
"$@" >>"$folder/log" 2>&1 &
read -r order
kill -QUIT $! 2>/dev/null
wait
[ "$order" = leave ] || rm -rf "$folder"`

// Run starts the server on its data, again after Kill.
func (s *Server) Run(ctx context.Context) error {
	args := []string{
		"-c", keep, "pgtest", s.folder, filepath.Join(s.bin, "postgres"), "-D", s.data(), "-p", strconv.Itoa(s.port),
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
	}
	for _, setting := range s.settings {
		args = append(args, "-c", setting)
	}
	s.keeper = command(context.WithoutCancel(ctx), "/bin/sh", args...)
	var err error
	if s.orders, err = s.keeper.StdinPipe(); err != nil {
		return err
	}
	if err := s.keeper.Start(); err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	return s.await(ctx)
}

// await waits until the server takes connections.
func (s *Server) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			log, _ := os.ReadFile(filepath.Join(s.folder, "log")) // what there is of it
			return fmt.Errorf("PostgreSQL does not start: %w: %s", err, log)
		}
	}
}

// URL is where a database of the server is.
func (s *Server) URL(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable&connect_timeout=20", s.port, database)
}

// Kill ends the server as a power cut does, all its processes at once. Its data stays; Run starts it again.
func (s *Server) Kill(ctx context.Context) error {
	lines, err := os.ReadFile(filepath.Join(s.data(), "postmaster.pid"))
	if err != nil {
		return err
	}
	pid, _, _ := strings.Cut(string(lines), "\n")
	// It waits until they are gone: a process that still ends holds the memory that Run needs.
	const script = `kill -STOP "$1"; all="$1 $(pgrep -P "$1")"; pkill -KILL -P "$1"; kill -KILL "$1" || exit 1
for p in $all; do
	n=0
	while [ $n -lt 500 ] && grep -q '^State:[^Z]*$' "/proc/$p/status" 2>/dev/null; do sleep 0.02; n=$((n + 1)); done
done`
	out, err := command(ctx, "/bin/sh", "-c", script, "pgtest", pid).CombinedOutput()
	if err != nil {
		return fmt.Errorf("kill PostgreSQL: %w: %s", err, out)
	}
	_, err = io.WriteString(s.orders, "leave\n")
	return errors.Join(err, s.keeper.Wait())
}

// Demote kills the server and starts it again as a standby, which takes no writes until it is promoted with pg_promote().
func (s *Server) Demote(ctx context.Context) error {
	if err := s.Kill(ctx); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(s.data(), "standby.signal"), nil, 0o600); err != nil {
		return err
	}
	return s.Run(ctx)
}

// Stop ends the server and removes its data.
func (s *Server) Stop() {
	if s.orders != nil && s.orders.Close() == nil {
		_ = s.keeper.Wait() // whatever it says of a server that was killed
	}
	_ = os.RemoveAll(s.folder) // the keeper has done so unless it never started
}

// command runs a program as somebody whom PostgreSQL serves.
func command(ctx context.Context, program string, args ...string) *exec.Cmd {
	if os.Geteuid() == 0 {
		args = append([]string{"--reuid", "postgres", "--regid", "postgres", "--clear-groups", program}, args...)
		program = "setpriv"
	}
	c := exec.CommandContext(ctx, program, args...) //nolint:gosec // the programs above
	c.Dir = os.TempDir()
	return c
}

// giveAway makes a folder that of the user whom the package made.
func giveAway(folder string) error {
	account, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, err1 := strconv.Atoi(account.Uid)
	gid, err2 := strconv.Atoi(account.Gid)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	return os.Chown(folder, uid, gid)
}

// freePort finds a port that nobody uses now.
func freePort(ctx context.Context) (int, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}
