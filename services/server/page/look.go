package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"myaccount/assets"
	"myaccount/services/brand"
)

// Layout and style are embedded, so a broken one stops the first test.
var (
	layout   = template.Must(template.ParseFS(assets.Page, "page/page.gohtml"))
	style, _ = assets.Page.ReadFile("page/page.css")
)

// look is how every page looks, and what a browser may do with it.
type look struct {
	style  template.CSS
	icon   template.URL
	policy string // the Content-Security-Policy that lets this style, this icon and our own forms through
}

// newLook puts the brand's colours before the style.
func newLook(b brand.Brand) look {
	c := b.Colours // checked to be like #1C69D4 when the brand file was read
	css := fmt.Sprintf(":root { --primary-light: %s; --primary-dark: %s; --panel-from: %s; --panel-to: %s; }\n%s",
		c.PrimaryLight, c.PrimaryDark, c.PanelFrom, c.PanelTo, style)
	hash := sha256.Sum256([]byte(css))
	svg := fmt.Sprintf("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>"+
		"<rect width='16' height='16' rx='4' fill='%s'/></svg>", c.PrimaryLight)
	icon := "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(svg))
	return look{
		style: template.CSS(css),  //nolint:gosec // our own file, and colours that were checked
		icon:  template.URL(icon), //nolint:gosec // drawn above, from a colour that was checked
		policy: strings.Join([]string{
			"default-src 'none'",
			"style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'",
			"img-src data:",
			"form-action 'self'",
			"base-uri 'none'",
			"frame-ancestors 'none'",
		}, "; "),
	}
}

// headers sets what every answer has. The token stands in the address: nobody may keep the page or learn where it is.
func (l look) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", l.policy)
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		next.ServeHTTP(w, r)
	})
}

// draw fills the layout.
func (l look) draw(c content) ([]byte, error) {
	c.Style, c.Icon = l.style, l.icon
	var page bytes.Buffer
	if err := layout.Execute(&page, c); err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	return page.Bytes(), nil
}
