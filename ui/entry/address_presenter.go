package entry

import (
	"net/url"
	"strings"

	"myaccount/services"
)

// longestAddress is what an e-mail address may have at most (RFC 5321, 4.5.3.1).
const longestAddress = 254

// addressReason says why something typed cannot be an e-mail address, "" when it may be one. It finds slips; what the
// portal accepts is the portal's to say.
func addressReason(typed string) string {
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

// tokenFrom takes the token out of what was pasted: the token itself, as it stands in the mail, or the whole link.
func tokenFrom(pasted string) services.Secret {
	pasted = strings.Join(strings.Fields(pasted), "")
	if _, query, found := strings.Cut(pasted, "?"); found {
		if values, err := url.ParseQuery(strings.TrimSuffix(query, ">")); err == nil && values.Get("token") != "" {
			return services.Secret(values.Get("token"))
		}
	}
	return services.Secret(pasted)
}
