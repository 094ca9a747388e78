package core

import (
	"context"
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/services/mail"
	"myaccount/services/seal"
	"myaccount/services/text"
)

// IdentityProvider is where people have the logins that they may bring along; services/server/oidc asks one.
type IdentityProvider interface {
	// Endpoint tells where people sign in there. Fails with CodeUnavailable.
	Endpoint(ctx context.Context) (IdentityEndpoint, error)
	// Redeem exchanges a code and checks all that comes with it but the nonce. Fails with CodeUnauthenticated when the
	// code or what it brings is not to be believed, and CodeUnavailable when the provider cannot be reached.
	Redeem(ctx context.Context, code IdentityCode) (Identity, error)
}

// IdentityEndpoint is where people sign in at a provider.
type IdentityEndpoint struct {
	Issuer   string
	URL      string
	ClientID string
	Scopes   []string
}

// IdentityCode is what a provider sent to the app.
type IdentityCode struct {
	Code        services.Secret
	Verifier    services.Secret // of PKCE
	RedirectURI string
}

// Identity is a login elsewhere, as its provider vouches for it. Issuer and subject name it for good.
type Identity struct {
	Issuer    string `json:"issuer"`
	Subject   string `json:"subject"`
	Nonce     string `json:"-"` // that the provider signed
	Email     string `json:"email"`
	Verified  bool   `json:"verified"` // the provider has seen that the address is the person's
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
}

// IdentityTx is the part of a transaction that keeps logins elsewhere, and sign-ins with them that are under way.
type IdentityTx interface {
	// AddIdentityStart writes a new sign-in.
	AddIdentityStart(row IdentityStartRow) error
	// IdentityStart finds one that has not expired by the hash of its state, or gives ErrNoRow.
	IdentityStart(state []byte) (IdentityStartRow, error)
	// TakeIdentityStart writes the hash of the verifier that comes first, or gives ErrNoRow when one has come before or
	// there is none: of many who try at once, one succeeds.
	TakeIdentityStart(id string, verifier []byte) error
	// ProveIdentityStart writes who it is.
	ProveIdentityStart(id string, who Identity) error
	// UseIdentityStart removes one, or gives ErrNoRow: of many who try at once, one succeeds.
	UseIdentityStart(id string) error
	// ForgetIdentityStarts removes those that expired before a moment.
	ForgetIdentityStarts(before time.Time) error
	// PersonByIdentity finds whose login elsewhere it is, or gives ErrNoRow.
	PersonByIdentity(issuer, subject string) (PersonRow, error)
	// AddIdentity joins a login elsewhere to a person. Fails with ErrDuplicate when it is joined already.
	AddIdentity(row IdentityRow) error
}

// IdentityStartRow is a sign-in with a login elsewhere that is under way. Of what is secret only hashes are kept.
type IdentityStartRow struct {
	ID        string
	State     []byte
	Nonce     []byte
	Verifier  []byte   // nil until the code comes
	Identity  Identity // empty until the code is redeemed
	ExpiresAt time.Time
}

// IdentityRow is a login elsewhere that belongs to a person.
type IdentityRow struct {
	ID       string
	PersonID string
	Issuer   string
	Subject  string
	JoinedAt time.Time
}

// identityFor is how long a sign-in elsewhere may take, with all that is asked for after it.
const identityFor = 10 * time.Minute

// IdentityPortal is a Core with an identity provider. It is a type of its own so that a portal without one does not
// have the ability.
type IdentityPortal struct{ *Core }

var _ services.IdentitySignIns = IdentityPortal{}

// StartIdentity begins a sign-in; see services.IdentitySignIns. Beginnings are counted by the network address they come
// from, as sign-ins: each lets somebody have the provider asked once.
func (p IdentityPortal) StartIdentity(ctx context.Context) (services.IdentityStart, error) {
	endpoint, err := p.Identity.Endpoint(ctx)
	if err != nil {
		return services.IdentityStart{}, err
	}
	state, nonce := p.NewToken(), p.NewToken()
	err = p.update(ctx, func(tx Tx) error {
		if err := p.throttleClient(ctx, tx, fromSignIn); err != nil {
			return err
		}
		return tx.AddIdentityStart(IdentityStartRow{
			ID: p.NewID(), State: seal.HashToken(state.Reveal()), Nonce: seal.HashToken(nonce.Reveal()),
			ExpiresAt: tx.Now().Add(identityFor),
		})
	})
	if err != nil {
		return services.IdentityStart{}, err
	}
	return services.IdentityStart{
		Issuer: endpoint.Issuer, Endpoint: endpoint.URL, ClientID: endpoint.ClientID, Scopes: slices.Clone(endpoint.Scopes),
		State: services.Secret(state), Nonce: services.Secret(nonce), Life: identityFor,
	}, nil
}

// SignInWithIdentity ends a sign-in; see services.IdentitySignIns. A person's tries count as those with a password do,
// and are refused alike, so that this is no way around a lock-out; a proof of work is not asked for, as the provider's
// word cannot be guessed.
func (p IdentityPortal) SignInWithIdentity(ctx context.Context, proof services.IdentityProof) (services.IdentityAnswer, error) {
	start, err := p.prove(ctx, proof)
	if err != nil {
		return services.IdentityAnswer{}, err
	}
	var try attempt
	var sentTo string
	err = p.update(ctx, func(tx Tx) error {
		try, sentTo = attempt{}, ""
		person, err := tx.PersonByIdentity(start.Identity.Issuer, start.Identity.Subject)
		switch {
		case errors.Is(err, ErrNoRow):
			sentTo, err = p.offer(ctx, tx, start, proof)
		case err == nil:
			try, _, err = p.count(tx, person, person.Email, proof.Device)
			try.start = start.ID
		}
		return err
	})
	if err == nil {
		err = try.refused
	}
	if err != nil || sentTo != "" {
		return services.IdentityAnswer{SentTo: sentTo}, err
	}
	session, err := p.succeeded(ctx, try, try.person.Password, services.Credentials{TOTP: proof.TOTP, Device: proof.Device})
	return services.IdentityAnswer{Session: session}, err
}

// prove gives the sign-in of a proof, once it is known who it is. The first proof has the code redeemed; after that it
// is known again by its verifier, which only whoever began has. A code that is refused ends the sign-in: it was good for
// one try.
func (p IdentityPortal) prove(ctx context.Context, proof services.IdentityProof) (IdentityStartRow, error) {
	if !isLoopback(proof.RedirectURI) {
		return IdentityStartRow{}, services.Invalid("redirect_uri", services.ReasonFormat)
	}
	var start IdentityStartRow
	var fresh bool
	verifier := seal.HashToken(proof.Verifier.Reveal())
	err := p.Store.Update(ctx, func(tx Tx) (err error) {
		start, err = tx.IdentityStart(seal.HashToken(proof.State.Reveal()))
		if fresh = err == nil && start.Verifier == nil; fresh {
			err = tx.TakeIdentityStart(start.ID, verifier)
		}
		return gone(err, services.CodeGone)
	})
	switch {
	case err != nil:
		return IdentityStartRow{}, err
	case fresh:
		return p.redeem(ctx, start, proof)
	case !seal.Equal(start.Verifier, verifier):
		return IdentityStartRow{}, services.Fail(services.CodeGone)
	case start.Identity.Subject == "":
		return IdentityStartRow{}, services.FailAfter(services.CodeConflict, time.Second)
	}
	return start, nil
}

// redeem asks the provider who it is, and keeps that.
func (p IdentityPortal) redeem(ctx context.Context, start IdentityStartRow, proof services.IdentityProof) (IdentityStartRow, error) {
	who, err := p.Identity.Redeem(ctx, IdentityCode{Code: proof.Code, Verifier: proof.Verifier, RedirectURI: proof.RedirectURI})
	if err == nil && (who.Issuer == "" || who.Subject == "" || !seal.Equal(start.Nonce, seal.HashToken(who.Nonce))) {
		err = services.Fail(services.CodeUnauthenticated)
	}
	write := func(tx Tx) error { return tx.ProveIdentityStart(start.ID, who) }
	if err != nil {
		write = func(tx Tx) error { return tx.UseIdentityStart(start.ID) }
	}
	start.Identity = who
	return start, errors.Join(err, p.Store.Update(context.WithoutCancel(ctx), write))
}

// isLoopback tells an address that nothing but a program on the same machine answers at (RFC 8252, section 7.3).
func isLoopback(redirect string) bool {
	u, err := url.Parse(redirect)
	if err != nil || u.Scheme != "http" || u.User != nil || u.Port() == "" || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	address, err := netip.ParseAddr(u.Hostname())
	return err == nil && address.IsLoopback()
}

// offer sends the mail that joins a login elsewhere to the login of its address, or to a new one.
func (c *Core) offer(ctx context.Context, tx Tx, start IdentityStartRow, proof services.IdentityProof) (sentTo string, err error) {
	person, err := c.checkIdentity(start.Identity, proof, tx.Now())
	if err != nil {
		return "", err
	}
	if err := c.throttleClient(ctx, tx, fromMail); err != nil {
		return "", err
	}
	if err := throttleMail(tx, person.Email, identityPurpose); err != nil {
		return "", err
	}
	if err := tx.UseIdentityStart(start.ID); err != nil {
		return "", gone(err, services.CodeGone)
	}
	return maskAddress(person.Email), c.postIdentity(tx, start.Identity, person)
}

// checkIdentity makes a person without a password of what a provider says, and names everything that is refused. What
// nobody can mend is told before the terms are asked for.
func (c *Core) checkIdentity(who Identity, proof services.IdentityProof, now time.Time) (PersonRow, error) {
	rules := c.Brand.Rules
	person := PersonRow{Role: services.RoleCustomer, CreatedAt: now, Registration: Registration{
		FirstName: text.Line(who.FirstName), LastName: text.Line(who.LastName), Language: proof.Language,
		Terms: Terms{
			Version: proof.TermsVersion, Language: proof.TermsLanguage, Shown: shownBy(now, proof.TermsShown), At: now,
		},
	}}
	address, reason := ParseAddress(who.Email)
	if reason == "" && !who.Verified {
		reason = services.ReasonUnverified
	}
	person.Email = address
	err := invalid(map[string]string{
		"email": reason, "first_name": nameReason(person.FirstName, rules.NameMax), "last_name": nameReason(person.LastName, rules.NameMax),
	})
	if err == nil {
		err = invalid(c.termsReasons(proof.Language, person.Terms))
	}
	return person, err
}

// postIdentity writes the mail. It does as much for an address that has a login as for one that has none, and leaves
// what somebody else registered with the address as it is. Logins of the lender's people are not joined to anything.
func (c *Core) postIdentity(tx Tx, who Identity, person PersonRow) error {
	known, err := tx.PersonByEmail(person.Email)
	switch {
	case errors.Is(err, ErrNoRow):
		known, known.ID = person, c.NewID()
		err = tx.AddPerson(known)
	case err == nil && known.Role != services.RoleCustomer:
		return c.postKnown(tx, known)
	case err == nil:
		err = tx.UpdatePerson(known)
	}
	if err != nil {
		return err
	}
	row, token, err := c.newIdentityToken(tx, known, person.Registration, who)
	if err != nil {
		return err
	}
	if !known.Active {
		known.Registration = person.Registration
	}
	return c.post(tx, letter{
		kind: mail.IdentityConfirm, to: known, ref: row.ID, secret: token, until: row.ExpiresAt,
		texts: map[string]string{"Provider": c.Brand.Identity.Provider},
	})
}

// ConfirmIdentity joins a login elsewhere; see services.IdentitySignIns. What others registered with the address and did
// not confirm is forgotten: whoever holds the mailbox has chosen.
func (c *Core) ConfirmIdentity(ctx context.Context, token services.Secret) error {
	return c.update(ctx, func(tx Tx) error {
		row, err := c.useToken(tx, TokenIdentity, pasted(token))
		if err != nil {
			return gone(err, services.CodeGone)
		}
		person, err := tx.Person(row.PersonID)
		if err != nil {
			return gone(err, services.CodeGone)
		}
		if !person.Active {
			if err := c.endTokens(tx, person.ID, TokenActivate); err != nil {
				return err
			}
			person.Registration, person.Active = row.Registration, true
			if err := tx.UpdatePerson(person); err != nil {
				return err
			}
		}
		return c.joinIdentity(tx, person, row.Identity)
	})
}

// joinIdentity gives a login elsewhere to a person, unless it is theirs already.
func (c *Core) joinIdentity(tx Tx, person PersonRow, who Identity) error {
	holder, err := tx.PersonByIdentity(who.Issuer, who.Subject)
	switch {
	case errors.Is(err, ErrNoRow):
		return tx.AddIdentity(IdentityRow{
			ID: c.NewID(), PersonID: person.ID, Issuer: who.Issuer, Subject: who.Subject, JoinedAt: tx.Now(),
		})
	case err == nil && holder.ID != person.ID:
		return services.Fail(services.CodeGone)
	}
	return err
}
