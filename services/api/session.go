package api

import (
	"time"

	"myaccount/services"
)

// Credentials are what a person signs in with.
type Credentials struct {
	Email    string      `json:"email,omitempty"`
	Password string      `json:"password,omitempty"`
	Captcha  string      `json:"captcha,omitempty" doc:"Only when asked for"`
	TOTP     string      `json:"totp,omitempty" doc:"Code of the authenticator app, or a recovery code; only when asked for"`
	Device   DeviceClaim `json:"device,omitzero"`
}

// DeviceClaim says on what device somebody signs in.
type DeviceClaim struct {
	Token string `json:"token,omitempty" doc:"Given once when the device was trusted"`
	Name  string `json:"name,omitempty" doc:"As the person knows it"`
	Kind  string `json:"kind,omitempty" doc:"personal or kiosk"`
}

// CredentialsOf makes it from the domain's.
func CredentialsOf(c services.Credentials) Credentials {
	return Credentials{
		Email: c.Email, Password: c.Password.Reveal(), Captcha: c.Captcha, TOTP: c.TOTP.Reveal(),
		Device: DeviceClaim{Token: c.Device.Token.Reveal(), Name: c.Device.Name, Kind: c.Device.Kind},
	}
}

// Domain gives it back.
func (c Credentials) Domain() services.Credentials {
	return services.Credentials{
		Email: c.Email, Password: services.Secret(c.Password), Captcha: c.Captcha, TOTP: services.Secret(c.TOTP),
		Device: services.DeviceClaim{Token: services.Secret(c.Device.Token), Name: c.Device.Name, Kind: c.Device.Kind},
	}
}

// Session is what a session knows about itself.
type Session struct {
	Token     string        `json:"token,omitempty" doc:"Bearer token, only when the session begins"`
	ExpiresAt time.Time     `json:"expires_at"`
	IdleFor   Seconds       `json:"idle_for" doc:"Ends when nothing is done for so long"`
	Role      services.Role `json:"role"`
	Person    Person        `json:"person"`
	Device    Device        `json:"device"`
	Linked    bool          `json:"linked" doc:"An agreement is linked"`
}

// Person is somebody with a login.
type Person struct {
	ID        string `json:"id"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Email     string `json:"email"`
	Language  string `json:"language"`
}

// SessionOf makes it from the domain's. The token is put in where it is given.
func SessionOf(i services.SessionInfo) Session {
	return Session{
		ExpiresAt: i.ExpiresAt.UTC(), IdleFor: SecondsOf(i.IdleFor), Role: i.Role, Person: Person(i.Person),
		Device: DeviceOf(i.Device), Linked: i.Linked,
	}
}

// Domain gives it back.
func (s Session) Domain() services.SessionInfo {
	return services.SessionInfo{
		Role: s.Role, Person: services.Person(s.Person), Device: s.Device.Domain(), Linked: s.Linked,
		ExpiresAt: s.ExpiresAt.UTC(), IdleFor: s.IdleFor.Duration(),
	}
}
