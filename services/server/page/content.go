package page

import (
	"html/template"
	"net/http"
	"net/url"
	"strconv"

	"myaccount/services/text"
)

// content is what the layout draws. What is empty is left out.
type content struct {
	Style template.CSS
	Icon  template.URL

	Lang              text.Lang
	Product, Subtitle string
	Claim, ClaimText  string
	Languages         string // names the switch to those who do not see it
	Other             *link  // the switch to the other language
	Help, Disclaimer  string

	Name    string // of the window: the title, and whether something is to be checked
	Title   string
	Text    string
	Done    bool
	Problem string // why the button did not do it
	Form    *form
	Again   *link
	App     *link
}

// link leads somewhere.
type link struct {
	To     template.URL
	Label  string
	Text   string    // beside it
	Lang   text.Lang // of the page there, when it is another
	Button bool      // it looks like one
}

// form is what the button sends.
type form struct {
	Action template.URL
	Submit string
	Fields []field
}

// field is one to type a password into. It never holds what was typed.
type field struct {
	Name    string
	Label   string
	Hint    string
	Refused string // why what was typed before was not taken
	Focus   bool
}

// Described names the texts that a screen reader reads with the field.
func (f field) Described() string {
	switch {
	case f.Refused != "" && f.Hint != "":
		return f.Name + "-refused " + f.Name + "-hint"
	case f.Refused != "":
		return f.Name + "-refused"
	case f.Hint != "":
		return f.Name + "-hint"
	}
	return ""
}

// answer is a page with its status.
type answer struct {
	site    *site
	status  int
	wait    int // seconds after which to come again; 0 when unknown
	content content
}

// write sends the answer. Without its layout, which a test would find, there is an empty page.
func (a answer) write(w http.ResponseWriter) {
	page, err := a.site.look.draw(a.content)
	if err != nil {
		a.site.Log.Error("a page could not be drawn", "err", err)
		a.status = http.StatusInternalServerError
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(a.content.Lang))
	h.Set("Content-Length", strconv.Itoa(len(page)))
	h.Set("Vary", "Accept-Language")
	if a.wait > 0 {
		h.Set("Retry-After", strconv.Itoa(a.wait))
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(page) // who has gone away gets nothing
}

// here is the address of the same page in a language, with its token.
func here(lang text.Lang, token string) template.URL {
	query := url.Values{"lang": {string(lang)}}
	if token != "" {
		query.Set("token", token)
	}
	return template.URL("?" + query.Encode()) //nolint:gosec // made of what was checked, and encoded
}
