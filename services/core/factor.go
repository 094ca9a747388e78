package core

import (
	"context"
	"crypto/rand"
	"errors"
	"strconv"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/mail"
	"myaccount/services/totp"
)

// FactorTx is the part of a transaction that keeps second factors.
type FactorTx interface {
	// Factor reads a person's, or gives ErrNoRow.
	Factor(personID string) (FactorRow, error)
	// PutFactor writes a person's in place of an earlier one.
	PutFactor(row FactorRow) error
	// StepFactor marks a code as used. It gives false when that code or a later one was.
	StepFactor(personID string, step int64) (bool, error)
	// DeleteFactor removes a person's, with its recovery codes. Removing what is not there is no error.
	DeleteFactor(personID string) error
	// PutRecoveryCodes writes the hashes of a person's recovery codes in place of earlier ones.
	PutRecoveryCodes(personID string, hashes [][]byte) error
	// UseRecoveryCode removes one, or gives ErrNoRow: of many who try at once, one succeeds.
	UseRecoveryCode(personID string, hash []byte) error
	// CountRecoveryCodes counts those that are left.
	CountRecoveryCodes(personID string) (int, error)
}

// FactorRow is an authenticator app as it is kept.
type FactorRow struct {
	PersonID string
	Secret   string    // base32; "" before the first is confirmed
	Since    time.Time // confirmed then; zero: it does not count yet
	Step     int64     // of the code that was used last
	Pending  string    // a new secret that waits for its first code; "" when none does
	AskedAt  time.Time // when that was made
}

const (
	setupFor      = 10 * time.Minute // how long a new secret waits for its first code
	setupTries    = 5                // codes to confirm a new secret within that time
	recoveryCodes = 10
	recoveryBytes = 10 // 80 bits each; NIST SP 800-63B-4 asks for 64 of a saved code
)

// SecondFactor tells whether an authenticator app is asked for; see services.Security.
func (s *customerSession) SecondFactor(ctx context.Context) (services.SecondFactor, error) {
	var state services.SecondFactor
	err := s.view(ctx, private, func(tx Tx, row SessionRow) (err error) {
		factor, err := factorOf(tx, row.PersonID)
		if err != nil {
			return err
		}
		state.Since = factor.Since
		state.Recovery, err = tx.CountRecoveryCodes(row.PersonID)
		return err
	})
	return state, err
}

// factorOf reads a person's second factor, an empty one when there is none.
func factorOf(tx Tx, personID string) (FactorRow, error) {
	row, err := tx.Factor(personID)
	if errors.Is(err, ErrNoRow) {
		return FactorRow{PersonID: personID}, nil
	}
	return row, err
}

// SetUpSecondFactor gives a new secret; see services.Security.
func (s *customerSession) SetUpSecondFactor(ctx context.Context, password services.Secret) (services.FactorSetup, error) {
	secret, uri, err := totp.New(s.core.Brand.Product.Name, s.Info().Person.Email)
	if err != nil {
		return services.FactorSetup{}, services.Internal(err)
	}
	err = s.shown(ctx, "password", password, func(tx Tx, row SessionRow, _ PersonRow) error {
		factor, err := factorOf(tx, row.PersonID)
		if err != nil {
			return err
		}
		factor.Pending, factor.AskedAt = secret, tx.Now()
		return tx.PutFactor(factor)
	})
	if err != nil {
		return services.FactorSetup{}, err
	}
	return services.FactorSetup{Secret: services.Secret(secret), URI: services.Secret(uri)}, nil
}

// ConfirmSecondFactor makes the secret count; see services.Security.
func (s *customerSession) ConfirmSecondFactor(ctx context.Context, typed services.Secret) ([]services.Secret, error) {
	code, err := enteredCode(typed, totp.Digits)
	if err != nil {
		return nil, err
	}
	codes, hashes := s.core.newRecoveryCodes(s.person)
	var right bool
	err = s.update(ctx, private, func(tx Tx, row SessionRow) error {
		factor, err := factorOf(tx, row.PersonID)
		if err != nil {
			return err
		}
		if factor.Pending == "" || tx.Now().Sub(factor.AskedAt) >= setupFor {
			return services.Fail(services.CodeGone)
		}
		if err := throttle(tx, "second factor "+row.PersonID, row.PersonID, setupTries, setupFor); err != nil {
			return err
		}
		var step int64
		if step, right = totp.Check(factor.Pending, code, tx.Now(), 0); !right {
			return nil // the try counts
		}
		factor = FactorRow{PersonID: row.PersonID, Secret: factor.Pending, Since: tx.Now(), Step: step}
		if err := errors.Join(tx.PutFactor(factor), tx.PutRecoveryCodes(row.PersonID, hashes)); err != nil {
			return err
		}
		return s.core.tell(tx, row.PersonID, mail.FactorAdded)
	})
	switch {
	case err != nil:
		return nil, err
	case !right:
		return nil, services.Invalid("code", services.ReasonMismatch)
	}
	return codes, nil
}

// RemoveSecondFactor stops asking for the app; see services.Security.
func (s *customerSession) RemoveSecondFactor(ctx context.Context, password services.Secret) error {
	return s.shown(ctx, "password", password, func(tx Tx, row SessionRow, _ PersonRow) error {
		factor, err := factorOf(tx, row.PersonID)
		if err != nil {
			return err
		}
		if err := tx.DeleteFactor(row.PersonID); err != nil || factor.Since.IsZero() {
			return err
		}
		return s.core.tell(tx, row.PersonID, mail.FactorRemoved)
	})
}

// newRecoveryCodes makes recovery codes, as they are read, with what is kept of them.
func (c *Core) newRecoveryCodes(personID string) (codes []services.Secret, hashes [][]byte) {
	for range recoveryCodes {
		code := rand.Text()[:recoveryBytes*8/5]
		codes = append(codes, services.Secret(code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:]))
		hashes = append(hashes, c.recoveryHash(personID, code))
	}
	return codes, hashes
}

// recoveryHash is what is kept of a recovery code, keyed and bound to its person.
func (c *Core) recoveryHash(personID, code string) []byte {
	return c.Box.Lookup("recovery_code", personID+" "+code)
}

// checkFactor checks the second factor of somebody whose password was right, and says how they were let in. The reason
// is "" when nothing is missing.
func (c *Core) checkFactor(tx Tx, person PersonRow, typed services.Secret) (outcome services.SignInOutcome, reason string, err error) {
	factor, err := factorOf(tx, person.ID)
	if err != nil || factor.Since.IsZero() {
		return services.SignInOK, "", err
	}
	code := strings.ToUpper(strings.Join(strings.FieldsFunc(typed.Reveal(), func(r rune) bool { return r == ' ' || r == '-' }), ""))
	if code == "" {
		return "", services.ReasonRequired, nil
	}
	if step, ok := totp.Check(factor.Secret, code, tx.Now(), factor.Step); ok {
		fresh, err := tx.StepFactor(person.ID, step)
		if err != nil || fresh {
			return services.SignInOK, "", err
		}
	}
	if len(code) != recoveryBytes*8/5 {
		return services.SignInFactor, services.ReasonMismatch, nil
	}
	err = tx.UseRecoveryCode(person.ID, c.recoveryHash(person.ID, code))
	switch {
	case errors.Is(err, ErrNoRow):
		return services.SignInFactor, services.ReasonMismatch, nil
	case err != nil:
		return "", "", err
	}
	left, err := tx.CountRecoveryCodes(person.ID)
	if err != nil {
		return "", "", err
	}
	return services.SignInRecovery, "", c.post(tx, letter{
		kind: mail.RecoveryUsed, to: person,
		texts: map[string]string{"Left": strconv.Itoa(left)}, times: map[string]time.Time{"At": tx.Now()},
	})
}

// tell writes a mail to a person that says no more than when something happened.
func (c *Core) tell(tx Tx, personID string, kind mail.Kind) error {
	person, err := tx.Person(personID)
	if err != nil {
		return err
	}
	return c.post(tx, letter{kind: kind, to: person, times: map[string]time.Time{"At": tx.Now()}})
}

var _ services.Security = (*customerSession)(nil)
