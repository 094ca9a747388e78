package seal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
)

// ErrKey says that some bytes are not a key of this program.
var ErrKey = errors.New("seal: not a key")

// keyVersion is the version of the marshalled form.
const keyVersion = 1

// Key holds the three keysets of one database: for sealing, for lookup hashes
// and for code hashes. The one for sealing holds a second key while it is
// rotated; the other two stay the same for good, because what they hash cannot be
// hashed again without what was hashed. It never shows them when it is printed or
// logged.
type Key struct {
	id                  string
	seal, lookup, codes *keyset.Handle
}

// keyFile is the marshalled form; each field holds a binary Tink keyset.
type keyFile struct {
	Version int    `json:"version"`
	Seal    []byte `json:"seal"`
	Lookup  []byte `json:"lookup"`
	Codes   []byte `json:"codes"`
}

// NewKey makes a fresh random key.
func NewKey() (Key, error) {
	sealing, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return Key{}, fmt.Errorf("seal: new key: %w", err)
	}
	lookup, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return Key{}, fmt.Errorf("seal: new key: %w", err)
	}
	codes, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return Key{}, fmt.Errorf("seal: new key: %w", err)
	}
	return makeKey(sealing, lookup, codes)
}

// ParseKey reads what Marshal wrote. Anything else gives ErrKey.
func ParseKey(data []byte) (Key, error) {
	var file keyFile
	if err := json.Unmarshal(data, &file); err != nil {
		return Key{}, ErrKey // the cause could quote parts of the key
	}
	if file.Version != keyVersion {
		return Key{}, fmt.Errorf("%w: version %d", ErrKey, file.Version)
	}
	var handles [3]*keyset.Handle
	for i, raw := range [][]byte{file.Seal, file.Lookup, file.Codes} {
		handle, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(raw)))
		if err != nil {
			return Key{}, ErrKey
		}
		handles[i] = handle
	}
	return makeKey(handles[0], handles[1], handles[2])
}

// makeKey checks that each keyset is of its kind and computes the fingerprint.
func makeKey(sealing, lookup, codes *keyset.Handle) (Key, error) {
	if !only(sealing, aead.AES256GCMKeyTemplate()) ||
		!only(lookup, prf.HMACSHA256PRFKeyTemplate()) ||
		!only(codes, prf.HMACSHA256PRFKeyTemplate()) || !rotatable(sealing) {
		return Key{}, ErrKey
	}
	key := Key{seal: sealing, lookup: lookup, codes: codes}
	box, err := Open(key)
	if err != nil {
		return Key{}, ErrKey
	}
	// A keyset may hold an HMAC of another hash, too short for what we need.
	if _, err := box.codes.ComputePrimaryPRF(nil, HashSize); err != nil {
		return Key{}, ErrKey
	}
	// The id is a hash under the lookup key: that one outlives any change of the
	// sealing key, because stored lookups depend on it.
	id, err := box.lookup.ComputePrimaryPRF(join("seal.key", "id"), HashSize)
	if err != nil {
		return Key{}, ErrKey
	}
	key.id = hex.EncodeToString(id[:16])
	return key, nil
}

// only reports whether all keys of a keyset are of the template's type.
func only(handle *keyset.Handle, template *tinkpb.KeyTemplate) bool {
	for _, info := range handle.KeysetInfo().GetKeyInfo() {
		if info.GetTypeUrl() != template.GetTypeUrl() {
			return false
		}
	}
	return true
}

// ID is a stable fingerprint of the key: it reveals nothing about the key and
// may be stored beside the data, to notice when the key is another one. A key
// keeps it when its sealing key is rotated.
func (k Key) ID() string { return k.id }

// Marshal returns the key in clear, to be kept in a keyring, a 0600 file or a
// backup of the person's own. It is text (JSON) of 500 to 700 bytes: the smallest
// keyring (Windows) takes 2560.
func (k Key) Marshal() []byte {
	if k.seal == nil {
		return nil
	}
	data, err := json.Marshal(keyFile{keyVersion, export(k.seal), export(k.lookup), export(k.codes)})
	if err != nil {
		panic(fmt.Sprintf("seal: marshal: %v", err)) // numbers and bytes always marshal
	}
	return data
}

// export returns a keyset in Tink's binary form.
func export(handle *keyset.Handle) []byte {
	var out bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewBinaryWriter(&out)); err != nil {
		panic(fmt.Sprintf("seal: write keyset: %v", err)) // a buffer takes every write
	}
	return out.Bytes()
}

// String masks the key.
func (k Key) String() string { return "key " + k.id }

// Format masks the key whatever the verb, also in %#v and %x.
func (k Key) Format(state fmt.State, _ rune) { _, _ = state.Write([]byte(k.String())) }

// LogValue masks the key in logs.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }
