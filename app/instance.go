package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"myaccount/services/program"
)

const (
	// maxRequest is the longest request that is read, in bytes.
	maxRequest = 8 << 10
	// maxSocketPath is the longest path of a socket that every system takes (macOS has 104 bytes with the final zero).
	maxSocketPath = 100
	// requestTime is how long one hand-over may take.
	requestTime = 2 * time.Second
	// answerTime is how long a second start waits for a copy that is just starting.
	answerTime = 5 * time.Second
)

// received is how a running copy confirms a request.
var received = []byte("received\n")

// errHandedOver says that another copy runs on the same data folder and took the request.
var errHandedOver = errors.New("handed over to the running copy")

// request is what a start asks of the copy that runs already. A request of nothing asks for the window to be shown.
type request struct {
	Link   string `json:"link,omitempty"`   // a link of a mail, not yet checked
	Import string `json:"import,omitempty"` // absolute path of a portfolio file
}

// instance is the one running copy of a data folder. Its lock ends with the process, however that ends.
type instance struct {
	lock     *flock.Flock
	listener net.Listener
	requests chan request
	serving  sync.WaitGroup
}

// claimInstance makes this process the one that works on a data folder. When another is, it gets the request and the
// error is errHandedOver; when that one does not answer, the error is a *program.Fault.
func claimInstance(ctx context.Context, folder string, ask request) (*instance, error) {
	lock := flock.New(filepath.Join(folder, "instance.lock"), flock.SetPermissions(0o600))
	mine, err := lock.TryLock()
	if err != nil {
		return nil, folderFault(folder, err)
	}
	socket := socketPath(folder)
	if !mine {
		return nil, handOver(ctx, socket, ask)
	}
	listener, err := listen(ctx, socket)
	if err != nil {
		return nil, errors.Join(folderFault(folder, err), lock.Unlock())
	}
	i := &instance{lock: lock, listener: listener, requests: make(chan request, 16)}
	i.serving.Go(i.serve)
	return i, nil
}

// socketPath is where a folder's copy listens. A path that is too long for a socket goes to the temporary folder.
func socketPath(folder string) string {
	path := filepath.Join(folder, "instance.sock")
	if len(path) <= maxSocketPath {
		return path
	}
	sum := sha256.Sum256([]byte(folder))
	return filepath.Join(os.TempDir(), "my-account-"+hex.EncodeToString(sum[:8]), "instance.sock")
}

// listen opens the socket in place of one that a killed copy left.
func listen(ctx context.Context, socket string) (net.Listener, error) {
	dir := filepath.Dir(socket)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if !isOwn(dir) {
		return nil, fmt.Errorf("folder of the socket: %w", os.ErrPermission)
	}
	if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "unix", socket)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}

// Requests gives what later starts ask, until Close.
func (i *instance) Requests() <-chan request { return i.requests }

// Close lets the next start have the folder.
func (i *instance) Close() error {
	err := i.listener.Close()
	i.serving.Wait()
	close(i.requests)
	return errors.Join(err, i.lock.Close())
}

// serve takes connections until the listener is closed.
func (i *instance) serve() {
	for {
		conn, err := i.listener.Accept()
		if err != nil {
			return
		}
		i.serving.Go(func() { i.receive(conn) })
	}
}

// receive reads one request and confirms it. What is not a request is dropped without an answer.
func (i *instance) receive(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(requestTime))
	var ask request
	decoder := json.NewDecoder(io.LimitReader(conn, maxRequest))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&ask) != nil {
		return
	}
	select {
	case i.requests <- ask:
		_, _ = conn.Write(received)
	default: // far more requests than a person makes: the sender is told by silence
	}
}

// handOver gives a request to the copy that runs, which may be just about to listen.
func handOver(ctx context.Context, socket string, ask request) error {
	message, err := json.Marshal(ask)
	if err != nil {
		return fmt.Errorf("hand over: %w", err)
	}
	if len(message) > maxRequest {
		return &program.Fault{Key: "app.instance.busy", Err: errors.New("request too long")}
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	for {
		if err = send(ctx, socket, message); err == nil {
			return errHandedOver
		}
		select {
		case <-ctx.Done():
			return &program.Fault{Key: "app.instance.busy", Err: fmt.Errorf("hand over: %w", err)}
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// send makes one try. A socket that belongs to somebody else is refused.
func send(ctx context.Context, socket string, message []byte) error {
	if !isOwn(filepath.Dir(socket)) || !isOwn(socket) {
		return fmt.Errorf("socket: %w", os.ErrPermission)
	}
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "unix", socket)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(requestTime))
	if _, err := conn.Write(message); err != nil {
		return err
	}
	answer := make([]byte, len(received))
	if _, err := io.ReadFull(conn, answer); err != nil {
		return err
	}
	if !bytes.Equal(answer, received) {
		return errors.New("unknown answer")
	}
	return nil
}
