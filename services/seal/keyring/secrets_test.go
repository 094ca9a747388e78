package keyring

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"myaccount/services/seal"
)

// newSecrets returns the secrets of dir on a fake keyring, as a fresh start would.
func newSecrets(dir string, box *seal.Box, f *fake) *Secrets {
	return keeper(dir, f).Secrets(box)
}

func newBox(t *testing.T) *seal.Box {
	t.Helper()
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	box, err := seal.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	return box
}

func want(t *testing.T, s *Secrets, name string, secret seal.Secret) {
	t.Helper()
	got, err := s.Get(name)
	if secret == "" && !errors.Is(err, ErrNone) {
		t.Errorf("%s: %v, want ErrNone", name, err)
	}
	if secret != "" && (err != nil || got != secret) {
		t.Errorf("%s: %q, %v; want %q", name, got.Reveal(), err, secret.Reveal())
	}
}

func TestSecrets(t *testing.T) {
	for name, system := range map[string]*fake{"keyring": newFake(), "file": {err: errNoBus}} {
		t.Run(name, func(t *testing.T) {
			dir, box := t.TempDir(), newBox(t)
			s := newSecrets(dir, box, system)
			want(t, s, "device", "")
			for _, value := range []seal.Secret{"first", "second é"} {
				if err := s.Set("device", value); err != nil {
					t.Fatal(err)
				}
				if err := s.Set("other", "kept"); err != nil {
					t.Fatal(err)
				}
				want(t, s, "device", value)
				want(t, newSecrets(dir, box, system), "device", value)
			}
			for range 2 {
				if err := s.Delete("device"); err != nil {
					t.Fatal(err)
				}
				want(t, s, "device", "")
			}
			want(t, s, "other", "kept")
			if err := s.Set("other", ""); err != nil {
				t.Fatal(err)
			}
			want(t, s, "other", "")
		})
	}
}

func TestSecrets_FileSealed(t *testing.T) {
	dir, box := t.TempDir(), newBox(t)
	s := newSecrets(dir, box, &fake{err: errNoBus})
	if err := s.Set("device", "very-secret-token"); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "secrets.sealed"))
	if err != nil || strings.Contains(string(data), "very-secret") {
		t.Errorf("file: %s, %v", data, err)
	}
	// Another key, or the entry under another name, does not open.
	if _, err := newSecrets(dir, newBox(t), &fake{err: errNoBus}).Get("device"); !errors.Is(err, seal.ErrSealed) {
		t.Errorf("other key: %v, want seal.ErrSealed", err)
	}
	moved := strings.Replace(string(data), `"device"`, `"server"`, 1)
	if err := os.WriteFile(filepath.Join(dir, "secrets.sealed"), []byte(moved), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get("server"); !errors.Is(err, seal.ErrSealed) {
		t.Errorf("other name: %v, want seal.ErrSealed", err)
	}
}

// TestSecrets_KeyringComesAndGoes: what was said last counts, wherever the
// keyring was when it was said.
func TestSecrets_KeyringComesAndGoes(t *testing.T) {
	dir, box, system := t.TempDir(), newBox(t), newFake()
	set := func(value seal.Secret, err error) {
		t.Helper()
		system.err = err
		if err := newSecrets(dir, box, system).Set("device", value); err != nil {
			t.Fatal(err)
		}
	}
	set("in keyring", nil)
	set("in file", errNoBus)
	system.err = nil
	want(t, newSecrets(dir, box, system), "device", "in file")
	set("in keyring again", nil)
	want(t, newSecrets(dir, box, system), "device", "in keyring again")
	system.err = errNoBus
	want(t, newSecrets(dir, box, system), "device", "") // cannot be had now
	set("", errNoBus)                                   // deleted while the keyring is silent
	system.err = nil
	want(t, newSecrets(dir, box, system), "device", "")
	set("new", nil)
	want(t, newSecrets(dir, box, system), "device", "new")
}

func TestSecrets_FileDamaged(t *testing.T) {
	for _, content := range []string{"", "null", "[]", "{\"device\": 5}", "text"} {
		dir, box := t.TempDir(), newBox(t)
		if err := os.WriteFile(filepath.Join(dir, "secrets.sealed"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		s := newSecrets(dir, box, &fake{err: errNoBus})
		if _, err := s.Get("device"); !errors.Is(err, errDamaged) {
			t.Errorf("%q: %v, want errDamaged", content, err)
		}
		if err := s.Set("device", "new"); err != nil {
			t.Fatal(err)
		}
		want(t, s, "device", "new")
	}
}

func TestSecrets_Concurrent(t *testing.T) {
	s := newSecrets(t.TempDir(), newBox(t), &fake{err: errNoBus})
	names := []string{"a", "b", "c", "d"}
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() {
			if err := s.Set(name, seal.Secret(name)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for _, name := range names {
		want(t, s, name, seal.Secret(name))
	}
}
