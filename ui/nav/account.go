package nav

import (
	"slices"

	"myaccount/services"
)

// PickAccount is the bank account that a form is about, by id, once the accounts were read again: one that came since is the
// one that somebody went away to add; else it is the one chosen, as long as it is there, or the newest; "" for none.
func PickAccount(chosen string, before, now []services.BankAccount) string {
	there := slices.ContainsFunc(now, func(a services.BankAccount) bool { return a.ID == chosen })
	switch added := len(before) > 0 && len(now) > len(before); {
	case there && !added:
		return chosen
	case len(now) > 0:
		return now[0].ID
	}
	return ""
}
