package remote

import (
	"context"

	"myaccount/services"
	"myaccount/services/api"
)

// Link looks for the customer and has a code sent.
func (s *customerSession) Link(ctx context.Context, r services.LinkRequest) (services.CodeReceipt, error) {
	var receipt api.CodeReceipt
	err := s.do(ctx, post(api.PathLinks, api.LinkOf(r), &receipt))
	return receipt.Domain(), err
}

// SendCode has a new code sent.
func (s *customerSession) SendCode(ctx context.Context) (services.CodeReceipt, error) {
	var receipt api.CodeReceipt
	err := s.do(ctx, post(api.PathDeviceCodes, nil, &receipt))
	return receipt.Domain(), err
}
