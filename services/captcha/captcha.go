// Package captcha makes, solves and checks ALTCHA v1 challenges (altcha.org): a proof of work in place of pictures to
// puzzle over. It costs a person a moment of waiting and whoever tries in bulk a lot of computing; it works without a
// mouse, without a picture and without any third party.
package captcha

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"github.com/altcha-org/altcha-lib-go"
)

// The ways a solution can be refused.
var (
	// ErrWrong says that a text is no solution of a challenge made with this key.
	ErrWrong = errors.New("captcha: not a solution")
	// ErrExpired says that a solution came too late.
	ErrExpired = errors.New("captcha: expired")
)

// Challenge is a puzzle: find the number up to MaxNumber that, behind the salt, hashes to Challenge.
type Challenge struct {
	Algorithm string
	Challenge string
	MaxNumber int64
	Salt      string
	Signature string
}

// Proof is a solution that was checked. The caller makes it count once, by its ID.
type Proof struct {
	ID      []byte // of the challenge, 32 bytes
	Expires time.Time
}

// saltForm is the only form of salt that New makes. The & at its end keeps digits of the number from being moved into
// the last parameter (CVE-2025-68113). The library (1.0.0) adds it; we insist on it as well.
var saltForm = regexp.MustCompile(`^[0-9a-f]{24}\?expires=([0-9]{1,12})&max=([0-9]{1,12})&$`)

// longest bounds a solution's text; ALTCHA's have about 400 bytes.
const longest = 2048

// New makes a challenge that takes cost/2 hashes to solve on average. The expiry, in whole seconds, and the cost stand
// in the salt, so that all of it is signed.
func New(key []byte, cost int64, expires time.Time) (Challenge, error) {
	made, err := altcha.CreateChallenge(altcha.ChallengeOptions{
		Algorithm: altcha.SHA256,
		MaxNumber: cost,
		HMACKey:   string(key),
		Expires:   &expires,
		Params:    url.Values{"max": {strconv.FormatInt(cost, 10)}},
	})
	if err != nil {
		return Challenge{}, fmt.Errorf("captcha: %w", err)
	}
	return Challenge(made), nil
}

// Solve finds the number and gives ALTCHA's payload. progress, which may be nil, gets the part of the numbers that was
// tried, from 0 to 1; most often the end comes sooner. Fails with ErrWrong when no number fits, and when ctx ends.
func Solve(ctx context.Context, c Challenge, progress func(float64)) (string, error) {
	const step = 10_000
	for start := int64(0); start <= c.MaxNumber; start += step {
		if err := ctx.Err(); err != nil {
			return "", fmt.Errorf("captcha: solve: %w", err)
		}
		if progress != nil {
			progress(float64(start) / float64(c.MaxNumber+1))
		}
		last := min(start+step-1, c.MaxNumber)
		found, err := altcha.SolveChallenge(c.Challenge, c.Salt, altcha.Algorithm(c.Algorithm), int(last), int(start), nil)
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrWrong, err)
		}
		if found != nil {
			return payload(c, int64(found.Number))
		}
	}
	return "", ErrWrong
}

// payload writes a solution the way ALTCHA's own widget does.
func payload(c Challenge, number int64) (string, error) {
	data, err := json.Marshal(altcha.Payload{
		Algorithm: c.Algorithm, Challenge: c.Challenge, Number: number, Salt: c.Salt, Signature: c.Signature,
	})
	if err != nil {
		return "", fmt.Errorf("captcha: %w", err)
	}
	return base64.StdEncoding.EncodeToString(data), nil
}

// Verify checks a solution: signed with key, right, and not expired at now. The library would ask the system for the
// time, so the expiry is checked here. Errors: ErrWrong, ErrExpired.
func Verify(key []byte, solution string, now time.Time) (Proof, error) {
	if len(solution) > longest {
		return Proof{}, ErrWrong
	}
	data, err := base64.StdEncoding.DecodeString(solution)
	if err != nil {
		return Proof{}, ErrWrong
	}
	var p altcha.Payload
	if err := json.Unmarshal(data, &p); err != nil {
		return Proof{}, ErrWrong
	}
	parts := saltForm.FindStringSubmatch(p.Salt)
	if parts == nil || p.Algorithm != string(altcha.SHA256) {
		return Proof{}, ErrWrong
	}
	if ok, err := altcha.VerifySolutionSafe(p, string(key), false); err != nil || !ok {
		return Proof{}, ErrWrong
	}
	id, err := hex.DecodeString(p.Challenge)
	if err != nil {
		return Proof{}, ErrWrong
	}
	seconds, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return Proof{}, ErrWrong
	}
	proof := Proof{ID: id, Expires: time.Unix(seconds, 0).UTC()}
	if !now.Before(proof.Expires) {
		return Proof{}, ErrExpired
	}
	return proof, nil
}
