package seal

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// ErrHash says that a stored password hash is not an Argon2id PHC string, or
// asks for more time or memory than any hash of this program.
var ErrHash = errors.New("seal: not a usable Argon2id hash")

// Params are the costs of Argon2id.
type Params struct {
	Time    uint32 // passes
	Memory  uint32 // KiB
	Threads uint8
}

// DefaultParams returns the costs for new hashes: OWASP Password Storage Cheat
// Sheet, Argon2id with 19 MiB, two passes and one thread.
func DefaultParams() Params { return Params{Time: 2, Memory: 19 * 1024, Threads: 1} }

// Limits of a stored hash: far above any that this program writes, and low
// enough that a forged row cannot exhaust the machine.
const (
	maxTime    = 16
	maxMemory  = 256 * 1024 // KiB
	maxThreads = 16
	maxBytes   = 64
	saltSize   = 16
	hashSize   = 32
)

// Passwords hashes and verifies passwords, a bounded number at once. Before
// hashing, a password is brought into Unicode normalisation form NFKC, so that
// the same letters typed on another system (é as one or two code points, a
// full-width digit) are the same password; nothing is trimmed or folded.
type Passwords struct {
	params Params
	slots  chan struct{}
}

// NewPasswords returns a hasher that writes hashes with these costs and keeps
// all cores but one busy at most: however many want to sign in, there is one for
// everybody else.
func NewPasswords(params Params) *Passwords {
	return &Passwords{params: params, slots: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1))}
}

// Hash returns a new Argon2id hash as a PHC string. It fails only when ctx ends
// while it waits for its turn.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	h := phc{params: p.params, salt: make([]byte, saltSize)}
	_, _ = rand.Read(h.salt) // never fails (crypto/rand, Go 1.24)
	var err error
	if h.hash, err = p.derive(ctx, password, h, hashSize); err != nil {
		return "", err
	}
	return h.String(), nil
}

// Verify reports whether password is the one behind stored, and whether stored
// is outdated: weaker than today's costs, to be replaced after a right password.
// Errors: ErrHash, or that of ctx.
func (p *Passwords) Verify(ctx context.Context, stored, password string) (ok, outdated bool, err error) {
	h, err := parsePHC(stored)
	if err != nil {
		return false, false, err
	}
	got, err := p.derive(ctx, password, h, uint32(len(h.hash)))
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, h.hash) == 1, p.outdated(h), nil
}

// Dummy spends the time of a Verify for an address that nobody registered, so
// that the answer comes no sooner. It fails only when ctx ends.
func (p *Passwords) Dummy(ctx context.Context, password string) error {
	_, err := p.derive(ctx, password, phc{params: p.params, salt: make([]byte, saltSize)}, hashSize)
	return err
}

// derive runs Argon2id when a slot is free.
func (p *Passwords) derive(ctx context.Context, password string, h phc, size uint32) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	plain := norm.NFKC.Bytes([]byte(password))
	return argon2.IDKey(plain, h.salt, h.params.Time, h.params.Memory, h.params.Threads, size), nil
}

// outdated reports whether any cost or length of a hash is below today's.
func (p *Passwords) outdated(h phc) bool {
	return h.params.Time < p.params.Time || h.params.Memory < p.params.Memory ||
		h.params.Threads < p.params.Threads || len(h.salt) < saltSize || len(h.hash) < hashSize
}

// phc is a parsed PHC string (github.com/P-H-C/phc-string-format).
type phc struct {
	params     Params
	salt, hash []byte
}

// String writes the PHC string.
func (h phc) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		h.params.Memory, h.params.Time, h.params.Threads, b64.EncodeToString(h.salt), b64.EncodeToString(h.hash))
}

// parsePHC reads a PHC string and refuses costs outside the limits.
func parsePHC(s string) (phc, error) {
	part := strings.Split(s, "$")
	if len(part) != 6 || part[0] != "" || part[1] != "argon2id" || part[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return phc{}, ErrHash
	}
	var h phc
	if _, err := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &h.params.Memory, &h.params.Time, &h.params.Threads); err != nil {
		return phc{}, ErrHash
	}
	var err1, err2 error
	h.salt, err1 = base64.RawStdEncoding.DecodeString(part[4])
	h.hash, err2 = base64.RawStdEncoding.DecodeString(part[5])
	if err1 != nil || err2 != nil || !h.usable() || h.String() != s {
		return phc{}, ErrHash
	}
	return h, nil
}

// usable reports whether a parsed hash lies within the limits.
func (h phc) usable() bool {
	c := h.params
	return c.Time >= 1 && c.Time <= maxTime && c.Threads >= 1 && c.Threads <= maxThreads &&
		c.Memory >= 8*uint32(c.Threads) && c.Memory <= maxMemory &&
		len(h.salt) >= 8 && len(h.salt) <= maxBytes && len(h.hash) >= 16 && len(h.hash) <= maxBytes
}
