package entry

import (
	"net/url"
	"strings"

	"myaccount/services"
)

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
