//go:build cluster && unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/google/uuid"

	"myaccount/app/server/deploy/cluster"
	"myaccount/services"
	"myaccount/services/api"
	"myaccount/services/sample"
)

const (
	writers = 6                // messages on their way at once
	steady  = 5 * time.Second  // writing before and after an accident
	tryFor  = 3 * time.Second  // one try to send; then the same key goes to the other replica
	longest = 90 * time.Second // without any acknowledgement
)

// codeForm is the code of a mail, on a line of its own.
var codeForm = regexp.MustCompile(`(?m)^\s*(\d{6})\s*$`)

// TestCluster sends messages through two replicas on a PostgreSQL cluster while its nodes meet accidents. Whatever was
// acknowledged has to be there afterwards, once, and nothing else.
func TestCluster(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 9*time.Minute)
	defer cancel()
	dir, err := os.MkdirTemp("", "my-account-cluster-")
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	must(t, os.Chmod(dir, 0o711)) // its programs run as somebody else
	c, err := cluster.Start(ctx, dir)
	must(t, err)
	t.Cleanup(func() { must(t, c.Stop()) })

	data := t.TempDir()
	args := []string{
		"--http", "--database", c.URL(), "--keyset", filepath.Join(data, "keyset"), "--blobs", filepath.Join(data, "blobs"),
		"--data", filepath.Join(data, "scratch"),
	}
	does(t, append([]string{"sample"}, args[1:]...)...)
	w := &writing{t: t, replicas: []*served{serves(t, nil, args...), serves(t, nil, args...)}, sent: map[string]string{}}
	w.begin(filepath.Join(data, "scratch", "mail", "outgoing"))

	w.trial(ctx, c, "switchover", func() { must(t, c.Switchover(ctx)) })
	w.trial(ctx, c, "primary killed", func() {
		leader, err := c.Leader(ctx)
		must(t, err)
		must(t, leader.Kill())
		w.until(ctx, "another node leads", func() bool {
			next, err := c.Leader(ctx)
			return err == nil && next != leader
		})
		must(t, leader.Start())
	})
	w.trial(ctx, c, "leader's Patroni stopped for 45 s and resumed", func() {
		leader, err := c.Leader(ctx)
		must(t, err)
		must(t, leader.Pause())
		time.Sleep(45 * time.Second)
		must(t, leader.Resume())
	})
}

// writing is a customer whose messages are sent through two replicas.
type writing struct {
	t        *testing.T
	replicas []*served
	token    string
	thread   api.NewThread

	mu   sync.Mutex
	sent map[string]string // key to the message's id, as acknowledged
}

// begin makes the customer.
func (w *writing) begin(mails string) {
	s := w.replicas[0]
	s.register()
	var link string
	eventually(w.t, "the mail", func() bool {
		for _, mail := range mailsIn(w.t, mails) {
			if strings.Contains(mail, "/activate?") {
				link = s.url + "activate?token=" + inMail(w.t, tokenForm, mail)
			}
		}
		return link != ""
	})
	if status := s.press(link); status != http.StatusOK {
		w.t.Fatalf("the button: %d", status)
	}
	var session api.Session
	s.call(http.MethodPost, api.PathSessions, api.Credentials{Email: email, Password: password}, http.StatusCreated, &session)
	w.token = session.Token
	people, err := sample.People(civil.DateOf(time.Now().UTC()))
	must(w.t, err)
	who := people[0]
	w.must(s, http.MethodPost, api.PathLinks, api.Link{
		Method: services.LinkByBMWID, FirstName: who.FirstName, LastName: who.LastName, BMWID: who.CustomerID,
	}, nil)
	var code string
	eventually(w.t, "the code", func() bool {
		for _, mail := range mailsIn(w.t, mails) {
			if found := codeForm.FindStringSubmatch(mail); found != nil {
				code = found[1]
			}
		}
		return code != ""
	})
	w.must(s, http.MethodPost, api.PathDeviceAuthorizations, api.DeviceAuthorization{Code: code}, nil)
	var list api.List[api.Agreement]
	w.must(s, http.MethodGet, api.PathAgreements, nil, &list)
	w.thread = api.NewThread{Topic: "payment", AgreementID: list.Items[0].ID}
}

// must calls a replica that has to answer well.
func (w *writing) must(s *served, method, path string, body, into any) {
	w.t.Helper()
	status, said, err := w.call(within(w.t), s, method, path, "", body)
	must(w.t, err)
	if status >= 300 {
		w.t.Fatalf("%s %s: %d %s", method, path, status, said)
	}
	if into != nil {
		must(w.t, json.Unmarshal(said, into))
	}
}

// call sends one request.
func (w *writing) call(ctx context.Context, s *served, method, path, key string, body any) (int, []byte, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return 0, nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, s.url+strings.TrimPrefix(path, "/"), bytes.NewReader(data))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", api.TypeJSON)
	r.Header.Set("Authorization", "Bearer "+w.token)
	if key != "" {
		r.Header.Set(api.HeaderIdempotencyKey, key)
	}
	answer, err := s.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	var said bytes.Buffer
	_, err = said.ReadFrom(answer.Body)
	return answer.StatusCode, said.Bytes(), err
}

// trial lets an accident happen while messages are sent, waits until the cluster is whole again, and looks for every
// message.
func (w *writing) trial(ctx context.Context, c *cluster.Cluster, name string, accident func()) {
	w.t.Helper()
	sending, stop := context.WithCancel(ctx)
	var acknowledged atomic.Int64
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() { w.send(sending, i, &acknowledged) })
	}
	pause := w.watch(sending, &acknowledged)
	time.Sleep(steady)
	accident()
	must(w.t, c.WaitSynchronous(ctx))
	time.Sleep(steady)
	stop()
	all.Wait()
	gap := <-pause
	w.check(ctx)
	fmt.Printf("%-48s %6d acknowledged, none lost, none twice; longest pause %4.1f s\n", name, acknowledged.Load(), gap.Seconds())
	if gap > longest {
		w.t.Errorf("%s: nothing was acknowledged for %v", name, gap)
	}
}

// send sends one message after the other until ctx ends: each goes to one replica and the other in turn, with the same
// key, until it is acknowledged.
func (w *writing) send(ctx context.Context, writer int, acknowledged *atomic.Int64) {
	for n := writer; ctx.Err() == nil; n++ {
		key := uuid.Must(uuid.NewV7()).String()
		message := w.thread
		message.Body = "message " + key
		for try := n; ; try++ {
			attempt, cancel := context.WithTimeout(context.WithoutCancel(ctx), tryFor)
			status, said, err := w.call(attempt, w.replicas[try%2], http.MethodPost, api.PathThreads, key, message)
			cancel()
			if err == nil && status == http.StatusCreated {
				var receipt api.Receipt
				if err := json.Unmarshal(said, &receipt); err != nil {
					w.t.Errorf("receipt: %v", err)
					return
				}
				w.mu.Lock()
				w.sent[message.Body] = receipt.MessageID
				w.mu.Unlock()
				acknowledged.Add(1)
				break
			}
			if err == nil && status != http.StatusServiceUnavailable && status != http.StatusConflict {
				w.t.Errorf("%d %s", status, said)
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}
}

// watch measures the longest time without an acknowledgement.
func (w *writing) watch(ctx context.Context, acknowledged *atomic.Int64) <-chan time.Duration {
	out := make(chan time.Duration, 1)
	go func() {
		var gap time.Duration
		last, since := acknowledged.Load(), time.Now()
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			if n := acknowledged.Load(); n != last {
				last, since = n, time.Now()
			}
			gap = max(gap, time.Since(since))
			select {
			case <-ctx.Done():
				out <- gap
				return
			case <-tick.C:
			}
		}
	}()
	return out
}

// check reads everything back: each message that was acknowledged is there once, and no other is.
func (w *writing) check(ctx context.Context) {
	w.t.Helper()
	found := map[string]int{}
	for path := api.PathThreads + "?limit=100"; path != ""; {
		var page api.List[api.ThreadSummary]
		w.must(w.replicas[len(found)%2], http.MethodGet, path, nil, &page)
		for _, thread := range page.Items {
			found[thread.Excerpt]++
		}
		path = ""
		if page.Next != nil {
			path = api.PathThreads + "?limit=100&after=" + *page.Next
		}
	}
	if ctx.Err() != nil {
		w.t.Fatal(ctx.Err())
	}
	for body := range w.sent {
		if found[body] != 1 {
			w.t.Errorf("%s is there %d times", body, found[body])
		}
		delete(found, body)
	}
	for body := range found {
		w.t.Errorf("%s is there and was never acknowledged", body)
	}
}

// until waits for something of the cluster.
func (w *writing) until(ctx context.Context, what string, holds func() bool) {
	w.t.Helper()
	for !holds() {
		select {
		case <-ctx.Done():
			w.t.Fatalf("not in time: %s", what)
		case <-time.After(250 * time.Millisecond):
		}
	}
}
