package main

import (
	"errors"
	"net/url"
	"strings"

	"myaccount/services"
	"myaccount/ui/nav"
)

// linkScheme begins the links that mails carry: mybmwaccount://activate?token=….
const linkScheme = "mybmwaccount"

// maxLink is the longest link that is looked at, in bytes; a token is far shorter.
const maxLink = 1024

// errLink says that a link is not one of ours. It never holds the link, which may have a token.
var errLink = errors.New("not a link to this program")

// parseLink reads a link from a mail or a landing page: activate, reset, confirm-email and confirm-identity with a token,
// messages and signin. Fails with errLink.
func parseLink(link string) (nav.Route, error) {
	if len(link) > maxLink {
		return nav.Route{}, errLink
	}
	u, err := url.Parse(link)
	if err != nil || !strings.EqualFold(u.Scheme, linkScheme) || u.User != nil {
		return nav.Route{}, errLink
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nav.Route{}, errLink
	}
	token := query.Get("token")
	page := pageOfLink(u)
	if id, ok := plainLinks[page]; ok {
		return nav.Route{Page: id}, nil
	}
	if id, ok := tokenLinks[page]; ok && isToken(token) {
		return nav.Route{Page: id, Token: services.Secret(token)}, nil
	}
	return nav.Route{}, errLink
}

// The pages that links lead to, by the word after the scheme.
var (
	plainLinks = map[string]nav.PageID{"messages": nav.PageMessages, "signin": nav.PageSignIn}
	tokenLinks = map[string]nav.PageID{
		"activate": nav.PageActivate, "reset": nav.PageReset, "confirm-email": nav.PageConfirm, "confirm-identity": nav.PageJoin,
	}
)

// pageOfLink is the word after the scheme. Systems hand links over as scheme://word, scheme://word/ and scheme:word.
func pageOfLink(u *url.URL) string {
	return strings.ToLower(strings.Trim(u.Host+u.Path+u.Opaque, "/"))
}

// isToken tells whether a word has the form of a token: letters, digits, "-" and "_".
func isToken(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '-' && r != '_'
	})
}
