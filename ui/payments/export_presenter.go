package payments

import (
	"context"
	"slices"

	"myaccount/services"
)

// years are those in which something was posted, the latest first.
func (p *presenter) years() (years []int) {
	for _, l := range p.history.items {
		if l.status == posted && !slices.Contains(years, l.day.Year) {
			years = append(years, l.day.Year)
		}
	}
	slices.SortFunc(years, func(a, b int) int { return b - a })
	return years
}

// wholeHistory reads every payment of an agreement, whatever the page shows by now.
func (p *presenter) wholeHistory(ctx context.Context, id string) ([]*line, error) {
	var lines []*line
	for after := ""; ; {
		page, err := p.deps.Payments.Payments(ctx, id, services.Page{After: after, Limit: pageMost})
		if err != nil {
			return nil, err
		}
		if lines = append(lines, paymentLines(page.Items)...); page.Next == "" {
			return lines, nil
		}
		after = page.Next
	}
}

// dues are the payments of an agreement that are still to come: those of its schedule, else the next one.
func (p *presenter) dues(ctx context.Context, a services.Agreement) ([]*line, error) {
	schedule, err := p.deps.Schedules.Schedule(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	var lines []*line
	for _, l := range installmentLines(schedule, p.today()) {
		if l.status != paid && a.ClosedOn == nil {
			lines = append(lines, l)
		}
	}
	if len(schedule) == 0 && a.Next != nil {
		lines = append(lines, nextLine(*a.Next))
	}
	return lines, nil
}
