package api

import (
	"time"

	"myaccount/services"
)

// Device is a computer that a person signs in on.
type Device struct {
	ID           string     `json:"id"`
	Name         string     `json:"name"`
	Authorized   bool       `json:"authorized"`
	TrustedUntil *time.Time `json:"trusted_until" doc:"null: for this session only"`
	LastUsed     *time.Time `json:"last_used"`
	Current      bool       `json:"current" doc:"The one this session runs on"`
	Token        string     `json:"token,omitempty" doc:"Once, when the device is trusted: to be kept in the system's keyring"`
}

// DeviceOf makes it from the domain's.
func DeviceOf(d services.Device) Device {
	return Device{
		ID: d.ID, Name: d.Name, Authorized: d.Authorized, TrustedUntil: moment(d.TrustedUntil),
		LastUsed: moment(d.LastUsed), Current: d.Current, Token: d.Token.Reveal(),
	}
}

// Domain gives it back.
func (d Device) Domain() services.Device {
	return services.Device{
		ID: d.ID, Name: d.Name, Authorized: d.Authorized, TrustedUntil: instant(d.TrustedUntil),
		LastUsed: instant(d.LastUsed), Current: d.Current, Token: services.Secret(d.Token),
	}
}

// DevicesOf makes a list.
func DevicesOf(devices []services.Device) List[Device] { return listOf(devices, "", DeviceOf) }

// DevicesFrom gives the list back.
func DevicesFrom(l List[Device]) []services.Device { return convert(l.Items, Device.Domain) }

// DeviceAuthorization is the code that the person got by mail.
type DeviceAuthorization struct {
	Code  string `json:"code,omitempty"`
	Trust bool   `json:"trust,omitempty"`
}
