package remote_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"myaccount/services/remote"
)

// frozen is a connection whose other end has gone without a word, once it is frozen: as after a night's sleep in another
// network.
type frozen struct {
	net.Conn
	ice, closed chan struct{}
	once        sync.Once
}

func (f *frozen) Read(p []byte) (int, error) {
	n, err := f.Conn.Read(p)
	select {
	case <-f.ice:
		<-f.closed
		return 0, net.ErrClosed
	default:
		return n, err
	}
}

func (f *frozen) Write(p []byte) (int, error) {
	select {
	case <-f.ice:
		return len(p), nil
	default:
		return f.Conn.Write(p)
	}
}

func (f *frozen) Close() error {
	f.once.Do(func() { close(f.closed) })
	return f.Conn.Close()
}

// TestTransport_AfterSleep calls on a connection that is dead without anybody having said so: it is given up, and a new
// one made.
func TestTransport_AfterSleep(t *testing.T) {
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	front.EnableHTTP2 = true
	front.StartTLS()
	defer front.Close()
	transport := remote.NewTransport("127.0.0.1", func(string) error { return nil })
	defer transport.CloseIdleConnections()
	if pings := transport.HTTP2; pings == nil || pings.SendPingTimeout <= 0 || pings.SendPingTimeout+pings.PingTimeout > time.Minute {
		t.Fatalf("dead connections are noticed too late: %+v", pings)
	}
	transport.HTTP2.SendPingTimeout, transport.HTTP2.PingTimeout = 50*time.Millisecond, 50*time.Millisecond
	ice, dial := make(chan struct{}), transport.DialContext
	var dialled atomic.Int64
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if dialled.Add(1) > 1 || err != nil {
			return conn, err
		}
		return &frozen{Conn: conn, ice: ice, closed: make(chan struct{})}, nil
	}
	call := func() error {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, front.URL, nil)
		must(t, err)
		response, err := transport.RoundTrip(request)
		if err != nil {
			return err
		}
		if response.ProtoMajor != 2 {
			t.Errorf("spoke %s", response.Proto)
		}
		return response.Body.Close()
	}
	must(t, call())
	close(ice)
	eventually(t, "a call gets through", func() bool { return call() == nil })
}
