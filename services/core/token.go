package core

import (
	"net/url"
	"strings"
	"time"

	"myaccount/services"
	"myaccount/services/seal"
)

// TokenTx is the part of a transaction that keeps the tokens of mails.
type TokenTx interface {
	// AddToken writes a new token; only its hash is kept.
	AddToken(row TokenRow, hash []byte) error
	// Token finds one of a kind that has not expired, or gives ErrNoRow.
	Token(kind TokenKind, hash []byte) (TokenRow, error)
	// UseToken removes a token that has not expired and returns it, or gives ErrNoRow when there is none: of many who
	// try at once, one succeeds.
	UseToken(kind TokenKind, hash []byte) (TokenRow, error)
	// EndTokens removes every token of a kind of a person and returns their ids.
	EndTokens(personID string, kind TokenKind) (ids []string, err error)
	// ForgetTokens removes those that expired before a moment.
	ForgetTokens(before time.Time) error
}

// TokenKind says what a token allows.
type TokenKind string

// The kinds there are.
const (
	TokenActivate TokenKind = "activate" // confirms the address
	TokenReset    TokenKind = "reset"    // sets a password
	TokenEmail    TokenKind = "email"    // changes the address
	TokenIdentity TokenKind = "identity" // joins a login elsewhere
)

// TokenRow is a token as it is kept: without the token.
type TokenRow struct {
	ID        string
	PersonID  string
	Kind      TokenKind
	ExpiresAt time.Time

	Registration Registration // of TokenActivate and TokenIdentity: what it makes active
	Email        string       // of TokenEmail: the new address
	Identity     Identity     // of TokenIdentity: what it joins
}

// newToken makes a token for a person, with what it makes active if it is one to activate.
func (c *Core) newToken(tx Tx, person PersonRow, kind TokenKind, life time.Duration) (TokenRow, seal.Secret, error) {
	token := c.NewToken()
	row := TokenRow{ID: c.NewID(), PersonID: person.ID, Kind: kind, ExpiresAt: tx.Now().Add(life)}
	if kind == TokenActivate {
		row.Registration = person.Registration
	}
	return row, token, tx.AddToken(row, seal.HashToken(token.Reveal()))
}

// newEmailToken makes a token that gives a person another address.
func (c *Core) newEmailToken(tx Tx, person PersonRow, address string) (TokenRow, seal.Secret, error) {
	token := c.NewToken()
	row := TokenRow{
		ID: c.NewID(), PersonID: person.ID, Kind: TokenEmail, ExpiresAt: tx.Now().Add(c.Brand.Rules.ActivationTTL), Email: address,
	}
	return row, token, tx.AddToken(row, seal.HashToken(token.Reveal()))
}

// newIdentityToken makes a token that joins a login elsewhere to a person, with what it makes active if nothing is yet.
func (c *Core) newIdentityToken(tx Tx, person PersonRow, r Registration, who Identity) (TokenRow, seal.Secret, error) {
	token := c.NewToken()
	row := TokenRow{
		ID: c.NewID(), PersonID: person.ID, Kind: TokenIdentity, ExpiresAt: tx.Now().Add(c.Brand.Rules.ActivationTTL),
		Registration: r, Identity: who,
	}
	return row, token, tx.AddToken(row, seal.HashToken(token.Reveal()))
}

// endTokens ends a person's tokens of some kinds: they, and the mails that hold them, are worth nothing from then on.
func (c *Core) endTokens(tx Tx, personID string, kinds ...TokenKind) error {
	for _, kind := range kinds {
		ids, err := tx.EndTokens(personID, kind)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := tx.UseMails(id); err != nil {
				return err
			}
		}
	}
	return nil
}

// useToken uses a token up, and marks its mail. Gives ErrNoRow when it was used, has expired or never was.
func (c *Core) useToken(tx Tx, kind TokenKind, token string) (TokenRow, error) {
	row, err := tx.UseToken(kind, seal.HashToken(token))
	if err != nil {
		return TokenRow{}, err
	}
	return row, tx.UseMails(row.ID)
}

// pasted takes a token out of what a person pastes: the token, with blanks or line breaks around or within it, or the
// whole link of the mail.
func pasted(typed services.Secret) string {
	token := strings.Join(strings.Fields(typed.Reveal()), "")
	if _, query, ok := strings.Cut(token, "?"); ok {
		if values, err := url.ParseQuery(query); err == nil {
			return values.Get("token")
		}
	}
	return token
}
