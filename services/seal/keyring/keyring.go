// Package keyring keeps the sealing key of a data folder, and small secrets like
// device tokens, in the keyring of the operating system, or, where there is none,
// in files of mode 0600 in the data folder.
//
// A key is made once, for a new database. For a database that exists, the key
// with the id stored in it is found or the database stays closed: a second key
// would only hide that the first is lost.
package keyring

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"myaccount/services/disk"
	"myaccount/services/seal"
)

var (
	// ErrNone says that nothing is kept here yet.
	ErrNone = errors.New("keyring: nothing kept")
	// ErrExists says that a key is kept here already, so none was made.
	ErrExists = errors.New("keyring: a key exists already")
	// ErrKeyLost says that the database exists but its key was not found. When
	// the error is ErrNoKeyring too, the keyring did not answer, and trying
	// again later may help; else only a backup of the key does.
	ErrKeyLost = errors.New("keyring: the key of this database was not found")
	// ErrNoKeyring says that the system has no keyring, or that it is locked or
	// did not answer in time.
	ErrNoKeyring = errors.New("keyring: no keyring")
	// ErrOtherKey says that a backup holds the key of another database.
	ErrOtherKey = errors.New("keyring: the key of another database")
)

// Kind is the sort of place where something is kept.
type Kind string

// The two places.
const (
	InKeyring Kind = "keyring"
	InFile    Kind = "file"
)

// Where tells the person where the key is kept.
type Where struct {
	Kind      Kind
	Path      string // of the key file; "" in a keyring
	Tightened bool   // others could read the key file until now
}

// keyFile is the name of the key file in the data folder.
const keyFile = "sealing.key"

// Keeper keeps the key and the secrets of one data folder.
type Keeper struct {
	dir, dataID string
	ring        *ring
}

// New returns the Keeper of the data folder dir, which exists. The dataID is the
// id of the folder: the name under which the system's keyring knows it.
func New(dir, dataID string) *Keeper {
	return &Keeper{dir: dir, dataID: dataID, ring: newRing(system{})}
}

// Load finds the key. The caller gives the id of the key that the database
// names (want), or "" when there is no database yet. Errors: ErrNone when there
// is no database and no key, so that Create may follow; ErrKeyLost when there is
// a database but not its key; seal.ErrKey when the file was damaged.
// Calling again asks the system again.
func (k *Keeper) Load(want string) (seal.Key, Where, error) {
	k.ring.wake()
	key, where, err := k.find(want)
	if errors.Is(err, ErrNone) && want != "" {
		err = ErrKeyLost
		if k.ring.silent() {
			err = fmt.Errorf("%w: %w", ErrKeyLost, ErrNoKeyring)
		}
	}
	return key, where, err
}

// find looks for the wanted key, or any, in the keyring and then in the file.
func (k *Keeper) find(want string) (seal.Key, Where, error) {
	text, err := k.ring.get(k.dataID)
	if err == nil {
		key, err := seal.ParseKey([]byte(text))
		if err == nil && (want == "" || key.ID() == want) {
			return key, Where{Kind: InKeyring}, nil
		}
	}
	path := filepath.Join(k.dir, keyFile)
	data, tightened, err := readPrivate(path)
	if errors.Is(err, os.ErrNotExist) {
		return seal.Key{}, Where{}, ErrNone
	}
	if err != nil {
		return seal.Key{}, Where{}, fmt.Errorf("keyring: key file: %w", err)
	}
	key, err := seal.ParseKey(data)
	if err != nil {
		return seal.Key{}, Where{}, fmt.Errorf("keyring: key file: %w", err)
	}
	if want != "" && key.ID() != want {
		return seal.Key{}, Where{}, ErrNone
	}
	return key, Where{Kind: InFile, Path: path, Tightened: tightened}, nil
}

// Create makes and keeps the key of a new database. It refuses with ErrExists
// where it can find a key already.
func (k *Keeper) Create() (seal.Key, Where, error) {
	_, _, err := k.find("")
	if err == nil {
		return seal.Key{}, Where{}, ErrExists
	}
	if !errors.Is(err, ErrNone) {
		return seal.Key{}, Where{}, err
	}
	key, err := seal.NewKey()
	if err != nil {
		return seal.Key{}, Where{}, err
	}
	where, err := k.keep(key)
	return key, where, err
}

// Restore reads a backup of the key that the database wants and keeps it.
// Errors: seal.ErrKey when the file is no key, ErrOtherKey.
func (k *Keeper) Restore(backup, want string) (seal.Key, Where, error) {
	data, err := os.ReadFile(backup)
	if err != nil {
		return seal.Key{}, Where{}, fmt.Errorf("keyring: restore: %w", err)
	}
	key, err := seal.ParseKey(data)
	if err != nil {
		return seal.Key{}, Where{}, fmt.Errorf("keyring: restore: %w", err)
	}
	if key.ID() != want {
		return seal.Key{}, Where{}, ErrOtherKey
	}
	k.ring.wake()
	where, err := k.keep(key)
	return key, where, err
}

// Backup writes the key to a file of the person's choice, readable by them alone
// and replaced whole. Whoever holds that file can open the data.
func Backup(key seal.Key, path string) error {
	if err := disk.Write(path, key.Marshal()); err != nil {
		return fmt.Errorf("keyring: backup: %w", err)
	}
	return nil
}

// keep stores the key in the keyring, and trusts the keyring only when it gives
// the key back; else in the file.
func (k *Keeper) keep(key seal.Key) (Where, error) {
	text := string(key.Marshal())
	if k.ring.set(k.dataID, text) == nil {
		if back, err := k.ring.get(k.dataID); err == nil && back == text {
			return Where{Kind: InKeyring}, nil
		}
	}
	path := filepath.Join(k.dir, keyFile)
	if err := disk.Write(path, []byte(text)); err != nil {
		return Where{}, fmt.Errorf("keyring: key file: %w", err)
	}
	return Where{Kind: InFile, Path: path}, nil
}
