package seal_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"myaccount/services/seal"
)

// newBox returns the Box of a fresh key.
func newBox(t testing.TB) (*seal.Box, seal.Key) {
	t.Helper()
	key, err := seal.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	box, err := seal.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	return box, key
}

func TestBox_SealOpen(t *testing.T) {
	box, key := newBox(t)
	parsed, err := seal.ParseKey(key.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	again, err := seal.Open(parsed)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(rt, "plain")
		ad := rapid.SliceOf(rapid.Byte()).Draw(rt, "ad")
		sealed, err := box.Seal(plain, ad)
		if err != nil {
			rt.Fatal(err)
		}
		if len(plain) > 4 && bytes.Contains(sealed, plain) {
			rt.Fatal("the sealed value shows the plain one")
		}
		got, err := again.Open(sealed, ad)
		if err != nil || !bytes.Equal(got, plain) {
			rt.Fatalf("opened %x, %v; want %x", got, err, plain)
		}
	})
}

func TestBox_SealLarge(t *testing.T) {
	box, _ := newBox(t)
	plain := bytes.Repeat([]byte("0123456789"), 1<<20) // 10 MB, the largest attachment
	sealed, err := box.Seal(plain, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := box.Open(sealed, nil); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("opened %d bytes, %v", len(got), err)
	}
}

func TestBox_SealTwiceDiffers(t *testing.T) {
	box, _ := newBox(t)
	a, _ := box.Seal([]byte("same"), nil)
	b, _ := box.Seal([]byte("same"), nil)
	if bytes.Equal(a, b) {
		t.Fatal("equal values are equal when sealed")
	}
}

// TestBox_OpenRefuses: no changed bit, cut, other place or other key opens.
func TestBox_OpenRefuses(t *testing.T) {
	box, _ := newBox(t)
	other, _ := newBox(t)
	ad := seal.AD("person", "email", "1")
	sealed, err := box.Seal([]byte("amelie@example.ca"), ad)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, b *seal.Box, value, ad []byte) {
		t.Helper()
		if got, err := b.Open(value, ad); !errors.Is(err, seal.ErrSealed) || got != nil {
			t.Errorf("%s: opened %q, %v; want ErrSealed", what, got, err)
		}
	}
	for i := range sealed {
		for bit := range 8 {
			changed := bytes.Clone(sealed)
			changed[i] ^= 1 << bit
			refused("changed", box, changed, ad)
		}
		refused("cut", box, sealed[:i], ad)
	}
	refused("longer", box, append(bytes.Clone(sealed), 0), ad)
	refused("nil", box, nil, ad)
	refused("other row", box, sealed, seal.AD("person", "email", "2"))
	refused("other column", box, sealed, seal.AD("person", "name", "1"))
	refused("no place", box, sealed, nil)
	refused("other key", other, sealed, ad)
}

// TestAD_Unambiguous: two different places never share their associated data.
func TestAD_Unambiguous(t *testing.T) {
	part := rapid.StringOf(rapid.SampledFrom([]rune{'a', 'b', 0, 1, 2, '.'}))
	rapid.Check(t, func(rt *rapid.T) {
		var a, b [3]string
		for i := range a {
			a[i], b[i] = part.Draw(rt, "a"), part.Draw(rt, "b")
		}
		same := bytes.Equal(seal.AD(a[0], a[1], a[2]), seal.AD(b[0], b[1], b[2]))
		if same != (a == b) {
			rt.Fatalf("%q and %q: same %v", a, b, same)
		}
	})
	if bytes.Equal(seal.AD("ab", "c", "d"), seal.AD("a", "bc", "d")) {
		t.Error("parts run together")
	}
}

func TestBox_LookupAndCode(t *testing.T) {
	box, key := newBox(t)
	same, err := seal.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	other, _ := newBox(t)
	hash := box.Lookup("person.email", "amelie@example.ca")
	if len(hash) != seal.HashSize {
		t.Fatalf("%d bytes, want %d", len(hash), seal.HashSize)
	}
	if !seal.Equal(hash, same.Lookup("person.email", "amelie@example.ca")) {
		t.Error("the same key gives another hash")
	}
	for what, got := range map[string][]byte{
		"other value":   box.Lookup("person.email", "amelie@example.com"),
		"other purpose": box.Lookup("person.emai", "lamelie@example.ca"),
		"other key":     other.Lookup("person.email", "amelie@example.ca"),
		"code":          box.Code("person.email", "amelie@example.ca"),
	} {
		if seal.Equal(hash, got) {
			t.Errorf("%s gives the same hash", what)
		}
	}
	code := box.Code("request-1", "000123")
	if !seal.Equal(code, same.Code("request-1", "000123")) {
		t.Error("the same code gives another hash")
	}
	if seal.Equal(code, box.Code("request-2", "000123")) || seal.Equal(code, box.Code("request-1", "123")) {
		t.Error("a code fits another request, or without its zeros")
	}
}

func TestOpen_ZeroKey(t *testing.T) {
	if _, err := seal.Open(seal.Key{}); !errors.Is(err, seal.ErrKey) {
		t.Fatalf("error %v, want ErrKey", err)
	}
}

func TestBox_KeyID(t *testing.T) {
	box, key := newBox(t)
	if box.KeyID() != key.ID() || len(key.ID()) != 32 {
		t.Fatalf("box %q, key %q", box.KeyID(), key.ID())
	}
	if strings.Contains(string(key.Marshal()), key.ID()) {
		t.Error("the id is part of the key")
	}
}

func BenchmarkBox_Seal(b *testing.B) {
	box, _ := newBox(b)
	ad := seal.AD("message", "body", "0198a2c4-7d3e-7abc-9def-0123456789ab")
	plain := bytes.Repeat([]byte("x"), 500)
	for b.Loop() {
		if _, err := box.Seal(plain, ad); err != nil {
			b.Fatal(err)
		}
	}
}
