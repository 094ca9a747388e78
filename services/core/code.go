package core

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/mail"
	"myaccount/services/seal"
)

// CodeTx is the part of a transaction that keeps what a session waits for a code for: at most one request a session.
type CodeTx interface {
	// Code reads a session's request, or gives ErrNoRow.
	Code(sessionID string) (CodeRow, error)
	// PutCode writes a session's request in place of an earlier one.
	PutCode(row CodeRow) error
	// TryCode counts a try and gives the request, or ErrNoRow when there is none that has not expired and has had
	// fewer tries than most: of many who try at once, no more than most come through.
	TryCode(sessionID string, most int) (CodeRow, error)
	// DeleteCode removes a session's request, if there is one.
	DeleteCode(sessionID string) error
	// ForgetCodes removes the requests whose code expired before a moment.
	ForgetCodes(before time.Time) error
}

// CodeRow is a request that a code confirms: to link a customer, or to authorize the session's device. A new code for
// the same request keeps its tries. A request that has had all of them is over: a person goes on by asking to link
// again or, when linked, by asking for a new code, which makes a new request. Both are bounded by codesADay, linking
// by the limits of linking as well.
type CodeRow struct {
	ID         string // of the request; the code is hashed with it
	SessionID  string
	CustomerID string // to be linked; "" to authorize the device of somebody linked
	Hash       []byte // of the latest code
	Tries      int
	SentAt     time.Time
	ExpiresAt  time.Time
}

// codesADay bounds how many codes a person can have sent in 24 hours. With five tries each somebody who knows the
// password guesses right once in 55 years.
const codesADay = 10

// SendCode sends a new code; see services.Linking.
func (s *customerSession) SendCode(ctx context.Context) (services.CodeReceipt, error) {
	var receipt services.CodeReceipt
	err := s.update(ctx, signedIn, func(tx Tx, row SessionRow) error {
		if err := s.core.throttleClient(ctx, tx, fromCode); err != nil {
			return err
		}
		request, err := s.pending(tx, row)
		if err != nil {
			return err
		}
		receipt, err = s.sendCode(tx, row, request)
		return err
	})
	return receipt, err
}

// pending gives the request that a new code is for. Fails with CodeThrottled when the last one was just sent, and with
// CodeNotLinked when there is nothing to authorize.
func (s *session) pending(tx Tx, row SessionRow) (CodeRow, error) {
	rules := s.core.Brand.Rules
	request, err := tx.Code(row.ID)
	switch {
	case errors.Is(err, ErrNoRow):
	case err != nil:
		return CodeRow{}, err
	default:
		wait := request.SentAt.Add(rules.CodeResendWait).Sub(tx.Now())
		if wait > 0 && wait <= rules.CodeResendWait { // more: the clock was set back, and nobody is to wait for it
			return CodeRow{}, services.FailAfter(services.CodeThrottled, wait)
		}
		if request.Tries < rules.CodeTries {
			return request, nil
		}
	}
	if row.CustomerID == "" || row.Authorized {
		return CodeRow{}, services.Fail(services.CodeNotLinked)
	}
	return CodeRow{ID: s.core.NewID(), SessionID: row.ID}, nil
}

// sendCode makes a code for a request and puts it into the mail; an earlier one is worth nothing from then on. Fails
// with CodeThrottled.
func (s *session) sendCode(tx Tx, row SessionRow, request CodeRow) (services.CodeReceipt, error) {
	if err := throttle(tx, "code:"+row.PersonID, "", codesADay, brand.Day); err != nil {
		return services.CodeReceipt{}, err
	}
	person, err := tx.Person(row.PersonID)
	if err != nil {
		return services.CodeReceipt{}, err
	}
	rules, code := s.core.Brand.Rules, s.core.NewCode(s.core.Brand.Rules.CodeLength)
	request.Hash = s.core.Box.Code(request.ID, code.Reveal())
	request.SentAt, request.ExpiresAt = tx.Now(), tx.Now().Add(rules.CodeTTL)
	if err := s.dropCode(tx, row.ID); err != nil {
		return services.CodeReceipt{}, err
	}
	if err := tx.PutCode(request); err != nil {
		return services.CodeReceipt{}, err
	}
	err = s.core.post(tx, letter{kind: mail.Code, to: person, ref: request.ID, secret: code, until: request.ExpiresAt})
	return services.CodeReceipt{
		SentTo: maskAddress(person.Email), ExpiresAt: request.ExpiresAt, ResendAt: tx.Now().Add(rules.CodeResendWait),
	}, err
}

// dropCode ends a session's request, if there is one, and empties its mails.
func (s *session) dropCode(tx Tx, sessionID string) error {
	request, err := tx.Code(sessionID)
	if errors.Is(err, ErrNoRow) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.UseMails(request.ID); err != nil {
		return err
	}
	return tx.DeleteCode(sessionID)
}

// enteredCode drops the spaces from a code as it was typed. Fails with CodeInvalid (code: required, format).
func enteredCode(typed services.Secret, digits int) (string, error) {
	code := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, typed.Reveal())
	switch {
	case code == "":
		return "", services.Invalid("code", services.ReasonRequired)
	case len(code) != digits || strings.Trim(code, "0123456789") != "":
		return "", services.Invalid("code", services.ReasonFormat)
	}
	return code, nil
}

// right tells, in constant time, whether a code is the request's.
func (s *session) right(request CodeRow, code string) bool {
	return seal.Equal(request.Hash, s.core.Box.Code(request.ID, code))
}

// maskAddress shows no more of an address than its owner needs to know it again: "a•••e@example.ca".
func maskAddress(address string) string {
	local, domain, _ := strings.Cut(address, "@")
	first, size := utf8.DecodeRuneInString(local)
	last, _ := utf8.DecodeLastRuneInString(local)
	if utf8.RuneCountInString(local) < 3 {
		return local[:size] + "•••@" + domain
	}
	return string(first) + "•••" + string(last) + "@" + domain
}
