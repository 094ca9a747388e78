package seal_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/services/seal"
)

// cheap costs next to nothing, so that tests are quick.
var cheap = seal.Params{Time: 1, Memory: 64, Threads: 1}

func TestPasswords_HashVerify(t *testing.T) {
	passwords := seal.NewPasswords(cheap)
	rapid.Check(t, func(rt *rapid.T) {
		password := rapid.String().Draw(rt, "password")
		other := rapid.String().Draw(rt, "other")
		stored, err := passwords.Hash(t.Context(), password)
		if err != nil {
			rt.Fatal(err)
		}
		if ok, outdated, err := passwords.Verify(t.Context(), stored, password); !ok || outdated || err != nil {
			rt.Fatalf("ok %v, outdated %v, %v", ok, outdated, err)
		}
		if ok, _, _ := passwords.Verify(t.Context(), stored, other+"x"+password); ok {
			rt.Fatal("another password fits")
		}
	})
}

func TestPasswords_HashForm(t *testing.T) {
	passwords := seal.NewPasswords(seal.DefaultParams())
	a, err := passwords.Hash(t.Context(), "un deux trois quatre")
	if err != nil {
		t.Fatal(err)
	}
	b, err := passwords.Hash(t.Context(), "un deux trois quatre")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(a, "$argon2id$v=19$m=19456,t=2,p=1$") || a == b {
		t.Fatalf("hashes %q and %q", a, b)
	}
}

// TestPasswords_Reference: a hash of the reference implementation's own tests
// (github.com/P-H-C/phc-winner-argon2, src/test.c).
func TestPasswords_Reference(t *testing.T) {
	const stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	passwords := seal.NewPasswords(seal.DefaultParams())
	ok, outdated, err := passwords.Verify(t.Context(), stored, "password")
	if !ok || !outdated || err != nil { // its salt has 8 bytes
		t.Fatalf("ok %v, outdated %v, %v", ok, outdated, err)
	}
	if ok, _, _ := passwords.Verify(t.Context(), stored, "Password"); ok {
		t.Error("another password fits")
	}
}

// TestPasswords_Normalised: the same letters are the same password however a
// system writes them; other letters, cases and spaces are not.
func TestPasswords_Normalised(t *testing.T) {
	passwords := seal.NewPasswords(cheap)
	stored, err := passwords.Hash(t.Context(), "caf\u00e9 12 \ufb01n")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{
		"cafe\u0301 12 fin":               true,  // é as two code points
		"caf\u00e9\u00a0\uff11\uff12 fin": true,  // U+00A0, full-width digits
		"cafe 12 fin":                     false, // another letter
		"Caf\u00e9 12 fin":                false,
		" caf\u00e9 12 fin":               false,
	} {
		if ok, _, err := passwords.Verify(t.Context(), stored, password); ok != want || err != nil {
			t.Errorf("%+q: %v, %v; want %v", password, ok, err, want)
		}
	}
}

func TestPasswords_Outdated(t *testing.T) {
	stored, err := seal.NewPasswords(cheap).Hash(t.Context(), "secret sentence")
	if err != nil {
		t.Fatal(err)
	}
	for _, now := range []struct {
		params seal.Params
		want   bool
	}{
		{cheap, false},
		{seal.Params{Time: 2, Memory: 64, Threads: 1}, true},
		{seal.Params{Time: 1, Memory: 65, Threads: 1}, true},
		{seal.Params{Time: 1, Memory: 64, Threads: 2}, true},
		{seal.Params{Time: 1, Memory: 32, Threads: 1}, false},
	} {
		ok, outdated, err := seal.NewPasswords(now.params).Verify(t.Context(), stored, "secret sentence")
		if !ok || outdated != now.want || err != nil {
			t.Errorf("%+v: ok %v, outdated %v, %v; want %v", now.params, ok, outdated, err, now.want)
		}
	}
}

func TestPasswords_VerifyRefuses(t *testing.T) {
	passwords := seal.NewPasswords(cheap)
	const salt, hash = "c29tZXNhbHQ", "RdescudvJCsgt3ub+b/dWRWJTmaaJObG"
	form := func(head string) string { return head + "$" + salt + "$" + hash }
	if _, _, err := passwords.Verify(t.Context(), form("$argon2id$v=19$m=64,t=1,p=1"), "x"); err != nil {
		t.Fatalf("the form itself is refused: %v", err)
	}
	for _, stored := range []string{
		"", "plain text", "$2a$10$abcdefghijklmnopqrstuv",
		form("$argon2i$v=19$m=64,t=1,p=1"),
		form("$argon2id$v=16$m=64,t=1,p=1"),
		form("$argon2id$v=19$m=4294967295,t=1,p=1"), // 4 TiB
		form("$argon2id$v=19$m=262145,t=1,p=1"),
		form("$argon2id$v=19$m=64,t=4294967295,p=1"),
		form("$argon2id$v=19$m=64,t=17,p=1"),
		form("$argon2id$v=19$m=64,t=1,p=255"),
		form("$argon2id$v=19$m=64,t=0,p=1"),
		form("$argon2id$v=19$m=64,t=1,p=0"),
		form("$argon2id$v=19$m=7,t=1,p=1"),
		form("$argon2id$v=19$m=-64,t=1,p=1"),
		form("$argon2id$v=19$m=064,t=1,p=1"),
		form("$argon2id$v=19$m=64,t=1,p=1,x=2"),
		form("x$argon2id$v=19$m=64,t=1,p=1"),
		form("$argon2id$v=19$m=64,t=1,p=1") + "$",
		"$argon2id$v=19$m=64,t=1,p=1$$" + hash,
		"$argon2id$v=19$m=64,t=1,p=1$" + salt + "$",
		"$argon2id$v=19$m=64,t=1,p=1$" + salt + "$not base64",
		"$argon2id$v=19$m=64,t=1,p=1$" + salt + "$" + strings.Repeat("A", 100),
	} {
		ok, _, err := passwords.Verify(t.Context(), stored, "x")
		if ok || !errors.Is(err, seal.ErrHash) {
			t.Errorf("%q: ok %v, %v; want ErrHash", stored, ok, err)
		}
		if err != nil && stored != "" && strings.Contains(err.Error(), stored) {
			t.Errorf("the error shows the hash: %v", err)
		}
	}
}

func FuzzPasswords_Verify(f *testing.F) {
	passwords := seal.NewPasswords(cheap)
	stored, err := passwords.Hash(f.Context(), "x")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(stored)
	f.Add("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b/dWRWJTmaaJObG")
	f.Fuzz(func(t *testing.T, stored string) {
		// Ended, so that a valid but costly hash costs nothing here.
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		ok, _, err := passwords.Verify(ctx, stored, "y")
		if ok || err == nil {
			t.Fatalf("ok %v, %v", ok, err)
		}
	})
}

func TestPasswords_ContextEnded(t *testing.T) {
	passwords := seal.NewPasswords(cheap)
	stored, err := passwords.Hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := passwords.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("Hash: %v", err)
	}
	if ok, _, err := passwords.Verify(ctx, stored, "x"); ok || !errors.Is(err, context.Canceled) {
		t.Errorf("Verify: %v, %v", ok, err)
	}
	if err := passwords.Dummy(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("Dummy: %v", err)
	}
}

// TestPasswords_WaitingEnds: with every slot taken by slow hashes, one that
// waits leaves when its context ends.
func TestPasswords_WaitingEnds(t *testing.T) {
	slow := seal.NewPasswords(seal.Params{Time: 4, Memory: 32 * 1024, Threads: 1})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	results := make(chan error)
	const extra = 3
	var group sync.WaitGroup
	for range 2*runtime.NumCPU() + extra {
		group.Go(func() { results <- slow.Dummy(ctx, "x") })
	}
	left := 0
	for range 2*runtime.NumCPU() + extra {
		if err := <-results; errors.Is(err, context.DeadlineExceeded) {
			left++
		}
	}
	group.Wait()
	if left < extra {
		t.Errorf("%d left the queue, want at least %d", left, extra)
	}
}

// TestPasswords_DummyCosts: an unknown address costs what a known one does.
func TestPasswords_DummyCosts(t *testing.T) {
	passwords := seal.NewPasswords(seal.DefaultParams())
	stored, err := passwords.Hash(t.Context(), "secret sentence")
	if err != nil {
		t.Fatal(err)
	}
	took := func(f func()) time.Duration {
		start := time.Now()
		f()
		return time.Since(start)
	}
	known, unknown := time.Hour, time.Hour // the least disturbed of several, by turns; more of them on a busy machine
	for n := 0; n < 7 || n < 70 && (unknown < known/2 || known < unknown/2); n++ {
		known = min(known, took(func() { _, _, _ = passwords.Verify(t.Context(), stored, "wrong") }))
		unknown = min(unknown, took(func() { _ = passwords.Dummy(t.Context(), "wrong") }))
	}
	if unknown < known/2 || known < unknown/2 {
		t.Errorf("known %v, unknown %v", known, unknown)
	}
}
