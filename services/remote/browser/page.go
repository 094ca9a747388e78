package browser

import (
	"html/template"
	"net/http"
)

// look is the page at the end. It loads nothing and has no script; its style stands in it.
var look = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{{.Title}}</title>
<style>{{.Style}}</style>
<main><h1>{{.Title}}</h1><p>{{.Text}}</p></main>
</html>
`))

const style template.CSS = `:root{color-scheme:light dark}` +
	`body{font:16px/1.5 Inter,system-ui,sans-serif;margin:15vh auto;max-width:26rem;padding:0 1.5rem}h1{font-size:1.5rem}`

// page tells the person that the browser is not needed any more.
func (c *callback) page(w http.ResponseWriter, good bool) {
	p := c.printer
	words := struct {
		Lang, Title, Text string
		Style             template.CSS
	}{string(p.Lang()), p.T("entry.identity.back.title"), p.T("entry.identity.back.text"), style}
	if !good {
		words.Title, words.Text = p.T("entry.identity.declined.title"), p.T("entry.identity.declined.text")
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("Connection", "close")
	_ = look.Execute(w, words) // a browser that is gone needs no page
}
