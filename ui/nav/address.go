package nav

import (
	"strings"

	"myaccount/services"
)

// longestAddress is what an e-mail address may have at most (RFC 5321, 4.5.3.1).
const longestAddress = 254

// AddressReason says why something typed cannot be an e-mail address, "" when it may be one. It finds slips; what the
// portal accepts is the portal's to say.
func AddressReason(typed string) string {
	typed = strings.TrimSpace(typed)
	local, domain, found := strings.Cut(typed, "@")
	switch {
	case typed == "":
		return services.ReasonRequired
	case len(typed) > longestAddress:
		return services.ReasonTooLong
	case !found || local == "" || strings.ContainsAny(typed, " \t,;<>") || strings.Contains(domain, "@"):
		return services.ReasonFormat
	case !strings.Contains(strings.Trim(domain, "."), ".") || strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, "."):
		return services.ReasonFormat
	}
	return ""
}
