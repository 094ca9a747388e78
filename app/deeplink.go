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

// parseLink reads a link from a mail: activate and reset with a token, and messages. Fails with errLink.
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
	switch page := pageOfLink(u); {
	case page == "messages":
		return nav.Route{Page: nav.PageMessages}, nil
	case page == "activate" && isToken(token):
		return nav.Route{Page: nav.PageActivate, Token: services.Secret(token)}, nil
	case page == "reset" && isToken(token):
		return nav.Route{Page: nav.PageReset, Token: services.Secret(token)}, nil
	}
	return nav.Route{}, errLink
}

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
