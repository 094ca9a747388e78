package core

import (
	"context"
	"net/netip"
)

// clientKey is the key of WithClient's value.
type clientKey struct{}

// WithClient says from which network address a call comes. Limits by address hold for such calls alone; in local-only
// mode there is none.
func WithClient(ctx context.Context, address netip.Addr) context.Context {
	return context.WithValue(ctx, clientKey{}, address.Unmap())
}

// clientOf gives the address that a call comes from; not valid when there is none.
func clientOf(ctx context.Context) netip.Addr {
	address, _ := ctx.Value(clientKey{}).(netip.Addr)
	return address
}
