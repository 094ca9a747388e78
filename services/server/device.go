package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

// gated are the codes of calls that need an authorized device and a link.
func gated(more ...services.Code) []services.Code {
	return append([]services.Code{services.CodeDeviceUnauthorized, services.CodeNotLinked}, more...)
}

func (s *Server) deviceRoutes() {
	signed(s, call{
		id: "list-devices", method: http.MethodGet, path: api.PathDevices, codes: gated(),
		summary: "Trusted devices and the one in use, newest first",
	}, devices)
	signed(s, call{
		id: "revoke-device", method: http.MethodDelete, path: api.PathDevice, status: http.StatusNoContent,
		summary: "End the trust in a device, and its sessions", codes: gated(services.CodeNotFound),
	}, revokeDevice)
}

func devices(ctx context.Context, c services.CustomerSession, _ *nothing) (*answer[api.List[api.Device]], error) {
	list, err := c.Devices(ctx)
	return &answer[api.List[api.Device]]{api.DevicesOf(list)}, err
}

func revokeDevice(ctx context.Context, c services.CustomerSession, in *ByID) (*nothing, error) {
	return &nothing{}, c.RevokeDevice(ctx, in.ID)
}
