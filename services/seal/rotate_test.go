package seal_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"myaccount/services/seal"
)

// prepared returns a key with a second sealing key, and that one's id.
func prepared(t testing.TB, key seal.Key) (seal.Key, string) {
	t.Helper()
	next, err := key.Prepare()
	must(t, err)
	return next, next.Sealing()[1]
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// boxOf opens a key as another process does, from what is kept of it.
func boxOf(t testing.TB, key seal.Key) *seal.Box {
	t.Helper()
	parsed, err := seal.ParseKey(key.Marshal())
	must(t, err)
	box, err := seal.Open(parsed)
	must(t, err)
	return box
}

// TestRotate goes through the steps: what is sealed with a key, and what opens.
func TestRotate(t *testing.T) {
	_, first := newBox(t)
	old := first.Sealing()[0]
	both, id := prepared(t, first)
	if _, err := both.Prepare(); !errors.Is(err, seal.ErrRotating) {
		t.Errorf("prepared twice: %v", err)
	}
	promoted, err := both.Promote(id)
	must(t, err)
	last, err := promoted.Retire()
	must(t, err)
	ad := seal.AD("message", "body", "1")
	for name, step := range map[string]struct {
		key     seal.Key
		ids     []string
		opensTo []seal.Key
		not     []seal.Key
	}{
		"before":   {first, []string{old}, []seal.Key{first, both, promoted}, []seal.Key{last}},
		"prepared": {both, []string{old, id}, []seal.Key{first, both, promoted}, []seal.Key{last}},
		"promoted": {promoted, []string{id, old}, []seal.Key{both, promoted, last}, []seal.Key{first}},
		"after":    {last, []string{id}, []seal.Key{both, promoted, last}, []seal.Key{first}},
	} {
		if !slices.Equal(step.key.Sealing(), step.ids) || step.key.ID() != first.ID() {
			t.Errorf("%s: keys %v of %v", name, step.key.Sealing(), step.key)
		}
		if newest := step.key.Newest(); newest != id && len(step.key.Sealing()) > 1 || newest == old && name != "before" {
			t.Errorf("%s: the newest is %s", name, newest)
		}
		box := boxOf(t, step.key)
		sealed, err := box.Seal([]byte("plain"), ad)
		must(t, err)
		if seal.SealedWith(sealed) != step.ids[0] || !bytes.HasPrefix(sealed, box.Prefix()) {
			t.Errorf("%s: sealed with %q", name, seal.SealedWith(sealed))
		}
		for _, key := range step.opensTo {
			if plain, err := boxOf(t, key).Open(sealed, ad); err != nil || string(plain) != "plain" {
				t.Errorf("%s: %v does not open: %v", name, key.Sealing(), err)
			}
		}
		for _, key := range step.not {
			if _, err := boxOf(t, key).Open(sealed, ad); !errors.Is(err, seal.ErrSealed) {
				t.Errorf("%s: %v opens: %v", name, key.Sealing(), err)
			}
		}
	}
	if size := len(promoted.Marshal()); size > 2000 {
		t.Errorf("%d bytes do not fit every keyring", size)
	}
}

// TestRotate_HashesStay: what is found by its hash is found whatever the step.
func TestRotate_HashesStay(t *testing.T) {
	box, first := newBox(t)
	both, id := prepared(t, first)
	promoted, err := both.Promote(id)
	must(t, err)
	last, err := promoted.Retire()
	must(t, err)
	rapid.Check(t, func(rt *rapid.T) {
		value := rapid.String().Draw(rt, "value")
		key := rapid.SampledFrom([]seal.Key{both, promoted, last}).Draw(rt, "key")
		other := boxOf(t, key)
		if !bytes.Equal(box.Lookup("p", value), other.Lookup("p", value)) || !bytes.Equal(box.Code("r", value), other.Code("r", value)) {
			rt.Fatal("a hash has changed")
		}
	})
}

// TestRotate_Many: whatever is rotated how often, values that are sealed again
// open with the latest keys, at their place alone, and those before do not.
func TestRotate_Many(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, key := newBox(t)
		plain := rapid.SliceOf(rapid.Byte()).Draw(rt, "plain")
		ad := rapid.SliceOf(rapid.Byte()).Draw(rt, "ad")
		sealed, err := boxOf(t, key).Seal(plain, ad)
		must(t, err)
		for range rapid.IntRange(1, 4).Draw(rt, "rotations") {
			before := sealed
			both, id := prepared(t, key)
			promoted, err := both.Promote(id)
			must(t, err)
			if _, err := boxOf(t, promoted).Reseal(before, append(ad, 1)); !errors.Is(err, seal.ErrSealed) {
				rt.Fatal("sealed again at another place")
			}
			sealed, err = boxOf(t, promoted).Reseal(before, ad)
			must(t, err)
			key, err = promoted.Retire()
			must(t, err)
			if _, err := boxOf(t, key).Open(before, ad); !errors.Is(err, seal.ErrSealed) {
				rt.Fatal("a key that was removed opens")
			}
		}
		if got, err := boxOf(t, key).Open(sealed, ad); err != nil || !bytes.Equal(got, plain) {
			rt.Fatalf("opened %x, %v; want %x", got, err, plain)
		}
	})
}

func TestKey_RefusesSteps(t *testing.T) {
	_, key := newBox(t)
	for _, id := range []string{"", "00000000", "zzzzzzzz", key.Sealing()[0][:7]} {
		if _, err := key.Promote(id); !errors.Is(err, seal.ErrUnknown) {
			t.Errorf("promoted %q: %v", id, err)
		}
	}
	if same, err := key.Retire(); err != nil || !bytes.Equal(same.Marshal(), key.Marshal()) {
		t.Errorf("nothing to remove: %v", err)
	}
	var none seal.Key
	if _, err := none.Retire(); err == nil || none.Sealing() != nil {
		t.Error("the zero key rotates")
	}
	for _, data := range [][]byte{nil, {1, 2, 3, 4}, {0, 1, 2, 3, 4, 5}} {
		if id := seal.SealedWith(data); id != "" {
			t.Errorf("%x is sealed with %s", data, id)
		}
	}
}

// TestBox_Follows: a Box that meets a key it does not hold asks for its Key again.
func TestBox_Follows(t *testing.T) {
	_, first := newBox(t)
	both, id := prepared(t, first)
	promoted, err := both.Promote(id)
	must(t, err)
	sealed, err := boxOf(t, promoted).Seal([]byte("plain"), nil)
	must(t, err)
	_, stranger := newBox(t)
	asked, given := 0, both
	follower := func() *seal.Box {
		box := boxOf(t, first)
		box.Follow(func() (seal.Key, error) { asked++; return given, nil })
		return box
	}
	box := follower()
	if plain, err := box.Open(sealed, nil); err != nil || string(plain) != "plain" {
		t.Errorf("opened %q, %v", plain, err)
	}
	if !slices.Equal(box.Sealing(), both.Sealing()) {
		t.Errorf("it seals with another key by itself: %v", box.Sealing())
	}
	must(t, box.Use(id))
	must(t, follower().Use(id))
	if again, err := box.Seal(nil, nil); err != nil || seal.SealedWith(again) != id || asked != 2 {
		t.Errorf("sealed with %s, asked %d times, %v", seal.SealedWith(again), asked, err)
	}
	for name, key := range map[string]seal.Key{"the same": first, "another lineage": stranger} {
		asked, given = 0, key
		box := follower()
		for range 10 {
			if _, err := box.Open(sealed, nil); !errors.Is(err, seal.ErrSealed) {
				t.Errorf("%s: opened: %v", name, err)
			}
		}
		if asked == 0 || asked == 10 || !slices.Equal(box.Sealing(), first.Sealing()) || box.KeyID() != first.ID() {
			t.Errorf("%s: asked %d times, keys %v", name, asked, box.Sealing())
		}
	}
	if err := boxOf(t, first).Use(id); !errors.Is(err, seal.ErrUnknown) {
		t.Errorf("used what is not there: %v", err)
	}
}

// TestParseKey_Kept: what was kept before keys could be rotated stays what it is.
func TestParseKey_Kept(t *testing.T) {
	data, err := os.ReadFile("testdata/key-1.json") // of nothing but this test
	must(t, err)
	key, err := seal.ParseKey(data)
	must(t, err)
	if key.ID() != "bd9eda35ebe742c1a0d92c32a2e13991" || !bytes.Equal(key.Marshal(), bytes.TrimSpace(data)) {
		t.Errorf("%v, marshalled %s", key, key.Marshal())
	}
	both, _ := prepared(t, key)
	sealed, err := hex.DecodeString("010620f66ad4543394bea19088ba7cce663d78deb88f31d38f50848fb46b0410dbf9f7bcf4ab4f46")
	must(t, err)
	for _, key := range []seal.Key{key, both} {
		box := boxOf(t, key)
		if plain, err := box.Open(sealed, seal.AD("person", "first_name", "1")); err != nil || string(plain) != "Amélie" {
			t.Errorf("opened %q, %v", plain, err)
		}
		if hash := hex.EncodeToString(box.Lookup("p", "v")); hash != "a56a8f9a49760a50c2112037d855a18cbc59c30eadef52090a661122663d4a42" {
			t.Errorf("hash %s", hash)
		}
	}
}
