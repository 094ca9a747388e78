package seal

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"
)

// mask stands for a secret wherever one would be printed.
const mask = "[secret]"

// Secret is a text that must reach neither a log nor an error: a token, a
// password, a code. Printing, logging and marshalling it give a mask; only
// Reveal gives the text. JSON can be read into it.
type Secret string

// Reveal returns the text itself.
func (s Secret) Reveal() string { return string(s) }

// String masks the secret.
func (s Secret) String() string { return mask }

// Format masks the secret whatever the verb, also in %q, %x and %#v.
func (s Secret) Format(state fmt.State, _ rune) { _, _ = state.Write([]byte(mask)) }

// LogValue masks the secret in logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(mask) }

// MarshalText masks the secret inside structs that are logged as JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// Token returns 32 random bytes in base64url without padding (43 characters):
// for links in mails, sessions and devices.
func Token() Secret {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails (crypto/rand, Go 1.24)
	return Secret(base64.RawURLEncoding.EncodeToString(raw))
}

// Digits returns n random digits for a code, leading zeros included.
func Digits(n int) Secret {
	var out strings.Builder
	var one [1]byte
	for out.Len() < n {
		_, _ = rand.Read(one[:])
		if one[0] < 250 { // 250 = 25 × 10: every digit is equally likely
			out.WriteByte('0' + one[0]%10)
		}
	}
	return Secret(out.String())
}

// HashToken is the SHA-256 of a token: what a database keeps of it. A token has
// 256 random bits, so it needs no key and no slow hash.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Equal compares two hashes in constant time.
func Equal(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }
