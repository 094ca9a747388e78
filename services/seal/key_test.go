package seal_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"

	"myaccount/services/seal"
)

func TestKey_Marshal(t *testing.T) {
	_, key := newBox(t)
	data := key.Marshal()
	if len(data) > 2000 {
		t.Errorf("%d bytes do not fit every keyring", len(data))
	}
	parsed, err := seal.ParseKey(data)
	if err != nil || parsed.ID() != key.ID() || !bytes.Equal(parsed.Marshal(), data) {
		t.Fatalf("parsed %v, %v; want %v", parsed, err, key)
	}
	_, other := newBox(t)
	if other.ID() == key.ID() || bytes.Equal(other.Marshal(), data) {
		t.Error("two keys are the same")
	}
	if (seal.Key{}).Marshal() != nil {
		t.Error("the zero key marshals")
	}
}

// fields takes a marshalled key apart, lets change change it, and puts it
// together again.
func fields(t *testing.T, key seal.Key, change func(map[string]any)) []byte {
	t.Helper()
	var parts map[string]any
	if err := json.Unmarshal(key.Marshal(), &parts); err != nil {
		t.Fatal(err)
	}
	change(parts)
	data, err := json.Marshal(parts)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestParseKey_Refuses(t *testing.T) {
	_, key := newBox(t)
	for name, data := range map[string][]byte{
		"nil":          nil,
		"null":         []byte("null"),
		"text":         []byte("hello"),
		"cut":          key.Marshal()[:200],
		"version":      fields(t, key, func(m map[string]any) { m["version"] = 2 }),
		"no lookup":    fields(t, key, func(m map[string]any) { delete(m, "lookup") }),
		"empty keyset": fields(t, key, func(m map[string]any) { m["seal"] = "" }),
		"swapped":      fields(t, key, func(m map[string]any) { m["seal"], m["codes"] = m["codes"], m["seal"] }),
		"garbage":      fields(t, key, func(m map[string]any) { m["codes"] = base64.StdEncoding.EncodeToString([]byte("garbage")) }),
		"three keys":   fields(t, key, func(m map[string]any) { m["seal"] = keysetOf(t, aead.AES256GCMKeyTemplate(), 3) }),
		"no prefix":    fields(t, key, func(m map[string]any) { m["seal"] = keysetOf(t, aead.AES256GCMNoPrefixKeyTemplate(), 1) }),
		"other AEAD":   fields(t, key, func(m map[string]any) { m["seal"] = keysetOf(t, aead.XChaCha20Poly1305KeyTemplate(), 1) }),
		"short HMAC":   fields(t, key, func(m map[string]any) { m["lookup"] = sha1Keyset(t, m["lookup"]) }),
		"short HMAC 2": fields(t, key, func(m map[string]any) { m["codes"] = sha1Keyset(t, m["codes"]) }),
	} {
		if _, err := seal.ParseKey(data); !errors.Is(err, seal.ErrKey) {
			t.Errorf("%s: %v, want ErrKey", name, err)
		}
	}
}

// keysetOf returns a fresh keyset of so many keys as it is marshalled.
func keysetOf(t *testing.T, template *tinkpb.KeyTemplate, count int) string {
	t.Helper()
	manager := keyset.NewManager()
	for range count {
		id, err := manager.Add(template)
		must(t, err)
		must(t, manager.SetPrimary(id))
	}
	handle, err := manager.Handle()
	must(t, err)
	var out bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewBinaryWriter(&out)); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

// sha1Keyset turns the HMAC-SHA-256 key of a keyset into an HMAC-SHA-1 key. In
// the key's protobuf (HmacPrfKey), field 2 holds the parameters: 12 02 08 hash.
func sha1Keyset(t *testing.T, marshalled any) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(marshalled.(string))
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(raw, []byte{0x12, 2, 8, 3}, []byte{0x12, 2, 8, 1}, 1)
	if bytes.Equal(raw, changed) {
		t.Fatal("the keyset does not look as expected")
	}
	return base64.StdEncoding.EncodeToString(changed)
}

func FuzzParseKey(f *testing.F) {
	_, key := newBox(f)
	f.Add(key.Marshal())
	both, id := prepared(f, key)
	f.Add(both.Marshal())
	promoted, err := both.Promote(id)
	must(f, err)
	f.Add(promoted.Marshal())
	f.Add([]byte(`{"version":1,"seal":"","lookup":"","codes":""}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		key, err := seal.ParseKey(data)
		if err != nil {
			return
		}
		again, err := seal.ParseKey(key.Marshal())
		if err != nil || again.ID() != key.ID() || !slices.Equal(again.Sealing(), key.Sealing()) {
			t.Fatalf("a key that parses does not survive: %v", err)
		}
		for _, id := range key.Sealing() {
			promoted, err := key.Promote(id)
			must(t, err)
			retired, err := promoted.Retire()
			must(t, err)
			if !slices.Equal(retired.Sealing(), []string{id}) || retired.ID() != key.ID() {
				t.Fatalf("%s does not stay alone: %v", id, retired.Sealing())
			}
		}
	})
}

// TestKey_Masked: however a key is printed, no part of it shows.
func TestKey_Masked(t *testing.T) {
	_, key := newBox(t)
	var parts map[string]string
	_ = json.Unmarshal(key.Marshal(), &parts) // the version is no text: left out
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewJSONHandler(&log, nil), slog.NewTextHandler(&log, nil)} {
		slog.New(handler).Info("opened", "key", key, "in", struct{ Key seal.Key }{key})
	}
	printed := log.String()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		printed += fmt.Sprintf(verb, key) + fmt.Sprintf(verb, &key) + fmt.Sprintf(verb, []seal.Key{key})
	}
	printed += fmt.Sprint(key, &key) + fmt.Errorf("with %v", key).Error()
	for _, name := range []string{"seal", "lookup", "codes"} {
		if parts[name] == "" || strings.Contains(printed, parts[name]) {
			t.Errorf("%s keyset shows in %s", name, printed)
		}
	}
	if !strings.Contains(printed, "key "+key.ID()) || strings.Contains(printed, "Handle") {
		t.Errorf("printed as %s", printed)
	}
}
