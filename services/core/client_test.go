package core_test

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"myaccount/services"
	"myaccount/services/core"
)

// few lets one network address try twice.
func few(config *core.Config) {
	r := &config.Brand.Rules
	r.AddressSignIns, r.AddressRegistrations, r.AddressMails, r.AddressLinks, r.AddressCodes = 2, 2, 2, 2, 2
}

func TestWithClient_BoundsTriesOfAnAddress(t *testing.T) {
	h := newHarness(t, few)
	customer := waiting(t, h)
	wrong := other(h.code(alice))
	h.person(bob)
	stranger := h.customer(bob)
	h.ctx = core.WithClient(h.ctx, netip.MustParseAddr("192.0.2.1"))
	for what, try := range map[string]func(ctx context.Context, i int) error{
		"register": func(ctx context.Context, i int) error {
			return h.Register(ctx, h.registration(string(rune('a'+i))+"@example.ca"))
		},
		"reset": func(ctx context.Context, i int) error {
			return h.RequestPasswordReset(ctx, services.AddressRequest{Email: string(rune('a'+i)) + "@example.ca", Captcha: h.captcha()})
		},
		"link": func(ctx context.Context, i int) error {
			_, err := stranger.Link(ctx, services.LinkRequest{
				Method: services.LinkByBMWID, FirstName: "A", LastName: "B", BMWID: string(rune('a' + i)),
			})
			return err
		},
		"code": func(ctx context.Context, _ int) error {
			_, err := customer.AuthorizeDevice(ctx, services.DeviceAuthorization{Code: wrong})
			return err
		},
	} {
		for i := range 2 {
			if err := try(h.ctx, i); services.CodeOf(err) == services.CodeThrottled {
				t.Errorf("%s: try %d: %v", what, i, err)
			}
		}
		err := try(h.ctx, 3)
		wantCode(t, err, services.CodeThrottled)
		if wait := services.RetryAfterOf(err); wait <= 0 || wait > time.Hour {
			t.Errorf("%s: wait %v", what, wait)
		}
		elsewhere := core.WithClient(h.ctx, netip.MustParseAddr("192.0.2.2"))
		if err := try(elsewhere, 4); services.CodeOf(err) == services.CodeThrottled {
			t.Errorf("%s: another address: %v", what, err)
		}
	}
}

func TestWithClient_SignIn(t *testing.T) {
	h := newHarness(t, few)
	h.person(alice)
	try := func(address, email string) error {
		_, err := h.SignIn(core.WithClient(h.ctx, netip.MustParseAddr(address)), credentials(email))
		return err
	}
	must(t, try("2001:db8:1:2::1", alice))
	wantCode(t, try("2001:db8:1:2:ffff::9", "nobody@example.ca"), services.CodeUnauthenticated)
	for _, email := range []string{alice, "nobody@example.ca"} { // known or not, it is the same
		hashed := h.hashed(func() { wantCode(t, try("2001:db8:1:2:3::1", email), services.CodeThrottled) })
		if hashed != 0 {
			t.Errorf("%d passwords were hashed for an address that tries too often", hashed)
		}
	}
	must(t, try("2001:db8:1:3::1", alice))
	must(t, try("::ffff:192.0.2.1", alice))
	must(t, try("192.0.2.1", alice))
	wantCode(t, try("192.0.2.1", alice), services.CodeThrottled)
	h.clock.Move(time.Hour)
	must(t, try("192.0.2.1", alice))
	must(t, func() error { _, err := h.SignIn(h.ctx, credentials(alice)); return err }()) // in local-only mode
}
