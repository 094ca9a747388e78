package core

import (
	"context"
	"net/netip"

	"myaccount/services/brand"
)

// clientKey finds the network address of who asks in a context.
type clientKey struct{}

// WithClient notes the network address that a request comes from. Its tries are then bounded whoever it names; without
// one, as in local-only mode, nothing is.
func WithClient(ctx context.Context, address netip.Addr) context.Context {
	return context.WithValue(ctx, clientKey{}, address.Unmap().WithZone(""))
}

// clientOf gives the address of WithClient; the zero Addr when there is none.
func clientOf(ctx context.Context) netip.Addr {
	address, _ := ctx.Value(clientKey{}).(netip.Addr)
	return address
}

// clientName is by what an address is counted: of IPv6 by the first 64 bits, as one customer of a provider has them all.
func clientName(address netip.Addr) string {
	if address.Is6() {
		return netip.PrefixFrom(address, 64).Masked().String()
	}
	return address.String()
}

// The kinds of tries that are counted by network address, each by itself.
const (
	fromSignIn   = "sign-in"
	fromRegister = "register"
	fromMail     = "mail" // a reset or another activation mail
	fromLink     = "link"
	fromCode     = "code"
)

// throttleClient counts one try of a kind from the address of a request. Fails with CodeThrottled.
func (c *Core) throttleClient(ctx context.Context, tx Tx, kind string) error {
	address := clientOf(ctx)
	if !address.IsValid() {
		return nil
	}
	rules := c.Brand.Rules
	return throttle(tx, kind+" from "+clientName(address), "", addressMax(rules, kind), rules.AddressWindow)
}

// addressMax is how many tries of a kind an address has.
func addressMax(r brand.Rules, kind string) int {
	switch kind {
	case fromSignIn:
		return r.AddressSignIns
	case fromRegister:
		return r.AddressRegistrations
	case fromMail:
		return r.AddressMails
	case fromLink:
		return r.AddressLinks
	default:
		return r.AddressCodes
	}
}
