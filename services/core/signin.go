package core

import (
	"context"
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"myaccount/services"
	"myaccount/services/brand"
	"myaccount/services/mail"
	"myaccount/services/seal"
	"myaccount/services/text"
)

// attempt is a try to sign in.
type attempt struct {
	refused error     // why it does not get as far as the password check; nil when it does
	counter string    // whose tries it counts among
	person  PersonRow // empty for an unknown address
	device  DeviceRow // empty for a device that the person does not trust
	at      time.Time // when it was counted
	until   time.Time // the lock that began with this try, in case it fails; zero when it was not the last
	name    string    // of the device, for the history
	start   string    // the IdentityStartRow that the session uses up; "" with a password
}

// SignIn opens a session. An unknown address and a wrong password take the same way: the same counter by address, one
// Argon2id, the same transactions.
//
// A try is counted as failed before its password is looked at, so that of many tries at once no more than the rules
// allow get that far; success takes the count back.
func (c *Core) SignIn(ctx context.Context, cr services.Credentials) (services.Session, error) {
	var try attempt
	err := c.update(ctx, func(tx Tx) (err error) {
		if err := c.throttleClient(ctx, tx, fromSignIn); err != nil {
			return err
		}
		try, err = c.admit(tx, cr)
		return err
	})
	if err == nil {
		err = try.refused
	}
	if err != nil {
		return nil, err
	}
	right, outdated, err := c.verify(ctx, try.person, cr.Password)
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, c.failed(ctx, try, services.SignInPassword)
	}
	hash := try.person.Password
	if outdated {
		if hash, err = c.Passwords.Hash(ctx, cr.Password.Reveal()); err != nil {
			return nil, err
		}
	}
	return c.succeeded(ctx, try, hash, cr)
}

// signInName names the counter of an address.
func signInName(email string) string { return "sign-in " + AddressKey(email) }

// deviceName names the counter of a device that a person trusts.
func deviceName(id string) string { return "sign-in on device " + id }

// admit looks the address and the device up, checks the counter and counts the try. Whoever shows the token of a device
// that the person trusts counts apart, so that a stranger cannot lock the owner out.
func (c *Core) admit(tx Tx, cr services.Credentials) (attempt, error) {
	person, err := tx.PersonByEmail(cr.Email)
	if err != nil && !errors.Is(err, ErrNoRow) {
		return attempt{}, err
	}
	try, failures, err := c.count(tx, person, cr.Email, cr.Device)
	if err == nil && try.refused == nil && failures > c.Brand.Rules.CaptchaAfter {
		err = c.requireCaptcha(tx, cr.Captcha)
	}
	return try, err
}

// count looks the device up and counts a try to sign in, as failed until it has succeeded. It gives how many there are.
func (c *Core) count(tx Tx, person PersonRow, email string, claim services.DeviceClaim) (try attempt, failures int, err error) {
	device, err := trustedDevice(tx, person.ID, claim.Token)
	if err != nil {
		return attempt{}, 0, err
	}
	try = attempt{counter: signInName(email), person: person, device: device, at: tx.Now(), name: claimedName(claim.Name)}
	if device.ID != "" {
		try.counter = deviceName(device.ID)
	}
	tries, err := tx.Tries(try.counter)
	if err != nil {
		return attempt{}, 0, err
	}
	rules := c.Brand.Rules
	tries, try.refused = countSignIn(tries, tx.Now(), rules)
	tries.PersonID = person.ID
	try.until = tries.Until
	return try, len(tries.Times), tx.SetTries(tries, tx.Now().Add(max(rules.LockoutWindow, rules.LockoutDuration)))
}

// countSignIn adds one failed try to a counter and locks it with the last one allowed. Fails with CodeLocked and
// CodeThrottled, and then the try does not count; the counter is written nevertheless, because a clock that was set back
// may have changed it.
func countSignIn(tries Tries, now time.Time, rules brand.Rules) (Tries, error) {
	tries = tries.within(now, rules.LockoutWindow, rules.LockoutDuration)
	if now.Before(tries.Until) {
		return tries, services.FailAfter(services.CodeLocked, tries.Until.Sub(now))
	}
	if !tries.Until.IsZero() { // the lock is over, and what led to it is settled
		tries.Times, tries.Until = nil, time.Time{}
	}
	if n := len(tries.Times); n > 0 {
		if wait := tries.Times[n-1].Add(pause(n)).Sub(now); wait > 0 {
			return tries, services.FailAfter(services.CodeThrottled, wait)
		}
	}
	tries.Times = append(tries.Times, now)
	if len(tries.Times) >= rules.LockoutAfter {
		tries.Until = now.Add(rules.LockoutDuration)
	}
	return tries, nil
}

// pause is how long to wait after so many failures: nothing after two, which are slips; then 1 s, 2 s, 4 s … 30 s,
// which a person who types hardly notices at first.
func pause(failures int) time.Duration {
	const free, most = 2, 30 * time.Second
	if failures <= free {
		return 0
	}
	return min(time.Second<<min(failures-free-1, 10), most)
}

// trustedDevice finds the device of a token, if the person trusts it; else it gives an empty one.
func trustedDevice(tx Tx, personID string, token services.Secret) (DeviceRow, error) {
	device, err := tx.DeviceByToken(personID, seal.HashToken(token.Reveal()))
	if errors.Is(err, ErrNoRow) {
		return DeviceRow{}, nil
	}
	return device, err
}

// requireCaptcha checks a solution and uses it up.
func (c *Core) requireCaptcha(tx Tx, solution string) error {
	proof, reason := c.checkCaptcha(solution, tx.Now())
	if reason != "" {
		return services.Invalid("captcha", reason)
	}
	return spendCaptcha(tx, proof)
}

// verify checks a password, in the same time for everybody. A text longer than any password is not worth hashing as
// it is.
func (c *Core) verify(ctx context.Context, person PersonRow, typed services.Secret) (right, outdated bool, err error) {
	plain := typed.Reveal()
	if len(plain) > utf8.UTFMax*c.Brand.Rules.PasswordMax {
		return false, false, c.Passwords.Dummy(ctx, "")
	}
	if person.Password == "" {
		return false, false, c.Passwords.Dummy(ctx, plain)
	}
	return c.Passwords.Verify(ctx, person.Password, plain)
}

// failed leaves the try counted and writes it down, and with the last one tells the owner of the address that it is
// locked. It writes for an unknown address as well, to take as long.
func (c *Core) failed(ctx context.Context, try attempt, outcome services.SignInOutcome) error {
	var wait time.Duration
	err := c.update(ctx, func(tx Tx) error {
		if err := c.record(ctx, tx, try, outcome); err != nil || try.until.IsZero() {
			return err
		}
		wait = try.until.Sub(tx.Now())
		tries, err := tx.Tries(try.counter)
		if err != nil {
			return err
		}
		if err := tx.SetTries(tries, try.until); err != nil {
			return err
		}
		if !try.person.Active || tries.Until.IsZero() {
			return nil
		}
		return c.post(tx, letter{
			kind: mail.Locked, to: try.person, times: map[string]time.Time{"Until": try.until},
		})
	})
	if err != nil {
		return err
	}
	if try.until.IsZero() {
		return services.Fail(services.CodeUnauthenticated)
	}
	return services.FailAfter(services.CodeLocked, wait)
}

// giveBack takes a try out of its counter: the password was right, and only the code of the second factor is missing.
func giveBack(tx Tx, try attempt, lockWindow time.Duration) error {
	tries, err := tx.Tries(try.counter)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(tries.Times, try.at.Equal); i >= 0 {
		tries.Times = slices.Delete(tries.Times, i, i+1)
	}
	if tries.Until.Equal(try.until) {
		tries.Until = time.Time{}
	}
	return tx.SetTries(tries, tx.Now().Add(lockWindow))
}

// entry is how far somebody got whose password was right.
type entry struct {
	missing string // why the second factor keeps them out; "" when it does not
	row     SessionRow
	token   seal.Secret
	info    services.SessionInfo
}

// succeeded takes the count back and opens the session; an address that is not confirmed gets no further than that, and
// whoever has a second factor needs it.
func (c *Core) succeeded(ctx context.Context, try attempt, hash string, cr services.Credentials) (services.Session, error) {
	var in entry
	err := c.update(ctx, func(tx Tx) (err error) {
		in, err = c.enter(ctx, tx, try, hash, cr)
		return err
	})
	if err != nil {
		return nil, err
	}
	if in.missing == services.ReasonMismatch {
		if err := c.failed(ctx, try, services.SignInFactor); services.CodeOf(err) != services.CodeUnauthenticated {
			return nil, err
		}
	}
	switch {
	case in.missing != "":
		return nil, services.Invalid("totp", in.missing)
	case in.row.ID == "":
		return nil, services.Fail(services.CodeNotActivated)
	}
	return c.open(in.row, in.token, in.info), nil
}

// enter checks what may have changed since the password was looked at, and the second factor, and lets in.
func (c *Core) enter(ctx context.Context, tx Tx, try attempt, hash string, cr services.Credentials) (entry, error) {
	person, err := tx.Person(try.person.ID)
	if err != nil {
		return entry{}, gone(err, services.CodeUnauthenticated)
	}
	if person.Password != try.person.Password { // it was changed while we looked
		return entry{}, services.Fail(services.CodeUnauthenticated)
	}
	outcome, missing, err := c.checkFactor(tx, person, cr.TOTP)
	if err != nil {
		return entry{}, err
	}
	switch missing {
	case services.ReasonRequired:
		rules := c.Brand.Rules
		return entry{missing: missing}, giveBack(tx, try, max(rules.LockoutWindow, rules.LockoutDuration))
	case services.ReasonMismatch:
		return entry{missing: missing}, nil // the try stays counted
	}
	if err := tx.ClearTries(try.counter); err != nil {
		return entry{}, err
	}
	if person.Password != hash {
		person.Password = hash
		if err := tx.UpdatePerson(person); err != nil {
			return entry{}, err
		}
	}
	if !person.Active {
		return entry{}, nil
	}
	if try.start != "" {
		if err := tx.UseIdentityStart(try.start); err != nil {
			return entry{}, gone(err, services.CodeGone)
		}
	}
	if err := c.record(ctx, tx, try, outcome); err != nil {
		return entry{}, err
	}
	return c.begin(tx, person, try.device, cr.Device)
}

// begin opens a session.
func (c *Core) begin(tx Tx, person PersonRow, device DeviceRow, claim services.DeviceClaim) (entry, error) {
	in := entry{row: c.newSession(tx.Now(), person, device, claim), token: c.NewToken()}
	if err := tx.AddSession(in.row, seal.HashToken(in.token.Reveal())); err != nil {
		return entry{}, err
	}
	if device.ID != "" {
		if err := tx.UseDevice(device.ID, tx.Now()); err != nil {
			return entry{}, err
		}
	}
	var err error
	in.info, err = c.info(tx, in.row)
	return in, err
}

// deviceNameMax is how many characters of a device's name are kept.
const deviceNameMax = 100

// claimedName is what is kept of the name that a device gives itself.
func claimedName(claimed string) string {
	name := []rune(text.Line(claimed))
	return string(name[:min(len(name), deviceNameMax)])
}

// newSession makes the row of a session. On a device that is trusted it is authorized from the start. What a client says
// of another device is not believed: it is a kiosk or a personal one, and has a name that can be shown.
func (c *Core) newSession(now time.Time, person PersonRow, device DeviceRow, claim services.DeviceClaim) SessionRow {
	row := SessionRow{
		ID: c.NewID(), PersonID: person.ID, DeviceID: device.ID, DeviceName: device.Name, DeviceKind: device.Kind,
		Authorized: device.ID != "", CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(c.Brand.Rules.SessionMax),
		Role: person.Role, CustomerID: person.CustomerID,
	}
	if device.ID == "" {
		row.DeviceID, row.DeviceKind = c.NewID(), kindPersonal
		if claim.Kind == kindKiosk {
			row.DeviceKind = kindKiosk
		}
		row.DeviceName = claimedName(claim.Name)
		if row.DeviceName == "" {
			row.DeviceName = c.Catalogue.Printer(text.Lang(person.Language)).T("core.device.unnamed")
		}
	}
	return row
}
