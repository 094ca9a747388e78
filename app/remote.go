package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/local"
	"myaccount/services/program"
	"myaccount/services/remote"
	"myaccount/services/remote/cache"
	"myaccount/services/seal"
	"myaccount/services/sqlitefile"
	"myaccount/services/store/sqlite"
)

// serverLocal is what the configuration says for local-only mode where the brand file names a server.
const serverLocal = "local"

// checkServer refuses what is not the address of a server. Without TLS everybody on the way could read a password, so
// that is for this machine alone.
func checkServer(address string) error {
	u, err := url.Parse(address)
	switch {
	case address == serverLocal:
		return nil
	case err != nil, u.Hostname() == "", u.User != nil, u.RawQuery != "", u.Fragment != "":
		return program.ErrValue
	case u.Scheme == "https", u.Scheme == "http" && isLoopback(u.Hostname()):
		return nil
	}
	return program.ErrValue
}

func isLoopback(host string) bool { return host == "localhost" || net.ParseIP(host).IsLoopback() }

// serverOf is the address of the server that the program talks to; "" in local-only mode.
func serverOf(c config, brands string) string {
	server := cmp.Or(c.Server.URL, brands)
	if server == serverLocal {
		return ""
	}
	return strings.TrimSuffix(server, "/")
}

// serverFolder is where a data folder keeps what belongs to a server.
func serverFolder(data, server string) string {
	return filepath.Join(data, "servers", url.QueryEscape(strings.TrimPrefix(strings.ToLower(server), "https://")))
}

// remotePortal is the portal of a server, which knows where its cache lies.
type remotePortal struct {
	*remote.Portal
	folder string
	keys   interface{ Place() (kind, path string) }
}

var _ services.Stored = (*remotePortal)(nil)

// openRemote opens the cache of a server. Errors that the person can do something about are *program.Fault. The cache has a
// folder and a key of its own, so no database can take the key of another.
func openRemote(ctx context.Context, e *environment, server string) (*remotePortal, error) {
	folder := serverFolder(e.Folder, server)
	if err := makeFolder(folder); err != nil {
		return nil, err
	}
	k, err := newKeys(folder)
	if err != nil {
		return nil, err
	}
	key, err := cacheKey(ctx, folder, k)
	if err != nil {
		return nil, portalFault(folder, err)
	}
	box, err := seal.Open(key)
	if err != nil {
		return nil, portalFault(folder, err)
	}
	portal, err := remote.Open(ctx, remote.Options{
		URL: server, Folder: folder, Box: box, Secrets: k.Secrets(box), Clock: systemClock{}, NewID: newID,
		Passwords: seal.NewPasswords(seal.DefaultParams()), Log: e.Log,
	})
	if err != nil {
		return nil, portalFault(folder, err)
	}
	k.note(e.Log)
	return &remotePortal{portal, folder, k}, nil
}

// cacheKey finds the key that the cache asks for, or makes one for a new cache.
func cacheKey(ctx context.Context, folder string, k *keys) (seal.Key, error) {
	want, err := cache.KeyID(ctx, folder)
	if err != nil {
		return seal.Key{}, err
	}
	key, err := k.Load(want)
	if want == "" && errors.Is(err, local.ErrNoKey) {
		return k.Create()
	}
	return key, err
}

// Storage says where the cache lies and how it is sealed.
func (p *remotePortal) Storage(context.Context) (services.StorageInfo, error) {
	kind, path := p.keys.Place()
	info := services.StorageInfo{Folder: p.folder, KeyPlace: kind, KeyFile: path}
	err := filepath.WalkDir(p.folder, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			if file, err := entry.Info(); err == nil {
				info.Bytes += file.Size()
			}
		}
		return nil // a file that went away meanwhile does not count
	})
	return info, err
}

// refusedCertificate is what the person has to judge when the server's certificate is refused.
func refusedCertificate(err error) (fingerprint string, changed, ok bool) {
	var refused *remote.CertificateError
	if !errors.As(err, &refused) {
		return "", false, false
	}
	return refused.Fingerprint, refused.Pinned != "", true
}

// reachFor is how long the program waits for a server that it has seen before, until it starts without it.
const reachFor = 3 * time.Second

// reach asks the server for its policy, and gives the one that was seen last while the server cannot be reached. It fails
// when none was, and when the certificate is refused.
func (p *remotePortal) reach(ctx context.Context) (services.Policy, error) {
	limited, cancel := ctx, context.CancelFunc(func() {})
	if !p.LastContact().IsZero() {
		limited, cancel = context.WithTimeout(ctx, reachFor)
	}
	defer cancel()
	err := p.Reconnect(limited)
	if _, _, refused := refusedCertificate(err); refused {
		return services.Policy{}, err
	}
	policy, unknown := p.Policy(ctx)
	if unknown != nil {
		return services.Policy{}, cmp.Or(err, unknown)
	}
	return policy, nil
}

// vault is a sealed database of this machine, as the ways out of its faults need it.
type vault struct {
	folder   string
	keyID    func(context.Context) (string, error)
	setAside func(time.Time) (string, error)
}

// localVault is the database of local-only mode.
func localVault(folder string) vault {
	database := local.Database(folder)
	return vault{
		folder:   folder,
		keyID:    func(ctx context.Context) (string, error) { return sqlite.KeyID(ctx, database) },
		setAside: func(now time.Time) (string, error) { return sqlitefile.SetAside(database, now) },
	}
}

// cacheVault is the cache of a server.
func cacheVault(folder string) vault {
	return vault{
		folder:   folder,
		keyID:    func(ctx context.Context) (string, error) { return cache.KeyID(ctx, folder) },
		setAside: func(now time.Time) (string, error) { return cache.SetAside(folder, now) },
	}
}
