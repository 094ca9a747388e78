package store

import (
	"errors"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/core"
	"myaccount/services/seal"
)

// Column is a column whose values are sealed, and that of the id in their associated data.
type Column struct{ Table, ID, Name string }

// String is "table.column".
func (c Column) String() string { return c.Table + "." + c.Name }

// Sealed are all columns whose values are sealed: those that are sealed again when the key is rotated. A test compares
// them with what this package seals and opens.
var Sealed = []Column{
	{"agreement", "id", "details"},
	{"attachment", "id", "digest"},
	{"attachment", "id", "name"},
	{"autopay", "id", "accepted"},
	{"bank_account", "id", "details"},
	{"customer", "id", "details"},
	{"debit", "id", "details"},
	{"device", "id", "name"},
	{"document", "id", "details"},
	{"draft", "id", "content"},
	{"factor", "person_id", "pending"},
	{"factor", "person_id", "secret"},
	{"identity", "id", "name"},
	{"identity_start", "id", "identity"},
	{"mail", "id", "address"},
	{"mail", "id", "secret"},
	{"mail", "id", "words"},
	{"message", "id", "author"},
	{"message", "id", "body"},
	{"person", "id", "email"},
	{"person", "id", "first_name"},
	{"person", "id", "last_name"},
	{"session", "id", "device_name"},
	{"sign_in", "id", "device"},
	{"sign_in", "id", "origin"},
	{"token", "id", "grants"},
	{"upload", "id", "digest"},
	{"upload", "id", "name"},
}

var (
	// ErrOtherKey says that the data was sealed with another key than the one given. It was not touched: a second key
	// for an existing database would make what is in it unreadable for good.
	ErrOtherKey = errors.New("the database was sealed with another key")
	// ErrMissingKey says that the key given is the one the data was sealed with, at another time: a sealing key is not
	// among its own, because it was made later, or removed.
	ErrMissingKey = errors.New("the key lacks a sealing key that the database names")
)

// Fits compares a key with the settings of a database, "" for one that was never written, before anything is opened.
// Errors: ErrOtherKey, ErrMissingKey.
func Fits(box *seal.Box, keyID, sealingKeys string) error {
	if keyID != "" && keyID != box.KeyID() {
		return ErrOtherKey
	}
	for _, id := range strings.Fields(sealingKeys) {
		if !box.Holds(id) {
			return ErrMissingKey
		}
	}
	return nil
}

// Adopt notes the key of a database that names none yet.
func Adopt(box *seal.Box) func(core.Tx) error {
	return func(tx core.Tx) error {
		return errors.Join(
			writeOnce(tx, core.SettingKeyID, box.KeyID()),
			writeOnce(tx, core.SettingSealing, box.Sealing()[0]),
		)
	}
}

// writeOnce writes a setting that was never written.
func writeOnce(tx core.Tx, name, value string) error {
	_, err := tx.Setting(name)
	if errors.Is(err, core.ErrNoRow) {
		err = tx.SetSetting(name, value)
	}
	return err
}

// lookEvery is how often a replica looks up which key is to seal. What takes longer than that does is sealed by a key
// that was right when it began.
const lookEvery = 2 * time.Second

// look sees to it that values are sealed with the key that the database names: another replica may have changed it.
func (s *Store) look(t *tx) error {
	now := time.Now() // of the machine: a clock of the rules may stand still
	if last := s.looked.Load(); last != nil && now.Sub(*last) < lookEvery {
		return nil
	}
	rotation, err := rotationOf(t)
	if err != nil {
		return err
	}
	if len(rotation.Keys) > 0 {
		if err := s.box.Use(rotation.Keys[0]); err != nil {
			return &services.Error{Code: services.CodeUnavailable, Err: errors.Join(ErrMissingKey, err)}
		}
	}
	s.looked.Store(&now)
	return nil
}
