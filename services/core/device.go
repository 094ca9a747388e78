package core

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"myaccount/services"
	"myaccount/services/mail"
	"myaccount/services/seal"
)

// DeviceTx is the part of a transaction that keeps trusted devices. A device that is authorized for one session only
// has no row: it is part of the session.
type DeviceTx interface {
	// Device reads one that is still trusted, or gives ErrNoRow.
	Device(id string) (DeviceRow, error)
	// DeviceByToken finds a person's trusted device by the hash of its token, or gives ErrNoRow.
	DeviceByToken(personID string, tokenHash []byte) (DeviceRow, error)
	// Devices reads a person's trusted devices, in no order.
	Devices(personID string) ([]DeviceRow, error)
	// PutDevice writes a device in place of an earlier row of its id; only the hash of its token is kept.
	PutDevice(row DeviceRow, tokenHash []byte) error
	// UseDevice writes when a device was last used.
	UseDevice(id string, at time.Time) error
	// DeleteDevice removes a person's device, or gives ErrNoRow.
	DeleteDevice(personID, id string) error
	// ForgetDevices removes those whose trust ended before a moment.
	ForgetDevices(before time.Time) error
}

// DeviceRow is a trusted device as it is kept.
type DeviceRow struct {
	ID           string
	PersonID     string
	Name         string
	Kind         string // as in services.DeviceClaim
	TrustedUntil time.Time
	LastUsed     time.Time
}

// The kinds of devices. A kiosk, which many people use, is never trusted.
const (
	kindPersonal = "personal"
	kindKiosk    = "kiosk"
)

// AuthorizeDevice ends the pending link and authorizes the device; see services.Linking.
func (s *customerSession) AuthorizeDevice(ctx context.Context, r services.DeviceAuthorization) (services.SessionInfo, error) {
	rules := s.core.Brand.Rules
	code, err := enteredCode(r.Code, rules.CodeLength)
	if err != nil {
		return services.SessionInfo{}, err
	}
	var info services.SessionInfo
	var token seal.Secret
	var right bool
	err = s.update(ctx, signedIn, func(tx Tx, row SessionRow) error {
		token, right = "", false
		if err := s.core.throttleClient(ctx, tx, fromCode); err != nil {
			return err
		}
		request, err := tx.TryCode(row.ID, rules.CodeTries)
		if err != nil {
			return gone(err, services.CodeGone)
		}
		if right = s.right(request, code); !right {
			return nil // the try counts
		}
		if token, err = s.authorize(tx, row, request, r.Trust); err != nil {
			return err
		}
		if row, err = tx.Session(row.ID); err != nil {
			return err
		}
		info, err = s.core.info(tx, row)
		return err
	})
	if err != nil {
		return services.SessionInfo{}, err
	}
	if !right {
		return services.SessionInfo{}, services.Invalid("code", services.ReasonMismatch)
	}
	s.keep(info)
	info.Device.Token = services.Secret(token.Reveal())
	return info, nil
}

// authorize does what a right code allows, and gives the token of a device that is trusted from now on.
func (s *session) authorize(tx Tx, row SessionRow, request CodeRow, trust bool) (token seal.Secret, err error) {
	if err := s.dropCode(tx, row.ID); err != nil {
		return "", err
	}
	if request.CustomerID != "" {
		if err := s.core.link(tx, row, request.CustomerID); err != nil {
			return "", err
		}
	}
	if err := tx.AuthorizeSession(row.ID); err != nil {
		return "", err
	}
	if trust && row.DeviceKind != kindKiosk {
		token = s.core.NewToken()
		device := DeviceRow{
			ID: row.DeviceID, PersonID: row.PersonID, Name: row.DeviceName, Kind: row.DeviceKind,
			TrustedUntil: tx.Now().Add(s.core.Brand.Rules.TrustFor()), LastUsed: tx.Now(),
		}
		if err := tx.PutDevice(device, seal.HashToken(token.Reveal())); err != nil {
			return "", err
		}
	}
	person, err := tx.Person(row.PersonID)
	if err != nil {
		return "", err
	}
	return token, s.core.inform(tx, services.NotifyDevice, letter{
		kind: mail.DeviceAuthorized, to: person,
		texts: map[string]string{"Device": row.DeviceName}, times: map[string]time.Time{"At": tx.Now()},
	})
}

// Devices lists the person's devices; see services.Devices.
func (s *customerSession) Devices(ctx context.Context) ([]services.Device, error) {
	var list []services.Device
	err := s.view(ctx, ready, func(tx Tx, row SessionRow) (err error) {
		list, err = s.core.devices(tx, row)
		return err
	})
	return list, err
}

// devices lists a person's trusted devices and the one in use.
func (c *Core) devices(tx Tx, row SessionRow) ([]services.Device, error) {
	info, err := c.info(tx, row)
	if err != nil {
		return nil, err
	}
	list := []services.Device{info.Device}
	rows, err := tx.Devices(row.PersonID)
	for _, r := range rows {
		if r.ID != row.DeviceID {
			list = append(list, services.Device{
				ID: r.ID, Name: r.Name, Authorized: true, TrustedUntil: r.TrustedUntil, LastUsed: r.LastUsed,
			})
		}
	}
	slices.SortFunc(list, func(a, b services.Device) int {
		return cmp.Or(b.LastUsed.Compare(a.LastUsed), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

// RevokeDevice ends the trust in a device and its sessions; see services.Devices.
func (s *customerSession) RevokeDevice(ctx context.Context, id string) error {
	return s.update(ctx, ready, func(tx Tx, row SessionRow) error {
		err := tx.DeleteDevice(row.PersonID, id)
		if err != nil && (!errors.Is(err, ErrNoRow) || id != row.DeviceID) {
			return gone(err, services.CodeNotFound)
		}
		return tx.EndSessions(row.PersonID, id, tx.Now())
	})
}
