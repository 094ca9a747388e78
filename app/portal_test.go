package main

import (
	"bytes"
	"database/sql"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"myaccount/assets"
	"myaccount/services/brand"
	"myaccount/services/local"
	"myaccount/services/program"
	"myaccount/services/seal"
	ourkeyring "myaccount/services/seal/keyring"
	"myaccount/services/text"
)

// dataBench is a data folder on a machine without a keyring.
type dataBench struct {
	t         *testing.T
	e         *environment
	brand     brand.Brand
	catalogue *text.Catalogue
}

func newDataBench(t *testing.T) *dataBench {
	t.Helper()
	keyring.MockInitWithError(errors.New("no keyring here"))
	product, err := brand.Load(assets.Brand)
	must(t, err)
	catalogue, err := text.Load(assets.Translations)
	must(t, err)
	e := &environment{Folder: filepath.Join(t.TempDir(), "data"), Log: slog.New(slog.DiscardHandler)}
	must(t, makeFolder(e.Folder))
	return &dataBench{t: t, e: e, brand: product, catalogue: catalogue}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (b *dataBench) open() (*local.Portal, error) {
	return openPortal(b.t.Context(), b.e, b.brand, b.catalogue)
}

// make opens and closes the portal once, so that there is a database with a key.
func (b *dataBench) make() {
	b.t.Helper()
	p, err := b.open()
	must(b.t, err)
	must(b.t, p.Close())
}

// wantFault opens the portal, which must fail with a sentence in both languages.
func (b *dataBench) wantFault(key string) {
	b.t.Helper()
	p, err := b.open()
	if err == nil {
		must(b.t, p.Close())
		b.t.Fatalf("the portal opened, want %s", key)
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

func (b *dataBench) database() string { return local.Database(b.e.Folder) }

func TestOpenPortal_Damaged(t *testing.T) {
	b := newDataBench(t)
	b.make()
	content := bytes.Repeat([]byte("not a database "), 1000)
	must(t, os.WriteFile(b.database(), content, 0o600))
	b.wantFault("app.data.damaged")
	if left, err := os.ReadFile(b.database()); err != nil || !bytes.Equal(left, content) {
		t.Fatalf("the damaged file was touched: %v", err)
	}
	name, err := setAside(localVault(b.e.Folder))
	must(t, err)
	p, err := b.open()
	if err != nil {
		t.Fatalf("after it was set aside: %v", err)
	}
	must(t, p.Close())
	kept, err := filepath.Glob(filepath.Join(b.e.Folder, "*", name))
	must(t, err)
	if len(kept) == 0 {
		kept, _ = filepath.Glob(filepath.Join(b.e.Folder, name, "*"))
	}
	if len(kept) == 0 {
		t.Errorf("what was set aside as %s is nowhere", name)
	}
}

func TestOpenPortal_Newer(t *testing.T) {
	b := newDataBench(t)
	b.make()
	db, err := sql.Open("sqlite", b.database())
	must(t, err)
	_, err = db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	must(t, errors.Join(err, db.Close()))
	b.wantFault("app.data.newer")
}

func TestOpenPortal_KeyLost(t *testing.T) {
	b := newDataBench(t)
	b.make()
	backup := filepath.Join(t.TempDir(), "backup.key")
	k, err := newKeys(b.e.Folder)
	must(t, err)
	_, err = k.Load("")
	must(t, err)
	_, path := k.Place()
	key, err := os.ReadFile(path)
	must(t, err)
	must(t, os.Rename(path, backup))
	b.wantFault("app.data.keyring")
	if _, err := os.Stat(path); err == nil {
		t.Fatal("a second key was made for the database")
	}

	other := filepath.Join(t.TempDir(), "other.key")
	made, err := seal.NewKey()
	must(t, err)
	must(t, ourkeyring.Backup(made, other))
	var f *program.Fault
	if err := restoreKey(t.Context(), localVault(b.e.Folder), other); !errors.As(err, &f) || f.Key != "app.data.backup" {
		t.Errorf("the key of another database: %v", err)
	}
	must(t, restoreKey(t.Context(), localVault(b.e.Folder), backup))
	if again, err := os.ReadFile(path); err != nil || !bytes.Equal(again, key) {
		t.Errorf("the key was not restored: %v", err)
	}
	b.make()
}

func TestOpenPortal_Locked(t *testing.T) {
	b := newDataBench(t)
	b.make()
	db, err := sql.Open("sqlite", b.database())
	must(t, err)
	defer db.Close()
	_, err = db.Exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT")
	must(t, err)
	b.wantFault("app.data.locked")
}

func TestOpenPortal_BadSMTP(t *testing.T) {
	b := newDataBench(t)
	b.e.Config.SMTP.URL = "ftp://secret-word@nowhere"
	_, err := b.open()
	var f *program.Fault
	if !errors.As(err, &f) || f.Key != "app.smtp" {
		t.Fatalf("got %v", err)
	}
	if bytes.Contains([]byte(err.Error()), []byte("secret-word")) {
		t.Errorf("the error shows the password: %v", err)
	}
}

func TestFolderID_StaysAndIsRepaired(t *testing.T) {
	dir := t.TempDir()
	first, err := folderID(dir)
	must(t, err)
	again, err := folderID(dir)
	must(t, err)
	if first != again {
		t.Errorf("the folder was %s and is %s", first, again)
	}
}

func TestRoute(t *testing.T) {
	for name, c := range map[string]struct {
		ask  request
		page string
	}{
		"nothing":  {request{}, ""},
		"import":   {request{Import: "/tmp/p.jsonl"}, "import"},
		"link":     {request{Link: "mybmwaccount://activate?token=abc"}, "activate"},
		"bad link": {request{Link: "https://example.ca/activate?token=abc"}, ""},
	} {
		if r := route(c.ask); string(r.Page) != c.page {
			t.Errorf("%s: %q, want %q", name, r.Page, c.page)
		}
	}
}
