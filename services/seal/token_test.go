package seal_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"myaccount/services/seal"
)

func TestToken(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		token := seal.Token().Reveal()
		raw, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil || len(raw) != 32 || seen[token] {
			t.Fatalf("token of %d bytes, %v, seen %v", len(raw), err, seen[token])
		}
		seen[token] = true
	}
}

func TestHashToken(t *testing.T) {
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-2, B.1
	if got := hex.EncodeToString(seal.HashToken("abc")); got != want {
		t.Fatalf("hash %s, want %s", got, want)
	}
}

func TestDigits(t *testing.T) {
	counts := map[rune]int{}
	for range 2000 {
		code := seal.Digits(6).Reveal()
		if len(code) != 6 {
			t.Fatalf("code of %d digits", len(code))
		}
		for _, digit := range code {
			counts[digit]++
		}
	}
	for digit := '0'; digit <= '9'; digit++ {
		// 12,000 draws at 1/10 each: 1,200 ± 33; six deviations happen once in
		// a hundred million runs.
		if counts[digit] < 1000 || counts[digit] > 1400 {
			t.Errorf("%c came %d times of 12000", digit, counts[digit])
		}
	}
	if len(counts) != 10 {
		t.Errorf("drew %d different characters", len(counts))
	}
	if got := seal.Digits(0).Reveal(); got != "" {
		t.Errorf("no digits gave %d characters", len(got))
	}
}

func TestEqual(t *testing.T) {
	a := seal.HashToken("a")
	if !seal.Equal(a, bytes.Clone(a)) || seal.Equal(a, seal.HashToken("b")) || seal.Equal(a, a[:31]) || seal.Equal(a, nil) {
		t.Error("wrong comparison")
	}
}

func TestSecret_Masked(t *testing.T) {
	const plain = "correct-horse"
	secret := seal.Secret(plain)
	holder := struct {
		Name  string
		Token seal.Secret
	}{"name", secret}
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewJSONHandler(&log, nil), slog.NewTextHandler(&log, nil)} {
		slog.New(handler).Info("signed in", "token", secret, "in", holder)
	}
	asJSON, err := json.Marshal(holder)
	if err != nil {
		t.Fatal(err)
	}
	printed := log.String() + string(asJSON) + fmt.Sprint(secret) + secret.String()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		printed += fmt.Sprintf(verb, secret) + fmt.Sprintf(verb, holder) + fmt.Sprintf(verb, &holder)
	}
	for _, form := range []string{plain, hex.EncodeToString([]byte(plain)), "99 111"} {
		if strings.Contains(strings.ToLower(printed), form) {
			t.Errorf("the secret shows in %s", printed)
		}
	}
	if !strings.Contains(printed, "[secret]") || secret.Reveal() != plain {
		t.Errorf("printed as %s", printed)
	}
}

func TestSecret_ReadFromJSON(t *testing.T) {
	var body struct{ Password seal.Secret }
	err := json.Unmarshal([]byte(`{"Password":"p"}`), &body)
	if err != nil || body.Password.Reveal() != "p" {
		t.Fatalf("read %d characters, %v", len(body.Password), err)
	}
}
