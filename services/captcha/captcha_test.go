package captcha_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/services/captcha"
)

var (
	key = []byte("a key of the test")
	now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
)

const cost = 2000

func challenge(t rapid.TB, life time.Duration) captcha.Challenge {
	t.Helper()
	c, err := captcha.New(key, cost, now.Add(life))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func solve(t rapid.TB, c captcha.Challenge) string {
	t.Helper()
	solution, err := captcha.Solve(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return solution
}

func TestVerify_Solution(t *testing.T) {
	c := challenge(t, time.Minute)
	proof, err := captcha.Verify(key, solve(t, c), now)
	if err != nil {
		t.Fatal(err)
	}
	if want := now.Add(time.Minute); !proof.Expires.Equal(want) {
		t.Errorf("expires %v, want %v", proof.Expires, want)
	}
	if len(proof.ID) != 32 {
		t.Errorf("id of %d bytes", len(proof.ID))
	}
	other, err := captcha.Verify(key, solve(t, challenge(t, time.Minute)), now)
	if err != nil || string(other.ID) == string(proof.ID) {
		t.Errorf("another challenge has the same id (%v)", err)
	}
}

func TestVerify_Expired(t *testing.T) {
	solution := solve(t, challenge(t, time.Minute))
	if _, err := captcha.Verify(key, solution, now.Add(time.Minute-time.Second)); err != nil {
		t.Errorf("a second before: %v", err)
	}
	if _, err := captcha.Verify(key, solution, now.Add(time.Minute)); !errors.Is(err, captcha.ErrExpired) {
		t.Errorf("at the expiry: %v", err)
	}
}

// fields reads a payload, lets change alter it, and writes it again.
func fields(t rapid.TB, solution string, change func(map[string]any)) string {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(solution)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]any{}
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	change(m)
	data, err = json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(data)
}

func TestVerify_EveryFieldSigned(t *testing.T) {
	solution := solve(t, challenge(t, time.Minute))
	for name, change := range map[string]func(map[string]any){
		"algorithm": func(m map[string]any) { m["algorithm"] = "SHA-1" },
		"number":    func(m map[string]any) { m["number"] = m["number"].(float64) + 1 },
		"expiry": func(m map[string]any) {
			m["salt"] = strings.Replace(m["salt"].(string), "expires=1", "expires=2", 1)
		},
		"cost": func(m map[string]any) {
			m["salt"] = strings.Replace(m["salt"].(string), "max=2", "max=3", 1)
		},
		"end of the salt": func(m map[string]any) { m["salt"] = strings.TrimSuffix(m["salt"].(string), "&") },
		"challenge":       func(m map[string]any) { m["challenge"] = strings.Repeat("0", 64) },
		"signature":       func(m map[string]any) { m["signature"] = strings.Repeat("0", 64) },
	} {
		if _, err := captcha.Verify(key, fields(t, solution, change), now); !errors.Is(err, captcha.ErrWrong) {
			t.Errorf("changed %s: %v", name, err)
		}
	}
	if _, err := captcha.Verify([]byte("another key"), solution, now); !errors.Is(err, captcha.ErrWrong) {
		t.Errorf("another key: %v", err)
	}
}

// Digits of the number cannot be moved into the salt's last parameter to live longer (CVE-2025-68113).
func TestVerify_NoSplicing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		solution := solve(t, challenge(t, -time.Hour))
		digits := rapid.IntRange(1, 3).Draw(t, "digits")
		spliced := fields(t, solution, func(m map[string]any) {
			number := strings.TrimSuffix(strings.TrimSpace(jsonText(m["number"])), ".0")
			digits := min(digits, len(number)-1)
			m["salt"] = strings.TrimSuffix(m["salt"].(string), "&") + number[:digits]
			m["number"] = json.Number(strings.TrimLeft(number[digits:], "0") + "0")
		})
		if _, err := captcha.Verify(key, spliced, now); !errors.Is(err, captcha.ErrWrong) {
			t.Fatalf("spliced solution: %v", err)
		}
	})
}

func jsonText(v any) string {
	data, _ := json.Marshal(v)
	return string(data)
}

func TestSolve_ProgressAndCancel(t *testing.T) {
	c := challenge(t, time.Minute)
	c.Challenge = strings.Repeat("0", 64) // no number fits
	c.MaxNumber = 50_000
	var seen []float64
	_, err := captcha.Solve(t.Context(), c, func(part float64) { seen = append(seen, part) })
	if !errors.Is(err, captcha.ErrWrong) {
		t.Errorf("unsolvable: %v", err)
	}
	for i := 1; i < len(seen); i++ {
		if seen[i] <= seen[i-1] || seen[i] > 1 {
			t.Fatalf("progress %v", seen)
		}
	}
	if len(seen) < 5 {
		t.Errorf("progress told %d times", len(seen))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := captcha.Solve(ctx, c, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add("")
	f.Add(base64.StdEncoding.EncodeToString([]byte(`{"algorithm":"SHA-256","salt":"?expires=9&max=1&","number":1}`)))
	f.Fuzz(func(t *testing.T, solution string) {
		if _, err := captcha.Verify(key, solution, now); err == nil {
			t.Fatal("accepted without a challenge")
		}
	})
}
