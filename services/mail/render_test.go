package mail_test

import (
	"errors"
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"myaccount/assets"
	"myaccount/services/mail"
	"myaccount/services/text"
)

var brand = mail.Brand{Product: "My Account", Company: "Example & Sons Finance", Support: "1 800 555-0100"}

// load reads the catalogue once for all tests.
var load = sync.OnceValues(func() (*text.Catalogue, error) { return text.Load(assets.Translations) })

func catalogue(t testing.TB) *text.Catalogue {
	t.Helper()
	cat, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

// contents returns a complete content for every kind of mail.
func contents(lang text.Lang) map[mail.Kind]mail.Content {
	at := time.Date(2026, 2, 5, 14, 5, 0, 0, time.UTC)
	payment := text.Vars{
		"Reference": "P-7K3F-92QD", "Amount": "$847.32", "On": "5 Feb 2026", "Agreement": "4417", "Account": "567",
	}
	back := maps.Clone(payment)
	back["Reason"] = "There was not enough money in the account."
	all := map[mail.Kind]mail.Content{
		mail.Activate:          {URL: "https://example.ca/activate?token=tok-1&x=1", Code: "tok-1", Life: 24 * time.Hour},
		mail.AlreadyRegistered: {},
		mail.Reset:             {URL: "mybmwaccount://reset?token=tok-2", Code: "tok-2", Life: time.Hour},
		mail.PasswordChanged:   {Vars: text.Vars{"At": at}},
		mail.SetPassword:       {URL: "http://127.0.0.1:8443/reset?token=tok-3", Code: "tok-3", Life: 24 * time.Hour},
		mail.Code:              {Code: "012345", Life: 10 * time.Minute},
		mail.DeviceAuthorized:  {Vars: text.Vars{"Device": "Kitchen laptop", "At": at}},
		mail.Reply:             {Vars: text.Vars{"Reference": "M-1042"}},
		mail.MessageReceived:   {Vars: text.Vars{"Reference": "M-1042"}},
		mail.MessageRemoval:    {Vars: text.Vars{"Reference": "M-1042", "At": at}},
		mail.StatementReady:    {Vars: text.Vars{"Month": "October 2026", "Agreement": "4711"}},
		mail.PaymentDue:        {Vars: text.Vars{"Amount": "$847.33", "On": "Mar 5, 2026", "Agreement": "4711"}},
		mail.Locked:            {Vars: text.Vars{"Until": at}},
		mail.LinkAttempt:       {Vars: text.Vars{"At": at}},
		mail.DataDeleted:       {Vars: text.Vars{"At": at}},
		mail.IdentityConfirm: {
			URL: "https://example.ca/confirm-identity?token=tok-8", Code: "tok-8", Life: 24 * time.Hour,
			Vars: text.Vars{"Provider": "BMW Login"},
		},
		mail.EmailConfirm:  {URL: "mybmwaccount://confirm-email?token=tok-9", Code: "tok-9", Life: 24 * time.Hour},
		mail.EmailChange:   {Vars: text.Vars{"Address": "a•••e@example.ca", "At": at}},
		mail.EmailChanged:  {Vars: text.Vars{"Address": "a•••e@example.ca", "At": at}},
		mail.FactorAdded:   {Vars: text.Vars{"At": at}},
		mail.FactorRemoved: {Vars: text.Vars{"At": at}},
		mail.RecoveryUsed:  {Vars: text.Vars{"Left": "9", "At": at}},

		mail.PaymentPosted:    {Vars: payment},
		mail.PaymentSimulated: {Vars: payment},
		mail.PaymentReturned:  {Vars: back},
	}
	for kind, c := range all {
		c.ID, c.Kind, c.Lang, c.To, c.Name = "id-"+string(kind), kind, lang, "amelie@example.ca", "Amélie"
		all[kind] = c
	}
	return all
}

func render(t testing.TB, c mail.Content) mail.Message {
	t.Helper()
	m, err := mail.Render(catalogue(t), brand, c)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var leftover = regexp.MustCompile(`<no value>|mail\.[a-z_]+|\{\{|\}\}|ZgotmplZ|!`)

// visible is the text that an HTML part shows.
func visible(markup string) string {
	_, body, _ := strings.Cut(markup, "<body")
	return html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, ""))
}

// TestRender_EveryKind: every mail in both languages has all its sentences, the
// same ones in both parts, and no gap.
func TestRender_EveryKind(t *testing.T) {
	subjects := map[string]bool{}
	for _, lang := range text.Langs() {
		for kind, c := range contents(lang) {
			t.Run(fmt.Sprintf("%s/%s", lang, kind), func(t *testing.T) {
				m := render(t, c)
				if subjects[m.Subject] {
					t.Errorf("subject %q is that of another mail", m.Subject)
				}
				subjects[m.Subject] = true
				if m.ID != c.ID || m.Kind != kind || m.Lang != lang || m.To != c.To {
					t.Errorf("header fields %+v", m)
				}
				if !strings.Contains(m.Summary, "Amélie") {
					t.Errorf("summary %q does not greet", m.Summary)
				}
				for part, content := range map[string]string{"text": m.Text, "HTML": visible(m.HTML), "subject": m.Subject} {
					if found := leftover.FindString(content); found != "" {
						t.Errorf("%s part has %q:\n%s", part, found, content)
					}
				}
				shown := visible(m.HTML)
				for line := range strings.Lines(m.Text) {
					line = strings.TrimSpace(line)
					if line == "--" || line == c.URL || m.Button != "" && strings.HasPrefix(line, m.Button) {
						continue // the HTML part has a button instead
					}
					if !strings.Contains(shown, line) {
						t.Errorf("the HTML part misses %q", line)
					}
				}
				for name, value := range c.Vars {
					if v, ok := value.(string); ok && !strings.Contains(m.Text, v) {
						t.Errorf("%s %q is not in the text", name, v)
					}
				}
				if !strings.Contains(m.HTML, `<html lang="`+string(lang)+`">`) {
					t.Error("the HTML part does not name its language")
				}
				if regexp.MustCompile(`<img|<script|<link|@import|url\(`).MatchString(m.HTML) {
					t.Error("the HTML part loads something")
				}
			})
		}
	}
}

// TestRender_ActivateText is the whole text part of one mail.
func TestRender_ActivateText(t *testing.T) {
	const want = `Hello Amélie, one step is left before you can sign in.

Activate now:
https://example.ca/activate?token=tok-1&x=1

Or paste this code in the app:
tok-1

The link works once, for 24 hours.

If you did not register, you can ignore this mail: without this step the login stays unused.

-- 
My Account · Example & Sons Finance
This is an automatic mail; replies to it are not read.
Questions? 1 800 555-0100
`
	m := render(t, contents(text.English)[mail.Activate])
	if m.Text != want {
		t.Errorf("text part:\n%s", m.Text)
	}
	if m.Subject != "Activate your account login" || m.Button != "Activate now" {
		t.Errorf("subject %q, button %q", m.Subject, m.Button)
	}
	if !strings.Contains(m.HTML, `<a href="https://example.ca/activate?token=tok-1&amp;x=1"`) {
		t.Error("the button has no link")
	}
}

func TestRender_Words(t *testing.T) {
	for _, c := range []struct {
		kind mail.Kind
		lang text.Lang
		want []string
	}{
		{mail.Reset, text.English, []string{"Request to reset your password", "Reset password:", "for 1 hour."}},
		{mail.Reset, text.French, []string{"Bonjour Amélie", "Réinitialiser le mot de passe\u00a0:", "pendant 1\u00a0heure."}},
		{mail.Code, text.English, []string{"Your authorization code", "012345", "for 10 minutes.", "Never share this code."}},
		{mail.Code, text.French, []string{"Votre code d’autorisation", "012345", "pendant 10\u00a0minutes."}},
		{mail.Locked, text.English, []string{"until Feb\u00a05,\u00a02026, 2:05\u00a0p.m."}},
		{mail.Locked, text.French, []string{"jusqu’au 5\u00a0févr.\u00a02026"}},
		{mail.DeviceAuthorized, text.English, []string{"“Kitchen laptop”"}},
		{mail.Reply, text.English, []string{"You have a reply", "M-1042"}},
	} {
		m := render(t, contents(c.lang)[c.kind])
		for _, want := range c.want {
			if plain := m.Subject + "\n" + m.Text; !strings.Contains(plain, want) {
				t.Errorf("%s %s misses %q:\n%s", c.lang, c.kind, want, plain)
			}
		}
	}
}

// TestRender_OptionalLink: a mail without a token has a button when it is given
// a link, and none else.
func TestRender_OptionalLink(t *testing.T) {
	c := contents(text.English)[mail.Reply]
	if m := render(t, c); m.Button != "" || strings.Contains(m.HTML, "<a ") {
		t.Errorf("button %q without a link", m.Button)
	}
	c.URL = "mybmwaccount://messages"
	m := render(t, c)
	if m.Button != "Open Message Center" || !strings.Contains(m.HTML, `href="mybmwaccount://messages"`) ||
		!strings.Contains(m.Text, "mybmwaccount://messages") {
		t.Errorf("button %q, text:\n%s", m.Button, m.Text)
	}
	if strings.Contains(m.Text, "paste") {
		t.Error("offers to paste a code that there is not")
	}
}

func TestRender_NamelessAndUnsupported(t *testing.T) {
	c := contents(text.English)[mail.Activate]
	c.Name = " \n "
	m, err := mail.Render(catalogue(t), mail.Brand{Product: "P", Company: "C"}, c)
	if err != nil {
		t.Fatal(err)
	}
	if m.Summary != "Hello, one step is left before you can sign in." {
		t.Errorf("summary %q", m.Summary)
	}
	if strings.Contains(m.Text, "Questions") {
		t.Error("offers support that there is not")
	}
}

// TestRender_Escapes: what people typed stays text in the HTML part and on one
// line in the text part.
func TestRender_Escapes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := contents(text.English)[mail.DeviceAuthorized]
		evil := rapid.SampledFrom([]string{
			`<script>alert(1)</script>`, `</p><img src=x onerror=y>`, `"&'<b>`, "{{.Lead}}", "a\r\nBcc: x@example.ca",
		})
		c.Name, c.ToName = evil.Draw(rt, "name"), evil.Draw(rt, "to")
		c.Vars = text.Vars{"Device": evil.Draw(rt, "device"), "At": time.Unix(0, 0)}
		m, err := mail.Render(catalogue(t), brand, c)
		if err != nil {
			rt.Fatal(err)
		}
		if regexp.MustCompile(`<script|<img|<b>`).MatchString(m.HTML) {
			rt.Fatalf("markup got through:\n%s", m.HTML)
		}
		for _, header := range []string{m.ToName, m.Subject, m.Summary} {
			if strings.ContainsAny(header, "\r\n") {
				rt.Fatalf("line break in %q", header)
			}
		}
		if !strings.Contains(visible(m.HTML), text.Line(c.Name)) || !strings.Contains(m.Text, text.Line(c.Name)) {
			rt.Fatalf("the name %q got lost:\n%s", c.Name, m.Text)
		}
	})
}

func TestRender_Incomplete(t *testing.T) {
	cat := catalogue(t)
	check := func(what string, c mail.Content) {
		t.Helper()
		_, err := mail.Render(cat, brand, c)
		if !errors.Is(err, mail.ErrContent) {
			t.Errorf("%s without %s: %v, want ErrContent", c.Kind, what, err)
		}
		if err != nil && (strings.Contains(err.Error(), "tok-") || strings.Contains(err.Error(), "amelie")) {
			t.Errorf("the error shows a secret: %v", err)
		}
	}
	check("a kind", mail.Content{ID: "1", To: "a@example.ca", Kind: "other"})
	for _, c := range contents(text.English) {
		without := func(what string, change func(*mail.Content)) {
			t.Helper()
			c := c
			c.Vars = maps.Clone(c.Vars)
			change(&c)
			check(what, c)
		}
		without("id", func(c *mail.Content) { c.ID = "" })
		without("address", func(c *mail.Content) { c.To = "" })
		for name := range c.Vars {
			without(name, func(c *mail.Content) { delete(c.Vars, name) })
			without(name+" text", func(c *mail.Content) { c.Vars[name] = "" })
		}
		if c.URL != "" {
			without("link", func(c *mail.Content) { c.URL = "" })
		}
		if c.Code != "" {
			without("code", func(c *mail.Content) { c.Code = "" })
			without("life", func(c *mail.Content) { c.Life = 0 })
		}
		for _, link := range []string{"javascript:alert(1)", "data:text/html,x", "/reset?tok-9", "https:tok-9", "://tok-9", "ftp://h/tok-9"} {
			without("usable link", func(c *mail.Content) { c.URL = link })
		}
	}
}

// TestTranslations: both languages have the same keys, every kind has its
// subject and first sentence, and no key is left over.
func TestTranslations(t *testing.T) {
	cat := catalogue(t)
	keys := func(lang text.Lang) []string {
		return slices.DeleteFunc(cat.Keys(lang), func(key string) bool { return !strings.HasPrefix(key, "mail.") })
	}
	if en, fr := keys(text.English), keys(text.French); !slices.Equal(en, fr) {
		t.Errorf("English has %q\nFrench has %q", en, fr)
	}
	parts := []string{"subject", "lead", "body", "button", "note"}
	kinds := contents(text.English)
	for kind := range kinds {
		for _, part := range parts[:2] {
			if !cat.Printer(text.French).Has(fmt.Sprintf("mail.%s.%s", kind, part)) {
				t.Errorf("%s has no %s", kind, part)
			}
		}
	}
	general := []string{"hello", "link", "paste", "span", "life", "signature", "footer"}
	for _, key := range keys(text.English) {
		name := strings.Split(key, ".")
		if slices.Contains(general, name[1]) {
			continue
		}
		if _, known := kinds[mail.Kind(name[1])]; !known || !slices.Contains(parts, name[2]) {
			t.Errorf("nothing uses %s", key)
		}
	}
}
