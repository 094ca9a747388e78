//go:build unix

// Package cluster starts the distributed engine of the backend on this machine: three PostgreSQL nodes under Patroni,
// three etcd that they agree by, and HAProxy, which leads to the node that leads. It is how `make cluster` shows the
// set-up that README.md describes, and what the trials of failures run on.
//
// Everything listens on a loopback address and free ports, and lies in one folder. Debian's packages patroni,
// etcd-server, haproxy and postgresql have to be there (.ci/setup cluster).
package cluster

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

//go:embed *.tmpl
var files embed.FS

var templates = template.Must(template.ParseFS(files, "*.tmpl"))

const (
	host  = "127.0.0.1"
	nodes = 3
	// readyFor is how long a new cluster may take to have a leader and a standby that confirms.
	readyFor = 2 * time.Minute
	// poll is how often a state is looked at while it is waited for.
	poll = 250 * time.Millisecond
)

// Cluster is a running cluster.
type Cluster struct {
	dir     string
	secret  string
	port    int // HAProxy's, which leads to the leader
	nodes   []*Node
	etcd    []*process
	haproxy *process
}

// Start starts a cluster in an empty folder and waits until it takes writes that two nodes confirm. Stop it in any
// case.
func Start(ctx context.Context, dir string) (*Cluster, error) {
	c := &Cluster{dir: dir, secret: rand.Text()}
	if err := c.start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("cluster: %w", err), c.Stop())
	}
	return c, nil
}

func (c *Cluster) start(ctx context.Context) error {
	bin, err := postgresBin()
	if err != nil {
		return err
	}
	ports, err := freePorts(ctx, 2*nodes+2*nodes+1)
	if err != nil {
		return err
	}
	etcds, err := c.startEtcd(ports[:2*nodes])
	if err != nil {
		return err
	}
	ports = ports[2*nodes:]
	for i := range nodes {
		n, err := c.startNode(i+1, ports[2*i], ports[2*i+1], bin, etcds)
		if err != nil {
			return err
		}
		c.nodes = append(c.nodes, n)
	}
	c.port = ports[2*nodes]
	if err := c.startProxy(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, readyFor)
	defer cancel()
	if err := c.WaitSynchronous(ctx); err != nil {
		return err
	}
	return c.createDatabase(ctx)
}

// startEtcd starts the three etcd and gives the addresses of their clients.
func (c *Cluster) startEtcd(ports []int) (clients string, err error) {
	var members, addresses []string
	for i := range nodes {
		members = append(members, fmt.Sprintf("e%d=http://%s:%d", i+1, host, ports[2*i+1]))
		addresses = append(addresses, fmt.Sprintf("%s:%d", host, ports[2*i]))
	}
	for i := range nodes {
		client, peer := "http://"+addresses[i], fmt.Sprintf("http://%s:%d", host, ports[2*i+1])
		name := fmt.Sprintf("e%d", i+1)
		dir, err := c.folder(name)
		if err != nil {
			return "", err
		}
		p, err := launch(dir, "etcd", "--name", name, "--data-dir", filepath.Join(dir, "data"), "--enable-v2=true",
			"--listen-client-urls", client, "--advertise-client-urls", client,
			"--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
			"--initial-cluster", strings.Join(members, ","), "--initial-cluster-state", "new",
			"--initial-cluster-token", "portal")
		if err != nil {
			return "", err
		}
		c.etcd = append(c.etcd, p)
	}
	return strings.Join(addresses, ","), nil
}

// startProxy starts HAProxy.
func (c *Cluster) startProxy() (err error) {
	dir, err := c.folder("haproxy")
	if err != nil {
		return err
	}
	config, err := write(dir, "haproxy.cfg", map[string]any{"Host": host, "Port": c.port, "Nodes": c.nodes})
	if err != nil {
		return err
	}
	c.haproxy, err = launch(dir, "haproxy", "-db", "-f", config)
	return err
}

// createDatabase makes the portal's database.
func (c *Cluster) createDatabase(ctx context.Context) error {
	db, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	for {
		_, err = db.ExecContext(ctx, "CREATE DATABASE portal")
		if err == nil || strings.Contains(err.Error(), "already exists") {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("create the database: %w", err)
		case <-time.After(poll): // HAProxy has not seen the leader yet
		}
	}
}

// URL is where the backend finds its database, whichever node leads.
func (c *Cluster) URL() string { return c.url("portal") }

func (c *Cluster) url(database string) string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword("portal", c.secret), Host: fmt.Sprintf("%s:%d", host, c.port),
		Path: "/" + database, RawQuery: "sslmode=disable",
	}
	return u.String()
}

// Stop ends everything, what leads last, and waits for it.
func (c *Cluster) Stop() error {
	var failed []error
	stop := func(p *process) {
		if p != nil {
			failed = append(failed, p.stop())
		}
	}
	stop(c.haproxy)
	for _, n := range slices.Backward(c.nodes) {
		failed = append(failed, n.stop())
	}
	for _, p := range c.etcd {
		stop(p)
	}
	return errors.Join(failed...)
}

// folder makes a folder of the cluster's that its processes may write.
func (c *Cluster) folder(name string) (string, error) {
	dir := filepath.Join(c.dir, name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	return dir, own(dir)
}

// write fills a template in and gives the path of the file.
func write(dir, name string, values any) (string, error) {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name+".tmpl", values); err != nil {
		return "", err
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		return "", err
	}
	return path, own(path)
}

// postgresBin finds the programs of the newest PostgreSQL of Debian's.
func postgresBin() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(found) == 0 {
		return "", errors.New("PostgreSQL is missing: install Debian's package postgresql")
	}
	return slices.Max(found), nil
}

// freePorts finds ports that nobody listens on.
func freePorts(ctx context.Context, n int) ([]int, error) {
	var config net.ListenConfig
	ports := make([]int, n)
	for i := range ports {
		l, err := config.Listen(ctx, "tcp", host+":0")
		if err != nil {
			return nil, err
		}
		defer l.Close() // together, so that none comes twice
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}
