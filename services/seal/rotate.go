package seal

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
)

// ErrRotating says that a key is being rotated already: it has two sealing keys.
var ErrRotating = errors.New("seal: the key is being rotated")

// ErrUnknown says that a Key does not hold the sealing key that is asked for.
var ErrUnknown = errors.New("seal: the key holds no such sealing key")

// sealingMost is how many sealing keys a Key holds at most: the one before and
// the one after.
const sealingMost = 2

// PrefixSize is how many bytes each sealed value begins with that tell its key.
const PrefixSize = 5

// tinkPrefix is the first of these bytes, the others are the id of the key:
// https://developers.google.com/tink/wire-format#tink_ciphertext_prefix
const tinkPrefix = 1

// rotatable reports whether what is sealed with a keyset tells by which key.
func rotatable(handle *keyset.Handle) bool {
	info := handle.KeysetInfo()
	ids := map[uint32]bool{}
	for _, key := range info.GetKeyInfo() {
		if key.GetStatus() != tinkpb.KeyStatusType_ENABLED || key.GetOutputPrefixType() != tinkpb.OutputPrefixType_TINK {
			return false
		}
		ids[key.GetKeyId()] = true
	}
	return len(ids) == len(info.GetKeyInfo()) && len(ids) <= sealingMost
}

// Sealing lists the ids of the sealing keys, the primary first. An id is eight
// hex digits and reveals nothing.
func (k Key) Sealing() []string {
	if k.seal == nil {
		return nil
	}
	info := k.seal.KeysetInfo()
	ids := []string{sealingID(info.GetPrimaryKeyId())}
	for _, key := range info.GetKeyInfo() {
		if key.GetKeyId() != info.GetPrimaryKeyId() {
			ids = append(ids, sealingID(key.GetKeyId()))
		}
	}
	return ids
}

// Newest is the id of the sealing key that was made last.
func (k Key) Newest() string {
	if k.seal == nil {
		return ""
	}
	all := k.seal.KeysetInfo().GetKeyInfo()
	return sealingID(all[len(all)-1].GetKeyId())
}

func sealingID(id uint32) string { return fmt.Sprintf("%08x", id) }

// Prepare gives the key with a second sealing key, which opens but does not seal
// yet. Fails with ErrRotating when there is one.
func (k Key) Prepare() (Key, error) {
	if len(k.Sealing()) != 1 {
		return Key{}, ErrRotating
	}
	return k.change(func(m *keyset.Manager) error {
		_, err := m.Add(aead.AES256GCMKeyTemplate())
		return err
	})
}

// Promote gives the key with another primary sealing key. Fails with ErrUnknown.
func (k Key) Promote(id string) (Key, error) {
	number, ok := k.number(id)
	if !ok {
		return Key{}, fmt.Errorf("%w: %.8s", ErrUnknown, id)
	}
	return k.change(func(m *keyset.Manager) error { return m.SetPrimary(number) })
}

// Retire gives the key with its primary sealing key alone: what was sealed with
// another one does not open any more.
func (k Key) Retire() (Key, error) {
	return k.change(func(m *keyset.Manager) error {
		for _, id := range k.Sealing()[1:] {
			number, _ := k.number(id)
			if err := m.Delete(number); err != nil {
				return err
			}
		}
		return nil
	})
}

// number is what Tink knows a sealing key by.
func (k Key) number(id string) (uint32, bool) {
	if !slices.Contains(k.Sealing(), id) {
		return 0, false
	}
	raw, err := hex.DecodeString(id)
	if err != nil {
		return 0, false
	}
	return binary.BigEndian.Uint32(raw), true
}

// change gives the key with other sealing keys.
func (k Key) change(how func(*keyset.Manager) error) (Key, error) {
	if k.seal == nil {
		return Key{}, ErrKey
	}
	manager := keyset.NewManagerFromHandle(k.seal)
	if err := how(manager); err != nil {
		return Key{}, fmt.Errorf("seal: rotate: %w", err)
	}
	handle, err := manager.Handle()
	if err != nil {
		return Key{}, fmt.Errorf("seal: rotate: %w", err)
	}
	return makeKey(handle, k.lookup, k.codes)
}

// SealedWith is the id of the key that a value was sealed with, "" of what is no
// sealed value.
func SealedWith(sealed []byte) string {
	if len(sealed) < PrefixSize || sealed[0] != tinkPrefix {
		return ""
	}
	return hex.EncodeToString(sealed[1:PrefixSize])
}

// Sealing lists the ids of the sealing keys at hand, the primary first.
func (b *Box) Sealing() []string { return slices.Clone(b.sealing.Load().ids) }

// Holds tells whether a sealing key is at hand.
func (b *Box) Holds(id string) bool { return slices.Contains(b.sealing.Load().ids, id) }

// Prefix is what each value begins with that is sealed now: PrefixSize bytes.
func (b *Box) Prefix() []byte {
	now := b.sealing.Load()
	number, _ := now.key.number(now.ids[0])
	return binary.BigEndian.AppendUint32([]byte{tinkPrefix}, number)
}

// Reseal seals a value again, with the primary sealing key. Fails with ErrSealed.
func (b *Box) Reseal(sealed, ad []byte) ([]byte, error) {
	plain, err := b.Open(sealed, ad)
	if err != nil {
		return nil, err
	}
	return b.Seal(plain, ad)
}

// Use seals with the key of an id from now on. Fails with ErrUnknown when it is
// not to be had.
func (b *Box) Use(id string) error {
	if b.sealing.Load().ids[0] == id {
		return nil
	}
	if !b.Holds(id) && !b.seek(id) {
		return fmt.Errorf("%w: %.8s", ErrUnknown, id)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.take(b.sealing.Load().key, id)
}

// take makes the sealing keys of a key those of the Box, and one of them the
// primary if it is there. Who calls holds the lock.
func (b *Box) take(key Key, primary string) error {
	if promoted, err := key.Promote(primary); err == nil {
		key = promoted
	}
	keys, err := openSealing(key)
	if err == nil {
		b.sealing.Store(keys)
	}
	return err
}

// Follow lets the Box ask for its Key again when it meets a sealing key that it
// does not hold: somebody else may have been given a new one first.
func (b *Box) Follow(source func() (Key, error)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.source = source
}

// seekEvery bounds how often a Key is asked for: what was damaged looks as if it
// was sealed with a key that is not there.
const seekEvery = time.Second

// seek looks for a sealing key that is not at hand, and tells whether it is now.
func (b *Box) seek(id string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.Holds(id) { // somebody was quicker
		return true
	}
	if b.source == nil || time.Since(b.asked) < seekEvery {
		return false
	}
	b.asked = time.Now()
	key, err := b.source()
	if err != nil || key.id != b.id {
		return false // the Box goes on with what it has
	}
	return b.take(key, b.sealing.Load().ids[0]) == nil && b.Holds(id)
}
