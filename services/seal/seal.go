// Package seal keeps personal data unreadable at rest. It seals values with an
// AEAD (Tink, AES-256-GCM), hashes values that must be found again, hashes the
// short codes and long tokens that are sent by mail, and hashes passwords
// (Argon2id). It knows nothing about where a key is kept: see seal/keyring.
package seal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// ErrSealed says that a sealed value does not open: it was changed, cut, moved
// to another place, or sealed with another key.
var ErrSealed = errors.New("seal: the value does not open")

// HashSize is the length in bytes of every keyed hash and token hash.
const HashSize = 32

// Box seals and opens values with one Key. It may be used by several
// goroutines at once, also while its sealing keys change.
type Box struct {
	id      string
	sealing atomic.Pointer[sealing]
	lookup  *prf.Set
	codes   *prf.Set

	mu     sync.Mutex          // held by who changes sealing
	source func() (Key, error) // nil when the Key never changes
	asked  time.Time           // when source was last asked
}

// sealing is a Key with what its sealing keys do.
type sealing struct {
	key  Key
	ids  []string // of the sealing keys, the primary first
	aead tink.AEAD
}

// Open makes the Box of a key. It fails only for the zero Key.
func Open(key Key) (*Box, error) {
	if key.seal == nil {
		return nil, ErrKey
	}
	keys, err := openSealing(key)
	if err != nil {
		return nil, err
	}
	lookup, err := prf.NewPRFSet(key.lookup)
	if err != nil {
		return nil, fmt.Errorf("seal: lookup key: %w", err)
	}
	codes, err := prf.NewPRFSet(key.codes)
	if err != nil {
		return nil, fmt.Errorf("seal: code key: %w", err)
	}
	box := &Box{id: key.id, lookup: lookup, codes: codes}
	box.sealing.Store(keys)
	return box, nil
}

// openSealing makes what the sealing keys of a key do.
func openSealing(key Key) (*sealing, error) {
	primitive, err := aead.New(key.seal)
	if err != nil {
		return nil, fmt.Errorf("seal: sealing key: %w", err)
	}
	return &sealing{key, key.Sealing(), primitive}, nil
}

// KeyID returns the ID of the key this Box was opened with. It stays the same
// when the sealing key is rotated.
func (b *Box) KeyID() string { return b.id }

// Seal encrypts and authenticates plain with the primary sealing key. The associated data ad (see AD) is not
// stored; the same ad must be given to Open. Sealing the same value twice gives
// two different results.
func (b *Box) Seal(plain, ad []byte) ([]byte, error) {
	sealed, err := b.sealing.Load().aead.Encrypt(plain, ad)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return sealed, nil
}

// Open returns what was sealed with any of the sealing keys, or ErrSealed.
func (b *Box) Open(sealed, ad []byte) ([]byte, error) {
	plain, err := b.sealing.Load().aead.Decrypt(sealed, ad)
	if id := SealedWith(sealed); err != nil && id != "" && !b.Holds(id) && b.seek(id) {
		plain, err = b.sealing.Load().aead.Decrypt(sealed, ad)
	}
	if err != nil {
		// Tink's reason says nothing more, on purpose.
		return nil, ErrSealed
	}
	return plain, nil
}

// AD is the associated data of a value in a database: it ties the value to its
// table, column and row, so that it does not open anywhere else.
func AD(table, column, id string) []byte {
	return join(table, column, id)
}

// Lookup is the keyed hash (HMAC-SHA-256) under which a sealed value is found
// again by equality. The purpose, say "person.email", keeps equal values of
// different columns apart. The caller brings the value into its canonical form.
func (b *Box) Lookup(purpose, value string) []byte {
	return keyed(b.lookup, join(purpose, value))
}

// Code is the keyed hash (HMAC-SHA-256) of a short code. It is bound to the
// request the code was sent for and worthless without the key, although a
// six-digit code could be guessed from a plain hash at once. Compare with Equal.
func (b *Box) Code(requestID, code string) []byte {
	return keyed(b.codes, join(requestID, code))
}

// keyed computes HashSize bytes of the primary PRF.
func keyed(set *prf.Set, input []byte) []byte {
	hash, err := set.ComputePrimaryPRF(input, HashSize)
	if err != nil {
		// HMAC-SHA-256 gives HashSize bytes for every input, and makeKey tried it.
		panic(fmt.Sprintf("seal: keyed hash: %v", err))
	}
	return hash
}

// join encodes parts so that no two different lists give the same bytes: each
// part follows its length.
func join(parts ...string) []byte {
	size := 0
	for _, part := range parts {
		size += binary.MaxVarintLen16 + len(part)
	}
	out := make([]byte, 0, size)
	for _, part := range parts {
		out = binary.AppendUvarint(out, uint64(len(part)))
		out = append(out, part...)
	}
	return out
}
