package remote

import (
	"context"

	"myaccount/services"
	"myaccount/services/api"
)

// Schedule lists the installments of an agreement.
func (s *customerSession) Schedule(ctx context.Context, agreementID string) ([]services.Installment, error) {
	return seen(ctx, s, nameSchedule+agreementID, get(api.PathSchedule, nil).of(agreementID), api.ScheduleFrom)
}
