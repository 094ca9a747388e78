package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) linkRoutes() {
	signed(s, call{
		id: "link", method: http.MethodPost, path: api.PathLinks, status: http.StatusAccepted,
		summary: "Look for the customer and have a code sent; never says which part did not match",
		codes:   []services.Code{services.CodeNotFound, services.CodeConflict, services.CodeThrottled},
	}, link)
	signed(s, call{
		id: "send-code", method: http.MethodPost, path: api.PathDeviceCodes, status: http.StatusAccepted,
		summary: "Have a new code sent, at most one a minute",
		codes:   []services.Code{services.CodeNotLinked, services.CodeThrottled},
	}, sendCode)
	signed(s, call{
		id: "authorize-device", method: http.MethodPost, path: api.PathDeviceAuthorizations,
		summary: "Enter the code; ends the pending link and authorizes the device",
		codes:   []services.Code{services.CodeGone, services.CodeConflict, services.CodeThrottled},
	}, authorizeDevice)
}

func link(ctx context.Context, c services.CustomerSession, in *answer[api.Link]) (*answer[api.CodeReceipt], error) {
	request, err := in.Body.Domain()
	if err != nil {
		return nil, err
	}
	receipt, err := c.Link(ctx, request)
	return &answer[api.CodeReceipt]{api.CodeReceiptOf(receipt)}, err
}

func sendCode(ctx context.Context, c services.CustomerSession, _ *nothing) (*answer[api.CodeReceipt], error) {
	receipt, err := c.SendCode(ctx)
	return &answer[api.CodeReceipt]{api.CodeReceiptOf(receipt)}, err
}

func authorizeDevice(
	ctx context.Context, c services.CustomerSession, in *answer[api.DeviceAuthorization],
) (*answer[api.Session], error) {
	info, err := c.AuthorizeDevice(ctx, services.DeviceAuthorization{
		Code: services.Secret(in.Body.Code), Trust: in.Body.Trust,
	})
	return &answer[api.Session]{api.SessionOf(info)}, err
}
