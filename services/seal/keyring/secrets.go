package keyring

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"myaccount/services/disk"
	"myaccount/services/seal"
)

// secretsFile is the name of the file for secrets in the data folder.
const secretsFile = "secrets.sealed"

// errDamaged says that the file of the secrets is not what was written.
var errDamaged = errors.New("keyring: the file of the secrets is damaged")

// Secrets keeps small secrets, such as device tokens, by name. It may be used by
// several goroutines at once.
type Secrets struct {
	keeper *Keeper
	box    *seal.Box
	mu     sync.Mutex // one change of the file at a time
}

// Secrets returns the secrets of the data folder. Those that the system's
// keyring does not take go into a file, sealed by box.
func (k *Keeper) Secrets(box *seal.Box) *Secrets {
	return &Secrets{keeper: k, box: box}
}

// Get returns a secret, or ErrNone.
func (s *Secrets) Get(name string) (seal.Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// The file goes first: it holds only what the keyring did not take, so what
	// it has is the newest.
	file, err := s.read()
	if err != nil {
		return "", err
	}
	if sealed, ok := file[name]; ok {
		return s.open(name, sealed)
	}
	text, err := s.keeper.ring.get(s.user(name))
	if errors.Is(err, ErrNoKeyring) {
		return "", ErrNone // what a silent keyring holds cannot be had
	}
	return seal.Secret(text), err
}

// open unseals one entry of the file; an empty one marks a deleted secret.
func (s *Secrets) open(name string, sealed []byte) (seal.Secret, error) {
	plain, err := s.box.Open(sealed, s.ad(name))
	if err != nil {
		return "", fmt.Errorf("keyring: secret: %w", err)
	}
	if len(plain) == 0 {
		return "", ErrNone
	}
	return seal.Secret(plain), nil
}

// Set keeps a secret, in place of the one of that name. An empty one is the
// same as Delete.
func (s *Secrets) Set(name string, secret seal.Secret) error {
	if secret == "" {
		return s.Delete(name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keeper.ring.set(s.user(name), secret.Reveal()) == nil {
		return s.change(name, nil)
	}
	return s.mark(name, []byte(secret))
}

// Delete forgets a secret; one that is not there is no error.
func (s *Secrets) Delete(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keeper.ring.remove(s.user(name)) == nil {
		return s.change(name, nil)
	}
	// The keyring may hold it and give it back when it answers again.
	return s.mark(name, nil)
}

// mark seals a value into the file.
func (s *Secrets) mark(name string, plain []byte) error {
	sealed, err := s.box.Seal(plain, s.ad(name))
	if err != nil {
		return fmt.Errorf("keyring: secret: %w", err)
	}
	return s.change(name, sealed)
}

// change puts an entry into the file, or removes it (nil).
func (s *Secrets) change(name string, sealed []byte) error {
	file, err := s.read()
	if err != nil && !errors.Is(err, errDamaged) {
		return err // a damaged file is replaced: else nothing could be kept again
	}
	if _, there := file[name]; err == nil && sealed == nil && !there {
		return nil
	}
	if sealed == nil {
		delete(file, name)
	} else {
		file[name] = sealed
	}
	data, err := json.Marshal(file)
	if err == nil {
		err = disk.Write(s.path(), data)
	}
	if err != nil {
		return fmt.Errorf("keyring: secrets: %w", err)
	}
	return nil
}

// read returns the entries of the file; with errDamaged, an empty map.
func (s *Secrets) read() (map[string][]byte, error) {
	file := map[string][]byte{}
	data, _, err := readPrivate(s.path())
	if errors.Is(err, os.ErrNotExist) {
		return file, nil
	}
	if err != nil {
		return nil, fmt.Errorf("keyring: secrets: %w", err)
	}
	if json.Unmarshal(data, &file) != nil || file == nil {
		return map[string][]byte{}, errDamaged
	}
	return file, nil
}

func (s *Secrets) path() string            { return filepath.Join(s.keeper.dir, secretsFile) }
func (s *Secrets) user(name string) string { return s.keeper.dataID + "/" + name }
func (s *Secrets) ad(name string) []byte   { return seal.AD("keyring", "secret", name) }
