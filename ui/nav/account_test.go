package nav_test

import (
	"testing"

	"myaccount/services"
	"myaccount/ui/nav"
)

func TestPickAccount(t *testing.T) {
	list := func(ids string) (list []services.BankAccount) {
		for _, id := range ids {
			list = append(list, services.BankAccount{ID: string(id)})
		}
		return list
	}
	for _, tt := range []struct{ chosen, before, now, want string }{
		{"", "", "", ""},
		{"", "", "ba", "b"},
		{"a", "", "ba", "a"},
		{"a", "a", "ba", "b"},
		{"a", "ba", "ba", "a"},
		{"a", "ba", "b", "b"},
		{"b", "ba", "b", "b"},
		{"a", "a", "", ""},
	} {
		if got := nav.PickAccount(tt.chosen, list(tt.before), list(tt.now)); got != tt.want {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}
