package page_test

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// gap finds a sentence that is missing.
var gap = regexp.MustCompile(`<no value>|(page|entry|text)\.\w`)

// seen is what a page says, as a browser and a screen reader find it.
type seen struct {
	lang, title, heading, alert, text string
	form                              bool
	focus                             string
	inputs                            map[string]map[string]string // id to attributes
	links                             map[string]string            // words to address
	byID                              map[string]string            // id to words
	scripts                           []string                     // scripts and handlers, of which there must be none
}

// parse reads a page, and checks what holds for every page: its landmarks, one heading, a label for every field, and
// that whatever describes a field is there.
func parse(t testing.TB, w *httptest.ResponseRecorder) seen {
	t.Helper()
	root, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	p := seen{inputs: map[string]map[string]string{}, links: map[string]string{}, byID: map[string]string{}}
	count := map[string]int{}
	labels := map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		attributes := p.attributes(n)
		p.byID[attributes["id"]] = words(n)
		if attributes["role"] == "alert" {
			p.alert = words(n)
		}
		switch n.Data {
		case "html":
			p.lang = attributes["lang"]
		case "title":
			p.title = words(n)
		case "h1":
			p.heading = words(n)
		case "main":
			p.text = words(n)
		case "form":
			p.form = attributes["method"] == "post"
		case "a":
			p.links[words(n)] = attributes["href"]
		case "label":
			labels[attributes["for"]] = true
		case "input":
			p.inputs[attributes["id"]] = attributes
			if _, focus := attributes["autofocus"]; focus {
				p.focus = attributes["id"]
			}
		}
	}
	for _, once := range []string{"html", "title", "header", "nav", "main", "h1", "footer"} {
		if count[once] != 1 {
			t.Errorf("%d of <%s>", count[once], once)
		}
	}
	for id, attributes := range p.inputs {
		if !labels[id] || attributes["autocomplete"] != "new-password" || attributes["type"] != "password" {
			t.Errorf("field %q: %v", id, attributes)
		}
		for described := range strings.FieldsSeq(attributes["aria-describedby"]) {
			if p.byID[described] == "" {
				t.Errorf("field %q is described by %q, which is not there", id, described)
			}
		}
	}
	if gap.MatchString(p.text) {
		t.Errorf("a gap in %q", p.text)
	}
	return p
}

// attributes gives those of an element, and notes what would run.
func (p *seen) attributes(n *html.Node) map[string]string {
	attributes := map[string]string{}
	for _, a := range n.Attr {
		attributes[a.Key] = a.Val
		if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
			p.scripts = append(p.scripts, a.Key)
		}
	}
	if n.Data == "script" {
		p.scripts = append(p.scripts, n.Data)
	}
	return attributes
}

// words gives the text in an element, as it reads.
func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' || r == '\n' }), " ")
}
