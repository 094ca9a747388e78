package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// sample is what turns of one side gave.
type sample struct {
	rates []float64       // answers a second, of each turn
	took  []time.Duration // each answer
	cpu   time.Duration   // of the process
	bytes int64           // of the bodies
}

// turn asks for a while over a number of connections, each of which asks again when it has its answer, and adds what
// came of it. Connections are made before time counts.
func (s *sample) turn(ctx context.Context, side *process, op operation, who []person, connections int, span time.Duration) error {
	clients := make([]*client, connections)
	for i := range clients {
		c, err := dial(ctx, side.address)
		if err != nil {
			return err
		}
		defer c.Close()
		clients[i] = c
	}
	before, err := side.processorTime()
	if err != nil {
		return err
	}
	begun := time.Now()
	var asking sync.WaitGroup
	errs := make([]error, connections)
	for i, c := range clients {
		asking.Go(func() { errs[i] = c.ask(op, who[i%len(who)], begun.Add(span)) })
	}
	asking.Wait()
	lasted := time.Since(begun)
	after, err := side.processorTime()
	if err := errors.Join(append(errs, err)...); err != nil {
		return fmt.Errorf("%s, %d connections, %s: %w", op.name, connections, side.role, err)
	}
	s.cpu += after - before
	answers := 0
	for _, c := range clients {
		answers += len(c.took)
		s.took = append(s.took, c.took...)
		s.bytes += c.bytes
	}
	s.rates = append(s.rates, float64(answers)/lasted.Seconds())
	return nil
}

// rate is the middle one.
func (s *sample) rate() float64 { return quantile(s.rates, 0.5) }

// size is how many bytes a body has on average.
func (s *sample) size() float64 { return float64(s.bytes) / float64(max(len(s.took), 1)) }

// quantile is a value that a part of a list does not exceed.
func quantile[T float64 | time.Duration](list []T, part float64) T {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(int(part*float64(len(sorted))), len(sorted)-1)]
}

// client is a connection that sends requests as they are, which costs less than what is measured.
type client struct {
	net.Conn
	answers *bufio.Reader
	took    []time.Duration
	bytes   int64 // of bodies
}

func dial(ctx context.Context, address string) (*client, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{Conn: conn, answers: bufio.NewReaderSize(conn, 64<<10)}, nil
}

// ask asks until a moment.
func (c *client) ask(op operation, who person, until time.Time) error {
	for {
		message := op.request(who)
		begun := time.Now()
		if !begun.Before(until) {
			return nil
		}
		if err := c.SetDeadline(begun.Add(30 * time.Second)); err != nil {
			return err
		}
		if _, err := c.Write(message); err != nil {
			return err
		}
		answer, err := http.ReadResponse(c.answers, nil)
		if err != nil {
			return err
		}
		if answer.StatusCode != op.status {
			text, _ := io.ReadAll(answer.Body)
			return fmt.Errorf("status %d: %s", answer.StatusCode, text)
		}
		n, err := io.Copy(io.Discard, answer.Body)
		if err := errors.Join(err, answer.Body.Close()); err != nil {
			return err
		}
		c.took, c.bytes = append(c.took, time.Since(begun)), c.bytes+n
	}
}
