package keyring

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gokeyring "github.com/zalando/go-keyring"

	"myaccount/services/seal"
)

// fake is a keyring in memory that can fail, hang or forget.
type fake struct {
	mu      sync.Mutex
	entries map[string]string
	err     error         // every call fails
	hang    chan struct{} // every call waits for it
	forgets bool          // Set keeps nothing
	calls   int
}

func newFake() *fake { return &fake{entries: map[string]string{}} }

func (f *fake) call(work func() error) error {
	if f.hang != nil {
		<-f.hang
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	if f.err != nil {
		return f.err
	}
	return work()
}

func (f *fake) Get(service, user string) (secret string, err error) {
	err = f.call(func() error {
		var there bool
		if secret, there = f.entries[service+" "+user]; !there {
			return gokeyring.ErrNotFound
		}
		return nil
	})
	return secret, err
}

func (f *fake) Set(service, user, secret string) error {
	return f.call(func() error {
		if !f.forgets {
			f.entries[service+" "+user] = secret
		}
		return nil
	})
}

func (f *fake) Delete(service, user string) error {
	return f.call(func() error {
		if _, there := f.entries[service+" "+user]; !there {
			return gokeyring.ErrNotFound
		}
		delete(f.entries, service+" "+user)
		return nil
	})
}

// errNoBus is what go-keyring gives without a session bus: an untyped error.
var errNoBus = errors.New("dial unix /nonexistent: connect: no such file or directory")

// keeper returns a Keeper of dir on a fake keyring, as a fresh start would make.
func keeper(dir string, f *fake) *Keeper {
	return &Keeper{dir: dir, dataID: "folder-1", ring: newRing(f)}
}

func TestKeeper_InKeyring(t *testing.T) {
	dir, system := t.TempDir(), newFake()
	if _, _, err := keeper(dir, system).Load(""); !errors.Is(err, ErrNone) {
		t.Fatalf("first start: %v, want ErrNone", err)
	}
	made, where, err := keeper(dir, system).Create()
	if err != nil || where != (Where{Kind: InKeyring}) {
		t.Fatalf("created in %+v, %v", where, err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("the data folder holds %v", entries)
	}
	for _, want := range []string{made.ID(), ""} {
		key, where, err := keeper(dir, system).Load(want)
		if err != nil || key.ID() != made.ID() || where.Kind != InKeyring {
			t.Errorf("loaded %v from %+v, %v", key, where, err)
		}
	}
	if system.entries["app.myaccount.desktop folder-1"] != string(made.Marshal()) {
		t.Error("not kept under the service and the folder's id")
	}
	if _, _, err := keeper(dir, system).Create(); !errors.Is(err, ErrExists) {
		t.Errorf("second key: %v, want ErrExists", err)
	}
}

func TestKeeper_InFile(t *testing.T) {
	for name, system := range map[string]*fake{
		"no keyring":      {err: errNoBus},
		"forgetful":       {entries: map[string]string{}, forgets: true},
		"too big for it":  {err: gokeyring.ErrSetDataTooBig},
		"not this system": {err: gokeyring.ErrUnsupportedPlatform},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			made, where, err := keeper(dir, system).Create()
			path := filepath.Join(dir, "sealing.key")
			if err != nil || where != (Where{Kind: InFile, Path: path}) {
				t.Fatalf("created in %+v, %v", where, err)
			}
			if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Errorf("key file: %v, %v", info, err)
			}
			for _, want := range []string{made.ID(), ""} {
				key, where, err := keeper(dir, system).Load(want)
				if err != nil || key.ID() != made.ID() || where != (Where{Kind: InFile, Path: path}) {
					t.Errorf("loaded %v from %+v, %v", key, where, err)
				}
			}
			if _, _, err := keeper(dir, system).Create(); !errors.Is(err, ErrExists) {
				t.Errorf("second key: %v, want ErrExists", err)
			}
		})
	}
}

func TestKeeper_KeyLost(t *testing.T) {
	other, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	missing := other.ID()

	t.Run("nothing kept", func(t *testing.T) {
		_, _, err := keeper(t.TempDir(), newFake()).Load(missing)
		if !errors.Is(err, ErrKeyLost) || errors.Is(err, ErrNoKeyring) {
			t.Errorf("error %v, want ErrKeyLost alone", err)
		}
	})
	t.Run("keyring silent", func(t *testing.T) {
		dir, system := t.TempDir(), newFake()
		made, _, err := keeper(dir, system).Create()
		if err != nil {
			t.Fatal(err)
		}
		system.err = errNoBus
		k := keeper(dir, system)
		if _, _, err := k.Load(made.ID()); !errors.Is(err, ErrKeyLost) || !errors.Is(err, ErrNoKeyring) {
			t.Errorf("error %v, want ErrKeyLost and ErrNoKeyring", err)
		}
		system.err = nil // unlocked meanwhile: trying again helps
		if key, _, err := k.Load(made.ID()); err != nil || key.ID() != made.ID() {
			t.Errorf("second try: %v, %v", key, err)
		}
	})
	t.Run("other keys only", func(t *testing.T) {
		dir, system := t.TempDir(), newFake()
		if _, _, err := keeper(dir, system).Create(); err != nil {
			t.Fatal(err)
		}
		if _, _, err := keeper(dir, &fake{err: errNoBus}).Create(); err != nil {
			t.Fatal(err)
		}
		if _, _, err := keeper(dir, system).Load(missing); !errors.Is(err, ErrKeyLost) {
			t.Errorf("error %v, want ErrKeyLost", err)
		}
	})
}

// TestKeeper_FileBesideKeyring: the wanted key is found although the keyring
// holds another one, or nonsense.
func TestKeeper_FileBesideKeyring(t *testing.T) {
	for _, nonsense := range []bool{false, true} {
		dir, system := t.TempDir(), newFake()
		made, _, err := keeper(dir, &fake{err: errNoBus}).Create()
		if err != nil {
			t.Fatal(err)
		}
		if nonsense {
			err = system.Set(service, "folder-1", "nonsense")
		} else {
			_, _, err = keeper(t.TempDir(), system).Create()
		}
		if err != nil {
			t.Fatal(err)
		}
		key, where, err := keeper(dir, system).Load(made.ID())
		if err != nil || key.ID() != made.ID() || where.Kind != InFile {
			t.Errorf("loaded %v from %+v, %v", key, where, err)
		}
	}
}

func TestKeeper_KeyFileOpenToOthers(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // has no such bits
	}
	dir, none := t.TempDir(), &fake{err: errNoBus}
	made, where, err := keeper(dir, none).Create()
	if err != nil {
		t.Fatal(err)
	}
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o777} {
		if err := os.Chmod(where.Path, mode); err != nil {
			t.Fatal(err)
		}
		key, where, err := keeper(dir, none).Load(made.ID())
		if err != nil || key.ID() != made.ID() || !where.Tightened {
			t.Errorf("%o: loaded %v from %+v, %v", mode, key, where, err)
		}
		if info, _ := os.Stat(where.Path); info.Mode().Perm() != 0o600 {
			t.Errorf("%o became %o", mode, info.Mode().Perm())
		}
	}
}

func TestKeeper_KeyFileDamaged(t *testing.T) {
	dir, none := t.TempDir(), &fake{err: errNoBus}
	path := filepath.Join(dir, "sealing.key")
	if err := os.WriteFile(path, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"", "0123456789abcdef0123456789abcdef"} {
		if _, _, err := keeper(dir, none).Load(want); !errors.Is(err, seal.ErrKey) {
			t.Errorf("Load(%q): %v, want seal.ErrKey", want, err)
		}
	}
	if _, _, err := keeper(dir, none).Create(); !errors.Is(err, seal.ErrKey) {
		t.Errorf("Create: %v, want seal.ErrKey", err)
	}
	if data, _ := os.ReadFile(path); string(data) != "damaged" {
		t.Error("the damaged file was overwritten")
	}
}

func TestKeeper_BackupRestore(t *testing.T) {
	dir, system := t.TempDir(), newFake()
	made, _, err := keeper(dir, system).Create()
	if err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "my key.backup")
	for range 2 { // the second replaces the first
		if err := Backup(made, backup); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(backup); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("backup: %v, %v", info, err)
	}
	for _, fresh := range []*fake{newFake(), {err: errNoBus}} {
		dir := t.TempDir()
		key, where, err := keeper(dir, fresh).Restore(backup, made.ID())
		if err != nil || key.ID() != made.ID() {
			t.Fatalf("restored %v to %+v, %v", key, where, err)
		}
		again, _, err := keeper(dir, fresh).Load(made.ID())
		if err != nil || !bytes.Equal(again.Marshal(), made.Marshal()) {
			t.Errorf("after the restore: %v, %v", again, err)
		}
	}
}

func TestKeeper_RestoreRefuses(t *testing.T) {
	dir := t.TempDir()
	made, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	backup, text := filepath.Join(dir, "backup"), filepath.Join(dir, "text")
	if err := errors.Join(Backup(made, backup), os.WriteFile(text, []byte("text"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file, want string
		err        error
	}{
		{backup, "another id", ErrOtherKey},
		{text, made.ID(), seal.ErrKey},
		{filepath.Join(dir, "none"), made.ID(), os.ErrNotExist},
	} {
		system := newFake()
		if _, _, err := keeper(dir, system).Restore(c.file, c.want); !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", c.file, err, c.err)
		}
		if len(system.entries) != 0 {
			t.Error("a refused backup was kept")
		}
	}
}

// TestKeeper_HangingBus: a keyring that never answers costs three seconds once,
// then the key goes into the file.
func TestKeeper_HangingBus(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		system := newFake()
		system.hang = make(chan struct{})
		k := keeper(dir, system)
		start := time.Now()
		if _, _, err := k.Load(""); !errors.Is(err, ErrNone) {
			t.Errorf("Load: %v, want ErrNone", err)
		}
		if _, where, err := k.Create(); err != nil || where.Kind != InFile {
			t.Errorf("created in %+v, %v", where, err)
		}
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("took %v, want 3s", took)
		}
		close(system.hang)
		synctest.Wait()
	})
}

// TestSystem_Mock goes through go-keyring itself, on its own mock.
func TestSystem_Mock(t *testing.T) {
	gokeyring.MockInit()
	dir := t.TempDir()
	k := New(dir, "folder-1")
	made, where, err := k.Create()
	if err != nil || where.Kind != InKeyring {
		t.Fatalf("created in %+v, %v", where, err)
	}
	if key, _, err := New(dir, "folder-1").Load(made.ID()); err != nil || key.ID() != made.ID() {
		t.Errorf("loaded %v, %v", key, err)
	}
	if _, _, err := New(dir, "folder-2").Load(""); !errors.Is(err, ErrNone) {
		t.Errorf("another folder: %v, want ErrNone", err)
	}
	box, err := seal.Open(made)
	if err != nil {
		t.Fatal(err)
	}
	secrets := k.Secrets(box)
	if err := secrets.Set("device", "token"); err != nil {
		t.Fatal(err)
	}
	if got, err := secrets.Get("device"); err != nil || got != "token" {
		t.Errorf("got %d characters, %v", len(got), err)
	}
	if err := secrets.Delete("device"); err != nil {
		t.Fatal(err)
	}
	if _, err := secrets.Get("device"); !errors.Is(err, ErrNone) {
		t.Errorf("after delete: %v, want ErrNone", err)
	}
	gokeyring.MockInitWithError(errNoBus)
	if _, _, err := k.Load(made.ID()); !errors.Is(err, ErrKeyLost) || !errors.Is(err, ErrNoKeyring) {
		t.Errorf("error %v, want ErrKeyLost and ErrNoKeyring", err)
	}
}

// TestErrors_NoKey: no error carries a part of the key.
func TestErrors_NoKey(t *testing.T) {
	dir, system := t.TempDir(), newFake()
	made, _, err := keeper(dir, system).Create()
	if err != nil {
		t.Fatal(err)
	}
	cut := made.Marshal()[:len(made.Marshal())-20]
	if err := os.WriteFile(filepath.Join(dir, "sealing.key"), cut, 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err = keeper(dir, &fake{err: errNoBus}).Load(made.ID())
	if err == nil || strings.Contains(err.Error(), string(cut[30:60])) {
		t.Errorf("error %v", err)
	}
}
