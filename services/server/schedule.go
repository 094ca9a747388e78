package server

import (
	"context"
	"net/http"

	"myaccount/services"
	"myaccount/services/api"
)

func (s *Server) scheduleRoutes() {
	signed(s, call{
		id: "get-schedule", method: http.MethodGet, path: api.PathSchedule, codes: gated(services.CodeNotFound),
		summary: "Every installment of an agreement, the first one first; empty where the lender's figures do not add up",
	}, schedule)
}

func schedule(ctx context.Context, c services.CustomerSession, in *ByID) (*answer[api.List[api.Installment]], error) {
	list, err := c.Schedule(ctx, in.ID)
	return &answer[api.List[api.Installment]]{api.ScheduleOf(list)}, err
}
