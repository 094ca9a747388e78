package rule

import (
	"regexp"
	"strings"

	"golang.org/x/net/idna"

	"myaccount/services"
	"myaccount/services/text"
)

// The longest address and the longest part before the @ (RFC 5321, 4.5.3.1).
const (
	addressMax = 254
	localMax   = 64
)

// localForm is what may stand before the @: RFC 5322's dot-atom. Quoted parts and letters beyond ASCII are refused:
// hardly any mail server delivers to them, and they would let two logins look alike.
var localForm = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$")

// ParseAddress cleans an e-mail address: trimmed, the domain in its ASCII form and lower case; the part before the @
// stays as it was typed, because its server may care. When it is no address, reason says why (services.Reason…).
func ParseAddress(typed string) (address, reason string) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", services.ReasonRequired
	}
	if !text.ControlFree(typed) {
		return "", services.ReasonControl
	}
	if len(typed) > addressMax {
		return "", services.ReasonTooLong
	}
	local, domain, ok := strings.Cut(typed, "@")
	if !ok || len(local) > localMax || !localForm.MatchString(local) {
		return "", services.ReasonFormat
	}
	domain, err := idna.Lookup.ToASCII(domain)
	if err != nil || !strings.Contains(strings.Trim(domain, "."), ".") || strings.HasSuffix(domain, ".") {
		return "", services.ReasonFormat
	}
	if address = local + "@" + domain; len(address) > addressMax {
		return "", services.ReasonTooLong
	}
	return address, ""
}

// AddressKey is what two writings of the same address have in common: lower case throughout. No provider keeps
// Alice@ and alice@ apart, and a person who types one means the other.
func AddressKey(typed string) string {
	address, reason := ParseAddress(typed)
	if reason != "" {
		address = strings.TrimSpace(typed)
	}
	return strings.ToLower(address)
}
