package totp_test

import (
	"encoding/base32"
	"net/url"
	"testing"
	"time"

	"myaccount/services/totp"
)

// TestCheck_RFC6238 takes the vectors of RFC 6238, appendix B (SHA-1), shortened to six digits.
func TestCheck_RFC6238(t *testing.T) {
	secret := base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))
	for at, code := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		now := time.Unix(at, 0)
		step, ok := totp.Check(secret, code, now, 0)
		if !ok || step != totp.Step(now) {
			t.Errorf("%d: %d, %v", at, step, ok)
		}
		if shown, err := totp.Code(secret, now); err != nil || shown != code {
			t.Errorf("%d: the app shows %s, %v", at, shown, err)
		}
	}
}

func TestCheck_Window(t *testing.T) {
	secret, uri, err := totp.New("My Account", "a b@example.ca")
	if err != nil {
		t.Fatal(err)
	}
	if link, err := url.Parse(uri); err != nil || link.Query().Get("secret") != secret || link.Query().Get("issuer") != "My Account" {
		t.Errorf("%s, %v", uri, err)
	}
	now := time.Unix(1_800_000_000, 0)
	code, err := totp.Code(secret, now)
	if err != nil {
		t.Fatal(err)
	}
	for off, want := range map[time.Duration]bool{
		-60 * time.Second: false, -30 * time.Second: true, 0: true, 30 * time.Second: true, 60 * time.Second: false,
	} {
		if _, ok := totp.Check(secret, code, now.Add(off), 0); ok != want {
			t.Errorf("a clock off by %v: %v", off, ok)
		}
	}
	if _, ok := totp.Check(secret, code, now, totp.Step(now)); ok {
		t.Error("a code counts twice")
	}
	for _, bad := range []string{"", "12345", "abcdef", "1234567", "０００００0"} {
		if _, ok := totp.Check(secret, bad, now, 0); ok {
			t.Errorf("%q counts", bad)
		}
	}
}
