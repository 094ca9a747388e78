package overview

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/bojanz/currency"
	"pgregory.net/rapid"

	"myaccount/services"
)

func cents(n int64) services.Money {
	amount, err := currency.NewAmountFromInt64(n, "CAD")
	if err != nil {
		panic(err)
	}
	return amount
}

// Both lines go from day to day without turning back, meet today, and only ever fall.
func TestBalances(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := services.Agreement{Start: civil.Date{Year: 2024, Month: time.May, Day: 1}}
		n := rapid.IntRange(1, 60).Draw(rt, "payments")
		made := rapid.IntRange(0, n).Draw(rt, "made")
		advance := rapid.IntRange(0, 1).Draw(rt, "advance")
		var schedule []services.Installment
		for i := range n {
			schedule = append(schedule, services.Installment{
				Due: a.Start.AddMonths(i + 1 - advance), Principal: cents(1000), Balance: cents(int64(n-i-1) * 1000), Paid: i < made,
			})
		}
		today := a.Start.AddDays(rapid.IntRange(0, 2000).Draw(rt, "today"))
		paid, scheduled := balances(a, schedule, today)
		both := paid
		if len(scheduled) > 0 {
			if scheduled[0] != paid[len(paid)-1] {
				rt.Fatalf("paid to %v, scheduled from %v", paid[len(paid)-1], scheduled[0])
			}
			both = append(append([]owed{}, paid...), scheduled[1:]...)
		}
		for i := 1; i < len(both); i++ {
			more, err := both[i].amount.Cmp(both[i-1].amount)
			if err != nil || more > 0 || !both[i].on.After(both[i-1].on) {
				rt.Fatalf("%v after %v", both[i], both[i-1])
			}
		}
		if made < n && today.After(a.Start) && paid[len(paid)-1].on.Before(today) {
			rt.Fatalf("what is paid ends on %v, before today, %v", paid[len(paid)-1].on, today)
		}
	})
}

func TestBalances_OfNoSchedule(t *testing.T) {
	if paid, scheduled := balances(services.Agreement{}, nil, civil.Date{}); paid != nil || scheduled != nil {
		t.Errorf("%v %v", paid, scheduled)
	}
}
