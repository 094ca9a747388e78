package core

import "myaccount/services/rule"

// ParseAddress cleans an e-mail address; see rule.ParseAddress.
func ParseAddress(typed string) (address, reason string) { return rule.ParseAddress(typed) }

// AddressKey is what two writings of the same address have in common; see rule.AddressKey.
func AddressKey(typed string) string { return rule.AddressKey(typed) }
