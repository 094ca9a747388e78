//go:build unix

package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Node is one PostgreSQL with the Patroni that watches over it.
type Node struct {
	Name string
	Host string
	Port int // PostgreSQL's
	REST int // Patroni's

	dir     string
	config  string
	patroni *process
}

// startNode writes a node's configuration and starts its Patroni, which starts PostgreSQL.
func (c *Cluster) startNode(number, port, rest int, bin, etcd string) (*Node, error) {
	n := &Node{Name: fmt.Sprintf("pg%d", number), Host: host, Port: port, REST: rest}
	var err error
	if n.dir, err = c.folder(n.Name); err != nil {
		return nil, err
	}
	n.config, err = write(n.dir, "patroni.yml", map[string]any{
		"Name": n.Name, "Host": host, "Network": host + "/32", "Port": port, "REST": rest, "Etcd": etcd, "Bin": bin,
		"Dir": n.dir, "Secret": c.secret, "Watchdog": "off", // a watchdog would reset this machine
	})
	if err != nil {
		return nil, err
	}
	return n, n.Start()
}

// Start starts the node's Patroni, after the node was killed as well.
func (n *Node) Start() (err error) {
	n.patroni, err = launch(n.dir, "patroni", n.config)
	return err
}

// Kill ends the node as a loss of power would: Patroni and PostgreSQL at once.
func (n *Node) Kill() error {
	err := n.patroni.kill()
	if pid := n.postmaster(); pid != 0 {
		err = errors.Join(err, gone(syscall.Kill(pid, syscall.SIGKILL)))
	}
	return err
}

// Pause stops the node's Patroni from doing anything, as a machine that swaps would; PostgreSQL goes on.
func (n *Node) Pause() error { return n.patroni.signal(syscall.SIGSTOP) }

// Resume lets Patroni go on.
func (n *Node) Resume() error { return n.patroni.signal(syscall.SIGCONT) }

// stop ends Patroni, which ends PostgreSQL; a PostgreSQL that was left alone is ended by its id.
func (n *Node) stop() error {
	if n.patroni == nil {
		return nil
	}
	err := n.patroni.stop()
	if pid := n.postmaster(); pid != 0 {
		err = errors.Join(err, gone(syscall.Kill(pid, syscall.SIGQUIT)))
	}
	return err
}

// postmaster is the process id of the node's PostgreSQL, as its own file says; 0 when it does not run.
func (n *Node) postmaster() int {
	data, err := os.ReadFile(filepath.Join(n.dir, "data", "postmaster.pid"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	first, _, _ := strings.Cut(string(data), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 {
		return 0
	}
	if command, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err != nil || !strings.Contains(string(command), n.dir) {
		return 0 // a file left behind, whose number another process may have by now
	}
	return pid
}

// member is a node as Patroni's REST interface tells it.
type member struct {
	Name  string `json:"name"`
	Role  string `json:"role"`
	State string `json:"state"`
}

// Members asks the first Patroni that answers for the role of every node: "leader", "sync_standby" or "replica".
func (c *Cluster) Members(ctx context.Context) (map[string]string, error) {
	var failed []error
	for _, n := range c.nodes {
		roles, err := n.members(ctx)
		if err == nil {
			return roles, nil
		}
		failed = append(failed, err)
	}
	return nil, errors.Join(failed...)
}

func (n *Node) members(ctx context.Context) (map[string]string, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://%s:%d/cluster", n.Host, n.REST), nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var body struct{ Members []member }
	if err := json.NewDecoder(res.Body).Decode(&body); err != nil {
		return nil, err
	}
	roles := map[string]string{}
	for _, m := range body.Members {
		if m.State == "running" || m.State == "streaming" {
			roles[m.Name] = m.Role
		}
	}
	return roles, nil
}

// Leader gives the node that leads.
func (c *Cluster) Leader(ctx context.Context) (*Node, error) {
	roles, err := c.Members(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range c.nodes {
		if roles[n.Name] == "leader" {
			return n, nil
		}
	}
	return nil, errors.New("no node leads")
}

// WaitSynchronous waits until a node leads, one standby confirms its writes, and every node is there.
func (c *Cluster) WaitSynchronous(ctx context.Context) error {
	for {
		roles, err := c.Members(ctx)
		if err == nil && len(roles) == nodes {
			var leaders, confirming int
			for _, role := range roles {
				switch role {
				case "leader":
					leaders++
				case "sync_standby":
					confirming++
				}
			}
			if leaders == 1 && confirming > 0 {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no leader with a standby that confirms (%v): %w", roles, ctx.Err())
		case <-time.After(poll):
		}
	}
}

// Switchover hands the lead to the standby that confirms, as an operator does before maintenance.
func (c *Cluster) Switchover(ctx context.Context) error {
	leader, err := c.Leader(ctx)
	if err != nil {
		return err
	}
	return run(ctx, leader.dir, "patronictl", "-c", leader.config, "switchover", "--force", "--master", leader.Name, "portal")
}
