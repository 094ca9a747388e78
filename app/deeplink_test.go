package main

import (
	"errors"
	"strings"
	"testing"

	"myaccount/services"
	"myaccount/ui/nav"
)

func TestParseLink(t *testing.T) {
	token := strings.Repeat("aZ0-_", 9)
	tests := []struct {
		link string
		want nav.Route
	}{
		{"mybmwaccount://activate?token=" + token, nav.Route{Page: nav.PageActivate, Token: services.Secret(token)}},
		{"mybmwaccount://activate/?token=" + token, nav.Route{Page: nav.PageActivate, Token: services.Secret(token)}},
		{"mybmwaccount:activate?token=" + token, nav.Route{Page: nav.PageActivate, Token: services.Secret(token)}},
		{"MYBMWACCOUNT://Reset?token=" + token, nav.Route{Page: nav.PageReset, Token: services.Secret(token)}},
		{"mybmwaccount:///reset?token=" + token, nav.Route{Page: nav.PageReset, Token: services.Secret(token)}},
		{"mybmwaccount://confirm-identity?token=" + token, nav.Route{Page: nav.PageJoin, Token: services.Secret(token)}},
		{"mybmwaccount://confirm-email?token=" + token, nav.Route{Page: nav.PageConfirm, Token: services.Secret(token)}},
		{"mybmwaccount://signin", nav.Route{Page: nav.PageSignIn}},
		{"mybmwaccount:signin", nav.Route{Page: nav.PageSignIn}},
		{"mybmwaccount://messages", nav.Route{Page: nav.PageMessages}},
		{"mybmwaccount://messages/?from=mail", nav.Route{Page: nav.PageMessages}},
	}
	for _, test := range tests {
		if got, err := parseLink(test.link); err != nil || got != test.want {
			t.Errorf("%s: got %+v, %v", test.link, got, err)
		}
	}
}

func TestParseLink_Refuses(t *testing.T) {
	for _, link := range []string{
		"",
		"activate?token=abc",
		"https://activate?token=abc",
		"mybmwaccount://",
		"mybmwaccount://settings",
		"mybmwaccount://activate",
		"mybmwaccount://activate?token=",
		"mybmwaccount://confirm-email",
		"mybmwaccount://confirm-email?token=a%20b",
		"mybmwaccount://activate?token=a%20b",
		"mybmwaccount://activate?token=a%00b",
		"mybmwaccount://activate?token=é",
		"mybmwaccount://activate?token=%zz",
		"mybmwaccount://person@activate?token=abc",
		"mybmwaccount://activate/reset?token=abc",
		"mybmwaccount://activate?token=" + strings.Repeat("a", maxLink),
	} {
		route, err := parseLink(link)
		if !errors.Is(err, errLink) || route != (nav.Route{}) {
			t.Errorf("%q: got %+v, %v", link, route, err)
		}
	}
}

func FuzzParseLink(f *testing.F) {
	f.Add("mybmwaccount://activate?token=abc")
	f.Add("mybmwaccount:messages")
	f.Add("mybmwaccount://[::1")
	f.Fuzz(func(t *testing.T, link string) {
		route, err := parseLink(link)
		if err != nil {
			if err.Error() != errLink.Error() {
				t.Fatalf("the error holds more than it should: %v", err)
			}
			return
		}
		if !strings.HasPrefix(strings.ToLower(link), linkScheme+":") {
			t.Fatalf("%q is taken for a link", link)
		}
		if route.Page != nav.PageMessages && route.Page != nav.PageSignIn && !isToken(route.Token.Reveal()) {
			t.Fatalf("%q gives the token %q", link, route.Token.Reveal())
		}
	})
}
