package cache

import (
	"context"
	"errors"
	"strings"
	"time"

	"myaccount/services"
)

// Verifier is what a password is checked against without the backend, on a device that a person trusts.
type Verifier struct {
	Hash  string               // Argon2id, a PHC string
	Info  services.SessionInfo // as the last sign-in with the backend gave it
	Until time.Time            // when the trust in the device ends
	Limit int                  // wrong passwords after which only the backend signs in
}

// Passwords checks passwords; seal.Passwords implements it.
type Passwords interface {
	// Verify tells whether a password is the one behind a hash.
	Verify(ctx context.Context, stored, password string) (ok, outdated bool, err error)
	// Dummy takes as long as Verify.
	Dummy(ctx context.Context, password string) error
}

// verifierContent is what is sealed of a verifier. The failures are sealed with it, so that nobody sets them back.
type verifierContent struct {
	Verifier
	Failures int
}

// SetVerifier keeps what an address signs in with offline, after a sign-in with the backend; wrong passwords of before
// are forgotten.
func (c *Cache) SetVerifier(ctx context.Context, email string, v Verifier) error {
	person := c.Person(v.Info.Person.ID)
	return person.update(ctx, func(t *tx) error {
		return t.saveVerifier(t.verifierID(email), verifierContent{Verifier: v})
	})
}

// SignIn checks a password without the backend. A try is counted as failed before the password is looked at; success
// takes the count back. Fails with CodeUnavailable when the backend alone can tell (the address is not known here, or
// the trust has ended; it takes as long as a check), CodeUnauthenticated for a wrong password, and CodeLocked after
// Limit of them, until SetVerifier.
func (c *Cache) SignIn(ctx context.Context, email string, password services.Secret, passwords Passwords) (services.SessionInfo, error) {
	v, err := c.countTry(ctx, email)
	if errors.Is(err, errNoRow) {
		if err := passwords.Dummy(ctx, password.Reveal()); err != nil {
			return services.SessionInfo{}, err
		}
		return services.SessionInfo{}, services.Fail(services.CodeUnavailable)
	}
	if err != nil {
		return services.SessionInfo{}, err
	}
	right, _, err := passwords.Verify(ctx, v.Hash, password.Reveal())
	switch {
	case err != nil:
		return services.SessionInfo{}, err
	case !right && v.Failures >= v.Limit:
		return services.SessionInfo{}, services.Fail(services.CodeLocked)
	case !right:
		return services.SessionInfo{}, services.Fail(services.CodeUnauthenticated)
	}
	return v.Info, c.forgiveTries(ctx, email, v)
}

// countTry reads a verifier that may be used and counts a try. Gives errNoRow; fails with CodeLocked.
func (c *Cache) countTry(ctx context.Context, email string) (v verifierContent, err error) {
	err = c.update(ctx, func(t *tx) (err error) {
		if v, err = t.verifier(email); err != nil {
			return err
		}
		if !t.now.Before(v.Until) {
			return errNoRow
		}
		if v.Failures >= v.Limit {
			return services.Fail(services.CodeLocked)
		}
		v.Failures++
		return t.saveVerifier(t.verifierID(email), v)
	})
	return v, err
}

// forgiveTries forgets the failures, unless the verifier is another meanwhile. Fails with CodeUnauthenticated then.
func (c *Cache) forgiveTries(ctx context.Context, email string, checked verifierContent) error {
	return c.update(ctx, func(t *tx) error {
		v, err := t.verifier(email)
		if errors.Is(err, errNoRow) || err == nil && v.Hash != checked.Hash {
			return services.Fail(services.CodeUnauthenticated)
		}
		if err != nil {
			return err
		}
		v.Failures = 0
		return t.saveVerifier(t.verifierID(email), v)
	})
}

// RemoveVerifier ends the offline sign-in of an address.
func (c *Cache) RemoveVerifier(ctx context.Context, email string) error {
	return c.update(ctx, func(t *tx) error {
		return t.exec(`DELETE FROM verifier WHERE id = $1`, t.verifierID(email))
	})
}

// verifierID is the id of the row of an address, whatever its capitals.
func (t *tx) verifierID(email string) string {
	return rowID(t.box.Lookup("verifier.email", strings.ToLower(strings.TrimSpace(email))))
}

// verifier reads the verifier of an address, or gives errNoRow; the transaction is bound to its person from then on.
func (t *tx) verifier(email string) (v verifierContent, err error) {
	var sealed []byte
	id := t.verifierID(email)
	err = t.one(`SELECT person, content FROM verifier WHERE id = $1`, []any{id}, &t.person, &sealed)
	if err == nil {
		err = t.open("verifier", "content", id, sealed, &v)
	}
	return v, err
}

func (t *tx) saveVerifier(id string, v verifierContent) error {
	sealed, err := t.seal("verifier", "content", id, v)
	if err != nil {
		return err
	}
	return t.exec(`INSERT INTO verifier (id, person, content, until) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET person = $2, content = $3, until = $4`, id, t.person, sealed, micros(v.Until))
}
