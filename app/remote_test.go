package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"myaccount/services"
	"myaccount/services/program"
	"myaccount/services/remote/cache"
	"myaccount/services/seal"
	ourkeyring "myaccount/services/seal/keyring"
	"myaccount/services/text"
)

const aServer = "https://portal.example.ca:8443"

func TestCheckServer(t *testing.T) {
	for address, ok := range map[string]bool{
		aServer: true, "https://portal.example.ca/desk/": true, "local": true, "http://localhost:8080": true,
		"http://127.0.0.1:1": true, "http://[::1]:8080": true,
		"": false, "portal.example.ca": false, "http://portal.example.ca": false, "https://": false, "ftp://portal.example.ca": false,
		"https://user:word@portal.example.ca": false, "https://portal.example.ca?a=b": false, "https://portal.example.ca/#x": false,
	} {
		if err := checkServer(address); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestServerOf(t *testing.T) {
	for name, c := range map[string]struct{ configured, brand, want string }{
		"nothing":               {"", "", ""},
		"configuration":         {aServer + "/", "", aServer},
		"brand":                 {"", "https://lender.example.ca", "https://lender.example.ca"},
		"configuration over it": {aServer, "https://lender.example.ca", aServer},
		"local over it":         {serverLocal, "https://lender.example.ca", ""},
	} {
		var configured config
		configured.Server.URL = c.configured
		if got := serverOf(configured, c.brand); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Every server has a folder of its own, which holds nothing that a file name cannot.
func TestServerFolder(t *testing.T) {
	seen := map[string]string{}
	for _, server := range []string{
		aServer, "https://portal.example.ca", "http://portal.example.ca", "https://[::1]:8443", "https://portal.example.ca/a", "https://portal.example.ca_a",
	} {
		folder := serverFolder("data", server)
		if filepath.Dir(folder) != filepath.Join("data", "servers") {
			t.Errorf("%s: %s", server, folder)
		}
		if other, ok := seen[folder]; ok {
			t.Errorf("%s and %s share %s", server, other, folder)
		}
		seen[folder] = server
	}
	if serverFolder("data", aServer) != serverFolder("data", "https://Portal.Example.ca:8443") {
		t.Error("the case of a host's name matters")
	}
}

// wantRemoteFault opens the cache of the server, which must fail with a sentence in both languages.
func (b *dataBench) wantRemoteFault(key string) {
	b.t.Helper()
	p, err := openRemote(b.t.Context(), b.e, aServer)
	if err == nil {
		must(b.t, p.Close())
		b.t.Fatalf("the cache opened, want %s", key)
	}
	var f *program.Fault
	if !errors.As(err, &f) || f.Key != key {
		b.t.Fatalf("got %v, want %s", err, key)
	}
	for _, lang := range text.Langs() {
		if sentence := f.Sentence(b.catalogue.Printer(lang)); sentence == key || sentence == "" {
			b.t.Errorf("%s has no sentence for %s", lang, key)
		}
	}
}

func (b *dataBench) makeRemote() {
	b.t.Helper()
	p, err := openRemote(b.t.Context(), b.e, aServer)
	must(b.t, err)
	stored, err := p.Storage(b.t.Context())
	if err != nil || stored.KeyPlace != "file" || stored.Bytes == 0 || filepath.Dir(stored.KeyFile) != stored.Folder {
		b.t.Errorf("storage: %+v, %v", stored, err)
	}
	must(b.t, p.Close())
}

func TestOpenRemote_Damaged(t *testing.T) {
	b := newDataBench(t)
	b.makeRemote()
	v := cacheVault(serverFolder(b.e.Folder, aServer))
	content := bytes.Repeat([]byte("not a database "), 1000)
	must(t, os.WriteFile(cache.Database(v.folder), content, 0o600))
	for _, beside := range []string{"-wal", "-shm"} { // a whole database may still lie in its log
		must(t, os.RemoveAll(cache.Database(v.folder)+beside))
	}
	b.wantRemoteFault("app.data.damaged")
	_, err := setAside(v)
	must(t, err)
	b.makeRemote()
}

// The key of one database never takes the place of another's: local-only mode and every server have their own.
func TestOpenRemote_KeyLost(t *testing.T) {
	b := newDataBench(t)
	b.make()
	b.makeRemote()
	v := cacheVault(serverFolder(b.e.Folder, aServer))
	path, backup := filepath.Join(v.folder, "sealing.key"), filepath.Join(t.TempDir(), "backup.key")
	must(t, os.Rename(path, backup))
	b.wantRemoteFault("app.data.keyring")
	made, err := seal.NewKey()
	must(t, err)
	other := filepath.Join(t.TempDir(), "other.key")
	must(t, ourkeyring.Backup(made, other))
	var f *program.Fault
	if err := restoreKey(t.Context(), v, other); !errors.As(err, &f) || f.Key != "app.data.backup" {
		t.Errorf("the key of another cache: %v", err)
	}
	must(t, restoreKey(t.Context(), v, backup))
	b.makeRemote()
	b.make()
}

func TestReach_NobodyThere(t *testing.T) {
	b := newDataBench(t)
	p, err := openRemote(t.Context(), b.e, "http://127.0.0.1:1")
	must(t, err)
	defer p.Close()
	if _, err := p.reach(t.Context()); services.CodeOf(err) != services.CodeUnavailable {
		t.Errorf("got %v", err)
	}
}
