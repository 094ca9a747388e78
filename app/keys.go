package main

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"myaccount/services/disk"
	"myaccount/services/local"
	"myaccount/services/seal"
	"myaccount/services/seal/keyring"
)

// keys finds the key of a data folder in the system's keyring, or in a private file where there is none.
type keys struct {
	keeper *keyring.Keeper
	where  keyring.Where
}

var _ local.Keys = (*keys)(nil)

// folderID names a data folder to the keyring. It lies in the folder, so it stays when the folder is moved.
func folderID(dir string) (string, error) {
	path := filepath.Join(dir, "folder.id")
	known, err := os.ReadFile(path)
	if id := strings.TrimSpace(string(known)); err == nil && uuid.Validate(id) == nil {
		return id, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", folderFault(dir, err)
	}
	id := uuid.NewString()
	if err := disk.Write(path, []byte(id+"\n")); err != nil {
		return "", folderFault(dir, err)
	}
	return id, nil
}

func newKeys(dir string) (*keys, error) {
	id, err := folderID(dir)
	if err != nil {
		return nil, err
	}
	return &keys{keeper: keyring.New(dir, id)}, nil
}

// Load finds the key that the database names.
func (k *keys) Load(want string) (key seal.Key, err error) {
	key, k.where, err = k.keeper.Load(want)
	if errors.Is(err, keyring.ErrNone) {
		return key, local.ErrNoKey
	}
	return key, err
}

// Create makes the key of a new database.
func (k *keys) Create() (key seal.Key, err error) {
	key, k.where, err = k.keeper.Create()
	return key, err
}

// Place says where the key is.
func (k *keys) Place() (kind, path string) { return string(k.where.Kind), k.where.Path }

// Secrets keeps device tokens beside the key.
func (k *keys) Secrets(box *seal.Box) local.Secrets { return secrets{k.keeper.Secrets(box)} }

// note writes down where the key is, and that it could be read by others until now.
func (k *keys) note(log *slog.Logger) {
	log.Info("sealing key", "place", string(k.where.Kind))
	if k.where.Tightened {
		log.Warn("the key file could be read by others; its rights were tightened")
	}
}

// secrets gives "" where nothing is kept.
type secrets struct{ *keyring.Secrets }

// Get reads a secret.
func (s secrets) Get(name string) (seal.Secret, error) {
	secret, err := s.Secrets.Get(name)
	if errors.Is(err, keyring.ErrNone) {
		return "", nil
	}
	return secret, err
}
